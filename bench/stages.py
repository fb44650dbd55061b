"""Where the time of a page goes, so that nobody has to guess what to look at next: shares of one page, in process.

A stage is charged for what it does itself. What a template asks of the jar is the jar's, the dock's template is
Jinja's, and what none of the others does is Flask's.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from statistics import median
from time import perf_counter_ns
from typing import Any

from flask_login import LoginManager
from jinja2 import Template

from bench.figure import Figure
from bench.visitors import SHOP, THREAD, TIMELINE, ask, cookie_header, returning
from webapp import create_app, wire
from webapp.cookies import Jar

_ROUNDS = 200
_REST = "Flask"
_DOCKED, _QUIET = True, False
_PAGES = (
    *(("shop", SHOP, _QUIET), ("shop, dock on", SHOP, _DOCKED), ("thread", THREAD, _QUIET)),
    *(
        ("timeline", TIMELINE, _QUIET),
        ("home", "/", _QUIET),
        ("/jar", "/jar", _QUIET),
        ("/wire", "/wire?own=y", _DOCKED),
    ),
    *((path, path, _QUIET) for path in ("/cookies", "/lab", "/preferences")),
)


class _Watch:
    """Adds up the nanoseconds of each stage; whoever is called stops the clock of the caller."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._stage, self._since = _REST, perf_counter_ns()

    def change(self, stage: str) -> str:
        """Charge what has passed to the stage under way, begin another, and return the one that ended."""
        now = perf_counter_ns()
        self.spent[self._stage] += now - self._since
        ended, self._stage, self._since = self._stage, stage, now
        return ended

    def watched(self, stage: str, function: Callable) -> Callable:
        """Return the function, so that its time is the stage's."""

        @wraps(function)
        def call(*args: Any, **values: Any) -> Any:
            before = self.change(stage)
            try:
                return function(*args, **values)
            finally:
                self.change(before)

        return call


def figures() -> Iterator[Figure]:
    """Take the median share of each stage over many rounds of each page."""
    app, watch = create_app(), _Watch()
    cookies = {docked: cookie_header(returning(app, dock=docked)) for docked in (_DOCKED, _QUIET)}
    for name, method in vars(Jar).items():
        if callable(method):
            setattr(Jar, name, watch.watched("jar", method))
    LoginManager._load_user = watch.watched("who is it", LoginManager._load_user)
    Template.render = watch.watched("Jinja", Template.render)
    wire.complete = watch.watched("wire", wire.complete)
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = watch.watched("view", view)
    for name, path, docked in _PAGES:
        _one(watch, app.wsgi_app, path, cookies[docked])
        rounds = [_one(watch, app.wsgi_app, path, cookies[docked]) for _ in range(_ROUNDS)]
        stages = {stage: median(spent[stage] for spent in rounds) for stage in rounds[-1]}
        whole = sum(stages.values())
        shares = ", ".join(f"{stage} {spent / whole:.0%}" for stage, spent in sorted(stages.items()))
        yield Figure(f"stages: {name}", None, whole / 1_000_000, f"ms: {shares}")


def _one(watch: _Watch, app: Callable, path: str, cookie: str) -> Counter[str]:
    watch.spent.clear()
    watch.change(_REST)
    status, _, _ = ask(app, path, cookie)
    watch.change(_REST)
    assert status == "200 OK", (path, status)
    return watch.spent.copy()

"""Instructions a request takes in process, counted by callgrind: they repeat, whatever else the machine does.

    valgrind --tool=callgrind --instr-atstart=no python -m bench.instructions scenarios.json

One process goes through all scenarios. It has callgrind count only after the warm-up of each, and write down the sum at
its end. The clock stands still meanwhile, else `seen` would be written anew at each request, as a visitor has it once a
minute; that is a row of its own.
"""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from bench.figure import Figure, left_out
from bench.references import bare
from bench.visitors import SHOP, THREAD, TIMELINE, ask, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import clock, create_app, database
from webapp.cookies import Category, Cookie, codecs, declare
from webapp.i18n import LANGUAGES

_REQUESTS = 20
_HEADER = 32 * 1024  # octets, the longest that the site reads
# What was counted last, on Python 3.11: where a page takes more or less by a twentieth, a test asks for the new number.
TAKEN_ON = (3, 11)
TABLE = (
    # name, reach, counted last, scenario, what it is measured by
    ("shop overview, German, logged in, 8 recently viewed, dock off", 9, 11.57, "shop", "bare"),
    ("the same, dock on and exchange recorded", 12, 19.38, "shop, dock", "bare"),
    ("shop overview, nobody known", 7, 13.36, "shop, nobody", "bare"),
    ("product, dock off", 9, 13.42, "product", "bare"),
    ("thread of 13 posts, dock off", 11, 16.99, "thread", "bare"),
    ("timeline of 20 posts, dock off", 11, 17.68, "timeline", "bare"),
    ("home, dock off", 8.5, 13.64, "home", "bare"),
    ("home, dock off, a minute later: `seen` is written anew", 9, 14.1, "home, a minute later", "bare"),
    ("/jar, dock off", 20, 28.43, "/jar", "bare"),
    ("/wire, its list of 50 exchanges, dock on", 25, 39.8, "/wire", "bare"),
    ("/cookies, dock off", 15, 16.12, "/cookies", "bare"),
    ("/lab, dock off", 15, 8, "/lab", "bare"),
    ("/preferences, dock off", 15, 11.23, "/preferences", "bare"),
    ("shop overview, German against English", 1.05, 1.01, "shop", "shop, English"),
    ("shop overview, one more declared cookie", 1.01, 0.99, "shop, one more", "shop"),
    ("a Cookie header of 32 KB: strangers' cookies", 2, 1.4, "shop, strangers", "shop"),
    ("a Cookie header of 32 KB: a forged family", 2, 1.6, "shop, family", "shop"),
    ("a Cookie header of 32 KB: one long value", 2, 1.12, "shop, long value", "shop"),
    ("a Cookie header of 32 KB: strangers' cookies, dock on", 2, 1.96, "shop, dock, strangers", "shop, dock"),
)


def figures() -> Iterator[Figure]:
    """Count all scenarios of the table."""
    if not shutil.which("valgrind"):
        for name, reach, _, _, _ in TABLE:
            yield from left_out(reach, "valgrind is not installed", [f"instructions: {name}"])
        return
    counts = _count(_scenarios())
    for name, reach, _, scenario, measured_by in TABLE:
        other, unit = (f"{scenario}, bare", "bare requests") if measured_by == "bare" else (measured_by, "times")
        yield Figure(f"instructions: {name}", reach, counts[scenario] / counts[other], unit)


def _scenarios() -> dict[str, dict]:
    """Return path, Cookie header and moment of each scenario by its name, and for each a bare page of the same size."""
    _stop(clock.now())
    app = create_app()
    shop = _staying(app)
    german = cookie_header(shop)
    product = goods(shop)[10]  # not one of the eight, so that one more comes and the oldest goes
    docked, at_wire, among_strangers = (cookie_header(_staying(app, dock=True)) for _ in range(3))
    english = cookie_header(_staying(app, language="en"))
    scenarios = {
        "shop": (SHOP, german),
        "shop, English": (SHOP, english),
        "shop, dock": (SHOP, docked),
        "shop, one more": (SHOP, german),
        "shop, nobody": (SHOP, ""),
        "product": (product, german),
        "thread": (THREAD, german),
        "timeline": (TIMELINE, german),
        "home": ("/", german),
        "home, a minute later": ("/", german),
        "/jar": ("/jar", german),
        "/wire": ("/wire?own=y", at_wire),
        "/cookies": ("/cookies", german),
        "/lab": ("/lab", german),
        "/preferences": ("/preferences", german),
        "shop, strangers": (SHOP, _filled(german, "s{}=1")),
        "shop, family": (SHOP, _filled(german, "recent_shop.x{}=1700000000")),
        "shop, long value": (SHOP, f"{german}; stranger=".ljust(_HEADER, "x")),
        "shop, dock, strangers": (SHOP, _filled(among_strangers, "s{}=1")),
    }
    assert "de" in LANGUAGES, "there is no German to compare with"
    found = {}
    for name, (path, cookie) in scenarios.items():
        # After sixty the records of exchanges are at their limit, as they are for anybody who stays.
        for _ in range(60 if cookie in (docked, at_wire) else 1):
            status, _, body = ask(app.wsgi_app, path, cookie)
            assert status == "200 OK", (name, status)
        # Long headers make for long waits under callgrind, and fewer requests tell enough.
        requests = _REQUESTS if len(cookie) < 4096 else 3
        later = timedelta(minutes=2) if name.endswith("later") else timedelta()
        more = {"cookie": cookie, "requests": requests, "at": (clock.now() + later).isoformat()}
        found[name] = {"path": path, **more}
        found[f"{name}, bare"] = {"path": "/", "bare": len(body), **more}
    database.dispose(app)
    return found


def _staying(app: Flask, **chosen: Any) -> Browser:
    """Return the browser of a visitor whose session has a token already: nothing is written anew at each request."""
    browser = returning(app, **chosen)
    browser.get("/logout")  # a page with a form that asks for a token
    return browser


def _filled(cookie: str, more: str) -> str:
    """Return the header, filled up with made-up cookies."""
    number = 0
    while len(longer := f"{cookie}; {more.format(number)}") <= _HEADER:
        cookie, number = longer, number + 1
    return cookie


def _stop(now: datetime) -> None:
    """Let the clock stand still."""
    clock.now = lambda: now


def _count(scenarios: dict[str, dict]) -> dict[str, float]:
    """Return the instructions of one request in each scenario."""
    with tempfile.TemporaryDirectory() as folder:
        plan, dumps = Path(folder, "scenarios.json"), Path(folder, "callgrind")
        plan.write_text(json.dumps(scenarios), "utf-8")
        command = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={dumps}"]
        result = subprocess.run(
            [*command, sys.executable, "-m", "bench.instructions", str(plan)],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        if result.returncode:
            raise RuntimeError(result.stderr)
        totals = [
            int(re.search(r"^totals: (\d+)", Path(f"{dumps}.{number}").read_text(), re.MULTILINE)[1])
            for number in range(1, len(scenarios) + 1)
        ]
    return {name: total / scenarios[name]["requests"] for name, total in zip(scenarios, totals, strict=True)}


def _run(plan: str) -> None:
    """Go through the scenarios; this is what callgrind watches."""
    crumb, with_one_more = create_app(), create_app()
    declare(with_one_more, "bench", _ONE_MORE)
    for name, scenario in json.loads(Path(plan).read_text("utf-8")).items():
        app: Flask = bare(scenario["bare"]) if "bare" in scenario else crumb
        if name == "shop, one more":
            app = with_one_more
        _stop(datetime.fromisoformat(scenario["at"]))
        for _ in range(scenario["requests"]):
            ask(app.wsgi_app, scenario["path"], scenario["cookie"])
        gc.collect()
        _callgrind("--instr=on")
        ask(app.wsgi_app, scenario["path"], scenario["cookie"])  # valgrind translates anew what it is to count
        _callgrind("--zero")
        for _ in range(scenario["requests"]):
            ask(app.wsgi_app, scenario["path"], scenario["cookie"])
        _callgrind("--dump")
        _callgrind("--instr=off")


def _callgrind(order: str) -> None:
    subprocess.run(["callgrind_control", order, str(os.getpid())], stdout=subprocess.DEVNULL, check=True)


_ONE_MORE = Cookie(name="one_more", purpose="", category=Category.NECESSARY, codec=codecs.Switch())


if __name__ == "__main__":
    _run(sys.argv[1])

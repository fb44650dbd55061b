"""Record what crosses the wire at localhost when Chromium does the steps that another address may not be able to.

.venv/bin/python -m tests.browser.lesson_record
"""

import json
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.browser.browsers import Browser
from tests.browser.chromium import Chromium
from tests.browser.test_lessons import play, reach
from tests.lessons.playing import LESSONS
from webapp import Crumb, create_app
from webapp.cookies import pair
from webapp.cookies.header import parse
from webapp.lessons.lesson import CHALLENGE, Lesson, Step
from webapp.lessons.recorded import FILE, Recorded
from webapp.sandbox import Sandbox

_MOST_PAIRS, _MOST = 5, 12
_MOMENT = re.compile("(?<==)[0-9]{10}(?=;|$)")
_KEY = re.compile("(?<==)(?:[0-9a-f]{6}|[0-9a-f]{8})(?=;|$)")


class Recorder:
    """What stands between the server and an app: it notes the cookies of the lab and of its parties."""

    def __init__(self, app: Crumb) -> None:
        self._find = app.extensions["cookies"].registry.find
        self._inner = app.wsgi_app
        self.begin()

    def begin(self) -> None:
        """Forget what was noted."""
        self.noted: list[tuple[str, str, str, list[str], list[str]]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        host, path = environ["HTTP_HOST"].partition(":")[0], environ["PATH_INFO"]
        sent = [pair(*each) for each in parse(environ.get("HTTP_COOKIE", "")) if self._is_of_the_lab(each[0])]
        note = (host, environ["REQUEST_METHOD"], path, sent, [])
        if not path.startswith(("/static/", "/learn", "/favicon")):
            self.noted.append(note)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            lines = [value for name, value in headers if name.lower() == "set-cookie"]
            note[4].extend(f"Set-Cookie: {line}" for line in lines if self._is_of_the_lab(line.partition("=")[0]))
            note[4].extend(f"{name}: {value}" for name, value in headers if name == "Clear-Site-Data")
            return start_response(status, headers, *rest)

        return self._inner(environ, start)

    def _is_of_the_lab(self, name: str) -> bool:
        cookie = self._find(name)
        return cookie is None or isinstance(cookie, Sandbox)

    def told(self) -> list[Recorded]:
        """Return what was noted, keys by their places, of too much the end; what shows nothing is left out."""
        keys: dict[str, str] = {}

        def masked(text: str) -> str:
            return _KEY.sub(lambda key: keys.setdefault(key[0], f"…{len(keys) + 1}"), _MOMENT.sub("…", text))

        found = []
        for host, method, path, sent, written in list(self.noted):
            if sent or written or host != "localhost" or "/arrive/" in path:
                sent, written = [masked(text) for text in sent], [masked(text) for text in written]
                more = (max(len(sent) - _MOST_PAIRS, 0), max(len(written) - _MOST_PAIRS, 0))
                cut = [tuple(text[:200] for text in texts[:_MOST_PAIRS]) for texts in (sent, written)]
                found.append(Recorded(host, method, path, *cut, more))
        return found[-_MOST:]


@contextmanager
def site() -> Iterator[tuple[Recorder, str]]:
    """Serve the site from here, so that each request can be noted; yield what notes it, and the address."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder})
        app.wsgi_app = recorder = Recorder(app)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield recorder, f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def steps() -> Iterator[tuple[Lesson, int, Step]]:
    """Yield the steps that need something of the address."""
    for lesson in LESSONS.values():
        for number in (*range(1, len(lesson.steps) + 1), CHALLENGE):
            step = lesson.step(number)
            if step and {"secure", "hosts"} & set(step.needs):
                yield lesson, number, step


def record(browser: Browser, recorder: Recorder, lesson: Lesson, number: int, step: Step) -> list[Recorded]:
    """Do a step from its beginning, and return what crossed the wire; AssertionError where it is not done."""
    browser.forget()
    browser.allow_all()
    browser.open(f"/learn/{lesson.key}/{'end' if number == CHALLENGE else number}")
    browser.press(f'main form[action$="/{number}"] button')
    reach(browser, number, "waiting")
    recorder.begin()
    play(browser, step.acts)
    reach(browser, number, "done")
    return recorder.told()


def main() -> None:
    """Write the file anew."""
    with site() as (recorder, url), sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        browser = Chromium(url, Path(profile), playwright)
        found = {f"{each[0].key}.{each[1]}": record(browser, recorder, *each) for each in steps()}
        browser.close()
    written = [
        json.dumps(step) + ": [\n" + ",\n".join(json.dumps(astuple(each), ensure_ascii=False) for each in told) + "\n]"
        for step, told in found.items()
    ]
    FILE.write_text("{\n" + ",\n".join(written) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()

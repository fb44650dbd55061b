"""The log: of use to people and programs, no use to a thief; and the number by which a page is found in it."""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from run import ROOT
from tests.browsing import Browser, Page
from tests.examples import writer
from tests.logbook import SECRETS, Log, betrayed
from tests.serving import Served
from webapp import create_app, logs
from webapp.database import dispose, engines
from webapp.i18n import LANGUAGES, translations
from webapp.logs import NUMBER, Lines, Objects
from webapp.security.limits import LONGEST_ADDRESS, LONGEST_HEADER

PASSWORD = "three warm loaves"


def error_pages(app, language: str) -> Iterator[Page]:
    """Yield an error page of each kind, as a visitor with this language gets it."""
    browser = Browser(app, **{"Accept-Language": language, "Sec-Fetch-Site": "same-origin"})
    for path in ("/no-such-page", "/shop/no-such-bread", "/broken", "/forum/own", "/" + "x" * (LONGEST_ADDRESS + 1)):
        yield browser.get(path)
    yield browser.get("/", headers={"Cookie": "x" * (LONGEST_HEADER + 1)})
    yield browser.post("/shop/")
    yield browser.post("/preferences", {"theme": "x" * 100_000})
    yield browser.post("/preferences", {"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
    yield Browser(app, "http://strange.example").get("/")
    yield Browser(app, "http://127.0.0.1:8000").get(f"/no-such-page?lang={language}")
    browser.get("/register")
    member = writer(app)
    member.headers |= browser.headers
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE users RENAME TO gone"))
    yield browser.submit("main form", username="ada", password=PASSWORD, confirm=PASSWORD)
    yield member.post("/social/", {"text": "Rye today."})
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO users"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_page_names_its_number(make_app, log, language):
    """In the visitor's language each says by which number it is found in the log; no two have the same."""
    app = make_app(TESTING=False, PROPAGATE_EXCEPTIONS=False, DEMO_ACCOUNTS=False)
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    words, seen = re.escape(translations(language).gettext(NUMBER)).replace(r"%\(number\)s", "([0-9a-f]{8})"), {}
    for page in error_pages(app, language):
        [number] = re.findall(words, page.soup.get_text())
        assert any(f" {number} webapp.logs: " in line and f" {page.status}, " in line for line in log.lines), page.url
        seen[number] = page.status
    assert len(seen) == 13 and set(seen.values()) == {400, 403, 404, 405, 413, 414, 431, 500, 503}
    [mistake] = [number for number, status in seen.items() if status == 500]
    assert any(f" ERROR {mistake} " in line and "ZeroDivisionError" in line for line in log.lines)


@pytest.mark.parametrize(
    ("method", "path", "status", "written"),
    [
        ("GET", "/", 200, "/"),
        ("GET", "/shop/rye-bread?token=hush-hush", 200, "/shop/<slug>"),
        ("HEAD", "/shop/search?q=hush-hush", 200, "/shop/search"),
        ("GET", "/httpbin/cookies/set/name/hush-hush", 302, "/httpbin/cookies/set/<name>/<value>"),
        ("GET", "/teach/notes/hushhu", 404, "/teach/notes/<token>"),
        ("GET", "/teach/notes/hushhu/", 308, "/teach/..."),
        ("GET", "/healthz", 200, "/healthz"),
        ("GET", "/static/0123456789ab/site.css", 200, "/static/..."),
        ("GET", "/no-such-page?hush-hush", 404, "/no-such-page"),
        (
            "GET",
            "/x%0A2026-11-29T18:00:00Z%20forged\x1b[31m",
            404,
            "/x%0A2026-11-29T18%3A00%3A00Z%20forged%1B%5B31m"[:54],
        ),
        ("GET", "/" + "x" * 1000, 404, "/" + "x" * 40),
    ],
)
def test_a_request_leaves_a_line(app, log, method, path, status, written):
    """It says which page answered how, and how long that took; what stands for a visitor's own it does not say."""
    before = len(log.lines)
    app.test_client().open(path, method=method, headers={"Cookie": "theme=hush-hush"}).close()
    [line] = log.lines[before:]
    assert re.fullmatch(
        rf"\S{{20}} INFO [0-9a-f]{{8}} webapp\.logs: {method} {re.escape(written)} {status}, \d+ ms", line
    )


def test_only_where_it_is_asked_for(make_app, log):
    """Without the setting no request leaves a line."""
    app = make_app(LOG="", DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    before = len(log.lines)
    assert Browser(app).get("/").status == 200
    assert log.lines[before:] == []


def test_a_mistake_is_written_without_the_address(make_app, log):
    """The traceback of ours stands under the name of the page; the address may hold what is a visitor's."""
    app = make_app(TESTING=False, PROPAGATE_EXCEPTIONS=False, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    app.add_url_rule("/broken/<code>", view_func=lambda code: 1 / 0)
    before = len(log.lines)
    assert Browser(app).get("/broken/hush-hush?also=hush-hush").status == 500
    mistake, line = log.lines[before:]
    assert "webapp: a mistake of ours at /broken/<code>\n    Traceback" in mistake and "ZeroDivision" in mistake
    assert "hush-hush" not in mistake + line


HOSTILE = "a\n2026-11-29T18:00:00Z ERROR 0123abcd webapp: forged\r\x1b[2J\x85\u2028\ud800"


@pytest.mark.parametrize("formatter", [Lines(), Objects()])
def test_nobody_begins_a_line_or_tells_a_terminal_anything(formatter):
    """Of a message, and of an error's, every further line is indented, and signs that can't be seen are spelled out."""
    try:
        raise ValueError(HOSTILE)
    except ValueError as error:
        record = logging.LogRecord("webapp", logging.ERROR, "", 1, "said %s", (HOSTILE,), (ValueError, error, None))
    first, *rest = formatter.format(record).split("\n")
    assert rest or isinstance(formatter, Objects)
    assert first.isprintable() and all(line.startswith("    ") and line.isprintable() for line in rest)
    if isinstance(formatter, Objects):
        said = json.loads(first)
        assert said["message"] == f"said {HOSTILE}" and HOSTILE in said["traceback"]


def test_the_log_of_the_whole_run_would_tell(app, log):
    """What `conftest.py` asks at the end of each run is able to fail, for every kind of secret that a browser has."""
    browser = Browser(app)
    browser.get("/register")
    browser.submit("main form", username="ada", password=PASSWORD, confirm=PASSWORD, remember=True)
    overheard = Log()
    for name in ("crumb_session", "remember", "known", "wire"):
        value = browser.cookies[name].rpartition(".")[2]
        overheard.lines.append(log.lines[-1].replace("webapp.logs: ", f"webapp.logs: {value} "))
    overheard.lines += [f"{log.lines[-1]} {PASSWORD}", f"{log.lines[-1]}\nforged", "forged"]
    assert betrayed(overheard.lines, SECRETS) == overheard.lines
    assert betrayed(log.lines[-20:], SECRETS) == []


def test_long_work_tells_how_far_it_is(tmp_path, log, monkeypatch):
    """A first start that takes long says of how many revisions and files how many are done; the second says nothing."""
    monkeypatch.setattr(logs, "SAY_EVERY", 0)
    settings = {"INSTANCE": str(tmp_path), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    for lines in (3, 0):
        before = len(log.lines)
        dispose(create_app(settings))
        for words in ("packing styles and pictures, once for this version:", "the database is at revision"):
            told = [line for line in log.lines[before:] if words in line]
            assert len(told) >= lines and bool(told) is bool(lines)
            steps = [tuple(map(int, re.findall(r"(\d+) of (\d+)", line)[0])) for line in told]
            assert steps == sorted(set(steps)) and len({most for _, most in steps}) <= 1


def test_quick_work_tells_nothing(tmp_path, log, monkeypatch):
    """A first start within some seconds leaves no line, however many steps it has; work that lasts, one every five."""
    now = [100.0]
    monkeypatch.setattr(logs, "time", SimpleNamespace(monotonic=lambda: now[0]))
    before = len(log.lines)
    dispose(create_app({"INSTANCE": str(tmp_path), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}))
    assert log.lines[before:] == []
    tell = logs.progress(logging.getLogger("webapp"), "%d of 12")
    for number in range(12):
        now[0] += 1
        tell(number)
    assert [line.rpartition(": ")[2] for line in log.lines[before:]] == ["4 of 12", "9 of 12"]


def as_text(line: str) -> dict:
    """Return what a line for people says, as the object for programs has it."""
    names = ("time", "level", "request", "name", "message")
    return dict(zip(names, re.fullmatch(r"(\S+) ([A-Z]+) (\S+) ([\w.]+): (.*)", line).groups(), strict=True))


@pytest.mark.parametrize(
    ("wanted", "read"), [("json", json.loads), pytest.param("access", as_text, marks=pytest.mark.whole("as json"))]
)
def test_the_server_writes_it(drill, instance, databases, tmp_path, wanted, read):
    """All that a real server writes to stderr are lines of the log; a request's number and status are in its own."""
    shutil.copytree(instance / "assets", tmp_path / "assets")
    settings = {"CRUMB_DEMO_CONTENT": "no", "CRUMB_DEMO_ACCOUNTS": "no"}
    served = Served(ROOT, CRUMB_INSTANCE=str(tmp_path), CRUMB_LOG=wanted, **settings)
    number = re.search(": ([0-9a-f]{8})<", served.get("/no-such-page?hush-hush")[1].decode())[1]
    served.get("/login?next=hush-hush")
    served.end()
    assert served.process.wait(10) == 0
    served.kill()
    lines = served.log.read_text().splitlines()
    said = [read(line) for line in lines]
    assert next(each["message"] for each in said if each["request"] == number).startswith("GET /no-such-page 404, ")
    assert {(each["level"], each["name"]) for each in said if each["request"] != "-"} == {("INFO", "webapp.logs")}
    assert "hush-hush" not in served.log.read_text() and len(lines) == 2
    if wanted == "json":
        [page] = [each for each in said if each.get("path") == "/login"]
        assert (page["method"], page["status"]) == ("GET", 200) and page["ms"] >= 0

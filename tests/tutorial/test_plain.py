"""examples/plain.py: the tutorial's job in plain Flask sends what Crumb sends."""

import ast
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from tests.browsing import Browser
from webapp import clock

FILE = Path(__file__).resolve().parents[2] / "examples/plain.py"
# Crumb's name of each cookie that plain Flask sets, where the two differ.
NAMES = {
    "own.Flavour": "tutorial.Flavour",
    "recent.bagel": "recent_shop.bagel",
    "session": "crumb_session",
    "remember_token": "remember",
}
CREDENTIALS = {"crumb_session", "remember"}
# What Crumb keeps besides: the visit, the last log-in and the exchanges that the dock shows.
BESIDES = {"visit", "seen", "wire", "last_login"}


@pytest.fixture
def module() -> ModuleType:
    """The example, freshly loaded."""
    spec = spec_from_file_location("plain", FILE)
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture
def plain(module) -> FlaskClient:
    """A browser that visits the example."""
    return module.app.test_client()


@pytest.fixture
def crumb(make_app) -> Browser:
    """A browser that visits Crumb and has allowed everything."""
    browser = Browser(make_app(DEMO_CONTENT=False))
    browser.agree()
    return browser


@pytest.fixture
def noon(monkeypatch):
    """Both clocks stand still, at the same moment."""
    moment = datetime.now(UTC).replace(microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(time, "time", moment.timestamp)


def written(lines: list[str]) -> list[list[str]]:
    """Return the Set-Cookie lines of one answer by name, in parts: Crumb's name for it, the value, the attributes."""
    parts = []
    for line in lines:
        (name, _, value), *attributes = line.partition(";")[0].partition("="), *line.split("; ")[1:]
        name = NAMES.get(name, name)
        attributes = [re.sub("(?<=Expires=).*", _days, attribute) for attribute in attributes]
        if name not in BESIDES:
            parts.append([name, "..." if name in CREDENTIALS and value else value, *attributes])
    return sorted(parts)


def _days(date: re.Match) -> str:
    """Return how many days from now a date is: Flask's libraries ask the clock each for themselves."""
    return str(round((parsedate_to_datetime(date[0]) - datetime.now(UTC)) / timedelta(days=1)))


def acts(crumb: Browser, plain: FlaskClient):
    """Do the tutorial's job on both sites, act by act: yield what the act was, and both answers' lines."""

    def both(title, page, response):
        answer = next((each for each in page.before if each.set_cookie), page)
        return title, written(answer.set_cookie), written(response.headers.getlist("Set-Cookie"))

    crumb.get("/setcookie")
    page = crumb.submit(title="Flavour", value="rye", lifetime="day")
    yield both("a cookie of one's own", page, plain.post("/setcookie", data={"title": "Flavour", "value": "rye"}))
    for look in ({"theme": "dark", "language": "ar"}, {"theme": "light", "language": ""}):
        crumb.get("/preferences")
        yield both(f"choose {look}", crumb.submit("main form", **look), plain.post("/choose", data=look))
    yield both("look at something", crumb.get("/shop/bagel"), plain.get("/things/bagel"))
    for remember in (False, True):
        person = {"password": "sourdough-mira", **({"remember": "y"} if remember else {})}
        token = crumb.get("/login").select("main form [name=csrf_token]")[0]["value"]
        page = crumb.post("/login", {"username": "mira", "csrf_token": token, **person})
        yield both(f"log in, {remember}", page, plain.post("/login", data={"name": "mira", **person}))
    crumb.close()
    plain.delete_cookie("session")
    yield both("come back", crumb.get("/social/"), plain.get("/"))
    crumb.get("/logout")
    yield both("log out", crumb.submit("main form", history="keep"), plain.post("/logout"))


def test_plain_flask_sends_what_crumb_sends(crumb, plain, noon):
    """Each act has the same lines on both sites; remember-me differs in what the page names."""
    differs = set()
    for title, ours, theirs in acts(crumb, plain):
        if title == "come back":
            assert [line[0] for line in ours] == [*(line[0] for line in theirs), "remember"]
            differs.add("renewal")
            del ours[-1]
        for our, their in zip(ours, theirs, strict=True):
            missing = [part for part in our if part not in their]
            if our[0] == "remember" and missing:
                assert their == [part for part in our if part not in missing], title
                assert missing == (["HttpOnly", "SameSite=Lax"] if our[1] == "" else ["Max-Age=2592000"])
                differs.add("deletion" if our[1] == "" else "max-age")
            else:
                assert our == their, title
    assert differs | {"log-out"} == told(crumb)


def told(browser: Browser) -> set[str]:
    """Return the differences that the page names."""
    return {tag["data-differs"] for tag in browser.get("/setcookie/plain").select("[data-differs]")}


def test_a_copy_outlives_the_log_out_in_plain_flask_only(crumb, module):
    """Of the remember cookies that were copied before a log-out, Flask-Login's still works and Crumb's does not."""
    plain = module.app.test_client()
    plain.post("/login", data={"name": "mira", "password": "sourdough-mira", "remember": "on"})
    copied = plain.get_cookie("remember_token").value
    plain.post("/logout")
    assert "Welcome </h1>" in plain.get("/").text
    plain.set_cookie("remember_token", copied)
    assert "Welcome mira</h1>" in plain.get("/").text

    token = crumb.get("/login").select("main form [name=csrf_token]")[0]["value"]
    crumb.post("/login", {"username": "mira", "password": "sourdough-mira", "remember": "y", "csrf_token": token})
    cookie = f"remember={crumb.cookies['remember']}"
    crumb.get("/logout")
    crumb.submit("main form", history="keep")
    assert "data-user" not in Browser(crumb.app).get("/", headers={"Cookie": cookie}).html


def test_what_was_set_is_used(plain):
    """The own cookie is read back, theme and language are on the page, the latest view stands first."""
    plain.post("/setcookie", data={"title": "Flavour", "value": "rye"})
    plain.post("/choose", data={"theme": "dark", "language": "de"})
    plain.set_cookie("recent.rye", "1000000000")
    plain.get("/things/bagel")
    page = plain.get("/getcookie?title=Flavour").text
    assert "<p>rye</p>" in page and 'lang="de" style="color-scheme: dark"' in page and "Willkommen" in page
    assert page.endswith("Recently viewed: bagel, rye")
    assert "<p>nothing yet</p>" in plain.get("/getcookie?title=Other").text


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/setcookie", {"title": "a;b", "value": "rye"}, 422),
        ("/setcookie", {"title": "a", "value": "b\r\nc"}, 422),
        ("/setcookie", {"title": "é", "value": "rye"}, 422),
        ("/setcookie", {"title": "a", "value": "x" * 400}, 422),
        ("/setcookie", {}, 422),
        ("/choose", {"theme": '"><script>', "language": "xx"}, 303),
        ("/choose", {}, 303),
        ("/login", {"name": "mira", "password": "wrong", "remember": "on"}, 403),
        ("/login", {"name": "nobody", "password": "sourdough-mira"}, 403),
        ("/login", {}, 403),
    ],
)
def test_what_is_not_valid_sets_nothing(plain, path, data, status):
    """A form with anything else than what is offered is turned down, and sends no cookie."""
    response = plain.post(path, data=data)
    assert (response.status_code, response.headers.getlist("Set-Cookie")) == (status, [])
    assert plain.get("/things/x").status_code == 404


@pytest.mark.parametrize("path", ["/setcookie", "/choose", "/login", "/logout"])
def test_looking_changes_nothing(plain, path):
    """What changes something answers no GET, and a first look sets no cookie."""
    assert plain.get(path).status_code == 405
    assert plain.get("/").headers.getlist("Set-Cookie") == []


def test_forged_cookies_are_the_same_as_none(plain):
    """A theme, a language or a time that nobody wrote leaves the page as it is without."""
    fresh = plain.get("/").text
    for name in ("theme", "language", "recent.rye"):
        plain.set_cookie(name, "<b>")
    assert plain.get("/").text == fresh


def test_it_is_short_and_all_flasks_own():
    """Some fifty lines besides imports and the page's HTML; cookies go by Flask's and Flask-Login's calls alone."""
    source = FILE.read_text("utf-8")
    tree = ast.parse(source)
    modules = {alias.name if isinstance(node, ast.Import) else node.module for node in tree.body
               if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}  # fmt: skip
    assert modules == {"secrets", "time", "datetime", "flask", "flask_login", "werkzeug.security"}
    code = re.sub(r'^(from|import) .*\n|^""".*\n|PAGE = """(.|\n)*?"""\n', "", source, flags=re.M)
    assert len([line for line in code.splitlines() if line.strip()]) <= 55
    assert "Cookie" not in source.replace("REMEMBER_COOKIE", "").replace("SESSION_COOKIE", "").replace(
        "Set a cookie", ""
    )


def test_the_page_shows_the_file(browser):
    """The page has the whole file, the command that runs it, and both pages of the tutorial lead to it."""
    page = browser.get("/setcookie/plain")
    lines = page.one("main .source pre").get_text().splitlines()
    assert [line[2:] for line in lines] == FILE.read_text("utf-8").splitlines()
    assert page.one("main > pre").get_text() == ".venv/bin/flask --app examples/plain run"
    for path in ("/setcookie", "/getcookie"):
        assert browser.get(path).select('main a[href="/setcookie/plain"]')

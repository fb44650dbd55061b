"""The copies of an exchange do what the exchange did, whatever octets it is made of."""

import ast
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from types import ModuleType
from unittest.mock import patch

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.http import dump_cookie

from tests.browsing import Browser
from webapp.wire.record.exchange import Exchange, SetCookie
from webapp.wire.record.masking import MASK
from webapp.wire.show import copies

HOME = "http://localhost:8000"
SHELL = shutil.which("bash")

# What a Cookie header may hold: any octet that ends neither the header nor the pair.
OCTETS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0;"), max_size=40)
NAMES = st.from_regex(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9!#$%&'()*+./:<=>?@\[\]^_`{|}~-]{0,40}", fullmatch=True)
PATHS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40).map(
    lambda text: "/" + text.replace("?", "").replace("#", "").replace("%", "").replace("/", "")
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "DELETE"])


def exchange(method="GET", path="/", status=200, location="", sent=(), written=()) -> Exchange:
    """Return an exchange of these parts."""
    return Exchange(datetime.now(UTC), method, path, status, location, list(sent), list(written), [])


def octets(text: str) -> bytes:
    """Return header text as it crosses the wire."""
    return text.encode("latin-1")


def header(sent) -> str:
    """Return the Cookie header of these pairs."""
    return "; ".join(f"{name}={value}" if name or "=" in value else value for name, value in sent)


@st.composite
def lines(draw) -> SetCookie:
    """Return a Set-Cookie line as Werkzeug writes it."""
    text = dump_cookie(
        draw(NAMES),
        draw(VALUES.filter(lambda value: ";" not in value)),
        max_age=draw(st.none() | st.integers(1, 10**7)),
        path=draw(st.none() | st.just("/") | st.just("/shop")),
        domain=draw(st.none() | st.just("example.org")),
        secure=draw(st.booleans()),
        httponly=draw(st.booleans()),
        samesite=draw(st.none() | st.sampled_from(["Lax", "Strict", "None"])),
        partitioned=draw(st.booleans()),
    )
    return SetCookie(text, None)


EXCHANGES = st.builds(
    exchange,
    method=METHODS,
    path=PATHS,
    status=st.sampled_from([200, 404, 422, 303, 302]),
    location=st.sampled_from(["", "/", "/shop/?a='b'%22"]),
    sent=st.lists(st.tuples(OCTETS, OCTETS), max_size=5),
    written=st.lists(lines(), max_size=3, unique_by=lambda line: line.name),
)


def argument(call: ast.Call, name: str):
    """Return the value of a keyword argument, or of the place of that number."""
    node = call.args[name] if isinstance(name, int) else next(each.value for each in call.keywords if each.arg == name)
    return eval(compile(ast.Expression(node), "copy", "eval"), {"__builtins__": {}})


@given(EXCHANGES)
@example(exchange(path="/a b", sent=[("it's", '"$HOME`id`\\')]))
def test_a_shell_reads_the_words_of_the_curl_command(one):
    """Where all is text, shlex reads back method, address and header; nothing of it ends a word or starts another."""
    one = Exchange(
        **{**vars(one), "sent": [pair for pair in one.sent if "".join(pair).isprintable() and header([pair]).isascii()]}
    )
    words = shlex.split(copies.curl(one, HOME).replace("\\\n", ""))
    assert words[0] == "curl"
    assert words[-1] == HOME + one.path
    assert ("--header" in words) == bool(one.sent)
    if one.sent:
        assert words[words.index("--header") + 1] == "Cookie: " + header(one.sent)
    assert ("--globoff" in words) == any(letter in one.path for letter in "[]{}")
    assert (one.method in words) == (one.method not in ("GET", "HEAD"))
    assert set(words) - {one.method} <= {
        "curl",
        "--include",
        "--head",
        "--request",
        "--globoff",
        "--path-as-is",
        "--header",
        words[-1],
        "Cookie: " + header(one.sent),
    }


@pytest.mark.skipif(not SHELL, reason="needs bash")
def test_bash_reads_every_octet():
    """Controls and octets that are no UTF-8 come out of a real shell as they went in."""
    every = "".join(chr(code) for code in range(1, 256) if chr(code) not in "\r\n;")
    for value in [every, *every, "é", "é".encode().decode("latin-1"), "'", "\\'", "$'x'", "!x"]:
        command = copies.curl(exchange(sent=[("c", value)]), HOME).replace("curl", "printf '%s\\0'", 1)
        out = subprocess.run([SHELL, "-c", command], capture_output=True, check=True).stdout.split(b"\0")
        assert octets(f"Cookie: c={value}") in out, value


@given(EXCHANGES)
@example(exchange(sent=[("", "a=b")]))
def test_python_for_requests(one):
    """The lines are Python, and their literals are the request to the octet."""
    tree = ast.parse(copies.requests(one, HOME))
    call = next(node.value for node in tree.body if isinstance(node, ast.Assign))
    assert (argument(call, 0), argument(call, 1)) == (one.method, HOME + one.path)
    given = next((each.value for each in call.keywords if each.arg == "headers"), None)
    assert (given is None) == (not one.sent)
    if one.sent:
        pairs = ast.literal_eval(given.values[0].args[0])
        assert "; ".join(pairs) == header(one.sent)


@given(EXCHANGES)
@example(exchange(path="/<b>"))
def test_flask_answers_as_the_exchange_and_the_test_passes(one):
    """The copied app sends the lines of the exchange, and the copied test finds them there."""
    app = app_of(copies.flask(one))
    response = app.test_client(use_cookies=False).open(one.path, method=one.method)
    assert response.status_code == one.status
    if one.status >= 300 and one.status < 400:
        assert response.headers.get("Location", "") == one.location
    assert [timeless(line) for line in response.headers.getlist("Set-Cookie")] == [
        timeless(line.text) for line in one.written
    ]

    if one.location and not 300 <= one.status < 400:
        return
    module = ModuleType("yourapp")
    module.app = app
    test = {}
    with patch.dict(sys.modules, {"yourapp": module}):
        exec(compile(copies.pytest(one, HOME), "copy", "exec"), test)
        test["test_exchange"]()


def app_of(source: str) -> Flask:
    """Return the app that a copy makes."""
    names = {"__name__": "__main__"}
    exec(compile(source, "copy", "exec"), names)
    return names["app"]


def timeless(line: str) -> list[str]:
    """Return a line without its date."""
    return [part for part in line.split("; ") if not part.startswith("Expires=")]


def test_a_deletion_is_one():
    """A line that deletes becomes delete_cookie, and deletes."""
    text = "taste=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/; SameSite=Lax"
    gone = SetCookie(text, None)
    text = copies.flask(exchange(written=[gone]))
    assert "response.delete_cookie(" in text
    lines = app_of(text).test_client().get("/").headers.getlist("Set-Cookie")
    assert lines == [gone.text]


def test_a_date_alone_is_kept():
    """Without Max-Age the date itself is copied."""
    text = "taste=oat; Expires=Sun, 22 Nov 2026 12:00:00 GMT; Path=/"
    app = app_of(copies.flask(exchange(written=[SetCookie(text, None)])))
    assert app.test_client().get("/").headers.getlist("Set-Cookie") == [text]


def test_masks_stay():
    """What was masked is masked in every copy."""
    one = exchange(
        sent=[("crumb_session", f"eyJ.{MASK}")], written=[SetCookie(f"crumb_session=eyJ.{MASK}; Path=/", None)]
    )
    for text in (copies.curl(one, HOME), copies.requests(one, HOME), copies.flask(one), copies.pytest(one, HOME)):
        assert f"eyJ.{MASK}" in text


def test_the_page_has_them(app):
    """The page shows each copy as text, to the letter."""
    browser = Browser(app)
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    page = browser.get(browser.get("/wire").select('main [data-exchange="POST /preferences"] h3 a')[0]["href"])
    shown = {tag["data-copy"]: tag.select_one("pre").get_text() for tag in page.select("[data-copy]")}
    assert set(shown) == {"curl", "Python (requests)", "Flask", "pytest"}
    assert shlex.split(shown["curl"].replace("\\\n", ""))[-1] == "http://localhost:8000/preferences"
    assert 'response = redirect("/?cookies=set", 303)' in shown["Flask"]
    assert '"theme",\n        "dark",\n        max_age=34560000,' in shown["Flask"]
    for name in ("Python (requests)", "Flask", "pytest"):
        ast.parse(shown[name])

"""Hostile text at every address and in every field: an answer that fits, never a failure of ours.

PostgreSQL takes no zero byte, not even to look for it. SQLite does: so no statement may carry one here, either.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, urlencode

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.browsing import Browser
from tests.examples import ARGUMENTS
from webapp import clock, forms

NAME, PASSWORD = "Marlene", "three warm loaves"
TEXTS = {
    "a zero byte": b"a\0b",
    "odd signs": b"'\"<b>;--\\ {{7*7}}%s%(x)s\xff\xed\xa0\x80" + "\u202e\u2066\ufeff".encode(),
    "a number": b"9" * 5000,
    "60 KB": b"x" * 60_000,
}
HOSTS = ["", "evil.test", "localhost:8000\0", "localhost:8000:1", "[::1", "l\xf6calhost", "x" * 70_000]
# What views ask the address or a form for, by name, beside the fields of the forms.
ASKED = "after at before bench category draft history how lang latest mode n name of own page path place preset q quote"
ASKED += " r remove script sent set sort t title until value"
LEAVES = {"/logout", "/account/close", "/teach/reset"}  # whoever sends these is logged in no more


@pytest.fixture
def strict() -> Iterator[list]:
    """What statements carried that PostgreSQL would refuse, while the test runs."""
    refused = []

    def look(connection, cursor, statement, parameters, context, executemany) -> None:
        if "\\x00" in repr(parameters):
            refused.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", look)
    yield refused
    event.remove(Engine, "before_cursor_execute", look)


@pytest.fixture
def member(make_app) -> Browser:
    """Somebody who is logged in, in a town where others have written."""
    browser = Browser(make_app(DEMO_ACCOUNTS=False), **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    browser.agree()
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
    return browser


def fields() -> list[str]:
    """Return the name of every field of every form, and what else is asked for."""
    kinds, names = [forms.Form], set(ASKED.split())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        names |= {name for name in dir(kind) if hasattr(getattr(kind, name), "field_class")}
    return sorted(names - {"csrf_token"})


def addresses(app, text: bytes) -> set[tuple[str, str]]:
    """Return (method, path) of each route: with good arguments, and with this text in the place of each."""
    found = set()
    for rule in app.url_map.iter_rules():
        for hostile in ["", *re.findall(r"<(?:[^:>]*:)?(\w+)>", rule.rule)]:
            good = {**ARGUMENTS, "value": "rye", hostile: quote_from_bytes(text)}
            path = re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda place, good=good: good[place[1]], rule.rule)
            found |= {(method, path) for method in rule.methods & {"GET", "POST"}}
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_every_address_answers(member, strict, text):
    """In the path, the query, a form, a cookie and the headers: right or wrong, but never a failure of ours."""
    app, odd = member.app, TEXTS[text]
    member.get("/account/name")
    token = member.page.one("[name=csrf_token]")["value"]
    names = fields() if len(odd) < 1000 else ["q"]
    form, query = {**dict.fromkeys(names, odd), "csrf_token": token}, urlencode(dict.fromkeys(names, odd))
    cookies = member.agent.cookie_header(member.home, now=clock.now())
    headers = {**member.headers, "Cookie": f"{cookies}; a={odd[:5000].decode('latin-1')}"}
    client, asked = app.test_client(use_cookies=False), addresses(app, odd)
    assert len(asked) > 100
    for method, path in sorted(asked):
        if path in LEAVES and method == "POST":
            continue
        data = form if method == "POST" else None
        answer = client.open(f"{path}?{query}", base_url=member.home, method=method, data=data, headers=headers)
        assert answer.status_code < 500, f"{method} {path[:200]}: {answer.status_code}"
    assert not strict
    assert member.get("/account").html["data-user"] == NAME


@pytest.mark.parametrize(
    ("named", "value"),
    [
        pytest.param(named, value, marks=() if named == number % 2 else pytest.mark.whole("each value is sent once"))
        for number, value in enumerate([5, {}, [5], None])
        for named in (True, False)
    ],
)
def test_what_is_sent_as_json_is_no_form(member, strict, named, value):
    """Whatever a program sends as JSON, where a field may be no text, is answered like a form without fields."""
    cookies = member.agent.cookie_header(member.home, now=clock.now())
    headers = {**member.headers, "Cookie": cookies, "Sec-Fetch-Site": "same-origin"}
    sent = dict.fromkeys(fields(), value) if named else value
    asked = [path for method, path in sorted(addresses(member.app, b"rye")) if method == "POST" and path not in LEAVES]
    assert len(asked) > 50
    for path in asked:
        client = member.app.test_client(use_cookies=False)
        answer = client.post(path, base_url=member.home, json=sent, headers=headers)
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
    assert not strict


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_nobody_is(app, host):
    """A request for another host, or for none, is refused at every address."""
    client = app.test_client(use_cookies=False)
    for path in ("/", "/lab", "/lab/cross", "/lab/browser", "/lab/clock", "/jar", "/wire", "/httpbin/cookies"):
        assert client.get(path, headers={"Host": host}).status_code == 400, path

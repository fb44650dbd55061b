"""What one request may cost: no request of 64 KB takes a second of the server, or gets twenty times its size back.

The answer is counted with its headers, as it is before compression; PAGE is the page that it stands on.
"""

import re
import secrets
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from urllib.parse import quote, quote_from_bytes

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from tests.browsing import Browser
from tests.examples import ARGUMENTS, NAME, PASSWORD, address
from webapp import clock, create_app
from webapp.database import dispose
from webapp.security.limits import LONGEST_ADDRESS, LONGEST_HEADER
from webapp.wire.record import store

PAGE = 128 * 1024  # octets
LEAVES = {"/logout", "/account/close", "/account/name", "/account/password", "/teach/reset"}
UNITS = [
    b"x", b"9", b" ", b"\n", b"\0", b"\xff", b"<", b"%", b"/", b"[", b"(", b"'\"", b"\\x41", b"a.", b"a,", b"a b ",
    b"*_`a", b'{"a":', b"a;", b"a=1;", b"a=1\n", b"lab-a=1; Path=/lab\n", b"path=/ \t", b"[a](b)", b"http://a/ ",
    b"Expires=Wed, 21 Oct 2026 07:28:00 GMT;", b"a\tb\tc\td\te\tf\tg\n", b"Set-Cookie: a=1\n", b"Cookie: a=1\n",
    b"curl -b a=1 http://a/\n", "ü".encode(), "\u202e🍞".encode(),
]  # fmt: skip
ROWS = 5  # as many lines as the lab takes
_SAFE = re.sub("[&+#%]", "", bytes(range(0x21, 0x7F)).decode())  # what may stand in a query as it is


class _Noted(ImmutableMultiDict):
    """Fields of a query or a form that tell which of them were asked for."""

    asked: set[str]

    def get(self, key, *args, **options):
        self.asked.add(key)
        return super().get(key, *args, **options)

    def getlist(self, key, *args, **options):
        self.asked.add(key)
        return super().getlist(key, *args, **options)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


class _Environ(dict):
    """A WSGI environment that tells which header fields were asked for."""

    asked: set[str]

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)


class Town:
    """A town where others have written, with somebody who is logged in and asks it by single requests."""

    def __init__(self, app) -> None:
        self.asked: set[str] = set()
        self.headers_asked: set[str] = set()
        noted = type("Noted", (_Noted,), {"asked": self.asked})
        environ = type("Environ", (_Environ,), {"asked": self.headers_asked})
        app.request_class = type("Request", (app.request_class,), {"parameter_storage_class": noted})
        inner = app.wsgi_app
        app.wsgi_app = lambda given, start: inner(environ(given), start)
        self.app, self.member = app, Browser(app, **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
        self.member.agree()
        self.member.get("/register")
        self.member.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
        self.token = self.member.get("/account/name").one("[name=csrf_token]")["value"]
        cookies = self.member.agent.cookie_header(self.member.home, now=clock.now()).split("; ")
        # What former requests left is bounded by the record itself: without this cookie nothing is kept of them.
        self.cookies = "; ".join(each for each in cookies if not each.startswith("wire="))
        self.client = app.test_client(use_cookies=False)

    def routes(self) -> Iterator[tuple[str, str, str]]:
        """Yield method, path and rule of each address."""
        for rule in self.app.url_map.iter_rules():
            for method in sorted(rule.methods & {"GET", "POST"}):
                if method == "GET" or address(rule) not in LEAVES:
                    yield method, address(rule), rule.rule

    @cache  # noqa: B019 - there is one town
    def read(self, method: str, path: str) -> frozenset[str]:
        """Return the names that an address reads of its query or form, also those it reads because of others."""
        names: frozenset[str] = frozenset()
        while True:
            self.asked.clear()
            self.send(method, path, "&".join(f"{name}=a" for name in names))
            if self.asked - {"csrf_token"} <= names:
                return names
            names |= self.asked - {"csrf_token"}

    def send(
        self, method: str, path: str, fields: str = "", cookies: str = "", recorded: int = 0, **headers: str
    ) -> int:
        """Send fields in the query, or in the form; return the status of an answer that kept within bounds.

        `recorded` is the size of another request, that the answer shows.
        """
        told = {**self.member.headers, "Cookie": cookies or self.cookies, **headers}
        kind = "application/x-www-form-urlencoded"
        sent = {"query_string": fields} if method == "GET" else {"data": f"csrf_token={self.token}&{fields}"}
        size = len(path) + len(fields) + sum(map(len, [*told.values(), *told]))
        began = time.process_time()
        answer = self.client.open(
            path, method=method, headers=told, base_url=self.member.home, content_type=kind, **sent
        )
        took, body = time.process_time() - began, answer.get_data()
        length = len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
        what = f"{method} {path[:60]} {fields[:60]} {str(headers)[:60]}"
        assert took < 1, f"{what}: {took:.1f} s"
        assert length < PAGE + 20 * (size + recorded), f"{what}: {length} octets for {size}"
        assert answer.status_code < 500, f"{what}: {answer.status_code}"
        return answer.status_code


@pytest.fixture(scope="module")
def town(drill, instance, databases, tmp_path_factory) -> Iterator[Town]:
    """One town for all of it: what its addresses read is found out once."""
    file = shutil.copy(databases[True], tmp_path_factory.mktemp("town"))
    app = create_app({"INSTANCE": str(instance), "DATABASE_URL": f"sqlite:///{file}", "DEMO_ACCOUNTS": False})
    yield Town(app)
    dispose(app)


def filled(unit: bytes, size: int, rows: int = 1) -> str:
    """Return a text of this many octets, as a query has it: nothing but repeats of `unit`, in as many rows."""
    text = quote_from_bytes(unit, safe=_SAFE)
    return "%0A".join(["lab-a=" * (rows > 1) + text * (size // rows // len(text))] * rows)


class Turn:
    """Hands out a third of some kinds, or in every run only the one whose turn it is: another one at the next call."""

    def __init__(self, thirds: bool) -> None:
        self._thirds, self._number = thirds, 0

    def of(self, kinds: list) -> list:
        """Return those whose turn it is."""
        self._number += 7
        return kinds[self._number % 3 :: 3] if self._thirds else kinds[self._number % max(len(kinds), 1) :][:1]


@pytest.fixture(
    params=[
        pytest.param(False, id="few"),
        pytest.param(True, id="more", marks=pytest.mark.whole("each address with each kind of text takes minutes")),
    ]
)
def turn(request) -> Turn:
    """The kinds of text whose turn it is."""
    return Turn(request.param)


def test_no_field_costs_much(town, turn):
    """Each field that each address reads, full of each kind of text, in one row or in five, short or long."""
    texts = [filled(unit, size, rows) for unit in UNITS for size in (250, 8000, 60_000) for rows in (1, ROWS)]
    read = defaultdict(set)
    for method, path, _ in town.routes():
        names = town.read(method, path)
        read[path] |= names
        for name in turn.of(sorted(names)):
            for text in turn.of(texts):
                town.send(method, path, f"{name}={text}")
    assert {"lines", "name", "ask"} <= read["/lab/send"] and {"line", "before", "to"} <= read["/lab/why"]
    assert "text" in read["/lab/paste"] and "q" in read["/shop/search"] and "sort" in read["/shop/"]
    assert {"username", "password"} <= read["/login"] and {"text", "title"} <= read["/forum/sourdough/new"]


def test_no_number_of_fields_costs_much(town, turn):
    """A query or a form of nothing but fields: names without values, one name again and again, ones nobody reads."""
    for method, path, _ in town.routes():
        kinds = ["a=b&", "a&", "&", "=&", "%00&", *(f"{name}=a&" for name in sorted(town.read(method, path)))]
        for kind in turn.of(kinds):
            town.send(method, path, kind * (60_000 // len(kind)))
        for kind in turn.of([400, 3000]):
            town.send(method, path, "&".join(f"a{number}={number}" for number in range(kind)))


def test_no_address_costs_much(town, turn):
    """Each part of an address that is the visitor's, full of each kind of text: it leads nowhere, and costs little."""
    found = 0
    for method, path, rule in town.routes():
        for place in re.findall(r"<[^>]+>", rule):
            before, _, after = rule.partition(place)
            good = re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda name: ARGUMENTS[name[1]], f"{before}\0{after}")
            for unit in turn.of(UNITS):
                text = quote_from_bytes(unit, safe=_SAFE.replace("?", ""))
                text *= (LONGEST_ADDRESS - len(path)) // len(text) // 2
                assert town.send(method, good.replace("\0", text)) in (200, 302, 303, 308, 400, 403, 404, 405, 422)
                found += 1
    assert found > 30


def test_no_cookies_cost_much(town, turn):
    """32 KB of cookies, beside a log-in: of one letter, of our own names, none of them well-formed."""
    own = [cookie.name + "a" * cookie.many for cookie in town.app.extensions["cookies"].registry]
    kinds = ["a=1; ", "a; ", "=; ", ";", " ", "x", '"', "=", ",", "a=\xff; ", "a=<; ", 'a="\\075"; ', "__Host-a; "]
    kinds += [f"{name}=1; " for name in own]
    headers = [kind * (31_000 // len(kind)) for kind in kinds]
    headers += ["; ".join(f"{name}{number:x}=" for number in range(3000)) for name in ("", "lab-", "recent_shop.")]
    headers += ["; ".join(f"{name}={'9' * (30_000 // len(own))}" for name in own)]
    for method, path, _ in town.routes():
        for header in turn.of(headers):
            town.send(method, path, cookies=f"{town.cookies}; {header}"[:LONGEST_HEADER])


def test_no_header_field_costs_much(town, turn):
    """Each header field that anything in the house reads, full of each kind of text."""
    for method, path, _ in town.routes():
        town.send(method, path)
    read = {name.removeprefix("HTTP_") for name in town.headers_asked if name.startswith("HTTP_")}
    assert {"ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "USER_AGENT", "REFERER", "SEC_FETCH_SITE"} <= read
    read = sorted(read - {"COOKIE", "HOST"} | {"ORIGIN"})  # asked for where a browser says of no site
    texts = [(unit * (60_000 // len(unit))).translate(None, b"\r\n\0").decode("latin-1") for unit in UNITS]
    texts += [unit * (60_000 // len(unit)) for unit in ("de;q=0.5,", "de-", "bytes=0-1,", "Chrome/9 ", 'W/"a", ')]
    for method, path, _ in town.routes():
        for name in turn.of(read):
            for text in turn.of(texts):
                town.send(method, path, **{name.replace("_", "-"): text})


def hostile(unit: str, size: int) -> list[str]:
    """Return `Cookie` lines of a size: the unit as a name, as many names, as a value, as many values."""
    return [
        "; ".join(pairs)[:size]
        for pairs in (
            [f"{unit * (1000 // len(unit))}{number}=" for number in range(size // 1000)],
            [f"{unit}{number}={unit}" for number in range(size // (2 * len(unit) + 4))],
            [f"a={unit * (size // len(unit))}"],
            [f"a{number}={unit * (500 // len(unit))}" for number in range(size // 500)],
        )
    ]


@pytest.mark.parametrize("size", [31_000, 60_000])
def test_no_page_costs_much_with_both(town, turn, size):
    """Each page asked with this many octets of cookies, and with a query of 60 KB or of what is left of it."""
    units = ["'", "<", "&", "%", "\xff\x01", "lab-", "recent_shop."]
    lines = [line for unit in units for line in hostile(unit, size - 500)]
    assert max(map(len, lines)) > size - 1000
    seen = set()
    for method, path, _ in town.routes():
        if method == "GET":
            for line in lines if path == "/jar" else turn.of(lines):  # it is the one that shows all that came
                for query in ("", f"a={filled(turn.of(UNITS)[0], 60_000 - size)}", "'" * 60_000):
                    seen.add(town.send(method, path, query, cookies=f"{town.cookies}; {line}"))
    assert seen == {431} if size > LONGEST_HEADER else 200 in seen


RECORD = 60_000  # octets of a request, most of which the record keeps


@pytest.mark.parametrize("unit", ["'", "<", "\xff\x01", "recent_shop."])
def test_no_page_costs_much_of_a_full_record(town, turn, unit, monkeypatch):
    """Each page for somebody whose last fifty requests were of 60 KB: it costs what one of them may, or less.

    Only a page that shows one of these whole may be as large as its request allows.
    """
    token = "".join(secrets.choice("abcdefgh") for _ in range(22))
    text = quote_from_bytes(unit.encode("latin-1"), safe=_SAFE)
    query = f"q={(text * 25_000)[:25_000]}"
    rows = [f"lab-{text * (900 // len(text))}{number}={text}; Path=/lab" for number in range(ROWS)]
    ways = [("GET", "/shop/search", query), ("POST", "/lab/send", f"lines={'%0A'.join(rows)}")]
    for _ in range(7):
        for line, way in product(hostile(unit, 30_000), ways):
            assert town.send(*way, cookies=f"wire={token}; {line}") in (200, 303)
    monkeypatch.setattr(store, "record", lambda visitor, exchange: None)  # so that it stays as it is
    own = f"wire={token}"
    kept = re.findall(r'<h3><a href="(/wire/\d+)"', town.client.get("/wire", headers={"Cookie": own}).get_data(True))
    assert len(kept) == 50
    paths = [path for method, path, rule in town.routes() if method == "GET" and not rule.startswith("/wire")]
    for path in paths:
        town.send("GET", path, cookies=own)
    for path in turn.of(kept) + turn.of(kept):
        town.send("GET", path, cookies=own, recorded=RECORD)
        town.send("GET", "/wire", f"open={path.rpartition('/')[2]}", cookies=own, recorded=RECORD)
    for query in ("", "own=y", "set=y", f"name={quote(unit, encoding='latin-1')}", "sent=y&own=y"):
        town.send("GET", "/wire", query, cookies=own, recorded=RECORD)

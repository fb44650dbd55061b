"""What visitors write in the lab reaches no cookie of the site, in no browser."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.cookies import bare, codecs, current_jar
from webapp.cookies.declaration import Category
from webapp.httpbin.cookies import HTTPBIN
from webapp.lab.cookies import LAB
from webapp.sandbox import Sandbox
from webapp.useragent import ENGINES, UserAgent

URL = "http://localhost:8000"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PREFIXES = ["", "__Host-", "__host-", "__Secure-", "__Http-", "__Host-Http-"]
PATHS = [
    "",
    "; Path=/",
    "; Path=/lab",
    "; pAtH\t= /",
    "; Path=/account",
    "; Path=/lab; Path=/",
    '; Path="/"',
    "; Path=lab",
]
DOMAINS = ["", "; Domain=localhost", "; Domain=.localhost"]
WRITINGS = [
    "{}=1",
    "{}",
    "={}=1",
    " = {}=1",
    "\t{}=1",
    "\x01{}=1",
    "lab-\x00;{}=1",
    "lab-a=1\r\nSet-Cookie: {}=1",
    "{}\x7f=1",
    'lab-a="1;{}=1"',
    'lab-a= "1; Path=/lab; {}"',
]


@pytest.fixture(scope="module")
def names(module_app) -> list[str]:
    """Every name that the site declares, a member of each family too."""
    return [cookie.name + "x" * cookie.many for cookie in module_app.extensions["cookies"].registry if cookie.name]


@pytest.fixture(scope="module")
def module_app(tmp_path_factory):
    """One app for all lines."""
    from webapp import create_app

    folder = tmp_path_factory.mktemp("sandbox")
    return create_app({"INSTANCE": str(folder), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False})


def reached(line: str, below: str) -> list[tuple[str, str]]:
    """Return (pair, path) of the cookies that browsers make of a line sent below a path, as the server reads them."""
    found = []
    for engine in ENGINES:
        cookie = UserAgent(engine).receive(URL + below, line, now=NOW).cookie
        if cookie:
            found += [(part.strip(), cookie.path) for part in cookie.pair.split(";")]
    return found


def is_harmless(pair: str, path: str) -> bool:
    """Tell whether a cookie of the lab disturbs nothing of the site."""
    below = path == "/lab" or path.startswith("/lab/") or (path == "/" and pair.lower().startswith("__host-"))
    return bare(pair).startswith("lab-") and below


def test_no_line_reaches_a_cookie_of_the_site(module_app, names):
    """Every name, prefix, path, domain and way of writing it: refused, or a cookie of the lab."""
    sent = 0
    with module_app.test_request_context("/lab/send"):
        for name in [*names, "lab-ok"]:
            for prefix in PREFIXES:
                for writing in WRITINGS:
                    for path in PATHS:
                        for domain in DOMAINS:
                            line = writing.format(prefix + name) + path + domain + "; Secure; HttpOnly"
                            if LAB.problem(line) is None:
                                sent += 1
                                assert name.startswith("lab-"), line
                                assert all(is_harmless(*one) for one in reached(line, "/lab/send")), line
                            if writing == "{}=1" and path == "":
                                at_httpbin = HTTPBIN.problem(line) is None
                                assert not at_httpbin, line
    assert sent > 50


@given(
    line=st.text(st.characters(max_codepoint=255), max_size=60)
    | st.from_regex(r"(lab-|__Host-lab-|=)?.{0,9}(;\s*[Pp]ath\s*=.{0,9}){0,2}")
)
def test_any_line_is_refused_or_harmless(module_app, line):
    """Whatever somebody writes, what the site would send makes a cookie of the lab or none."""
    with module_app.test_request_context("/lab/send"):
        if LAB.problem(line) is None:
            assert all(is_harmless(*one) for one in reached(line, "/lab/send")), line


def test_a_line_goes_out_as_it_stands(module_app):
    """Spaces, doubles and odd attributes are what the lab is there for; the dock finds who sent it."""
    with module_app.test_request_context("/lab/send"):
        LAB.send("lab-a =  1;Foo=bar;  Max-Age=x")
        LAB.send("lab-a=2")
        assert [line for line, _ in current_jar().lines] == ["lab-a =  1;Foo=bar;  Max-Age=x", "lab-a=2"]
        with pytest.raises(ValueError, match="begin with lab-"):
            LAB.send("crumb_session=1")
    with module_app.test_request_context("/elsewhere"), pytest.raises(ValueError, match="outside /lab"):
        LAB.send("lab-a=1")


def test_there_is_a_limit(module_app):
    """The lab holds 6 KB at most, with what is there already and what the same response sends."""
    header = {"Cookie": "lab-a=" + "x" * 3000}
    with module_app.test_request_context("/lab/send", headers=header):
        assert LAB.problem("lab-b=" + "x" * 3000) is None
        assert LAB.problem("lab-b=" + "x" * 3200)
        assert LAB.problem("lab-a=" + "x" * 6000) is None, "it takes the place of the old one"
        LAB.send("lab-b=" + "x" * 2000)
        assert LAB.problem("lab-c=" + "x" * 2000)
        assert LAB.problem("lab-d=1; Comment=" + "x" * 9000)


def test_there_are_twenty_at_most(module_app):
    """A sandbox holds twenty cookies and an answer twenty lines; one of a name that is there takes its place."""
    held = "; ".join(f"lab-{number}=1" for number in range(20))
    with module_app.test_request_context("/lab/send", headers={"Cookie": held}):
        assert "twenty" in LAB.problem("lab-new=1")
        assert LAB.send_all(f"lab-{number}=2" for number in range(20)) is None
        assert "twenty" in LAB.problem("lab-0=3")
    with module_app.test_request_context("/lab/send", headers={"Cookie": f"{held}; lab-0=again"}):
        assert "twenty" in LAB.problem("lab-0=1"), "of two of one name it replaces one"
    with module_app.test_request_context("/lab/send", headers={"Cookie": f"theme=dark; {held[:-10]}"}):
        assert LAB.problem("lab-new=1") is None
    with module_app.test_request_context("/httpbin/cookies/set", headers={"Cookie": held.replace("lab-", "a")}):
        assert "twenty" in HTTPBIN.problem("new=1; Path=/httpbin")


def test_lines_go_together_or_not_at_all(module_app):
    """Where one of several lines may not be sent, none of them is; what was asked for before stays."""
    with module_app.test_request_context("/lab/send"):
        LAB.send("lab-a=1")
        assert LAB.send_all(["lab-b=1", "lab-c=" + "x" * 6200, "lab-d=1"])
        assert [line for line, _ in current_jar().lines] == ["lab-a=1"]
        assert LAB.send_all(["lab-b=1", "lab-d=1"]) is None
        assert [line for line, _ in current_jar().lines] == ["lab-a=1", "lab-b=1", "lab-d=1"]


@pytest.mark.parametrize(("sandbox", "prefix"), [(LAB, "lab-"), (HTTPBIN, "a")], ids=["lab", "httpbin"])
def test_no_number_of_requests_fills_it(module_app, sandbox, prefix):
    """Forty answers of twenty lines each leave twenty cookies, whatever their names."""
    agent, url = UserAgent("chromium"), f"{URL}{sandbox.path}/send"
    for request in range(40):
        header = agent.cookie_header(url, now=NOW)
        with module_app.test_request_context(f"{sandbox.path}/send", headers={"Cookie": header}):
            sandbox.send_all(f"{prefix}{request}-{number}=1; Path={sandbox.path}" for number in range(20))
            for line, _ in current_jar().lines:
                agent.receive(url, line, now=NOW)
    assert len(agent.cookies) == 20


@pytest.mark.parametrize("engine", ENGINES)
def test_clearing_leaves_none(module_app, engine):
    """All of them go, whatever path, domain, prefix or partition they have."""
    agent = UserAgent(engine)
    lines = [
        "lab-a=1", "lab-b=1; Path=/lab", "lab-c=1; Domain=localhost", "lab-nameless", "__Host-lab-d=1; Path=/; Secure",
        "__Secure-lab-e=1; Secure", "__Http-lab-f=1; Secure; HttpOnly", "lab-g=1; Secure; Partitioned",
        "lab-h=1; Path=/lab/send", "lab-i=1; HttpOnly; Secure", "__SeCuRe-lab-j=1", "__HoSt-lab-k=1; Path=/lab",
        "__Http-lab-l=1",
    ]  # fmt: skip
    for line in lines:
        agent.receive(f"{URL}/lab/send", line, now=NOW)
    header = agent.cookie_header(f"{URL}/lab/send", now=NOW)
    assert header
    with module_app.test_request_context("/lab/send", headers={"Cookie": header + "; crumb_session=x"}):
        LAB.clear()
        for line, _ in current_jar().lines:
            assert "crumb_session" not in line
            agent.receive(f"{URL}/lab/send", line, now=NOW)
    assert agent.cookie_header(f"{URL}/lab/send", now=NOW) == ""


def test_a_sandbox_needs_a_path():
    """Cookies that visitors make never stand beside those of the site."""
    with pytest.raises(ValueError, match="path of their own"):
        Sandbox(name="x-", purpose="A test.", category=Category.NECESSARY, codec=codecs.Opaque())

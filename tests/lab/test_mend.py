"""The line that does what was meant, in the place of one that does not."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES as DRAWS
from tests.lab.asking import ASKED, LINES, PAIRS, URLS, ask, mended
from tests.lab.test_lab import visitor
from webapp.lab.mend import Mended, NoLine, mend
from webapp.lab.pieces import change, marks, written
from webapp.lab.question import ASKING, Question, diagnose
from webapp.useragent import UserAgent, readings

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HTTP = "http://localhost:3000/"
HOME = "https://www.example.com/"
MENDS = [
    ("sid=42; SameSite=None", HTTP, "sid=42; SameSite=Lax"),
    ("sid=42; SameSite=None", "http://a.example/", "sid=42; SameSite=Lax"),
    ("sid=42; Partitioned", HTTP, "sid=42"),
    ("sid=42; Max-Age=3600s", HOME, "sid=42; Max-Age=3600"),
    ("sid=42; Max-Age=1e3", HOME, "sid=42; Max-Age=1000"),
    ("sid=42; Max-Age=0.5", HOME, "sid=42"),
    ("sid=42; Max-Age=", HOME, "sid=42"),
    ("sid=42; Max-Age=soon", HOME, "sid=42"),
    ("sid=42; Max-Age=" + "9" * 5000 + "s", HOME, "sid=42"),
    ("sid=42; Expires=2030-01-01", HOME, "sid=42; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
    ("sid=42; Expires=2030-01-01T00:00:00Z", HOME, "sid=42; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
    ("sid=42; Expires=2030-01-01T02:00:00.000+02:00", HOME, "sid=42; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
    ("sid=42; Expires=0001-01-01T00:00:00+23:00", HOME, "sid=42"),
    ("sid=42; Expires=1893456000", HOME, "sid=42; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
    ("sid=42; Expires=1893456000000", HOME, "sid=42; Expires=Tue, 01 Jan 2030 00:00:00 GMT"),
    ("sid=42; Expires=1000000000", HOME, "sid=42"),
    ("sid=42; Expires=0", HOME, "sid=42"),
    ("sid=42; Expires=", HOME, "sid=42"),
    ("sid=42; SameSite=no", HOME, "sid=42"),
    ("=x", HOME, "name=x"),
    ("x", HOME, "name=x"),
    ("__Secure-sid=1; SameSite=no; Max-Age=1e3", HOME, "__Secure-sid=1; Max-Age=1000; Secure"),
    ("__Secure-sid=; Max-Age=0", HOME, "__Secure-sid=; Max-Age=0; Secure"),
    ("sid=42; Path=/b;x", HOME + "b;x", "sid=42; Path=/"),
    ("sid=42; Path=/b;x; Secure", HOME + "b;x", "sid=42; Path=/; Secure"),
    ("sid=42; Path=\\app", HOME + "app", "sid=42; Path=/app"),
]


@pytest.mark.parametrize(("line", "url", "better"), MENDS)
def test_what_anybody_would_mend_is_mended(line, url, better):
    """Step by step, until it is sent as written: to what was meant, else without what means nothing."""
    question = Question(((url, line),), url)
    result = mend(question, diagnose(question, NOW), NOW)
    assert isinstance(result, Mended) and written(result.pieces) == better


@pytest.mark.parametrize(
    ("line", "url", "page", "better"),
    [
        ("sid=42; SameSite=None", "http://a.example/", "", None),
        ("sid=42; Secure", "http://a.example/", "", "sid=42; Secure"),
        ("__Host-sid=42", "http://a.example/", "", "__Host-sid=42; Secure; Path=/"),
        ("sid=42; SameSite=None", "http://a.example/", "https://b.example/", "sid=42; SameSite=None; Secure"),
    ],
)
def test_what_needs_https_is_told_the_line_for_it(app, line, url, page, better):
    """Where only https helps, the line stands there that works by it; where a line helps at http, nothing of https."""
    asked = {"line": line, "set_by": url, "to": url}
    asked |= {"asked_by": "post", "page": page} if page else {}
    answer = ask(visitor(app, "chromium"), **asked)
    assert ("Over https it works:" in answer.text) is (better is not None)
    assert mended(answer) if better is None else not mended(answer)
    if better:
        code = answer.one("[data-no-line] code")
        for gone in code.select("del"):
            gone.extract()
        assert code.get_text() == better


@pytest.mark.parametrize(
    "line",
    [
        "sid=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/",
        "sid=42; Expires=Wed, 21 Oct 2015 07:28:00 GMT",
        "sid=; Max-Age=-1",
    ],
)
def test_a_line_that_deletes_stays_one(app, line):
    """Whatever its value is, it is said that it deletes, and what: no cookie is made of it."""
    page = ask(visitor(app, "chromium"), **{**ASKED, "line": line})
    assert "It deletes the cookie." in page.text and "same name, domain and path" in page.text
    assert mended(page) is None and not page.select("[data-no-line]")


def test_plain_http_is_never_taken_for_safe(app):
    """Secure is refused at a plain address, wherever Crumb itself runs; only https would help."""
    asked = {**ASKED, "line": "sid=42; Secure", "set_by": "http://192.168.1.7/", "to": "http://192.168.1.7/"}
    page = ask(visitor(app, "chromium"), **asked)
    assert page.one(".verdict")["data-rule"] == "secure-from-insecure" and "Over https it works" in page.text


@st.composite
def questions(draw) -> Question:
    """Draw a question from what people write, right and wrong."""
    joint = draw(st.sampled_from(["; ", ";"]))
    rows = [(draw(URLS), joint.join([draw(PAIRS), *draw(LINES)])) for _ in range(draw(st.integers(1, 2)))]
    way = ASKING[draw(st.sampled_from(sorted(ASKING)))]
    policy = draw(st.sampled_from([None, "allowed", "blocked"]))
    return Question(tuple(rows), draw(URLS), way, draw(st.just("") | URLS), policy)


# What means nothing to a browser, or asks for what the line can hold or do without.
NEEDLESS = {
    *("expires-unreadable", "max-age-unreadable", "same-site-unknown", "path-ignored", "zone-ignored", "semicolon"),
    *("none-insecure", "partitioned-insecure", "secure-prefix", "nameless-refused", "sent"),
}


@settings(max_examples=min(DRAWS * 2, 300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=questions())
def test_a_mended_line_does_what_it_is_for(question):
    """Every browser that the verdict counts sends it, or deletes by it; name and value are those that were meant.

    Where none is, what stands in the way is none of what a line can do without.
    """
    found = diagnose(question, NOW)
    result = mend(question, found, NOW)
    old = question.lines[-1][1]
    if not isinstance(result, Mended):
        assert isinstance(result, NoLine) or (found.deletes and not found.failing) or found.word == "sent"
        assert result is None or result.step.rule.key not in NEEDLESS
        return
    line = written(result.pieces)
    assert line != old and "".join(text for kind, text in marks(result.pieces) if kind != "del") == line
    assert "".join(text for kind, text in marks(result.pieces) if kind != "ins") == old
    url = question.lines[-1][0]
    for name in found.counted:
        for engine in readings(name):
            agent = UserAgent(engine, third_party=question.third_party)
            for each, before in question.lines[:-1]:
                agent.receive(each, before, now=NOW)
            verdict = agent.receive(url, line, now=NOW)
            if found.deletes:
                assert verdict.outcome in ("deleted", "nothing-to-delete"), (name, line)
                continue
            site = question.page or question.to
            header = agent.cookie_header(
                question.to,
                now=NOW,
                cross_site=question.way.cross_site and not agent.is_same_site(site, question.to),
                top_level=question.way.top_level,
                method=question.way.method,
                top_level_site=question.to if question.way.top_level else site,
            )
            assert verdict.stored and verdict.cookie.pair in header, (name, line, header)
            assert bool(verdict.cookie.value) >= bool(old.partition(";")[0].partition("=")[2].strip()), (name, line)


@given(
    line=st.lists(st.sampled_from(["a=1", "Path=/", "path=x", "Secure", "", " Secure ", "b"]), min_size=1).map(
        ";".join
    ),
    changes=st.dictionaries(st.sampled_from(["", "path", "secure", "b", "domain"]), st.none() | st.just("Path=/")),
)
def test_a_change_changes_nothing_else(line, changes):
    """Of what is not to be changed each part stays; the bits give back the line before and the line after."""
    changes = {name: text for name, text in changes.items() if name or text}
    pieces = change(line, changes)
    assert ";".join(old for old, _ in pieces if old is not None) == line
    kept = [new for old, new in pieces if old == new]
    touched = [
        part for part in line.split(";")[1:] if part.partition("=")[0].strip().lower() in changes and part.strip()
    ]
    assert len(kept) >= len(line.split(";")) - 1 - len(touched)
    bits = list(marks(pieces))
    assert "".join(text for kind, text in bits if kind != "del") == written(pieces)
    assert "".join(text for kind, text in bits if kind != "ins") == line

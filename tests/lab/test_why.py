"""Why is my cookie not sent? Questions that people really have, each answered by the page; and what is no question."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser, Page
from tests.conftest import EXAMPLES as DRAWS
from tests.lab.test_lab import visitor
from webapp.lab.examples import EXAMPLES
from webapp.lab.mend import Mended, NoLine, mend
from webapp.lab.pieces import change, marks, written
from webapp.lab.question import ASKING, BROWSERS, Question, diagnose
from webapp.useragent import UserAgent, readings

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ASKED = {"line": "sid=42; Path=/", "set_by": "https://www.example.com/login", "to": "https://www.example.com/"}
# Of each: the verdict, the rule and the row that decide, and the mended line; "!" and a rule where there is none.
ANSWERS = {
    "none": ("some", "none-insecure", "stored", "sid=42; Domain=example.com; SameSite=None; Secure"),
    "dot": ("sent", "sent", None, None),
    "path": ("not-sent", "path-border", "path", "sid=42; Path=/; HttpOnly"),
    "subdomain": ("not-sent", "other-host", "host", "sid=42; Path=/; Domain=example.com"),
    "delete-host": ("never-stored", "near-host-only", "deletes", "sid=; Max-Age=0; Path=/"),
    "delete-path": ("never-stored", "near-path", "deletes", "sid=; Max-Age=0; Path=/app"),
    "delete-prefix": ("never-stored", "secure-prefix", "deletes", "__Secure-sid=; Max-Age=0; Path=/; Secure"),
    "twice": ("sent", "behind", None, "sid=new; Path=/app"),
    "size": ("never-stored", "too-large", "stored", "!too-large"),
    "frame": ("some", "third-party", "site", "!third-party"),
    "offset": ("changed", "zone-ignored", "written", "sid=42; Path=/; Expires=Fri, 01 Jan 2038 00:30:00 GMT"),
    "host": ("never-stored", "host-prefix", "stored", "__Host-sid=42; Secure; Path=/"),
    "port": ("sent", "sent", None, None),
    "semicolon": ("changed", "semicolon", "written", "note=a%3Bb; Path=/"),
    "http": ("never-stored", "overwrite-secure", "stored", "!overwrite-secure"),
    "over": ("not-sent", "nothing-to-delete", None, None),
    "redirect": ("not-sent", "strict-cross-site", "site", "sid=42; Path=/; SameSite=Lax"),
}


def ask(browser: Browser, **asked: str) -> Page:
    """Return the page that answers."""
    return browser.get(f"/lab/why?{urlencode(asked, errors='replace')}")


def mended(page: Page) -> str | None:
    """Return the mended line without what is struck through."""
    found = page.select("p.mended code")
    for code in found:
        for gone in code.select("del"):
            gone.extract()
    return found[0].get_text() if found else None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_real_questions_are_answered(app, example):
    """The verdict, the rule that decides, the row that is marked, and the mended line, or that there is none."""
    page = ask(visitor(app, "chromium"), **example.fields)
    word, rule, row, line = ANSWERS[example.key]
    verdict = page.one(".verdict")
    assert (verdict["data-verdict"], verdict["data-rule"]) == (word, rule)
    assert [tag["data-row"] for tag in page.select("tr[data-decides]")] == ([row] if row else [])
    none = [tag["data-no-line"] for tag in page.select("[data-no-line]")]
    assert [mended(page), *(f"!{key}" for key in none)] == ([None, line] if line and line[0] == "!" else [line])
    assert page.set_cookie == [] and page.status == 200


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sid=42; Path=/application; SameSite=None", "Not sent."),  # Safari keeps it, and sends it elsewhere
        ("sid=42; Path=/application", "Stored, but not sent here."),
        ("sid=; Max-Age=0; Path=/", "It deletes the cookie."),
    ],
)
def test_the_verdict_says_what_its_reason_says(app, line, words):
    """Where some refuse a line and the others don't send it, none is said to store it; a working deletion is no ✕."""
    verdict = ask(visitor(app, "chromium"), **{**ASKED, "line": line, "before": "sid=1; Path=/"}).one(".verdict")
    assert verdict["data-verdict"] == "not-sent" and words in verdict.get_text()
    assert verdict.has_attr("data-deletes") is ("deletes" in words)


def test_readings_of_one_browser_that_refuse_for_the_same_end(app):
    """Where what is known of Safari leaves open at which row, but not that it refuses, its last step is the reason."""
    url = "http://localhost:8000/"
    asked = {"line": 'sid=42; Secure; Max-Age=0; Max-Age="600"', "set_by": url, "to": url}
    page = ask(visitor(app, "chromium"), **asked)
    assert page.one(".verdict")["data-rule"] == page.one("[data-no-line]")["data-no-line"] == "secure-from-insecure"


def test_each_example_is_answered_here():
    """No example without an answer above, and no answer without an example."""
    assert [example.key for example in EXAMPLES] == list(ANSWERS)


@pytest.mark.parametrize(
    ("third_party", "states"),
    [
        ("", {"chromium": "yes", "firefox": "no", "safari": "no"}),
        ("allowed", {"chromium": "yes", "firefox": "yes", "safari": "yes"}),
        ("blocked", {"chromium": "no", "firefox": "no", "safari": "no"}),
    ],
)
def test_third_party_in_each_browser(app, third_party, states):
    """Each browser has its own way with the cookies of third parties, unless its visitor chose."""
    (frame,) = (example for example in EXAMPLES if example.key == "frame")
    page = ask(visitor(app, "chromium"), **frame.fields, third_party=third_party)
    assert {cell["data-engine"]: cell["data-state"] for cell in page.select("[data-row=site] td")} == states
    word = {"": "some", "allowed": "sent", "blocked": "not-sent"}[third_party]
    assert page.one(".verdict")["data-verdict"] == word
    assert ("Partitioned" in page.text) is (third_party != "allowed")


def test_what_is_said_beside_the_verdict(app):
    """A dot that is dropped, ports, the two minutes, and what fetch() needs are notes: none is mended."""
    browser = visitor(app, "firefox")
    for key, words in (("dot", "makes no difference"), ("port", "Ports make no difference")):
        (example,) = (each for each in EXAMPLES if each.key == key)
        page = ask(browser, **example.fields)
        assert words in page.text and mended(page) is None
    page = ask(browser, **ASKED, asked_by="post", page="https://pay.example.org/")
    assert page.one(".verdict")["data-verdict"] == "some" and "at most two minutes old" in page.text
    assert mended(page) == "sid=42; Path=/; SameSite=None; Secure"
    assert 'credentials: "include"' in ask(browser, **ASKED, asked_by="fetch").text


def test_what_is_not_known_is_not_claimed(app):
    """Safari's fate with an Expires that has an offset is open: the verdict counts the others, its cells say so."""
    (offset,) = (example for example in EXAMPLES if example.key == "offset")
    page = ask(visitor(app, "safari"), **offset.fields)
    assert page.one("[data-row=written] [data-engine=safari]")["data-state"] == "unknown"
    assert "not known" in page.one("[data-row=written] [data-engine=safari]").get_text()
    assert "Safari" not in page.one("p.mended + p").get_text()


@pytest.mark.parametrize(
    "line", ["sid=42; Path=/bücher", "sid=42; SameSite=ü", "a;ü", "sid=ü; Path=ü", "ü=1; Max-Age=ü"]
)
def test_letters_are_shown_as_letters(app, line):
    """Whatever is said of header bytes says them as the text that was written, on each page that asks the model."""
    browser = visitor(app, "chromium")
    pages = [ask(browser, **{**ASKED, "line": line})]
    pages.append(browser.get(f"/lab/send?{urlencode({'lines': f'lab-{line}'})}"))
    browser.get("/lab/paste")
    pages.append(browser.submit("#paste", text=f"Set-Cookie: {line}"))
    for page in pages:
        assert "ü" in page.one("main").get_text() and "Ã" not in page.one("main").get_text()


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


def test_the_link_carries_the_question(app):
    """Whoever opens it gets the same answer in the form and above, in an address without what was left empty."""
    browser = visitor(app, "chromium")
    (http,) = (example for example in EXAMPLES if example.key == "http")
    first = ask(browser, **http.fields)
    link = first.one("[data-link]")["href"]
    assert dict(parse_qsl(urlsplit(link).query)) == {**http.fields, "asked_by": "typed"}
    again = visitor(app, "firefox").get(link)
    assert again.one(".verdict").get_text() == first.one(".verdict").get_text()
    assert again.one("#before").get_text().strip() == http.before and again.one("#line")["value"] == http.line


def test_the_question_is_asked_by_the_form(app):
    """The form of the lab's first page asks it, by GET; the title and the description say what the page is."""
    browser = visitor(app, "chromium")
    browser.get("/lab")
    page = browser.submit("#question", **ASKED)
    assert urlsplit(page.url).path == "/lab/why" and page.one(".verdict")["data-verdict"] == "sent"
    assert page.one("title").get_text() == "Why is my cookie not sent? · Crumb"
    assert page.one("meta[name=description]")["content"].startswith("Ask about any Set-Cookie line")
    assert page.one("meta[property='og:title']")["content"].startswith("Why is my cookie not sent?")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"line": ""}, "line"),
        ({"line": "  "}, "line"),
        ({"line": "x" * 50_000}, "line"),
        ({"line": "a=1" + ";b" * 51}, "line"),
        ({"before": "\n".join(["a=1"] * 5)}, "line"),
        ({"set_by": ""}, "set_by"),
        ({"set_by": "/login"}, "set_by"),
        ({"to": "www.example.com"}, "to"),
        ({"to": "javascript:alert(1)"}, "to"),
        ({"to": "https://www.example.com/" + "x" * 2000}, "to"),
        ({"page": "news", "asked_by": "link"}, "page"),
        ({"asked_by": "telepathy"}, "asked_by"),
        ({"third_party": "maybe"}, "third_party"),
        ({"before_by": "there"}, "before_by"),
    ],
)
def test_what_is_no_question_comes_back(app, wrong, field):
    """A sentence stands at the field, and all that was written is still there."""
    page = ask(visitor(app, "chromium"), **{**ASKED, **wrong})
    assert page.status == 422 and page.one(f"#{field}-error").get_text().strip()
    assert page.one(".problems a")["href"] == f"#{field}"
    for name, text in {**ASKED, **wrong}.items():
        if name in ("asked_by", "third_party"):
            continue
        tag = page.one(f"#{name}")
        assert (tag.get("value") or tag.get_text().strip()) == text, name


def test_a_line_is_taken_with_the_name_of_its_header(app):
    """What is copied with "Set-Cookie:" in front is the line behind it; rows above the last were set before."""
    page = ask(
        visitor(app, "chromium"), **{**ASKED, "line": "Set-Cookie: sid=1; Path=/\nset-cookie:sid=; Max-Age=0; Path=/"}
    )
    assert "It deletes the cookie." in page.text
    assert page.one(".verdict")["data-verdict"] == "not-sent"


def test_it_is_tried_in_this_browser(app):
    """The line becomes one of the lab's, with name and path below it, and the form to send it is filled."""
    browser = visitor(app, "chromium")
    (path,) = (example for example in EXAMPLES if example.key == "path")
    ask(browser, **path.fields)
    page = browser.follow("main a.action")
    assert page.one("#lab textarea").get_text().strip() == "lab-sid=42; Path=/lab/result/app; HttpOnly"
    assert page.one("#ask")["value"] == "application"
    assert browser.submit("#lab").one("[data-line]")["data-verdict"] == "not-sent"


@pytest.mark.parametrize(
    "asked",
    [
        {"line": "=x"},
        {"line": "sid=42; Path=app"},
        {"line": "sid=42; Path=/a%20b", "to": "https://www.example.com/a%20b"},
        {"line": "sid=42; Domain=other.example"},
        {"line": "sid=42", "to": "https://other.example/"},
        {"line": "sid=42; SameSite=Strict", "asked_by": "link", "page": "https://other.example/"},
        {"line": "sid=42; Secure", "set_by": "http://a.example/", "to": "http://a.example/"},
    ],
)
def test_what_would_be_another_question_is_not_tried(app, asked):
    """Where name, path, host or site make the difference, a sentence stands in the place of the link."""
    page = ask(visitor(app, "chromium"), **{**ASKED, **asked})
    assert page.status == 200 and not page.select("main a.action") and page.one("[data-no-trial]").get_text()
    assert ask(visitor(app, "chromium"), **ASKED).select("main a.action")


def test_old_addresses_lead_to_sending(app):
    """A link to the lab with lines in it leads to where they are sent, whatever else its query says."""
    browser = visitor(app, "chromium")
    for query in ("preset=path", "lines=lab-a%3D1&_scheme=x&_anchor=%0d%0aX", "name=lab-a&value=b", "ask=docs"):
        page = browser.get(f"/lab?{query}")
        assert page.select("#lab") and page.url.endswith(f"/lab/send?{query}")
    assert not browser.get("/lab?other=1").before


ATTRIBUTES = """Secure|HttpOnly|SameSite=None|SameSite=Strict|SameSite=Lax|SameSite='lax'|Partitioned|Path=/app|Path=app
|Path=/|Path=|Domain=example.com|Domain=.www.example.com|Domain=com|Max-Age=0|Max-Age=600|Max-Age="600"|Max-Age=1e3|
Expires=Fri, 01 Jan 2027 02:30:00 +0200|Expires=tomorrow|Expires=Thu, 01 Jan 1970 00:00:00 GMT|Crunchy|b|b=c|"""
LINES = st.lists(st.sampled_from(ATTRIBUTES.replace("\n", "").split("|")), max_size=5)
PAIRS = st.sampled_from(
    """sid=42|sid=|42|=42|__Host-sid=42|__Secure-sid=42|__Http-sid=42|__Host-Http-a=1|a=b\tc|a=b\x01c|a=Br\xc3\xb6t|
a=b, c|a="b;c"|""".replace("\n", "").split("|")
) | st.just("sid=" + "x" * 4100)
URLS = st.sampled_from(
    [
        *("https://www.example.com/app/login", "https://example.com/", "http://www.example.com/app"),
        *("https://a.example.com/", "http://localhost:8000/", "https://www.example.com/application"),
        *("https://other.test/a;b/c", "https://[::1]/x"),
    ]
)


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=min(DRAWS, 60), deadline=None)
@given(
    line=st.text(max_size=60) | st.builds(lambda pair, rest: ";".join([pair, *rest]), PAIRS, LINES),
    by=st.text(max_size=20) | URLS,
    to=st.text(max_size=20) | URLS,
    way=st.sampled_from([*ASKING, "", "x"]),
    page=st.text(max_size=20) | URLS,
)
def test_any_question_is_answered(app, line, by, to, way, page):
    """Whatever is asked gets a verdict or a sentence, and sets nothing."""
    answer = ask(visitor(app, "chromium"), line=line, set_by=by, to=to, asked_by=way, page=page)
    assert answer.status in (200, 422) and answer.set_cookie == []
    assert len(answer.select(".verdict")) == (answer.status == 200)


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


def test_every_browser_is_a_column(app):
    """The columns are those of the one table of engines, whoever asks."""
    page = ask(visitor(app, "webkitgtk"), **ASKED)
    assert [cell["data-engine"] for cell in page.select("[data-row=stored] td")] == list(BROWSERS)
    assert page.one("[data-row=stored] th").get_text() == "Is it stored?"

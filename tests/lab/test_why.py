"""Why is my cookie not sent? Questions that people really have, each answered by the page; and what is no question."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES as DRAWS
from tests.lab.asking import ASKED, LINES, PAIRS, URLS, ask, mended
from tests.lab.test_lab import visitor
from webapp.lab.examples import EXAMPLES
from webapp.lab.question import ASKING, BROWSERS

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


def test_every_browser_is_a_column(app):
    """The columns are those of the one table of engines, whoever asks."""
    page = ask(visitor(app, "webkitgtk"), **ASKED)
    assert [cell["data-engine"] for cell in page.select("[data-row=stored] td")] == list(BROWSERS)
    assert page.one("[data-row=stored] th").get_text() == "Is it stored?"

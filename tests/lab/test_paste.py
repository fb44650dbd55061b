"""The page where people paste what they have: what it shows of each cookie, and what it gives away of none."""

import json
import logging
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser, Page
from tests.lab.samples import HAR, SAMPLES, STATE
from tests.lab.test_lab import visitor
from webapp.i18n import LANGUAGES
from webapp.lab.forms import shown
from webapp.lab.paste.explained import MOST, masked
from webapp.lab.paste.forms import FORMATS, NOTES, PROBLEMS
from webapp.lab.paste.found import octets
from webapp.lab.paste.reading import READERS, read
from webapp.useragent import ENGINES

SECRET = "kq8f0a7d6f5b4c3e2d1a"


def paste(browser: Browser, text: str) -> Page:
    """Paste a text, and press the button."""
    if not browser.page or not browser.page.select("#paste"):
        browser.get("/lab/paste")
    return browser.submit("#paste", text=text)


def judged(page: Page, name: str) -> dict[str, str]:
    """Return the verdict on a cookie by engine."""
    verdicts = page.one(f"main [data-cookie={name}]").select("[data-verdict]")
    return {tag["data-engine"]: each["data-verdict"] for each in verdicts for tag in each.select("[data-engine]")}


def test_every_word_has_a_sentence():
    """Each format has a title, in an order for people; each note and each problem that can be has its text."""
    assert set(FORMATS) == set(READERS)
    assert {note for text, *_ in SAMPLES.values() for note in read(text).notes} <= set(NOTES)
    assert set(PROBLEMS) == {"empty", "binary", "har-empty", "har-clean", "json", "unknown"}


@pytest.mark.parametrize("sample", [name for name, (*_, cookies) in SAMPLES.items() if cookies])
def test_each_sample_is_explained_at_once(browser, sample):
    """The answer is a page that nobody stores; it says what it saw, and has each cookie with its address."""
    text, name, cookies = SAMPLES[sample]
    page = paste(browser, text)
    assert (page.status, page.before, page.headers["Cache-Control"]) == (200, [], "no-store")
    assert page.one("[data-format]")["data-format"] == name
    names = [each.line.partition(";")[0].partition("=")[0] for each in cookies]
    assert [tag["data-cookie"] for tag in page.select("main [data-cookie]")] == names
    for each in cookies:
        assert not each.url or each.url in page.text
    assert page.text.startswith(f"The lab {len(cookies)} cookie")


def test_what_each_engine_would_do_is_said(app):
    """Without Secure None is refused by those that ask for it, with the reason; one's own browser stands first."""
    browser = visitor(app, "firefox")
    page = paste(browser, "Host: shop.example\nSet-Cookie: sid=1; SameSite=None\nset-cookie: ok=1; secure; httponly")
    assert list(judged(page, "sid").values()) == ["refused", "refused", "refused", "stored"]
    assert list(judged(page, "sid")) == ["firefox", "chromium", "spec", "safari"]
    assert "SameSite=None asks for Secure" in page.one("[data-cookie=sid] [data-verdict=refused]").get_text()
    assert set(judged(page, "ok").values()) == {"stored"}
    assert len(page.select("[data-cookie=ok] [data-verdict]")) == 1
    assert set(judged(page, "ok")) <= set(ENGINES)


def test_attributes_are_explained_in_whatever_letters(browser):
    """Each attribute that is known has its sentence; what is none has a warning."""
    page = paste(browser, "Set-Cookie: a=1; PATH=/; httponly; samesite=lax; Max-Age=60; Crunchy=yes; sameSite=odd")
    terms = [tag.get_text() for tag in page.select("[data-cookie=a] dt")]
    assert terms == ["Path", "HttpOnly", "Max-Age"]
    assert "1 minute" in page.one("[data-cookie=a] dl").get_text()
    assert "“Crunchy” is not known" in page.one("[data-cookie=a]").get_text()
    page = paste(browser, "Set-Cookie: a=1; samesite=lax")
    assert [tag.get_text() for tag in page.select("[data-cookie=a] dt")] == ["SameSite"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_explained_by_the_head_of_a_catalogue(app, language):
    """What is no attribute, and an odd value of one, have no sentence in any language."""
    browser = Browser(app, **{"Accept-Language": language})
    page = paste(browser, "Set-Cookie: a=1; SameSite=odd; Crunchy; Path=/")
    assert [tag.get_text() for tag in page.select("[data-cookie=a] dt")] == ["Path"]
    assert "Plural-Forms" not in page.body.decode() and "%(" not in page.text


def test_where_no_address_is_told_one_is_taken_and_said(browser):
    """The model is asked about an address that may set the cookie: by its Domain and its Path, else an example."""
    page = paste(browser, "a=1; Domain=.shop.example; Path=/app\nb=2; Path=/")
    assert "We take: https://shop.example/app" in page.one("[data-cookie=a] [data-to]").get_text()
    assert "We take: https://www.example.com/" in page.one("[data-cookie=b] [data-to]").get_text()
    assert set(judged(page, "a").values()) | set(judged(page, "b").values()) == {"stored"}


def test_a_long_value_waits_to_be_opened(browser):
    """At first a page that others may see has the beginning alone, with its length; a short value stands there."""
    page = paste(browser, f"Set-Cookie: sid={SECRET}; Path=/\nSet-Cookie: theme=dark\nCookie: token={SECRET}; a=1")
    for name in ("sid", "token"):
        row = page.one(f"main [data-cookie={name}]")
        assert SECRET in row.select_one("details").get_text() and "20 bytes" in row.select_one("summary").get_text()
        row.select_one("details").extract()
        assert SECRET not in row.get_text() and f"{name}={SECRET[:4]}…" in row.get_text()
    assert "theme=dark" in page.one("main [data-cookie=theme]").get_text()
    assert not page.one("main [data-cookie=theme]").select("details")


def test_the_question_carries_no_secret(browser):
    """The link that asks why has the line, as long as it was, without its value; of an address the host alone."""
    url = f"https://shop.example/reset/{SECRET}?token={SECRET}"
    line = f"sid={SECRET}; Path=/; k={SECRET}; Secure"
    page = paste(browser, f"Request URL: {url}\nSet-Cookie: {line}\nCookie: b={SECRET}")
    links = [urlsplit(tag["href"]) for tag in page.select("main a.asks-on")]
    assert [link.path for link in links] == ["/lab/why"] * 2 and not any(SECRET in link.query for link in links)
    x = "x" * len(SECRET)
    url = "https://shop.example/"
    assert parse_qs(links[0].query) == {"line": [f"sid={x}; Path=/; x={x}; Secure"],
                                        "set_by": [url], "to": [url]}  # fmt: skip
    assert parse_qs(links[1].query) == {"line": [f"b={x}"], "set_by": [url], "to": [url]}
    assert page.select(f"a[href*={SECRET}]") == []


@pytest.mark.parametrize(
    ("path", "asked"), [("/app", "/app"), ("/app/", "/app/"), ("/ap", "/"), ("/other", "/"), ("app", "/"), ("", "/")]
)
def test_the_question_has_the_path_that_counts(browser, path, asked):
    """Of the address the link has the cookie's own Path, where that covers it: the answer is the same."""
    page = paste(browser, f"Request URL: https://shop.example/app/{SECRET}\nSet-Cookie: a=1; Path={path}")
    query = parse_qs(urlsplit(page.one("main a.asks-on")["href"]).query)
    assert query["set_by"] == query["to"] == [f"https://shop.example{asked}"]


@given(st.text(st.characters(max_codepoint=255)))
def test_a_masked_line_is_as_long_and_tells_no_value(text):
    """It has the same length and the same parts; of the value only what means something to a browser is left."""
    line = f"name={text}; Path=/; Secure"
    hidden = masked(line)
    assert len(hidden) == len(line) and hidden.count(";") == line.count(";")
    assert hidden.startswith("name=") and hidden.endswith("; Path=/; Secure")
    assert not set(hidden.partition(";")[0].removeprefix("name=")) - set('x",= \t\x7f') - {chr(n) for n in range(32)}


def test_nothing_is_kept(app, browser, caplog):
    """The record tells that something was pasted, and none of it; neither do a cookie, the log or a later page."""
    caplog.set_level(logging.DEBUG)
    browser.agree()
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    page = paste(browser, f"Set-Cookie: sid={SECRET}; Path=/\nCookie: b={SECRET}")
    assert page.set_cookie == [] and page.select("[data-exchange='POST /lab/paste']")
    assert SECRET in page.body.decode() and SECRET not in page.one("#paste textarea").get_text()
    wire = browser.get("/wire")
    assert "POST /lab/paste" in wire.text
    assert SECRET not in wire.body.decode() + browser.get("/lab/paste").body.decode() + caplog.text
    if app.config["DATABASE_URL"].startswith("sqlite:///"):
        file = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
        kept = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert b"/lab/paste" in kept and SECRET.encode() not in kept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing here yet"),
        ("What is a cookie?", "We found no cookie here"),
        (json.dumps(HAR)[:300], "begins as JSON"),
        ('{"log": {"entries": []}}', "no request in it"),
        ('{"log": {"entries": [{}]}}', "with sensitive data"),
        ("\x89PNG\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "the bytes of a file"),
        ("curl https://shop.example/", "We took it for: a curl command"),
        ('requests.get(url, headers={"Cookie": "; ".join([', "We took it for: a program"),
    ],
)
def test_a_bad_paste_gets_a_sentence_and_stays(browser, text, says):
    """What was seen and what is expected stands at the field, the status is 422, and the text is there still."""
    page = paste(browser, text)
    assert page.status == 422 and says in page.one("#text-error").get_text() and says in page.one(".problems").text
    assert page.one("#paste textarea").get_text().removeprefix("\r\n") == text
    assert page.one("#paste textarea")["aria-invalid"] == "true"


def test_too_long_a_paste_is_told_the_numbers(browser):
    """One letter more than is read is refused with both numbers, and comes back; nobody reads a whole megabyte."""
    most = browser.app.config["MAX_CONTENT_LENGTH"]
    assert paste(browser, "a=1;" + "b" * (most - 4)).status == 200
    page = paste(browser, "a=1;" + "b" * (most - 3))
    assert page.status == 413 and "65,537 letters long, and we read 65,536" in page.one("#text-error").get_text()
    assert len(page.one("#paste textarea").get_text().removeprefix("\r\n")) == most + 1
    page = paste(browser, "b" * 2**20)
    assert page.status == 413 and "we read 65,536" in page.one("#text-error").get_text()


def test_of_many_cookies_the_first_are_shown(browser):
    """More than a page can hold are counted, and it is said how many are left out."""
    page = paste(browser, "\n".join(f"Set-Cookie: a{number}=1" for number in range(MOST + 7)))
    assert len(page.select("main [data-cookie]")) == MOST
    assert page.one("[data-left]")["data-left"] == "7" and "47 cookies" in page.one("h1").get_text()


WORST = {
    "warnings": "\n".join(f"Set-Cookie: a{each}=1; Expires={'1:1:1 ' * 150}" for each in range(60)),
    "attributes": "\n".join(f"Set-Cookie: a{each}=1" + ";b" * 38 for each in range(400)),
    "parts": "\n".join(f"Set-Cookie: a{each}=1" + ";b" * 2_900 for each in range(11)),
    "lengths": "\n".join(f"Set-Cookie: a{each}={'v' * 1500}{';b' * 30}" for each in range(41)),
    "quotes": "curl " + "'" * 64_000,
    "a path": "Host: a.example\nSet-Cookie: a=1\n:path: " + "/a" * 31_000,
}


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_is_answered_in_time_and_at_no_length(browser, kind):
    """64 KB take less than a second of the processor, and the answer is not twenty times as long."""
    browser.get("/lab/paste")
    begun = time.process_time()
    page = paste(browser, WORST[kind])
    assert page.status in (200, 422)
    assert time.process_time() - begun < 1
    assert len(page.body) < 20 * len(WORST[kind])


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x>',
    "\ud800".encode("utf-8", "replace").decode(),
    "خبز",
    "\u202e",
    "%s",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(app, language, text):
    """As a name, a value, an attribute, a host and a path it breaks no page, in any language."""
    browser = Browser(app, **{"Accept-Language": language})
    for pasted in (
        f"Set-Cookie: {text}={text}; Path=/{text}; Domain={text}; {text}; Max-Age={text}; Expires={text}",
        f"Host: {text}\nCookie: {text}={text}\n:path: /{text}",
        json.dumps([{"name": text, "value": text, "domain": text, "path": text}]),
        text,
    ):
        page = paste(browser, pasted)
        assert page.status in (200, 422)
        assert page.select("main img, main script") == []
        assert page.html["lang"] == language


def test_what_the_jar_gives_can_be_pasted(app):
    """Each file that the jar gives to take along is recognised, and read back with every name and value."""
    browser = Browser(app)
    browser.agree()
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    browser.get("/shop/rye-bread")
    page = browser.get("/jar")
    for kind, name in {"json": "objects", "netscape": "netscape", "header": "headers", "curl": "curl"}.items():
        taken = browser.get(f"/jar/export/{kind}")
        pasted = read(taken.body.decode())
        pairs = [tag.get_text() for tag in page.select(".jar h2 code")]
        assert pasted.format == name
        assert [shown(each.line.partition(";")[0]) for each in pasted.cookies] == pairs, kind
        assert len(pairs) > 3


def test_the_lab_and_the_jar_lead_here(browser):
    """It is among the lab's benches, and the jar has a link to it, also when it is empty."""
    for path in ("/lab", "/jar"):
        assert browser.get(path).select('main a[href="/lab/paste"]'), path


def test_who_does_not_say_where_the_form_stood_sends_it_once_more(app):
    """An old browser gets the page that sends the same text again, and nothing is lost."""
    browser = Browser(app, silent=True)
    page = paste(browser, f"Set-Cookie: sid={SECRET}")
    assert page.status == 422 and "send it once more" in page.text
    page = browser.submit("main form")
    assert page.one("main [data-cookie=sid]")


def test_header_text_is_read_from_the_left(app):
    """In Arabic too every name, line and address is from left to right."""
    browser = Browser(app, **{"Accept-Language": "ar"})
    page = paste(browser, json.dumps(STATE))
    assert page.html["dir"] == "rtl"
    codes = page.select("main code")
    assert len(codes) > 4 and all(code["dir"] == "ltr" for code in codes)
    assert octets("خبز") not in page.text


def test_the_page_speaks_each_language(app):
    """No sentence of it is left in English, be it asked, answered or refused."""
    texts = ("a=1; Path=/, b=2\nc=1, d=2; Path=/", "Cookie: a=1", "")
    told: dict[str, set[str]] = {}
    for language in LANGUAGES:
        browser = Browser(app, **{"Accept-Language": language})
        pages = [browser.get("/lab/paste"), *(paste(browser, text) for text in texts)]
        tags = [
            tag for page in pages for tag in page.select("main p, main li, main h1, main h2, main label, main button")
        ]
        told[language] = {tag.get_text() for tag in tags if not tag.select("code, bdi") and tag.get_text(strip=True)}
    assert len(told["en"]) > 25
    for language in LANGUAGES[1:]:
        assert told["en"] & told[language] == set()

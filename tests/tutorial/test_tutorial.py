"""The tutorial's two routes: what is set, what is read back, and what is explained instead of sent."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import flask
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.conftest import EXAMPLES
from tests.examples import KEY
from webapp import clock
from webapp.tutorial import TUTORIAL
from webapp.tutorial.forms import LIFETIMES
from webapp.useragent import UserAgent

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def set_one(browser, title="Flavour", value="Crumb", **fields):
    """Open the page and send its form."""
    browser.get("/setcookie")
    return browser.submit(title=title, value=value, **fields)


def own(page):
    """Return the Set-Cookie lines of the tutorial's family in an exchange and the redirects before it."""
    lines = [line for each in [*page.before, page] for line in each.set_cookie]
    return [line for line in lines if line.startswith(("tutorial.", "__Host-tutorial."))]


def code(page):
    """Return the lines of Python on the page, as one would copy them."""
    return "\n".join(tag.get_text() for tag in page.select(".told code"))


@pytest.fixture
def noon(monkeypatch):
    """The clock stands at noon."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize(
    "value", ["Crumb", "Crème brûlée; a \"treat\" = 'yes', 10 % ☕", "", " x ", "فتات", "<b>&amp;</b>", "%41"]
)
def test_what_is_set_is_read_back(browser, value):
    """Any text comes back as it was typed, however it had to travel."""
    page = set_one(browser, value=value)
    assert page.one("h1").get_text() == "The cookie has been set"
    assert [line.partition(";")[0] for line in own(page)] == [f"tutorial.Flavour={quote(value, safe='')}"]
    page = browser.get("/getcookie?title=Flavour")
    if value:
        assert page.one("[data-value] bdi").get_text() == value
    assert page.one(".came").get_text(strip=True) == f"tutorial.Flavour={quote(value, safe='')}"
    assert page.set_cookie == []


@pytest.mark.parametrize("key", LIFETIMES)
def test_each_lifetime_is_one_literal_header_line(browser, key):
    """The header line says the chosen lifetime, and nothing of it for the browser's session."""
    (line,) = own(set_one(browser, lifetime=key))
    line = re.sub(r"Expires=[^;]+ GMT", "Expires=...", line)
    lasts = {
        "session": "", "minute": "Expires=...; Max-Age=60; ", "hour": "Expires=...; Max-Age=3600; ",
        "day": "Expires=...; Max-Age=86400; ", "month": "Expires=...; Max-Age=2592000; ",
        "longest": "Expires=...; Max-Age=34560000; ",
    }[key]  # fmt: skip
    assert line == f"tutorial.Flavour=Crumb; {lasts}HttpOnly; Path=/; SameSite=Lax"


def test_the_lines_shown_send_the_line_that_was_sent(make_app):
    """The Python on the page, run as a view, writes the same header line; under https too."""
    for url in ("http://localhost:8000", "https://crumb.example"):
        app = make_app(URL=url, SECRET_KEY=KEY, DEMO_ACCOUNTS=False)
        for value, lifetime in [("Crumb", "day"), ('it\'s "50 %"; <b>', "session"), ("\u202eé\\n", "minute")]:
            page = set_one(Browser(app, url), "O'Brien|50%", value, lifetime=lifetime)
            names = {"make_response": flask.make_response}
            with app.test_request_context(base_url=url):
                exec("def view():\n    " + code(page).replace("\n", "\n    ") + "\nsent = view()", names)
            strip = re.compile(r"Expires=[^;]+; ")
            assert strip.sub("", names["sent"].headers["Set-Cookie"]) == strip.sub("", own(page)[0])


@pytest.mark.parametrize("value", ["Crumb", "a b;c"])
def test_the_lines_shown_read_what_is_shown(app, browser, value):
    """The Python that reads gives the value, and the default when there is none."""
    set_one(browser, value=value)
    for title, expected in [("Flavour", value), ("Other", "nothing yet")]:
        page = browser.get(f"/getcookie?title={title}")
        names = {"request": flask.request}
        with app.test_request_context(headers={"Cookie": f"tutorial.Flavour={quote(value)}"}):
            exec("def view():\n    " + code(page).replace("\n", "\n    ") + "\nread = view()", names)
        assert names["read"] == expected == page.one("[data-value] bdi").get_text()


@pytest.mark.parametrize(
    ("title", "says", "verdict"),
    [
        ("a;b", "There is no name", "stored"),
        ("a=b", "The name is “tutorial.a”", "stored"),
        ("a b", "The name is “tutorial.a b”", "stored"),
        ("naïve", "The name is “tutorial.naïve”", "stored"),
        ("a\x01b", "A control character spoils the whole line", "refused"),
        ("a\r\nSet-Cookie: session=x", "A control character spoils the whole line", "refused"),
        ("a/b", "The name is “tutorial.a/b”", "stored"),
    ],
)
def test_titles_that_a_browser_would_misread_are_explained_and_not_sent(browser, title, says, verdict):
    """The page keeps the text, says what a browser would have made of it, and sends no such cookie."""
    page = set_one(browser, title, "v")
    assert page.status == 422 and own(page) == []
    assert page.one("#title")["value"] == title and page.one("#value")["value"] == "v"
    assert page.one("#title-error") and page.one("#title")["aria-invalid"] == "true"
    explained = page.one(".misread")
    assert says in explained.get_text() and explained["data-verdict"] == verdict
    assert not any(name.startswith("tutorial.") for name in browser.cookies)


@pytest.mark.parametrize(("title", "meant"), [("a;b", False), ("a=b", False), ("a b", True), ("naïve", True)])
def test_what_browsers_take_and_servers_may_not_send_is_told_apart(browser, title, meant):
    """A cookie under another name is one thing, a title that only the standard forbids another."""
    page = set_one(browser, title)
    assert ("not as you meant" not in page.one(".misread").get_text()) == meant


@pytest.mark.parametrize("title", ["", "x" * 41])
def test_titles_that_are_only_too_short_or_long_need_no_browser_to_say_so(browser, title):
    """Our own limits are told in a sentence."""
    page = set_one(browser, title)
    assert page.status == 422 and own(page) == [] and page.one("#title-error") and page.select(".misread") == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("a\x00b", "A control character"),
        ("x" * 4090, "4106 bytes"),
        ("é" * 800, "4816 bytes"),
        ("y" * 9000, "9016 bytes"),
    ],
)
def test_values_that_a_browser_would_refuse_are_explained_and_not_sent(browser, value, says):
    """A value that no browser would keep is explained beside the field."""
    page = set_one(browser, value=value)
    assert page.status == 422 and own(page) == []
    assert page.one("#value")["value"] == value and page.one("#value-error")
    assert says in page.one(".misread").get_text() and page.one(".misread")["data-verdict"] == "refused"


# Werkzeug counts the attributes too; browsers don't (RFC 6265bis section 5.6 step 5).
@pytest.mark.filterwarnings("ignore:The 'tutorial.Flavour' cookie is too large:UserWarning")
def test_the_largest_cookie_comes_back(browser):
    """4096 octets of name and value are kept, and the explanation begins with one more."""
    largest = "x" * (4096 - len("tutorial.Flavour"))
    assert set_one(browser, value=largest).one("h1").get_text() == "The cookie has been set"
    assert set_one(browser, value=largest + "x").status == 422


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("2026-11-22T11:59", "That moment has passed"),
        ("2026-11-22T12:00", "That moment has passed"),
        ("0001-01-01T00:00+23:59", "That moment has passed"),
        ("2027-12-27T12:01", "400 days"),
        ("9999-12-31T23:59-23:59", "400 days"),
        ("", "Please give the date"),
        ("tomorrow", "Please give the date"),
    ],
)
def test_dates_that_make_no_cookie_are_explained(browser, noon, date, says):
    """A date in the past, too far off or none at all sends nothing and stays in the field."""
    page = set_one(browser, lifetime="date", date=date)
    assert page.status == 422 and own(page) == [] and says in page.one("#date-error").get_text()
    assert page.one("#date")["value"] == date and page.select(".misread") == []


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("2026-11-22T12:01", 60),
        ("2027-12-27T12:00", 34560000),
        ("2026-11-23 12:00", 86400),
        ("2026-11-22T14:01+02:00", 60),
    ],
)
def test_a_date_of_ones_choice_becomes_seconds(browser, noon, date, seconds):
    """Until a date means for so many seconds from now."""
    assert f"; Max-Age={seconds};" in own(set_one(browser, lifetime="date", date=date))[0]


def test_a_minute_later_it_is_gone(browser, monkeypatch):
    """A cookie of one minute does not come back after it, and the page says so."""
    page = set_one(browser, lifetime="minute")
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(seconds=61))
    page = browser.get(page.url)
    assert page.one("h1").get_text() == "The cookie did not come back" and page.select(".told") == []


def test_deleting_one_leaves_the_others(browser):
    """The button deletes its own cookie, and the page then reads the default."""
    set_one(browser, "One")
    set_one(browser, "Two")
    browser.get("/getcookie")
    page = browser.submit("form.own", button="One")
    assert page.one("[data-value]").get_text(strip=True) == "nothing yet"
    assert [line.partition(";")[0] for line in own(page)] == ["tutorial.One="]
    assert [tag["value"] for tag in page.select("form.own button")] == ["Two"]


def test_deleting_needs_a_word_or_a_token(browser):
    """A request that no page of ours is known to have sent deletes nothing without a token, and is asked for again."""
    set_one(browser)
    page = browser.post("/setcookie/delete", {"title": "Flavour"})
    assert page.status == 422 and own(page) == [] and page.one("[data-once-more] [name=title]")["value"] == "Flavour"
    token = page.one("[name=csrf_token]")["value"]
    for title in ("", "session", "a;b", "\x00", "Other"):
        page = browser.post("/setcookie/delete", {"title": title, "csrf_token": token})
        assert page.status == 200 and own(page) == [] and "crumb_session" in browser.cookies


def test_beyond_the_limit_nothing_is_pushed_out(browser):
    """One cookie too many is explained; a title in use may be used again."""
    for number in range(TUTORIAL.limit):
        set_one(browser, f"c{number}")
    page = set_one(browser, "more")
    assert page.status == 422 and own(page) == [] and "You have ten cookies" in page.one("#title-error").get_text()
    assert page.select(".misread") == []
    assert len([name for name in browser.cookies if name.startswith("tutorial.")]) == TUTORIAL.limit
    assert set_one(browser, "c3", "again").status == 200


@pytest.mark.parametrize(
    "title", ["session", "theme", "remember", "wire", "crumb_session", "__Host-session", "..", "tutorial."]
)
def test_no_title_touches_another_cookie(browser, title):
    """A title that is another cookie's name makes a cookie of the tutorial's family."""
    browser.get("/preferences")
    browser.submit(theme="dark")
    before = browser.cookies
    set_one(browser, title, "mine")
    assert browser.cookies["tutorial." + title] == "mine"
    assert {**browser.cookies, **before} == browser.cookies


@pytest.mark.parametrize("path", ["/setcookie", "/getcookie"])
@pytest.mark.parametrize(
    "title", ["", "a;b", "<script>", "%00", "%ff%fe", "../..", "x" * 5000, "session", "%0d%0aX:y", "Fine"]
)
def test_hostile_titles_in_the_address_are_answered(browser, path, title):
    """Whatever the address names, the page answers, escapes it, and sets no cookie of the family."""
    page = browser.get(f"{path}?title={title}&max_age=-1")
    assert page.status == 200 and own(page) == [] and page.select("main script") == []


def test_a_link_can_claim_no_lifetime(browser):
    """The lines that the form leads to say how long it was set for; somebody's link to that page can't."""
    assert set_one(browser).select(".told")
    page = browser.get(browser.page.url)
    assert page.one("h1").get_text() == "The cookie has been set" and page.select(".told") == []


@pytest.mark.parametrize("age", ["-1", "0", "34560001", "99999999", "1e3", "٣", "", "session2", "1\n"])
def test_the_address_can_claim_no_impossible_lifetime(browser, age):
    """Lines are only shown for a lifetime that the form could have chosen."""
    set_one(browser)
    page = browser.get("/setcookie?title=Flavour&max_age=" + quote(age), initiator=browser.page.url)
    assert page.one("h1").get_text() == "The cookie has been set" and page.select(".told") == []


def test_plain_reading_sets_nothing(browser):
    """Without a cookie of one's own the reading page has no form, and leads to the other."""
    page = browser.get("/getcookie")
    assert page.set_cookie == [] and page.select("main form") == []
    assert page.one("main a.action")["href"] == "/setcookie"


def test_a_browser_that_keeps_no_cookie_is_told(app):
    """Where cookies are blocked, the page that follows says so; so does the one that asks to send the text again."""

    class Blocking(UserAgent):
        def receive(self, *args, **kwargs):
            return None

    browser = Browser(app)
    browser.agent = Blocking()
    browser.silent = True
    set_one(browser, "Flavour", "kept")
    page = browser.submit("[data-once-more]")
    assert page.status == 422 and "allow cookies" in page.text
    assert page.one("[name=value]")["value"] == "kept" and own(page) == []
    browser.silent = False
    page = set_one(browser, "Flavour", "kept")
    assert page.one("h1").get_text() == "The cookie did not come back" and "cookies blocked" in page.text


def test_missing_and_unknown_fields_are_explained(browser):
    """A request made by hand gets an answer to each mistake."""
    page = browser.post("/setcookie", {"lifetime": "for ever"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status == 422 and own(page) == []
    assert page.one("#title-error") and "Please choose one of these" in page.one("#lifetime-error").get_text()


@settings(max_examples=min(EXAMPLES, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.one_of(
        st.text(max_size=60), st.from_regex(TUTORIAL.key, fullmatch=True), st.text('a;= \t\r\n\x00é"%', max_size=6)
    ),
    value=st.one_of(st.text(max_size=80), st.text('a;=, \t\r\n\x00é"\\%\u2028\u202e', max_size=12)),
    lifetime=st.sampled_from([*LIFETIMES, "date", "x"]),
    date=st.one_of(st.text(max_size=20), st.datetimes().map(datetime.isoformat)),
)
@example(title="0", value="\t", lifetime="session", date="")
def test_whatever_is_typed_is_kept_as_typed_or_explained(app, title, value, lifetime, date):
    """No text breaks the page; what a browser then holds decodes to what was typed, and to no other cookie."""
    browser = Browser(app)
    page = set_one(browser, title, value, lifetime=lifetime, date=date)
    assert page.status in (200, 422)
    lines = own(page)
    assert len(lines) == (page.status == 200)
    held = {name: text for name, text in browser.cookies.items() if name not in ("crumb_session", "wire")}
    if page.status == 200:
        assert held == {"tutorial." + title.strip(" \t"): quote(value, safe="")}
        # From the page as it was sent: BeautifulSoup makes one space of a text that is white space only.
        shown = re.search("data-value><[^>]+>(.*?)</", browser.get("/getcookie").body.decode(), re.S)[1]
        read = html.unescape(shown)
        assert read == (value.replace("\r\n", "\n").replace("\r", "\n") or "nothing: the value is empty")
    else:
        assert held == {}

"""The question on every page, until it is answered."""

from urllib.parse import urljoin

import pytest

from tests.browsing import Browser
from tests.consent.conftest import held, new_browser
from tests.examples import addresses
from webapp.cookies import Category

# Where the question is the page itself, and what is no page.
ELSEWHERE = ("/consent", "/cookies", "/favicon.ico", "/wire/held")


def test_every_page_asks(app):
    """Until somebody has chosen, each page asks, errors too; the two pages about consent are the answer."""
    for path in [*addresses(app, "GET"), "/no-such-page"]:
        page = new_browser(app).get(path)
        assert len(page.select(".ask")) == (0 if path in ELSEWHERE else 1), path


def test_asking_sets_nothing(browser):
    """The question needs no script, no token and no cookie."""
    page = browser.get("/shop/rye-bread")
    assert page.set_cookie == []
    assert page.one(".ask form")["method"] == "post"
    assert page.select(".ask script, .ask [name=csrf_token]") == []


def test_both_answers_look_alike(browser):
    """Yes and no are two buttons of one form, without a class or attribute that would set one off."""
    buttons = browser.get("/").select(".ask button")
    assert [button["value"] for button in buttons] == ["all", "necessary"]
    assert [set(button.attrs) for button in buttons] == [{"name", "value"}] * 2
    three = browser.get("/consent").select("main form button")
    assert [button["value"] for button in three] == ["selected", "all", "necessary"]
    assert [set(button.attrs) for button in three] == [{"name", "value"}] * 3


@pytest.mark.parametrize("answer", ["all", "necessary"])
def test_an_answer_leads_back_and_is_kept(browser, answer):
    """The answer is recorded by a 303 back to the page, which asks no more, also after the browser was closed."""
    browser.get("/shop/search?q=rye")
    page = browser.submit(".ask form", button=answer)
    assert (page.before[0].status, page.url) == (303, urljoin(browser.home, "/shop/search?cookies=set&q=rye"))
    assert (
        page.before[0]
        .cookies_set["consent"]
        .partition(";")[0]
        .startswith("consent=preferences~history." if answer == "all" else "consent=none.")
    )
    browser.close()
    assert browser.get("/").select(".ask") == []
    assert bool(held(browser, Category.HISTORY)) == (answer == "all")


def test_no_way_to_another_site(browser):
    """The page to return to is one of ours, whatever a form says."""
    for target in ("https://evil.test/", "//evil.test", "/\\evil.test"):
        page = browser.post("/consent", {"choice": "all", "next": target}, follow=False)
        assert page.headers["Location"] in ("/", "/?cookies=set")


def test_a_browser_that_says_nothing_is_asked_once_more(app):
    """Without Sec-Fetch-Site and Origin the page comes back with a token; the second time counts."""
    browser = Browser(app, silent=True)
    browser.get("/shop/")
    page = browser.submit(".ask form", button="all")
    assert page.status == 422
    assert "does not say which page sent this" in page.text
    assert "consent" not in browser.cookies
    page = browser.submit("main form")
    assert page.url.endswith("/shop/")
    assert browser.cookies["consent"].startswith("preferences~history.")


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        ({"Origin": "http://localhost:8000"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none", "Origin": "http://localhost:8000"}, False),
        ({"Origin": "https://localhost:8000"}, False),
        ({"Origin": "http://[localhost:8000"}, False),
        ({"Sec-Fetch-Site": "same-origin, cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_the_browser_s_own_word_counts(app, headers, counts):
    """A form without a token counts only where the browser names our own origin."""
    browser = Browser(app, **headers)
    page = browser.post("/consent", {"choice": "all"}, follow=False)
    assert page.status == (303 if counts else page.status)
    assert counts or page.status in (403, 422)
    assert ("consent" in browser.cookies) == counts


def test_a_form_without_a_button(browser):
    """Sent without one of the buttons, the page comes back with what was ticked, and says what is missing."""
    page = browser.post("/consent", {"history": "y", "choice": "everything"})
    assert page.status == 422
    assert "one of the three buttons" in page.text
    assert page.one("#history").has_attr("checked")
    assert "consent" not in browser.cookies

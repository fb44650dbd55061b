"""A browser that keeps no cookie is told so by the page after its first form."""

import pytest
from flask import redirect

from tests.browsing import Browser
from webapp.cookies import current_jar

FORMS = {
    "consent": ("/shop/", ".ask form", {"button": "all"}),
    "basket": ("/shop/rye-bread", "[data-add]", {"button": "rye-bread"}),
    "preferences": ("/preferences", "main form", {"theme": "dark"}),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("blocked", [True, False], ids=["blocked", "kept"])
def test_the_page_after_the_first_form_knows(app, form, blocked):
    """Where none of the cookies comes back, the page says so; where one does, it says nothing."""
    path, selector, fields = FORMS[form]
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.get(path)
    page = browser.submit(selector, follow=False, **fields)
    if page.status == 422:  # a form with a token can't be sent at all, and says so itself
        assert "allow cookies" in page.text
        return
    assert page.status == 303 and page.headers["Location"].partition("#")[0].endswith("cookies=set")
    if blocked:
        browser.agent = type(browser.agent)()
    page = browser.get(page.headers["Location"])
    assert bool(page.select("[data-kept=none]")) == blocked


@pytest.mark.parametrize("came_from", ["cross-site", "same-site", "none", None])
def test_a_link_from_elsewhere_says_nothing(app, came_from):
    """Only a page of ours leads to the sentence: whoever opens such a link has sent no form."""
    headers = {} if came_from is None else {"Sec-Fetch-Site": came_from}
    browser = Browser(app)
    browser.silent = True
    assert not browser.get("/?cookies=set", headers=headers).select("[data-kept]")


def test_the_mark_goes_with_the_next_form(app):
    """Whoever keeps cookies finds it in no address that a later form leads to."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/shop/")
    page = browser.submit(".ask form", button="all")
    assert page.url.endswith("/shop/?cookies=set")
    browser.follow('header a[href^="/preferences"]')
    assert browser.submit("main form", theme="dark").url.endswith("/shop/")


@pytest.mark.parametrize(("line", "missed"), [("a=1", True), ("a=Max-Age=0; Path=/", True), ("a=; Max-Age=-1", False)])
def test_a_line_that_stands_by_itself_counts_by_what_it_does(app, line, missed):
    """Whether the lab's line deletes is read as the dock reads it, whatever letters its value has."""
    with app.test_request_context("/lab/send", method="POST"):
        current_jar().add_line(line)
        answer = app.process_response(app.make_response(redirect("/", 303)))
    assert answer.location == ("/?cookies=set" if missed else "/")


@pytest.mark.parametrize("blocked", [True, False], ids=["blocked", "kept"])
def test_a_page_that_leads_on_passes_it_on(app, blocked):
    """Where the form leads to a page that sends one to log in, that page says it; it leads on to where one wanted."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    page = browser.post("/consent", {"choice": "all", "next": "/account"}, follow=False)
    assert page.headers["Location"] == "/account?cookies=set"
    if blocked:
        browser.agent = type(browser.agent)()
    page = browser.get(page.headers["Location"])
    assert "/login" in page.url and bool(page.select("[data-kept=none]")) == blocked


def test_what_is_only_deleted_is_not_missed(app):
    """An answer that takes cookies back, to a browser without any, is no proof of anything."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    assert not browser.post("/teach/reset", {}, headers={"Sec-Fetch-Site": "same-origin"}).select(".kept")


@pytest.mark.parametrize("path", ["/lab/cross", "/lab/schemes"])
def test_the_lab_says_it_too(app, path):
    """The benches that set cookies of the lab: the mark stands in no way of what they tell in their addresses."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.get(path)
    page = browser.submit("#begin", follow=False)
    assert page.headers["Location"].endswith("?cookies=set")
    browser.agent = type(browser.agent)()
    assert browser.get(page.headers["Location"]).one(".kept")["data-kept"] == "none"

"""The site below a path of another one (WSGI's SCRIPT_NAME): every link, form, redirect and cookie stays there."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.browsing import Browser, Page
from webapp import clock
from webapp.accounts.users import DEMO_ACCOUNTS

ROOT = "/below"
ADDRESSES = {"href": "a, link, use", "src": "img, script, iframe", "action": "form", "formaction": "button"}


@pytest.fixture
def browser(make_app) -> Browser:
    """A browser in front of a site that has no other path than the one below ROOT."""
    app = make_app()
    inner = app.wsgi_app

    def mounted(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        assert environ["PATH_INFO"].startswith(f"{ROOT}/"), environ["PATH_INFO"]
        path = environ["PATH_INFO"].removeprefix(ROOT)
        return inner({**environ, "SCRIPT_NAME": ROOT, "PATH_INFO": path}, start_response)

    app.wsgi_app = mounted
    browser = Browser(app)
    browser.agree()
    return browser


def log_in(browser: Browser) -> Page:
    """Log in by the form on the page that is open, else on its own page."""
    if not browser.page or not browser.page.select("#log-in"):
        browser.get(f"{ROOT}/login")
    name, password = next(iter(DEMO_ACCOUNTS.items()))
    return browser.submit("#log-in", username=name, password=password)


def end_session(browser: Browser) -> None:
    """Let the session cookie be over."""
    browser.agent.receive(browser.home, "crumb_session=; Path=/; Max-Age=0", now=clock.now(), method="GET")


def addresses(page: Page) -> set[str]:
    """Return the addresses of this host that a page names."""
    found = {tag[name] for name, tags in ADDRESSES.items() for tag in page.select(tags) if tag.get(name)}
    return {address for address in found if address.startswith("/")}


@pytest.mark.parametrize("logged_in", [False, True])
def test_every_page_of_the_menus_stays_below(browser, logged_in):
    """From the first page to each in menu, footer and overviews: no address of it leaves the path."""
    if logged_in:
        log_in(browser)
    links = {link["href"] for link in browser.get(f"{ROOT}/").select("a[href^='/']")}
    for path in sorted(links | {f"{ROOT}/shop/rye-bread", f"{ROOT}/social/1", f"{ROOT}/forum/market/2"}):
        page = browser.get(path)
        assert page.status == 200 and page.url.startswith(f"http://localhost:8000{ROOT}/"), path
        assert all(address.startswith(f"{ROOT}/") for address in addresses(page)), (path, addresses(page))


def test_a_text_that_has_to_wait_for_a_log_in_finds_its_way_back(browser):
    """The session ends before the answer is sent: it waits in a cookie, and the log-in leads back."""
    log_in(browser)
    browser.get(f"{ROOT}/forum/market/2")
    end_session(browser)
    page = browser.submit("form.drafted", text="Typed for an hour")
    assert page.url.startswith(f"http://localhost:8000{ROOT}/login?next={ROOT}/forum/market/2")
    assert {cookie.path for cookie in browser.agent.cookies if cookie.name.startswith("draft.")} == {f"{ROOT}/forum/"}
    page = log_in(browser)
    assert page.status == 200 and page.one("form.drafted textarea").get_text().strip() == "Typed for an hour"


@pytest.mark.parametrize("path", ["/social/", "/social/1"])
def test_a_text_of_the_social_site_too(browser, path):
    """A post and a comment."""
    log_in(browser)
    browser.get(f"{ROOT}{path}")
    end_session(browser)
    page = browser.submit("main form#write", text="Typed for an hour")
    assert page.url.startswith(f"http://localhost:8000{ROOT}/login?next={ROOT}{path}")


@pytest.mark.parametrize("path", ["/social/", "/social/?before=12", "/social/1", "/social/@Marta"])
@pytest.mark.parametrize("logged_in", [False, True])
def test_a_like_leads_back_to_where_it_was_pressed(browser, path, logged_in):
    """A button under a post, with and without an account."""
    if logged_in:
        log_in(browser)
    post = browser.get(f"{ROOT}{path}").select("form.posts .heart[name=like]")[0]["value"]
    page = browser.submit("form.posts", button=post)
    assert page.status == 200 and page.url == f"http://localhost:8000{ROOT}{path}#p{post}"


def test_a_lesson_begins_on_a_page_of_ours(browser):
    """The button of a step, and what its bar calls the page of the step."""
    browser.get(f"{ROOT}/learn/first")
    page = browser.submit('form[action$="/learn/first/1"]')
    assert page.status == 200 and page.url.startswith(f"http://localhost:8000{ROOT}/")

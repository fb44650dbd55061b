"""What somebody writes in the forum is there again, whatever came in between."""

import pytest

from tests.browser.acts import DRAFTED, in_one_browser, stored, typed, without, write_draft
from tests.browser.serving import PASSWORD
from tests.serving import wait_until
from webapp.security.cookies import SESSION
from webapp.sites.forum import DRAFT

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

BOARD = "sourdough"
TEXT = "My starter smells of pears – وهذا جميل."


@pytest.fixture
def thread(others) -> str:
    """The address of a thread of the town."""
    return f"/forum/{BOARD}/{others.first_thread(BOARD)}"


@pytest.fixture
def draft(thread) -> str:
    """The name of the cookie for a reply to it."""
    return f"{DRAFT.name}t{thread.rpartition('/')[2]}"


@pytest.fixture
def name(server, browser) -> str:
    """Who is logged in, without being remembered."""
    name = server.new_user()
    browser.log_in(name, PASSWORD)
    return name


def test_a_log_in_in_between(browser, thread, draft, name):
    """Typed while the log-in had ended, the text is in the form after the log-in that follows; posted, it goes."""
    browser.open(thread)
    browser.fill(DRAFTED, TEXT)
    browser.forget()
    browser.press("form.drafted .action")
    assert "/login" in browser.address()
    assert stored(browser, draft).path == DRAFT.path
    browser.fill("#log-in [name=username]", name)
    browser.fill("#log-in [name=password]", PASSWORD)
    browser.press("#log-in button")
    assert browser.address().startswith(browser.url + thread)
    assert typed(browser) == TEXT
    browser.press("form.drafted .action")
    assert TEXT in browser.text(".talk")
    assert stored(browser, draft) is None
    browser.open(thread)
    assert typed(browser) == ""


@in_one_browser
def test_a_form_that_expired(server, browser, thread, draft):
    """The session cookie is gone, the remember cookie is not: the text is still in the form, and one press posts it."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    browser.open(thread)
    browser.fill(DRAFTED, TEXT)
    without(browser, SESSION.prefix(secure=False) + SESSION.name)
    browser.press("form.drafted .action")
    assert browser.user
    assert typed(browser) == TEXT
    assert browser.text(".problems")
    browser.press("form.drafted .action")
    assert TEXT in browser.text(".talk")
    assert stored(browser, draft) is None


@in_one_browser
def test_a_browser_that_closes(server, browser, thread, draft):
    """Typed and not sent, the text is kept without a button, and there again after the browser was closed."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    browser.open(thread)
    browser.fill(DRAFTED, TEXT)
    wait_until(lambda: stored(browser, draft))
    browser.reopen()
    browser.open(thread)
    assert typed(browser) == TEXT


def test_a_tab_that_closes(browser, thread, draft, name):
    """Typed in a tab that is closed at once, the text is there when the thread is opened again."""
    browser.open(thread)
    browser.type_and_close(thread, DRAFTED, TEXT)
    wait_until(lambda: stored(browser, draft))
    browser.open(thread)
    assert typed(browser) == TEXT


@in_one_browser
def test_a_link_that_is_followed(browser, thread, draft, name):
    """Typed, and another page opened at once: the text is there after pressing Back, and in a fresh page."""
    browser.open(thread)
    browser.fill(DRAFTED, TEXT)
    browser.press(".brand")
    wait_until(lambda: stored(browser, draft))
    browser.back()
    assert typed(browser) == TEXT
    browser.open(thread)
    assert typed(browser) == TEXT


@in_one_browser
def test_without_script(browser, thread, name):
    """Without JavaScript a button keeps the draft; the forum's first page leads back to it."""
    browser.scripts = False
    browser.reopen()
    browser.log_in(name, PASSWORD)
    write_draft(browser, thread, TEXT)
    browser.open("/forum/")
    browser.press("[data-draft] a")
    assert browser.address().startswith(browser.url + thread)
    assert typed(browser) == TEXT


@in_one_browser
@pytest.mark.parametrize("other", [".ask button[value=all]", ".dock button[value=hide]"])
def test_another_form_of_the_page(browser, name, other):
    """Typed on the social site, the text outlives a choice or *Hide*, which lead back; what is sent itself does not."""
    browser.open("/social/")
    browser.fill("main textarea", TEXT)
    browser.press(other)
    assert browser.address() == f"{browser.url}/social/"
    assert not browser.all(other, "value")
    assert browser.run("() => document.querySelector('main textarea').value") == TEXT
    browser.press("main form:has(textarea) .action")
    assert browser.run("() => document.querySelector('main textarea').value") == ""
    assert browser.run("() => sessionStorage.length") == 0

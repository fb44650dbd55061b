"""People who close the browser and come back: who is known again, and what the first paint looks like."""

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.chromium import Chromium
from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


def test_remembered(server, browser):
    """Logged in with remember-me, the visitor is known after the browser was closed."""
    name = server.new_user()
    browser.log_in(name, PASSWORD, remember=True)
    assert browser.user == name
    browser.reopen()
    assert browser.open("/") == 200
    assert browser.user == name


def test_not_remembered(server, browser):
    """Logged in without remember-me, the visitor is nobody after the browser was closed."""
    name = server.new_user()
    browser.log_in(name, PASSWORD)
    assert browser.user == name
    browser.reopen()
    browser.open("/")
    assert browser.user is None


def test_logged_out(server, browser):
    """Log-out outlives the closing of the browser, remember-me or not."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    browser.log_out()
    assert browser.user is None
    browser.reopen()
    browser.open("/")
    assert browser.user is None


@in_one_browser
@pytest.mark.parametrize("persistent_only", [True, False], ids=["remember", "all"])
def test_cookies_copied_before_log_out(server, start, persistent_only):
    """Cookies copied before a log-out log nobody in after it, in a browser of the copier's."""
    victim = start()
    victim.log_in(server.new_user(), PASSWORD, remember=True)
    copied = [cookie for cookie in victim.cookies() if cookie.expires or not persistent_only]
    assert any("remember" in cookie.name for cookie in copied)
    victim.log_out()
    victim.close()
    copier = start()
    copier.plant(copied)
    copier.open("/account")
    assert copier.user is None
    assert copier.address().startswith(server.url + "/login")


@in_one_browser
def test_a_copied_cookie_works_before_log_out_and_dies_with_it(server, start):
    """A copy that is in use ends when its owner logs out or the copy is noticed; nobody stays logged in by it."""
    name = server.new_user()
    victim = start()
    victim.log_in(name, PASSWORD, remember=True)
    copied = victim.cookies()
    victim.close()
    copier = start()
    copier.plant(copied)
    copier.open("/")
    assert copier.user == name
    copier.close()
    victim.start()
    victim.open("/")
    victim.log_out()
    victim.close()
    copier.start()
    copier.open("/")
    assert copier.user is None


def test_back_after_log_out(server, browser):
    """Pressing Back after a log-out shows nothing private."""
    name = server.new_user()
    browser.log_in(name, PASSWORD, remember=True)
    browser.open("/social/@Marta")
    browser.press("#follow button")
    browser.open("/social/")
    browser.fill("#write [name=text]", "Words that I shall change.")
    browser.press("#write button")
    own = browser.address().rpartition("#p")[2]
    private = ["/account", "/account/devices", "/social/?of=following", "/shop/orders", f"/social/{own}/edit"]
    for path in private:
        browser.open(path)
        assert browser.address() == browser.url + path
        assert name in browser.run("() => document.documentElement.outerHTML")
    browser.log_out()
    # The page that says that one is out has the address of the form: Chromium remembers both, Firefox the page alone.
    for steps in (2 if isinstance(browser, Chromium) else 1, *[1] * (len(private) - 1)):
        browser.back(steps)
        assert browser.user is None
        page = browser.run("() => document.documentElement.outerHTML")
        assert name not in page and "I shall change" not in page, browser.address()


def choose(browser, **choices):
    """Keep preferences through the site's form."""
    browser.open("/preferences")
    if "theme" in choices:
        browser.tick(f"[name=theme][value={choices['theme']}]")
    if "language" in choices:
        browser.choose("[name=language]", choices["language"])
    browser.press("main form.card button")


def test_theme_and_language_at_first_paint(browser):
    """Chosen by somebody without an account, theme and language are in the very first bytes after a restart."""
    choose(browser, theme="dark", language="ar")
    browser.scripts = False
    browser.reopen()
    for path in ("/consent", "/social/", "/forum/", "/shop/basket", "/"):
        browser.open(path)
        opening = browser.source().partition("<head>")[0]
        for attribute in ('data-theme="dark"', 'lang="ar"', 'dir="rtl"'):
            assert attribute in opening, path
        assert 'content="dark"' in browser.source()  # what the canvas is painted in before the style sheet is there
    painted = "() => ['html', 'body'].map(s => getComputedStyle(document.querySelector(s)).backgroundColor)"
    assert "rgb(20, 22, 26)" in browser.run(painted)
    assert browser.run("() => getComputedStyle(document.body).direction") == "rtl"


def test_own_cookies_last_as_long_as_asked(browser):
    """Of two cookies set on /setcookie, closing the browser ends the session cookie only."""
    for title, lifetime in (("short", "session"), ("long", "day")):
        browser.open("/setcookie")
        browser.fill("[name=title]", title)
        browser.fill("[name=value]", f"{title} & sweet ✓")
        browser.choose("[name=lifetime]", lifetime)
        browser.press("main form button")
        browser.open(f"/getcookie?title={title}")
        assert f"{title} & sweet ✓" in browser.text()
    kept = {cookie.name: cookie for cookie in browser.cookies()}
    assert kept["tutorial.short"].expires is None
    assert kept["tutorial.long"].expires is not None
    browser.reopen()
    browser.open("/getcookie?title=short")
    assert "short & sweet" not in browser.text()
    browser.open("/getcookie?title=long")
    assert "long & sweet ✓" in browser.text()

"""Back, with the browser's own memory of pages, which Playwright switches off unless it is told otherwise."""

from contextlib import suppress

import pytest

from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.serving import wait_until

Error = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that").Error


@pytest.fixture(scope="module")
def remembering(playwright):
    """A Chromium as people have it."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=CHROMIUM_ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, remembering, server):
    """A page of the shop, looked at by somebody new; `scripts` tells whether it may run any."""
    context = remembering.new_context(base_url=server.url, java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(5000)
    page.scripts = request.param
    page.goto("/shop/")
    page.evaluate("document.documentElement.id = 'kept'")  # only a page from memory still has it
    yield page
    context.close()


def back_to_the_shop(page, steps: int = 1) -> None:
    """Go back; Playwright itself waits for a load, and a page from memory has none."""
    with suppress(Error):
        page.evaluate("steps => history.go(-steps)", steps)
    wait_until(lambda: shown(page, "location.pathname") == "/shop/")


def shown(page, question: str):
    """Return what the page that is open answers; None while there is none."""
    with suppress(Error):
        return page.evaluate(question)


def visible(page, note: str) -> bool:
    """Tell whether the dock says of the page that it was restored."""
    return shown(page, f"!document.querySelector('[data-restored={note}]').hidden")


def choose_dark(page) -> None:
    """Choose other colours, on pages of their own."""
    page.evaluate("location.href = '/preferences?next=/forum/'")
    page.wait_for_url("**/preferences**")
    page.check("[name=theme][value=dark]")
    page.click("main form button.action, main form button:not(.quiet)")
    page.wait_for_url("**/forum/**")


def test_back_to_what_is_still_true(page):
    """What is as it was comes from memory, and the dock says so; without script it comes all the same."""
    page.goto("/forum/")
    back_to_the_shop(page)
    assert shown(page, "document.documentElement.id") == "kept"
    wait_until(lambda: visible(page, "same") == page.scripts)
    assert not visible(page, "old")


def test_back_to_what_has_changed(page):
    """Where the cookies are others by now the page is asked for again: colours and dock are of now."""
    choose_dark(page)
    back_to_the_shop(page, 2)
    if page.scripts:
        wait_until(lambda: shown(page, "document.documentElement.dataset.theme") == "dark")
        assert shown(page, "document.documentElement.id") == "" and not visible(page, "same")
        assert shown(page, "document.querySelectorAll('[data-wire] [data-sent=theme]').length") == 1
    assert shown(page, "document.querySelector('main h1').textContent")


def test_back_in_a_lesson(page):
    """The bar of a page from memory says how the step stands by now; its buttons lose nothing, without script too."""
    step = "(bar => bar.dataset.step + bar.dataset.state)(document.querySelector('.lesson'))"
    page.goto("/learn/first")
    page.click('main form[action$="/1"] button')
    page.wait_for_url("**/setcookie*")
    page.fill("main [name=title]", "Flavour")
    page.fill("main [name=value]", "rye")
    page.click("main form button.action, main form button")
    page.wait_for_url("**/setcookie?title=*")
    assert shown(page, step) == "1done"
    page.click(".lesson [data-key=next]")
    page.wait_for_url("**/setcookie")
    page.evaluate("location.href = '/getcookie?title=Flavour'")
    page.wait_for_url("**/getcookie?title=Flavour")
    assert shown(page, step) == "2done"
    with suppress(Error):
        page.evaluate("history.go(-1)")
    wait_until(lambda: shown(page, "location.pathname") == "/setcookie")
    wait_until(lambda: shown(page, step) == ("2done" if page.scripts else "2waiting"))
    page.click(".lesson [data-key=next]")
    page.wait_for_url("**/")
    assert shown(page, step) == "3waiting"
    assert [each["value"] for each in page.context.cookies() if each["name"] == "learnt"] == ["first.03"]


def test_what_is_being_typed_stays(page):
    """Words are not thrown away for what the page shows beside them; the dock says that this is of before."""
    page.fill("main [name=q]", "almond")
    choose_dark(page)
    back_to_the_shop(page, 2)
    if page.scripts:
        wait_until(lambda: visible(page, "old"))
        assert shown(page, "document.documentElement.id") == "kept"
    assert shown(page, "document.querySelector('main [name=q]').value") == "almond"


def test_a_page_that_is_fetched_ahead(page):
    """The browser itself says `Sec-Purpose: prefetch`, our Content-Security-Policy allows it, and the lab tells."""
    page.goto("/lab/browser/ahead")

    def told() -> bool:
        page.goto("/lab/browser/ahead?asked=y")
        return page.get_attribute("[data-verdict]", "data-verdict") == "yes"

    wait_until(told)
    assert "Sec-Purpose: prefetch" in page.inner_text("[data-verdict]")


@pytest.mark.parametrize("start", ["firefox"], indirect=True)
def test_back_in_firefox(start):
    """Its memory of pages too is told from the wire; the driver can go no further from a page that comes from there."""
    browser = start(gpc=True)  # so that no other test gets it afterwards
    browser.open("/shop/")
    browser.run("() => { document.documentElement.id = 'kept' }")
    browser.press(".brand")
    browser.back()
    assert browser.attribute("html", "id") == "kept"
    shown = "() => !document.querySelector('[data-restored=same]').hidden"
    wait_until(lambda: browser.run(shown))

"""Consent as browsers keep it: what was refused or taken back is in no cookie store."""

import pytest

from tests.browser.acts import (
    BANNER,
    DRAFTED,
    declared,
    held,
    in_one_browser,
    long_ago,
    stored,
    use_everything,
    write_draft,
)
from tests.browser.pages import all_pages
from tests.browser.serving import PASSWORD
from tests.browser.town import BOARD
from tests.examples import parts
from tests.serving import wait_until
from webapp.consent import CONSENT
from webapp.cookies import Category
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

OPTIONAL = (Category.PREFERENCES, Category.HISTORY)
GOODS_SEEN = list(GOODS)[:3]


def press_main_buttons(browser, made, name):
    """Do on every site what one does there: view, search, buy, post, follow, like, answer, keep a draft, prefer."""
    browser.open("/preferences")
    browser.tick("[name=theme][value=dark]")
    browser.press("main form.card button")
    browser.open(f"/shop/{GOODS_SEEN[0]}")
    browser.press("[data-add] button")
    browser.open("/shop/search")
    browser.fill("main [name=q]", "rye")
    browser.press("main .search button")
    browser.log_in(name, PASSWORD, remember=True)
    browser.open("/social/")
    browser.fill("#write [name=text]", "Somebody without a history.")
    browser.press("#write button")
    browser.open("/social/@Marta")
    browser.press("#follow button")
    browser.press(".posts .heart")
    browser.open(f"/forum/{BOARD}")
    browser.press(".sorting [href$='sort=new']")
    write_draft(browser, f"/forum/{BOARD}/new", "A thought")
    browser.open(f"/forum/{BOARD}/{made.thread}")
    browser.fill(DRAFTED, "An answer")
    browser.press("form.drafted .action")


def test_refused(app_map, server, made, browser):
    """After a refusal, no main button leaves a cookie outside of the necessary ones; a look lasts until the close."""
    browser.open("/shop/")
    browser.press(".ask button[value=necessary]")
    assert browser.attribute(".ask", "class") is None, "nobody is asked twice"
    press_main_buttons(browser, made, server.new_user())
    assert held(browser, app_map, Category.HISTORY) == set()
    assert held(browser, app_map, Category.PREFERENCES) == {"theme", "forum_sort"}
    browser.log_out("keep")
    browser.reopen()
    browser.open("/")
    assert held(browser, app_map, *OPTIONAL) == set()


@in_one_browser
@pytest.mark.parametrize("part", parts(6, "tests/consent goes to the same pages with the model"))
def test_refused_on_every_page(app_map, made, browser, part):
    """After a refusal, a crawl of every page leaves no cookie outside of the necessary ones."""
    browser.open("/shop/")
    browser.press(".ask button[value=necessary]")
    found = {}
    for path in all_pages(app_map, made)[part]:
        assert browser.open(path) == 200, path
        found[path] = held(browser, app_map, *OPTIONAL)
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "secure",
    [pytest.param(False, id="http", marks=pytest.mark.whole("under https as well")), pytest.param(True, id="https")],
)
def test_withdrawn(app_map, start, request, secure):
    """Taken back after everything was allowed and used, no cookie outside of the necessary ones is in the store."""
    site = request.getfixturevalue("https_server" if secure else "server")
    browser = start(site.url)
    browser.allow_all()
    long_ago(browser)
    browser.log_in(site.new_user(), PASSWORD)
    browser.open(f"/forum/{BOARD}")
    thread = f"/forum/{BOARD}/{browser.attribute('[data-thread]', 'data-thread')}"
    use_everything(browser, GOODS_SEEN, thread, BOARD)
    write_draft(browser, thread, "A draft is what somebody put there themselves.")
    assert held(browser, app_map, *OPTIONAL) == declared(app_map, *OPTIONAL)
    browser.open("/consent?next=/shop/")
    browser.press("#choice [value=necessary]")
    assert browser.address() == site.url + "/shop/"
    # Firefox's list of cookies is a moment behind the page, where the machine is busy.
    wait_until(lambda: held(browser, app_map, *OPTIONAL) == set())
    assert all(cookie.name.startswith("__") for cookie in browser.cookies()) == secure
    browser.open(thread)
    assert held(browser, app_map, *OPTIONAL) == set()
    browser.reopen()
    browser.open("/forum/")
    assert held(browser, app_map, *OPTIONAL) == set()


@in_one_browser
@pytest.mark.parametrize("answer", ["all", "necessary"])
def test_the_banner_needs_no_script(app_map, browser, answer):
    """Without JavaScript either button brings the visitor back to the page, keeps the choice, and asks no more."""
    browser.scripts = False
    browser.reopen()
    page = f"/shop/{GOODS_SEEN[0]}"
    browser.open(page)
    assert browser.cookies() == []
    browser.press(f".ask button[value={answer}]")
    assert browser.address() == f"{browser.url}{page}?cookies=set"
    assert stored(browser, CONSENT.name)
    browser.reopen()
    browser.open(page)
    assert browser.attribute(".ask", "class") is None
    assert ("recent_shop." in held(browser, app_map, *OPTIONAL)) == (answer == "all")


@in_one_browser
def test_both_answers_weigh_the_same(browser):
    """The two buttons of the banner are visible and of the same size and look."""
    browser.open("/shop/")
    everything, necessary = browser.run(BANNER)
    assert everything == necessary
    assert everything["shown"] and min(everything["width"], everything["height"]) >= 44


@pytest.mark.parametrize("start", ["firefox"], indirect=True)  # Chromium has no such setting
def test_global_privacy_control(app_map, start):
    """A browser that sends `Sec-GPC: 1` keeps no history until its owner allows it by hand."""
    browser = start(gpc=True)
    for allowed in (False, True):
        if allowed:
            browser.allow_all()
        for path in (f"/shop/{GOODS_SEEN[0]}", "/shop/search?q=rye", "/social/1", f"/forum/{BOARD}"):
            browser.open(path)
        browser.press(".sorting [href$='sort=new']")
        browser.open("/")
        assert bool(held(browser, app_map, Category.HISTORY)) == allowed
        assert held(browser, app_map, Category.PREFERENCES) == {"forum_sort"}

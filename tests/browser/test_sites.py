"""People who close the browser and come back to one of the sites: what it still knows, and what is new."""

import time
from datetime import UTC, datetime

import pytest

from tests.browser.acts import basket, held, in_one_browser, stored, write_draft
from tests.browser.serving import PASSWORD
from webapp.accounts.cookies import REMEMBER
from webapp.cookies import Category
from webapp.i18n import speaker
from webapp.sites.forum import DRAFT
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

SLUGS = list(GOODS)[:3]
BOARD, QUIET_BOARD = "sourdough", "ovens"


def recent(browser) -> list[str]:
    """Return what the open page lists as viewed, the newest first."""
    return browser.all("[data-recent] [data-item]", "data-item")


def test_social_knows_who_was_remembered(server, browser):
    """Closed without a log-out, remembered: greeted, told by which cookie and until when; what matters asks again."""
    name = server.new_user()
    browser.allow_all()
    browser.log_in(name, PASSWORD, remember=True)
    for path in ("/social/", "/social/1", "/social/@Marta"):
        browser.open(path)
    browser.press("#follow button")
    browser.reopen()
    browser.open("/social/")
    assert browser.user == name
    assert browser.attribute("[data-brought-back]", "data-brought-back") == REMEMBER.name
    star = browser.text(".star")
    assert name in star and REMEMBER.name in star
    until = datetime.fromtimestamp(stored(browser, REMEMBER.name).expires, UTC)
    assert str(until.year) in star and speaker("en").moment(until).rpartition(",")[0] in star
    assert len(recent(browser)) == 2 and recent(browser)[1] == "p1"
    for sensitive in ("/account/name", "/account/password", "/account/devices"):
        browser.open(sensitive)
        assert browser.address().startswith(browser.url + "/account/confirm")
    browser.open("/social/?of=following")
    assert set(browser.all("[data-post]", "data-author")) == {"Marta"}
    browser.open("/social/")
    browser.fill("#write [name=text]", "Still here, without a password.")
    browser.press("#write button")
    assert name in browser.all("[data-post]", "data-author")


@in_one_browser
def test_social_says_why_it_forgot(server, browser):
    """Closed without a log-out, not remembered: nobody, and told why; what was looked at is there all the same."""
    browser.allow_all()
    browser.log_in(server.new_user(), PASSWORD)
    browser.open("/social/1")
    browser.reopen()
    browser.open("/social/")
    assert browser.user is None
    assert "remember me" in browser.text("[data-why-unknown]")
    assert recent(browser) == ["p1"]


@in_one_browser
def test_social_tells_what_is_new(server, others, browser):
    """What somebody posted while the browser was closed is marked as new, and nothing else."""
    neighbour = others.log_in(server.new_user())
    browser.allow_all()
    browser.open("/social/")
    assert browser.all("[data-new-posts]", "data-new-posts") == []
    browser.close()
    time.sleep(1.1)  # cookies name whole seconds
    neighbour.get("/social/")
    post = neighbour.submit("#write", text="The ferry is in.").url.rpartition("#p")[2]
    browser.start()
    browser.open("/social/")
    assert browser.attribute("[data-new-posts]", "data-new-posts") == "1"
    assert browser.all("[data-post][data-new]", "data-post") == [post]


def test_shop_after_closing(browser):
    """Views, searches, recommendations and the basket of somebody without an account are there again."""
    browser.allow_all()
    for slug in SLUGS:
        browser.open(f"/shop/{slug}")
    browser.press("[data-add] button")
    for query in ("rye", "honey"):
        browser.open(f"/shop/search?q={query}")
    shown = []
    for _ in range(2):
        filled = basket(browser)
        browser.open("/shop/")
        words = browser.run("() => [...document.querySelectorAll('[data-searches] li a')].map(a => a.innerText)")
        picked = browser.all("[data-recommended=you] [data-item]", "data-item")
        shown.append((filled, recent(browser), words, picked))
        browser.reopen()
    filled, viewed, words, picked = shown[0]
    assert filled == {SLUGS[-1]: 1}
    assert viewed == SLUGS[::-1]
    assert words == ["honey", "rye"]
    assert len(picked) == 6
    assert shown[1] == shown[0]


def test_forum_after_closing(server, others, browser):
    """A reply that came meanwhile is marked on each page down to the post; the order and the views are kept."""
    name = server.new_user()
    browser.allow_all()
    browser.open(f"/forum/{BOARD}")
    browser.press(".sorting [href$='sort=new']")
    threads = browser.all("[data-thread]", "data-thread")
    answered, other = threads[-1], threads[0]
    for thread in (answered, other):
        browser.open(f"/forum/{BOARD}/{thread}")
    assert browser.all("[data-new]", "id") == []
    browser.close()
    time.sleep(1.1)  # cookies name whole seconds
    post = others.answer(name, BOARD, int(answered), "It rose at last.")
    browser.start()
    browser.open("/forum/")
    assert browser.all("[data-board][data-unread]", "data-board") == [BOARD]
    assert recent(browser)[:2] == [other, answered]
    browser.open(f"/forum/{BOARD}")
    assert browser.all("[data-thread]", "data-thread") == threads, "the order that was chosen"
    assert browser.all("[data-thread][data-unread]", "data-thread") == [answered]
    browser.press("[data-thread] a.unread")
    assert browser.address().endswith(f"#p{post}")
    assert browser.all("[data-new]", "data-post") == [str(post)]
    browser.open(f"/forum/{BOARD}")
    assert browser.all("[data-thread][data-unread]", "data-thread") == []


@in_one_browser
def test_home_leads_on(browser):
    """Home tells a first visit from a return, and leads back to what was looked at on each site."""
    browser.allow_all()
    assert browser.attribute("[data-last-visit]", "data-last-visit") is None
    browser.open("/forum/" + BOARD)
    thread = browser.attribute("[data-thread]", "data-thread")
    for path in ("/social/1", f"/shop/{SLUGS[0]}", f"/forum/{BOARD}/{thread}"):
        browser.open(path)
    browser.reopen()
    browser.open("/")
    last = datetime.fromisoformat(browser.attribute("[data-last-visit]", "data-last-visit"))
    assert abs((datetime.now(UTC) - last).total_seconds()) < 300
    assert sorted(recent(browser)) == sorted(["p1", SLUGS[0], thread])


@in_one_browser
def test_the_basket_is_kept_through_a_log_in(server, browser):
    """What somebody put into the basket is still there after they logged in, and they can order it."""
    for slug in SLUGS:
        browser.open(f"/shop/{slug}")
        browser.press("[data-add] button")
    before = basket(browser)
    assert before == dict.fromkeys(SLUGS, 1)
    name = server.new_user()
    browser.log_in(name, PASSWORD)
    assert basket(browser) == before
    browser.press("[name=checkout]")
    browser.press("#checkout .action")
    assert browser.text("[data-name]") == name
    code = browser.address().rpartition("/")[2]
    browser.open("/shop/orders")
    assert browser.all("[data-order]", "data-order") == [code]
    assert basket(browser) == {}


@in_one_browser
def test_a_quantity_is_a_small_field(browser):
    """A number is written; one that the shop does not take stays, unsent, until it is mended or its good goes."""
    for slug in SLUGS[:2]:
        browser.open(f"/shop/{slug}")
        browser.press("[data-add] button")
    browser.fill(f"[name=quantity-{SLUGS[0]}]", "12")
    browser.press("[data-basket] .buttons button:not([name])")
    assert basket(browser) == {SLUGS[0]: 12, SLUGS[1]: 1}
    browser.fill(f"[name=quantity-{SLUGS[1]}]", "21")
    refused = "() => [...document.querySelectorAll('[data-basket] :invalid')].map(field => field.value)"
    assert browser.run(refused) == ["21"]
    browser.press(f"[data-basket] [value={SLUGS[1]}]")
    assert basket(browser) == {SLUGS[0]: 12}


@in_one_browser
@pytest.mark.parametrize("choice", ["clear", "keep"])
def test_log_out_clears_or_keeps(app_map, server, browser, choice):
    """At log-out the visitor decides: cleared, the store has no history and no draft; kept, it has both."""
    browser.allow_all()
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    browser.open(f"/forum/{BOARD}")
    thread = f"/forum/{BOARD}/{browser.attribute('[data-thread]', 'data-thread')}"
    for path in (f"/shop/{SLUGS[0]}", "/shop/search?q=rye", "/social/1"):
        browser.open(path)
    write_draft(browser, thread, "Not today.")
    draft = f"{DRAFT.name}t{thread.rpartition('/')[2]}"
    expected = {"recent_shop.", "search_shop.", "recent_social.", "recent_forum.", "seen", "visit", "last_login"}
    assert held(browser, app_map, Category.HISTORY) == expected
    assert stored(browser, draft)
    browser.log_out(choice)
    assert browser.user is None
    kept = held(browser, app_map, Category.HISTORY)
    if choice == "clear":
        # The page that follows begins a new visit.
        assert kept <= {"seen", "visit"}
        browser.open("/")
        assert browser.attribute("[data-last-visit]", "data-last-visit") is None
        assert stored(browser, draft) is None
    else:
        assert kept == expected
        assert stored(browser, draft)

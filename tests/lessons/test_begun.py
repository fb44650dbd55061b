"""What stands when a step begins, and what counts for it from then on."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.conftest import POSTGRES
from tests.lessons.playing import LESSONS, begin, bring, play, shown, start, state
from webapp import clock
from webapp.cookies import pair
from webapp.database import dispose, engines, writing
from webapp.lessons.course.shop import LEADS_TO_RYE
from webapp.sites.drafts import TextCodec
from webapp.sites.shop.goods import GOODS
from webapp.wire.record.store import EXCHANGES

CHALLENGE = 'main form[action$="/9"]'
WRITE = "/forum/sourdough/new"


def held(browser, family: str) -> list[str]:
    """Return the names of the cookies of a family that a browser holds."""
    return [name for name in browser.cookies if name.startswith(family)]


def test_the_shop_goes_on_with_what_was_searched_for(app):
    """Whoever searched keeps their own search alone, paused or not; for whoever has not, honey is."""
    browser = start(app)
    browser.get("/shop/search?q=chocolate")
    own = held(browser, "search_shop.")
    for number in (2, 3, 4):
        begin(browser, "shop", number)
        assert held(browser, "search_shop.") == own and len(own) == 1
    browser = start(app)
    begin(browser, "shop", 2)
    assert [browser.cookies[name].partition(".")[2] for name in held(browser, "search_shop.")] == ["honey"]


def test_the_forum_goes_on_with_what_was_written(app):
    """Whoever began a thread keeps their own text, for whoever has not one is begun; a fourth draft pushes none out."""
    browser = start(app)
    begin(browser, "forum", 5)
    assert TextCodec().decode(browser.cookies["draft.n-sourdough"]).startswith("A jar that climbs\n")
    browser.get("/login")
    browser.submit('form[data-demo="mira"]')
    for board in ("sourdough", "ovens", "cookies"):
        browser.get(f"/forum/{board}/new")
        browser.submit("form.drafted", "draft", title=board, text="My own")
    begin(browser, "forum", 6)
    assert TextCodec().decode(browser.cookies["draft.n-sourdough"]) == "sourdough\nMy own"
    browser.get(WRITE)
    browser.submit("form.drafted", "draft", title="", text="")
    browser.get("/forum/swap/new")
    browser.submit("form.drafted", "draft", title="swap", text="My own")
    begin(browser, "forum", 7)
    browser.get("/forum/")
    assert sorted(held(browser, "draft.")) == ["draft.n-cookies", "draft.n-ovens", "draft.n-swap"]


def test_a_cleared_draft_can_be_begun_again(app):
    """At the log-out the bar says what became of the draft, and goes on with another."""
    step, browser = LESSONS["forum"].steps[5], start(app)
    for _ in range(20):
        browser.get("/forum/")
    begin(browser, "forum", 6)
    bring(browser)
    browser.get("/logout")
    browser.submit(history="clear")
    assert "You cleared the history" in browser.page.one(".lesson").get_text()
    browser.get(WRITE)
    browser.submit('form[data-demo="mira"]')
    browser.submit("form.drafted", "draft", title="Once more", text="With oats")
    assert "You cleared the history" in browser.page.one(".lesson").get_text()
    assert play(browser, step.acts)[-1] == "done"


def test_rye_is_picked_for_whoever_did_the_challenge(app):
    """One view alone, of each thing that is said to lead to rye and of nothing else, has rye picked and is enough."""
    rye = {slug for slug, good in GOODS.items() if "rye" in good.tags}
    browser, [seen] = start(app), LESSONS["shop"].challenge.seen
    for slug in GOODS:
        view = f"recent_shop.{slug}", str(int(clock.now().timestamp()))
        page = browser.get("/shop/", headers={"Cookie": f"consent={browser.cookies['consent']}; {pair(*view)}"})
        picked = {item["data-item"] for item in page.select("[data-recommended=you] [data-item]")}
        assert (slug in LEADS_TO_RYE) == bool(picked & rye) == seen.fits(replace(shown(seen), sent=[view])), slug
    browser.get("/learn/shop/end")
    browser.submit(CHALLENGE)
    for slug, expected in (("apple-pie", "waiting"), ("rye-bread", "done")):
        browser.submit(".recent form", "")
        browser.get(f"/shop/{slug}")
        browser.get("/shop/")
        assert state(browser) == expected


def test_a_search_for_rye_is_not_the_challenge(app):
    """Neither is something else that was looked at besides: then nobody knows what led to rye."""
    for other in ("/shop/search?q=rye", "/shop/apple-pie"):
        browser = start(app)
        browser.get("/learn/shop/end")
        browser.submit(CHALLENGE)
        browser.submit(".recent form", "")
        for path in ("/shop/rye-bread", other, "/shop/"):
            browser.get(path)
        assert state(browser) == "waiting", other


def test_one_cookie_with_both_is_not_the_challenge(app):
    """A line that holds the other's word as well would write over it; two lines of one name do."""
    for lines in (["lab-list=bun.cake"], ["lab-list=bun", "lab-list=cake"]):
        browser = start(app)
        browser.get("/learn/size/end")
        browser.submit(CHALLENGE)
        for line in lines:
            browser.get("/lab/send")
            browser.submit("#lab", lines=line)
        assert state(browser) == "waiting", lines


@contextmanager
def without_database(app):
    """Take the database away for a while."""
    path = Path(engines(app).to_write.url.database)
    dispose(app)
    path.rename(path.with_name("away"))
    yield
    path.with_name("away").rename(path)


@pytest.mark.skipif(bool(POSTGRES), reason="it takes the file away")
def test_while_the_database_is_down_nothing_is_lost(app):
    """The bar says that nobody looks, and no button goes on; afterwards what was done before is done, and counts."""
    browser = start(app)
    browser.get("/shop/search?q=honey")
    begin(browser, "first", 1)
    play(browser, LESSONS["first"].steps[0].acts)
    assert state(browser) == "done"
    before = browser.cookies["lesson"]
    with without_database(app):
        assert browser.get("/shop/").select(".lesson [data-blind]") and state(browser) == "waiting"
        for form in ("form:has([data-key=next])", "form[action$='/leave']"):
            page = browser.submit(f".lesson {form}")
            assert (page.status, page.headers["Retry-After"], browser.cookies["lesson"]) == (503, "60", before)
            browser.get("/shop/")
        other = start(app)
        begin(other, "shop", 1)
        assert other.page.status == 503 and "lesson" not in other.cookies
    browser.get("/shop/")
    assert state(browser) == "done" and not browser.page.select("[data-blind]")
    browser.submit(".lesson form:has([data-key=next])")
    assert browser.cookies["lesson"].startswith("first.2.") and browser.cookies["learnt"] == "first.01"


def test_what_is_recorded_anew_counts(app):
    """Who was away until the record of everybody was empty goes on with the step, and what was done stays done."""
    browser = start(app)
    for path in ("/shop/", "/forum/", "/social/"):
        browser.get(path)
    begin(browser, "shop", 1)
    with app.app_context(), writing() as db:
        db.execute(delete(EXCHANGES))
    browser.get("/shop/")
    assert state(browser) == "waiting"
    assert play(browser, LESSONS["shop"].steps[0].acts)[-1] == "done"
    for _ in range(12):  # beyond the number that the step began at
        browser.get("/shop/")
        assert state(browser) == "done"

"""Checkout: an order once, however often it is sent; a stock that nobody oversells; orders to come back to."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import OperationalError

from tests.browsing import Browser, copy_of
from tests.sites.shop.conftest import NOW, PASSWORD, hold
from tests.statements import heard
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.database import engines, question, reading, writing
from webapp.sites.people import USERS
from webapp.sites.shop import orders, stock, till, views
from webapp.sites.shop.cookies import BASKET
from webapp.sites.shop.goods import GOODS
from webapp.sites.shop.orders import A_PAGE, LONGEST_NAME, ORDERS
from webapp.sites.shop.stock import STOCK

FESTIVE = next(slug for slug in GOODS if GOODS[slug].category == "festive")


def _shopper(app, **wanted: int) -> Browser:
    """Return a browser with these goods in its basket, on the page of the checkout; its dock is off."""
    return _fill(Browser(app, **{"Sec-Fetch-Site": "same-origin"}), **wanted)


def _fill(browser: Browser, **wanted: int) -> Browser:
    cookies = {f"basket.{slug.replace('_', '-')}.aaaa": str(number) for slug, number in wanted.items()}
    hold(browser, {"dock": "off", **cookies})
    browser.get("/shop/checkout")
    return browser


def _held(browser) -> list[str]:
    return [name for name in browser.cookies if name.startswith(BASKET.name)]


def _stored(app) -> list:
    with app.app_context():
        return list(reading().execute(select(ORDERS).order_by(ORDERS.c.id)))


def _sold(app) -> dict[str, int]:
    with app.app_context():
        return {row.slug: row.sold for row in reading().execute(select(STOCK.c.slug, STOCK.c.sold))}


def _all_at_once(browsers: list[Browser], name: str = "Nora") -> list[int]:
    """Let every browser send its checkout at the same moment; return the statuses."""
    start = threading.Barrier(len(browsers))

    def send(browser: Browser) -> None:
        start.wait()
        browser.submit("#checkout", name=name, follow=False)

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(browser.page.status for browser in browsers)


def test_from_the_shelf_to_the_order(app, stranger):
    """A visitor without an account orders what they put in; the basket's cookies are gone with the answer."""
    for slug in ("rye-bread", "bagel", "rye-bread"):
        stranger.get(f"/shop/{slug}")
        stranger.submit("[data-add]", button=slug)
    token = stranger.page.one("[data-basket] [name=csrf_token]")["value"]
    page = stranger.post("/shop/basket/change", {"csrf_token": token, "checkout": "yes"})
    assert page.one("#name").get("value", "") == ""
    assert "Nothing is sold here" in page.text
    page = stranger.submit("#checkout", name="  Ada \t Lovelace ")
    assert [answer.status for answer in page.before] == [303]
    assert page.before[0].headers["Location"] == f"/shop/orders/{_stored(app)[0].code}"
    deleted = [name for name, line in page.before[0].cookies_set.items() if "Max-Age=0" in line]
    assert len(deleted) == 3 and _held(stranger) == []
    (order,) = _stored(app)
    total = 2 * GOODS["rye-bread"].price + GOODS["bagel"].price
    assert (order.name, order.total, order.user_id) == ("Ada Lovelace", total, None)
    assert order.lines == [
        {"slug": "rye-bread", "quantity": 2, "price": GOODS["rye-bread"].price},
        {"slug": "bagel", "quantity": 1, "price": GOODS["bagel"].price},
    ]
    assert page.one("[data-total]")["data-total"] == str(total)
    assert page.one("[data-name]").get_text() == "Ada Lovelace"
    assert _sold(app) == {"rye-bread": 2, "bagel": 1}


def test_the_address_opens_the_order_for_anybody_and_nothing_keeps_it(app):
    """Another browser sees the summary too; it is no search engine's and no cache's."""
    code = _shopper(app, bagel=1).submit("#checkout", name="Ada").url.rpartition("/")[2]
    page = Browser(app).get(f"/shop/orders/{code}")
    assert page.status == 200
    assert "Sesame Bagel" in page.text
    assert page.set_cookie == []
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert len(code) >= 16
    assert code not in (_stored(app)[0].once, str(_stored(app)[0].id))


@pytest.mark.parametrize("code", ["1", "x" * 22, "é" * 22, "%00", "x" * 500, "..%2f"])
def test_other_addresses_are_no_orders(browser, code):
    """A guess is not found."""
    assert browser.get(f"/shop/orders/{code}").status == 404


def test_the_day_of_pick_up_is_tomorrow(app, time):
    """Both pages name the day after the order, in the visitor's words, whenever they are read."""
    browser = _shopper(app, bagel=1)
    assert "Monday, November 23, 2026" in browser.page.text
    browser.submit("#checkout", name="Ada")
    time["now"] += timedelta(days=3)
    assert "Monday, November 23, 2026" in browser.get(browser.page.url).text


@pytest.mark.parametrize("name", ["", "   ", "\u0000\u0007", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_cannot_be_called_out(app, name):
    """Missing or too long: said beside the field, with what was typed kept, and nothing ordered."""
    browser = _shopper(app, bagel=1)
    once = browser.page.one("[name=once]")["value"]
    page = browser.submit("#checkout", name=name)
    assert page.status == 422
    assert page.one("#name-error")
    assert page.one("[name=once]")["value"] == once
    assert page.one("#name").get("value", "") == name.strip("\u0000\u0007 ")
    assert _stored(app) == [] and _sold(app) == {}
    assert _held(browser)
    assert browser.submit("#checkout", name="x" * LONGEST_NAME).status == 200


@pytest.mark.parametrize("field", ["csrf_token", "once"])
@pytest.mark.parametrize("value", ["forged", "", "é" * 22, "x" * 23])
def test_a_failed_check_keeps_the_name(app, field, value):
    """A forged token, or a form cut off: the page comes back with the name, the basket stays, and then it works."""
    browser = _shopper(app, bagel=1)
    page = browser.submit("#checkout", name="Ada", **{field: value})
    assert page.status == 422
    assert page.one("#name")["value"] == "Ada"
    assert page.select("[role=alert]")
    assert _stored(app) == [] and _held(browser)
    if field == "csrf_token":
        assert browser.submit("#checkout").status == 200
        assert len(_stored(app)) == 1


def test_an_empty_basket_has_no_checkout(app, stranger):
    """Without anything in it, the checkout leads to the basket, and sets nothing."""
    page = stranger.get("/shop/checkout")
    assert page.url.endswith("/shop/basket")
    assert [line for answer in [page, *page.before] for line in answer.set_cookie] == []
    browser = _shopper(app, bagel=1)
    browser.agent.receive(browser.home, "basket.bagel.aaaa=; Path=/; Max-Age=0", now=NOW, method="GET")
    page = browser.submit("#checkout", name="Ada")
    assert page.url.endswith("/shop/basket") and page.status == 200
    assert _stored(app) == []


def test_sent_twice_it_is_one_order(app):
    """Back, and send again: the same order, and no more taken from the stock."""
    browser = _shopper(app, bagel=2)
    form = browser.page
    first = browser.submit("#checkout", name="Ada").url
    browser.page = form
    assert browser.submit("#checkout", name="Ada").url == first
    assert len(_stored(app)) == 1
    assert _sold(app) == {"bagel": 2}


def test_an_old_form_does_not_empty_a_new_basket(app):
    """Who ordered, filled the basket anew, and sends the old page again, sees the old order and keeps the basket."""
    browser = _shopper(app, bagel=2)
    form = browser.page
    first = browser.submit("#checkout", name="Ada").url
    hold(browser, {"basket.pita.bbbb": "1"})
    browser.page = form
    assert browser.submit("#checkout", name="Ada").url == first
    assert _held(browser) == ["basket.pita.bbbb"]


def test_an_answer_that_was_lost(app):
    """The order was stored and its answer never came: sending again leads to it, and empties the basket."""
    browser = _shopper(app, bagel=2)
    copy_of(browser).submit("#checkout", name="Ada", follow=False)
    assert _held(browser)
    browser.submit("#checkout", name="Ada")
    assert _held(browser) == []
    assert len(_stored(app)) == 1


def test_twenty_copies_at_once_are_one_order(app):
    """The same form from twenty hands at the same moment: one order, twenty answers that lead to it."""
    browser = _shopper(app, bagel=2, pita=1)
    copies = [copy_of(browser) for _ in range(20)]
    assert _all_at_once(copies) == [303] * 20
    assert len({copy.page.headers["Location"] for copy in copies}) == 1
    assert len(_stored(app)) == 1
    assert _sold(app) == {"bagel": 2, "pita": 1}


@pytest.mark.parametrize(("slug", "each"), [("bagel", 1), (FESTIVE, 1), ("bagel", 3)])
def test_fifty_buyers_at_once_oversell_nothing(app, slug, each):
    """As many are sold as there are, or as were wanted; who comes too late is told, and keeps the basket."""
    buyers = [_shopper(app, **{slug: each}) for _ in range(50)]
    statuses = _all_at_once(buyers)
    served = stock.batch(slug) // each
    assert statuses == [303] * served + [409] * (50 - served)
    assert _sold(app) == {slug: served * each}
    assert len(_stored(app)) == served
    for buyer in buyers:
        assert bool(_held(buyer)) == (buyer.page.status == 409)


def test_what_is_enough_for_all_is_sold_to_all(app):
    """Fewer buyers than goods: everybody gets theirs, in whatever order they ask for several goods."""
    pairs = [("bagel", "pita", "simit"), ("simit", "bagel", "pita"), ("pita", "simit", "bagel")]
    buyers = [_shopper(app, **dict.fromkeys(pairs[number % 3], 2)) for number in range(18)]
    assert _all_at_once(buyers) == [303] * 18
    assert _sold(app) == dict.fromkeys(("bagel", "pita", "simit"), 36)


def test_too_few_left_takes_nothing_at_all(app, time):
    """One short good: none of the others is taken; the page says how many are left and offers just these."""
    with app.app_context(), writing() as db:
        for slug, number in (("bagel", stock.batch("bagel") - 3), ("simit", stock.batch("simit"))):
            db.execute(insert(STOCK).values(slug=slug, day=NOW.date(), sold=number, at=NOW))
    browser = _shopper(app, bagel=5, pita=2, simit=1)
    page = browser.submit("#checkout", name="Ada")
    assert page.status == 409
    assert page.one("[role=alert]")
    assert _stored(app) == []
    assert "pita" not in _sold(app)
    lines = {line["data-item"]: line.select("[data-left]") for line in page.select("[data-basket] [data-item]")}
    assert {slug: left[0]["data-left"] for slug, left in lines.items() if left} == {"bagel": "3", "simit": "0"}
    offered = {field["name"]: (field["min"], field["max"]) for field in page.select("[data-basket] [type=number]")}
    assert offered == {"quantity-bagel": ("1", "3"), "quantity-simit": ("0", "0"), "quantity-pita": ("1", "20")}
    total = 3 * GOODS["bagel"].price + 2 * GOODS["pita"].price
    assert page.one("[data-total]")["data-total"] == str(total)
    token = page.one("[data-basket] [name=csrf_token]")["value"]
    shown = {tag["name"]: tag["value"] for tag in page.select("[name^=shown-]")}
    chosen = {tag["name"]: tag["value"] for tag in page.select("[data-basket] [type=number]")}
    assert chosen == {"quantity-bagel": "3", "quantity-simit": "0", "quantity-pita": "2"}
    browser.post("/shop/basket/change", {"csrf_token": token, "checkout": "yes", **shown, **chosen})
    assert browser.submit("#checkout", name="Ada").status == 200
    assert _stored(app)[0].lines == [
        {"slug": "bagel", "quantity": 3, "price": GOODS["bagel"].price},
        {"slug": "pita", "quantity": 2, "price": GOODS["pita"].price},
    ]


@pytest.mark.parametrize("pause", [timedelta(minutes=1), timedelta(days=1)])
def test_nobody_is_without_for_longer_than_a_minute(app, time, pause):
    """Whoever takes all there is, order by order, leaves the shelf full for the others a minute after; not before."""
    shopper = _shopper(app, bagel=1)
    for batch in range(2):
        for _ in range(4):
            assert _fill(shopper, **{FESTIVE: 3}).submit("#checkout", name="Ada").status == 200, batch
        time["now"] += timedelta(seconds=59)
        page = _shopper(app, **{FESTIVE: 1}).submit("#checkout", name="Nora")
        assert page.status == 409 and "in a minute there is more" in page.text, batch
        assert page.one(f"[data-item={FESTIVE}] [data-left]")["data-left"] == "0"
        time["now"] += pause - timedelta(seconds=59)
        assert not _shopper(app, bagel=1).get(f"/shop/{FESTIVE}").select("[data-left]")
    assert _shopper(app, **{FESTIVE: 1}).submit("#checkout", name="Nora").status == 200


def test_a_class_behind_one_address_has_its_cakes(app, time):
    """Sixty who want the same good, at once, after somebody took all of it, have it within a few minutes."""
    for _ in range(4):
        _shopper(app, **{FESTIVE: 3}).submit("#checkout", name="Ada")
    waiting = [_shopper(app, **{FESTIVE: 1}) for _ in range(60)]
    for minute in range(6):
        statuses = _all_at_once(waiting)
        assert statuses.count(303) == (stock.batch(FESTIVE) if minute else 0)
        waiting = [buyer for buyer in waiting if buyer.page.status == 409]
        time["now"] += timedelta(minutes=1)
        for buyer in waiting:
            buyer.get("/shop/checkout")
    assert waiting == [] and len(_stored(app)) == 64


def _member(app, name: str, **wanted: int) -> Browser:
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/register")
    browser.submit("main form.card", username=name, password="three warm loaves", confirm="three warm loaves")
    return _fill(browser, **wanted)


def test_nobody_buys_out_the_shop(app, time):
    """One order is for a quarter of a batch of a good, and so are all of an account in a day.

    More is refused with a sentence; basket and stock stay as they were. Another account, another good and tomorrow are
    not touched by it.
    """
    most = stock.batch("bagel") // 4
    page = _shopper(app, bagel=most + 1, pita=1).submit("#checkout", name="Ada")
    assert page.status == 409 and "a quarter" in page.one("[role=alert]").get_text()
    assert page.one("[data-basket] [data-item=bagel] [type=number]")["value"] == str(most + 1)
    assert _sold(app) == {} and _stored(app) == []
    assert _shopper(app, bagel=most).submit("#checkout", name="Ada").status == 200
    browser = _member(app, "Nora", bagel=most - 1)
    assert browser.submit("#checkout", name="Nora").status == 200
    assert _fill(browser, bagel=2).submit("#checkout", name="Nora").status == 409
    assert _held(browser) and _sold(app) == {"bagel": 2 * most - 1}
    assert _member(app, "Olga", bagel=most).submit("#checkout", name="Olga").status == 200
    time["now"] += timedelta(days=1)
    browser.get("/shop/checkout")
    assert browser.submit("#checkout", name="Nora").status == 200


def test_four_quarters_are_a_whole(app, time):
    """One browser without an account is a new customer at each order, as SECURITY.md says: four take a batch."""
    most, browser = stock.batch("bagel") // 4, _shopper(app, bagel=1)
    for _ in range(4):
        assert _fill(browser, bagel=most).submit("#checkout", name="Ada").status == 200
    assert _sold(app) == {"bagel": stock.batch("bagel")}
    assert _fill(browser, bagel=1).submit("#checkout", name="Ada").status == 409


def test_what_is_baked_no_more_counts_for_nothing(app, time):
    """An order of today may hold a good that an update took away since: the next one is taken all the same."""
    browser = _member(app, "Nora", bagel=1)
    assert browser.submit("#checkout", name="Nora").status == 200
    with app.app_context(), writing() as db:
        db.execute(update(ORDERS).values(lines=[{"slug": "gone", "quantity": 9, "price": 1}]))
    assert _fill(browser, bagel=1).submit("#checkout", name="Nora").status == 200


def test_an_account_that_is_everybody_s_is_many_customers(make_app):
    """Whoever borrows a demo account is held to their own order, not to what others ordered by it."""
    app = make_app(DEMO_ACCOUNTS=True, DEMO_CONTENT=False)
    most = stock.batch("bagel") // 4
    (name, password), *_ = DEMO_ACCOUNTS.items()
    for _ in range(2):
        browser = _shopper(app, bagel=most)
        browser.get("/login")
        assert browser.submit("#log-in", username=name, password=password).html["data-user"] == name
        browser.get("/shop/checkout")
        assert browser.submit("#checkout", name="Ada").status == 200
    assert _sold(app) == {"bagel": 2 * most}


def test_more_than_is_baked_at_a_time_is_too_many(app):
    """Nobody gets more than there can be, not even the first; that nobody was faster is said too."""
    page = _shopper(app, **{FESTIVE: 20}).submit("#checkout", name="Ada")
    assert page.status == 409 and "a quarter" in page.text and "faster" not in page.text
    assert _sold(app) == {} and _stored(app) == []


def test_the_name_stays_behind_a_refusal(app):
    """Who was refused and takes less finds the name at the checkout again, also behind a number that makes no sense."""
    browser = _shopper(app, **{FESTIVE: 4})
    browser.submit("#checkout", name="Ada of the Tide Mill")
    for number, button in (("x", "yes"), ("2", None), ("3", "yes")):
        page = browser.submit("form.basket", button, **{f"quantity-{FESTIVE}": number})
    assert page.one("#checkout [name=name]")["value"] == "Ada of the Tide Mill"


def test_orders_of_many_push_out_nobody_else_s(app, monkeypatch):
    """Of accounts and of those without one the latest orders stay, so many of each."""
    monkeypatch.setattr(orders, "_LOOKS_EVERY", 1)
    monkeypatch.setitem(orders.ORDERS.info, "bound", replace(orders.ORDERS.info["bound"], rows=3))
    member = _member(app, "Nora", bagel=1)
    for _ in range(2):
        _fill(member, bagel=1).submit("#checkout", name="Nora")
    for _ in range(6):
        _shopper(app, bagel=1).submit("#checkout", name="Ada")
    assert [order.name for order in _stored(app)] == ["Nora"] * 2 + ["Ada"] * 3


@pytest.mark.parametrize(("sold", "shown"), [(0, None), (29, None), (30, "10"), (39, "1"), (40, "0")])
def test_a_good_says_when_few_are_left(app, stranger, time, sold, shown):
    """From ten on the page of a good says how many are left; it asks the database once."""
    yesterday = NOW - timedelta(days=1)
    with app.app_context(), writing() as db:
        db.execute(insert(STOCK).values(slug="bagel", day=NOW.date(), sold=sold, at=NOW))
        db.execute(insert(STOCK).values(slug="bagel", day=yesterday.date(), sold=40, at=yesterday))
    with heard(engines(app).to_read) as asked:
        found = stranger.get("/shop/bagel").select("[data-left]")
        assert [tag["data-left"] for tag in found] == ([shown] if shown else [])
        assert len([statement for statement in asked if "PRAGMA" not in statement]) == 1
        asked.clear()
        stranger.get("/shop/")
        stranger.get("/shop/basket")
    assert asked == []


def _down(*arguments, **options):
    raise OperationalError("select", {}, Exception("down"))


def test_without_the_database_a_good_has_its_page(stranger, monkeypatch):
    """How many are left is not known then, and not shown."""
    monkeypatch.setattr(question, "reading", _down)
    page = stranger.get("/shop/bagel")
    assert page.status == 200
    assert page.select("[data-left]") == []
    assert views._few_left("bagel") is None


def test_without_the_database_the_checkout_waits(app, monkeypatch):
    """The page says so with 503 and Retry-After; name, basket and form stay, and a minute later it works."""
    browser = _shopper(app, bagel=2)
    with monkeypatch.context() as patch:
        patch.setattr(orders, "writing", _down)
        page = browser.submit("#checkout", name="Ada")
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert page.one("#name")["value"] == "Ada"
    assert page.select("[role=alert]")
    assert _held(browser) == ["basket.bagel.aaaa"]
    assert browser.submit("#checkout").status == 200
    assert len(_stored(app)) == 1


def test_who_is_logged_in_finds_their_orders(app, stranger, log_in):
    """Their name stands in the form; the order is listed, the newest first, and only theirs."""
    _shopper(app, pita=1).submit("#checkout", name="Somebody else")
    assert log_in(stranger).get("/shop/orders").select("[data-order]") == []
    codes = []
    for slug in ("bagel", "simit"):
        hold(stranger, {f"basket.{slug}.aaaa": "1"})
        assert stranger.get("/shop/checkout").one("#name")["value"] == "Nora"
        codes.append(stranger.submit("#checkout").url.rpartition("/")[2])
    page = stranger.get("/shop/orders")
    assert [item["data-order"] for item in page.select("[data-order]")] == codes[::-1]
    assert stranger.get(page.one(f'[data-order="{codes[0]}"] a')["href"]).status == 200
    assert stranger.get("/shop/").select('.till a[href="/shop/orders"]')


def test_orders_come_a_page_at_a_time(app, stranger, log_in):
    """Twenty a page, by keyset: an order that comes in between moves nothing."""
    log_in(stranger)
    with app.app_context(), writing() as db:
        user_id = db.scalar(select(USERS.c.id).where(USERS.c.name == "Nora"))
        for number in range(2 * A_PAGE + 1):
            values = {"once": f"{number:022}", "code": f"{number:022}", "user_id": user_id, "name": "Nora", "at": NOW}
            db.execute(insert(ORDERS).values(lines=[], total=number, **values))
    page, seen = stranger.get("/shop/orders"), []
    while True:
        seen += [item["data-order"] for item in page.select("[data-order]")]
        older = page.select("main a[rel=next]")
        if not older:
            break
        page = stranger.get(older[0]["href"])
    assert seen == [f"{number:022}" for number in range(2 * A_PAGE, -1, -1)]
    for before in ("0", "-1", "x", "9" * 30, "٣", ""):
        assert stranger.get("/shop/orders", query_string={"before": before}).status == 404


def test_orders_ask_for_a_log_in(stranger):
    """A visitor is asked to log in, and comes back."""
    page = stranger.get("/shop/orders")
    assert page.url.startswith("http://localhost:8000/login?")
    assert page.one("#log-in [name=next]")["value"] == "/shop/orders"


def test_a_closed_account_leaves_no_name(app, stranger, log_in):
    """The orders stay, whose they were does not; the address still works."""
    log_in(stranger)
    hold(stranger, {"basket.bagel.aaaa": "1"})
    stranger.get("/shop/checkout")
    address = stranger.submit("#checkout").url
    stranger.get("/account/close")
    stranger.submit('main form[action="/account/close"]', password=PASSWORD, confirm=True)
    (order,) = _stored(app)
    assert (order.user_id, order.name) == (None, "")
    page = Browser(app).get(address)
    assert page.status == 200
    assert page.select("[data-name]") == []
    assert "Nora" not in page.text


def test_a_price_stays_what_it_was(app, monkeypatch):
    """An order keeps the prices of its day, and outlives what it names."""
    browser = _shopper(app, bagel=2)
    address = browser.submit("#checkout", name="Ada").url
    monkeypatch.setattr(till, "GOODS", {})
    page = Browser(app).get(address)
    assert page.one("[data-total]")["data-total"] == "280"
    assert "bagel" in page.text

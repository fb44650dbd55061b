"""The basket: cookies that anybody holds, and that tabs which add at once don't lose."""

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser, copy_of
from tests.conftest import EXAMPLES
from tests.sites.shop.conftest import hold
from webapp import clock
from webapp.cookies import current_jar
from webapp.sites.shop import basket
from webapp.sites.shop.cookies import BASKET
from webapp.sites.shop.goods import GOODS

SLUGS = list(GOODS)


def _held(browser) -> dict[str, str]:
    return {name: value for name, value in browser.cookies.items() if name.startswith(BASKET.name)}


def _lines(page) -> dict[str, int]:
    return {
        line["data-item"]: int(line.select_one("input[type=number]")["value"])
        for line in page.select("[data-basket] [data-item]")
    }


def _add(browser, *slugs):
    for slug in slugs:
        browser.get(f"/shop/{slug}")
        page = browser.submit("[data-add]", button=slug)
        assert page.status == 200
    return page


def test_a_stranger_can_fill_a_basket(stranger):
    """Looking sets nothing; the button writes one cookie, and the basket shows it."""
    assert stranger.get("/shop/rye-bread").set_cookie == []
    page = stranger.submit("[data-add]", button="rye-bread")
    assert [answer.status for answer in page.before] == [303]
    (line,) = [line for name, line in page.before[0].cookies_set.items() if name.startswith(BASKET.name)]
    pair, *attributes = line.split("; ")
    assert BASKET["rye-bread." + pair.partition("=")[0][-4:]].name == pair.partition("=")[0]
    assert pair.endswith("=1")
    assert [part for part in attributes if not part.startswith("Expires=")] == [
        "Max-Age=604800", "HttpOnly", "Path=/", "SameSite=Lax",
    ]  # fmt: skip
    assert _lines(page) == {"rye-bread": 1}


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost:8000"}])
def test_the_word_of_the_browser_is_enough(app, headers):
    """Either header proves the page, without a token and without a session."""
    page = Browser(app, **headers).post("/shop/basket", {"item": "bagel"}, follow=False)
    assert page.status == 303
    assert [name.rpartition(".")[0] for name in page.cookies_set if name != "wire"] == ["basket.bagel"]


def test_without_proof_the_button_comes_back_with_a_token(app):
    """A browser that says nothing sees one more button, and with that it works."""
    browser = Browser(app, silent=True)
    browser.get("/shop/bagel")
    page = browser.submit("[data-add]", button="bagel")
    assert page.status == 422
    assert _held(browser) == {}
    assert page.select("[role=alert]")
    page = browser.submit("main form[method=post]")
    assert page.status == 200
    assert _lines(page) == {"bagel": 1}
    # The page of a good is the same for everybody, and never carries a token.
    browser.get("/shop/pita")
    assert browser.submit("[data-add]", button="pita").status == 422
    assert _lines(browser.submit("[data-once-more]")) == {"bagel": 1, "pita": 1}


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_puts_nothing_in(app, headers):
    """A form on another site is refused."""
    page = Browser(app, **headers).post("/shop/basket", {"item": "bagel"})
    assert page.status == 403
    assert page.set_cookie == []


@pytest.mark.parametrize("data", [{}, {"item": ""}, {"item": "no-such-good"}, {"item": "\x00"}, {"item": "bagel.1"}])
def test_only_goods_can_be_put_in(stranger, data):
    """What is not sold is not found."""
    assert stranger.post("/shop/basket", data).status == 404
    assert _held(stranger) == {}


def test_an_empty_basket_is_a_kind_page(stranger):
    """Nothing in it: no form, no cookie, a way on."""
    page = stranger.get("/shop/basket")
    assert page.status == 200
    assert page.set_cookie == []
    assert page.select("main form") == []
    assert page.select('main a[href="/shop/"].button')


def test_quantities_add_up_and_every_page_counts_them(stranger):
    """Each addition is a cookie, their sum is the basket; every page of the shop links to it with the number."""
    page = _add(stranger, "rye-bread", "bagel", "rye-bread")
    assert _lines(page) == {"rye-bread": 2, "bagel": 1}
    assert len(_held(stranger)) == 3
    price = 2 * GOODS["rye-bread"].price + GOODS["bagel"].price
    assert page.one("[data-total]")["data-total"] == str(price)
    for path in (
        "/shop/",
        "/shop/?category=bread",
        "/shop/bagel",
        "/shop/search?q=rye",
        "/shop/basket",
        "/shop/checkout",
    ):
        link = stranger.get(path).one('.till a[href="/shop/basket"]')
        assert link.get_text() == "Basket (3)", path


def test_the_block_names_the_very_cookies(stranger):
    """“Why do I see this?” repeats the pairs that the browser sent."""
    page = _add(stranger, "rye-bread", "rye-bread", "bagel")
    codes = {code.get_text() for code in page.select("main details code")}
    assert codes == {f"{name}={value}" for name, value in _held(stranger).items()}


def test_a_quantity_can_be_set(stranger):
    """Setting a quantity leaves one cookie of that good, and the others alone."""
    _add(stranger, "rye-bread", "rye-bread", "bagel")
    bagel = {name: value for name, value in _held(stranger).items() if "bagel" in name}
    page = stranger.submit("[data-basket]", **{"quantity-rye-bread": "7"})
    assert _lines(page) == {"rye-bread": 7, "bagel": 1}
    assert sorted(_held(stranger).values()) == ["1", "7"]
    assert bagel.items() <= _held(stranger).items()


def test_one_can_be_taken_out(stranger):
    """The button takes out every part of its good, and keeps what was changed beside it."""
    _add(stranger, "rye-bread", "rye-bread", "bagel", "pita")
    page = stranger.submit("[data-basket]", button="rye-bread", **{"quantity-pita": "3"})
    assert _lines(page) == {"bagel": 1, "pita": 3}
    assert not [name for name in _held(stranger) if "rye-bread" in name]


def test_to_the_checkout_with_what_was_chosen(stranger):
    """The button takes over the quantities on its way: nothing that was chosen is lost."""
    _add(stranger, "bagel")
    form = {"csrf_token": stranger.page.one("[name=csrf_token]")["value"], "shown-bagel": "1", "quantity-bagel": "4"}
    page = stranger.post("/shop/basket/change", {**form, "checkout": "yes"})
    assert page.url.endswith("/shop/checkout")
    assert page.one("[data-total]")["data-total"] == str(4 * GOODS["bagel"].price)


def test_an_old_page_does_not_undo_what_another_tab_added(stranger):
    """Only what was changed on the page is changed."""
    _add(stranger, "bagel", "pita")
    tab = stranger.page
    _add(stranger, "bagel")
    stranger.page = tab
    page = stranger.submit("[data-basket]", **{"quantity-pita": "2"})
    assert _lines(page) == {"bagel": 2, "pita": 2}


@pytest.mark.parametrize("quantity", ["-1", "21", "1e1", "", "1.5", "1,5", "x", "9" * 310, "9" * 5000, "<b>", "\0"])
def test_a_quantity_that_is_none_is_kept_and_named(stranger, quantity):
    """What is no number from 1 to 20 changes nothing, stands in its field again, and is told beside it and on top."""
    _add(stranger, "bagel", "pita")
    page = stranger.submit("[data-basket]", **{"quantity-bagel": quantity, "quantity-pita": "2"})
    assert page.status == 422
    field = page.one("[name=quantity-bagel]")
    assert field["value"] == quantity and field["aria-invalid"] == "true"
    assert "from 1 to 20" in page.one(f"#{field['aria-describedby']}").get_text()
    assert page.one(f'[role=alert] a[href="#{field["id"]}"]')
    assert page.one("[name=quantity-pita]")["value"] == "2"
    assert page.one("[data-total]")["data-total"] == str(GOODS["bagel"].price + 2 * GOODS["pita"].price)
    assert sorted(_held(stranger).values()) == ["1", "1"]
    page = stranger.submit("[data-basket]", **{"quantity-bagel": "3"})
    assert page.status == 200 and _lines(page) == {"bagel": 3, "pita": 2}


@pytest.mark.parametrize(("written", "number"), [("٣", 3), ("۱۲", 12), ("३", 3), (" 3 ", 3), ("+3", 3), ("007", 7)])
def test_a_number_may_be_written_as_one_writes(stranger, written, number):
    """Digits of any script count, and what stands round a number does no harm."""
    _add(stranger, "bagel")
    assert _lines(stranger.submit("[data-basket]", **{"quantity-bagel": written})) == {"bagel": number}


def test_none_of_a_good_takes_it_out(stranger):
    """Whoever writes 0 means it; the field itself offers one to twenty."""
    page = _add(stranger, "bagel", "pita")
    field = page.one("[name=quantity-bagel]")
    assert (field["type"], field["min"], field["max"]) == ("number", "1", "20")
    assert _lines(stranger.submit("[data-basket]", **{"quantity-bagel": "0"})) == {"pita": 1}


@pytest.mark.parametrize("written", ["99", "", "abc", "-5", "9" * 310, "9" * 400, "9" * 5000])
def test_what_is_taken_out_may_say_what_it_likes(stranger, written):
    """The button needs no number in the field beside it, but in those of the other goods and a token; all is kept."""
    page = _add(stranger, "bagel", "pita")
    assert page.one("button[value=bagel]").has_attr("formnovalidate")
    for wrong, named in (({"quantity-pita": "30"}, ["quantity-pita"]), ({"csrf_token": "forged"}, [])):
        page = stranger.submit("[data-basket]", button="bagel", **{"quantity-bagel": written, **wrong})
        assert page.status == 422 and len(_held(stranger)) == 2 and page.select("[role=alert]")
        assert [tag["name"] for tag in page.select("[aria-invalid]")] == named
        assert page.one("[name=quantity-bagel]")["value"] == written
        assert page.one("[name=quantity-pita]")["value"] == wrong.get("quantity-pita", "1")
        assert page.one("[data-total]")["data-total"] == str(GOODS["bagel"].price + GOODS["pita"].price)
        stranger.submit("[data-basket]", **{"quantity-bagel": "1", "quantity-pita": "1"})
    page = stranger.submit("[data-basket]", button="bagel", **{"quantity-bagel": written, "quantity-pita": "4"})
    assert page.status == 200 and _lines(page) == {"pita": 4}


def test_a_failed_check_keeps_what_was_chosen(stranger):
    """Without a valid token nothing changes; the page comes back with the quantities chosen, and works."""
    _add(stranger, "bagel")
    page = stranger.submit("[data-basket]", **{"quantity-bagel": "5"}, csrf_token="forged")
    assert page.status == 422
    assert page.select("[role=alert]")
    assert list(_held(stranger).values()) == ["1"]
    assert _lines(page) == {"bagel": 5}
    assert _lines(stranger.submit("[data-basket]")) == {"bagel": 5}


def test_twenty_of_a_good_are_the_most(stranger):
    """However often it is added, a good counts twenty, and the cookies don't grow beyond."""
    hold(stranger, {"basket.bagel.aaaa": "19"})
    page = _add(stranger, "bagel", "bagel", "bagel")
    assert _lines(page) == {"bagel": 20}
    assert len(_held(stranger)) == 2
    hold(stranger, {"basket.bagel.bbbb": "20"})
    assert _lines(stranger.get("/shop/basket")) == {"bagel": 20}


def test_many_parts_are_put_together_before_there_is_no_room(stranger):
    """Where cookies get many, the parts of a good become one, and no number changes."""
    several = SLUGS[: basket.FULL // 4]
    hold(stranger, {f"basket.{slug}.{part}": "2" for slug in several for part in ("aa", "bb", "cc", "dd")})
    page = _add(stranger, several[0])
    assert _lines(page) == {**dict.fromkeys(several, 8), several[0]: 9}
    assert len(_held(stranger)) == len(several) + 1


def test_a_full_basket_says_so(stranger):
    """Many different goods fill the cookies: the page says so, and everything stays."""
    hold(stranger, {f"basket.{slug}.aa": "1" for slug in SLUGS[: basket.FULL]})
    stranger.get(f"/shop/{SLUGS[60]}")
    page = stranger.submit("[data-add]", button=SLUGS[60])
    assert page.status == 409
    assert "full" in page.one("[role=alert]").get_text()
    assert _lines(page) == dict.fromkeys(SLUGS[: basket.FULL], 1)


def test_it_stays_through_log_in_and_log_out(stranger, log_in):
    """The basket belongs to the browser: an account changes nothing about it."""
    _add(stranger, "bagel")
    held = _held(stranger)
    assert _lines(log_in(stranger).get("/shop/basket")) == {"bagel": 1}
    assert stranger.page.html["data-user"] == "Nora"
    stranger.get("/logout")
    stranger.submit('main form[action="/logout"]')
    assert _lines(stranger.get("/shop/basket")) == {"bagel": 1}
    assert "data-user" not in stranger.page.html
    assert _held(stranger) == held


def test_it_stays_for_seven_days(stranger, time):
    """Closing the browser empties no basket; a week does."""
    _add(stranger, "bagel")
    stranger.close()
    time["now"] += timedelta(days=6, hours=23)
    assert _lines(stranger.get("/shop/basket")) == {"bagel": 1}
    time["now"] += timedelta(hours=2)
    assert _lines(stranger.get("/shop/basket")) == {}


def test_refusing_history_does_not_empty_it(stranger):
    """The basket is what the visitor asked for, so it is necessary, whatever else is refused."""
    stranger.get("/shop/")
    stranger.submit(".ask form", button="necessary")
    assert _lines(_add(stranger, "bagel")) == {"bagel": 1}


@pytest.mark.parametrize("together", ["the same good", "different goods"])
def test_eight_tabs_at_once_lose_nothing(app, stranger, together):
    """Eight requests at the same time, all with the same cookies: the browser then holds eight more."""
    _add(stranger, "bagel", "bagel", "bagel", "bagel", "bagel")
    wanted = ["bagel"] * 8 if together == "the same good" else SLUGS[20:28]
    tabs, start = [copy_of(stranger) for _ in wanted], threading.Barrier(len(wanted))

    def add(tab, slug):
        start.wait()
        tab.post("/shop/basket", {"item": slug}, follow=False)

    threads = [threading.Thread(target=add, args=pair) for pair in zip(tabs, wanted, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tab in tabs:
        for line in tab.page.set_cookie:
            stranger.agent.receive(tab.page.url, line, now=clock.now(), method="POST")
    expected = {"bagel": 5}
    for slug in wanted:
        expected[slug] = expected.get(slug, 0) + 1
    assert _lines(stranger.get("/shop/basket")) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([SLUGS[0]] * 3, [(SLUGS[0], 0, 1), (SLUGS[0], 0, 3), (SLUGS[0], 2, 9), (SLUGS[0], 4, 1)])
@given(
    st.lists(st.sampled_from(SLUGS[:2]), max_size=6),
    st.lists(st.tuples(st.sampled_from(SLUGS[:2]), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8),
)
def test_in_whatever_order_answers_come_nothing_is_lost(app, before, tabs):
    """Requests see the cookies of their moment, answers arrive in any order: the sum is what was added."""
    held: dict[str, str] = {}

    def ask(slug: str) -> dict[str, str | None]:
        header = "; ".join(f"{name}={value}" for name, value in held.items())
        with app.test_request_context(headers={"Cookie": header}):
            basket.add(slug)
            return {name: write.text for name, write in current_jar().writes.items()}

    def arrive(lines: dict[str, str | None]) -> None:
        for name, text in lines.items():
            held.pop(name, None)
            if text is not None:
                held[name] = text

    for slug in before:
        arrive(ask(slug))
    events = sorted(
        moment for n, (_, sent, takes) in enumerate(tabs) for moment in ((sent, n, "send"), (sent + takes, n, "show"))
    )
    answers = {}
    for _, number, what in sorted(events, key=lambda event: (event[0], event[2])):
        if what == "send":
            answers[number] = ask(tabs[number][0])
        else:
            arrive(answers[number])
    added = [*before, *(slug for slug, _, _ in tabs)]
    with app.test_request_context(headers={"Cookie": "; ".join(f"{n}={v}" for n, v in held.items())}):
        assert basket.contents() == {slug: added.count(slug) for slug in SLUGS[:2] if slug in added}


@pytest.mark.parametrize(
    "pair",
    [
        ("basket.no-such-good.aaaa", "1"), ("basket.bagel.aaaa", "0"), ("basket.bagel.aaaa", "21"),
        ("basket.bagel.aaaa", "-1"), ("basket.bagel.aaaa", "1.5"), ("basket.bagel.aaaa", "one"),
        ("basket.bagel.aaaa", "0099"), ("basket.bagel.aaaa", "9999999999999"),
    ],
)  # fmt: skip
def test_a_forged_cookie_is_ignored_and_deleted(stranger, pair):
    """A good that is not sold, a number that is none: not in the basket, and deleted with the answer."""
    hold(stranger, dict([pair, ("basket.pita.aaaa", "2")]))
    page = stranger.get("/shop/basket")
    assert _lines(page) == {"pita": 2}
    assert "Max-Age=0" in page.cookies_set[pair[0]]


@settings(max_examples=min(EXAMPLES, 40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*SLUGS[:5], "x", "", "é", "bagel.a"]), st.text(max_size=6)), max_size=80))
def test_any_cookie_header_makes_a_basket(app, pairs):
    """Whatever stands in cookies of this name, the pages come, and no good counts more than twenty."""
    header = "; ".join(["dock=off", *(f"basket.{slug}.{n:02}={value}" for n, (slug, value) in enumerate(pairs))])
    cookies = {"Cookie": header.encode("utf-8", "replace").decode("latin-1").replace("\r", "").replace("\n", "")}
    assert Browser(app).get("/shop/bagel", headers=cookies).status == 200
    page = Browser(app).get("/shop/basket", headers=cookies)
    assert page.status == 200
    assert all(1 <= quantity <= 20 for quantity in _lines(page).values())


def test_thousands_of_forged_cookies_are_survived(app):
    """A header full of names of ours costs a page, not the server."""
    forged = "; ".join(f"basket.bagel.{number:04}=20" for number in range(1000))
    page = Browser(app).get("/shop/basket", headers={"Cookie": forged})
    assert page.status == 200
    assert _lines(page) == {"bagel": 20}


def test_prices_are_never_the_visitor_s(stranger):
    """Whatever is sent beside it, a price is the shop's."""
    stranger.post("/shop/basket", {"item": "stollen", "price": "1"})
    page = stranger.get("/shop/basket?price=1")
    assert page.one("[data-total]")["data-total"] == str(GOODS["stollen"].price)

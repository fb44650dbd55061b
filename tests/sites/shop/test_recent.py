"""Recently viewed in the shop: one cookie a good."""

from datetime import timedelta

import pytest

from tests.browsing import Browser
from tests.sites.shop.conftest import NOW, agreed
from webapp.sites.shop.cookies import RECENT
from webapp.sites.shop.goods import GOODS

SLUGS = list(GOODS)
STAMP = int(NOW.timestamp())


def _listed(page) -> list[str]:
    return [item["data-item"] for item in page.select("[data-recent] [data-item]")]


def _visit(browser, time, *slugs):
    for slug in slugs:
        time["now"] += timedelta(minutes=1)
        browser.get(f"/shop/{slug}")
    return browser.page


def _send(app, path: str, cookies: str):
    """Send these cookies, with the one of somebody who allowed all."""
    browser = agreed(app)
    yes = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return browser.get(path, headers={"Cookie": f"{yes}; {cookies}"})


def test_the_line_is_what_the_declaration_says(browser, time):
    """A product page writes one cookie with its own slug, the time, and the declared attributes."""
    page = browser.get("/shop/rye-bread")
    line = page.cookies_set["recent_shop.rye-bread"].split("; ")
    assert line[0] == f"recent_shop.rye-bread={STAMP}"
    assert [part for part in line[1:] if not part.startswith("Expires=")] == [
        "Max-Age=2592000", "HttpOnly", "Path=/", "SameSite=Lax",
    ]  # fmt: skip
    assert [name for name in page.cookies_set if name.startswith(RECENT.name)] == ["recent_shop.rye-bread"]


def test_the_newest_comes_first(browser, time):
    """The shop lists what was looked at, the last view first; looking again moves it to the front."""
    _visit(browser, time, SLUGS[0], SLUGS[1], SLUGS[2], SLUGS[0])
    assert _listed(browser.get("/shop/")) == [SLUGS[0], SLUGS[2], SLUGS[1]]


def test_views_within_one_second_keep_their_order(browser, time):
    """Cookies name whole seconds; who clicks faster still sees the last view first."""
    for slug in SLUGS[:5]:
        browser.get(f"/shop/{slug}")
    assert _listed(browser.get("/shop/")) == SLUGS[:5][::-1]
    browser.get(f"/shop/{SLUGS[2]}")
    browser.get(f"/shop/{SLUGS[2]}")
    assert _listed(browser.get("/shop/")) == [SLUGS[2], SLUGS[4], SLUGS[3], SLUGS[1], SLUGS[0]]


def test_the_ninth_deletes_the_oldest(browser, time):
    """Eight are kept; one more view carries the line that deletes the oldest."""
    page = _visit(browser, time, *SLUGS[:8])
    assert not [line for line in page.set_cookie if "Max-Age=0" in line]
    page = _visit(browser, time, SLUGS[8])
    deleted = [name for name, line in page.cookies_set.items() if "Max-Age=0" in line]
    assert deleted == [RECENT.name + SLUGS[0]]
    held = [name for name in browser.cookies if name.startswith(RECENT.name)]
    assert sorted(held) == sorted(RECENT.name + slug for slug in SLUGS[1:9])
    assert _listed(browser.get("/shop/")) == SLUGS[1:9][::-1]


def test_the_current_good_is_not_listed_on_its_own_page(browser, time):
    """A page does not recommend itself."""
    page = _visit(browser, time, SLUGS[0])
    assert page.select("[data-recent]") == []
    page = _visit(browser, time, SLUGS[1])
    assert _listed(page) == [SLUGS[0]]


def test_a_good_shows_the_last_three(browser, time):
    """The page of a good has the three looked at before it, with picture and name, and the way to all of them."""
    page = _visit(browser, time, *SLUGS[:5])
    assert _listed(page) == [SLUGS[3], SLUGS[2], SLUGS[1]]
    item = page.select("[data-recent] [data-item]")[0]
    assert item.a["href"] == f"/shop/{SLUGS[3]}" and item.img["src"].endswith(f"/img/shop/{SLUGS[3]}.svg")
    assert item.get_text(strip=True) == GOODS[SLUGS[3]].name
    page = browser.follow("[data-recent] header a")
    assert page.url.endswith("/shop/#recent") and page.one("#recent")
    assert _listed(page) == SLUGS[:5][::-1]


def test_an_item_shows_name_picture_and_the_way_back(browser, time):
    """Each item names the good, links to it and carries a button with a name of its own."""
    _visit(browser, time, "rye-bread")
    item = browser.get("/shop/").one('[data-item="rye-bread"]')
    assert item.a["href"] == "/shop/rye-bread"
    assert item.a.get_text(strip=True) == GOODS["rye-bread"].name
    assert item.img["src"].endswith("/img/shop/rye-bread.svg")
    assert item.button["aria-label"] == f"Forget {GOODS['rye-bread'].name}"


def test_the_block_names_the_very_cookies(browser, time):
    """“Why do I see this?” repeats the pairs that the browser sent."""
    _visit(browser, time, *SLUGS[:3])
    page = browser.get("/shop/")
    pairs = {f"{name}={value}" for name, value in browser.cookies.items() if name.startswith(RECENT.name)}
    assert {code.get_text() for code in page.select("[data-recent] details code")} == pairs


def test_one_can_be_forgotten(browser, time):
    """The button of an item deletes its cookie and no other, and leads back by 303."""
    _visit(browser, time, *SLUGS[:3])
    browser.get("/shop/?category=bread")
    page = browser.submit("[data-recent] form", button=SLUGS[1])
    assert [answer.status for answer in page.before] == [303]
    assert page.before[0].headers["Location"] == "/shop/?category=bread"
    assert "Max-Age=0" in page.before[0].cookies_set[RECENT.name + SLUGS[1]]
    assert [name for name in page.before[0].cookies_set if name.startswith(RECENT.name)] == [RECENT.name + SLUGS[1]]
    assert _listed(page) == [SLUGS[2], SLUGS[0]]


def test_all_can_be_forgotten(browser, time):
    """One button deletes every one of the cookies; the form goes with them."""
    _visit(browser, time, *SLUGS[:8])
    browser.get("/shop/")
    page = browser.submit("[data-recent] form", button="")
    assert not [name for name in browser.cookies if name.startswith(RECENT.name)]
    assert page.select("[data-recent], main form[method=post]") == []


def test_forgetting_what_is_not_held_changes_nothing(browser, time):
    """A button pressed twice, or a name that we never wrote, is no error."""
    _visit(browser, time, *SLUGS[:2])
    for item, status in ((SLUGS[5], 303), ("no-such-good", 303), ("\x00", 404), ("é" * 99, 404)):
        page = browser.post("/shop/recent/clear", {"item": item}, follow=False)
        assert page.status == status
        assert page.set_cookie == []
    assert _listed(browser.get("/shop/")) == [SLUGS[1], SLUGS[0]]


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\t/evil.example", "\\evil", ""])
def test_the_way_back_stays_on_the_site(browser, time, target):
    """A `next` that leads elsewhere leads to the shop."""
    _visit(browser, time, *SLUGS[:2])
    page = browser.post("/shop/recent/clear", {"next": target}, follow=False)
    assert page.status == 303
    assert page.headers["Location"] == "/shop/"


@pytest.mark.parametrize("item", ["", SLUGS[0]])
def test_a_failed_check_offers_the_same_button_again(browser, time, item):
    """Where the browser does not say which page asks, nothing is forgotten; one click more, with a token, does it."""
    _visit(browser, time, *SLUGS[:2])
    browser.get("/shop/")
    del browser.headers["Sec-Fetch-Site"]
    browser.silent = True
    page = browser.submit("[data-recent] form", button=item)
    assert page.status == 422
    assert page.select("[role=alert]")
    assert not [name for name in page.cookies_set if name.startswith(RECENT.name)]
    page = browser.submit("[data-once-more]")
    assert page.status == 200
    assert _listed(page) == ([] if item == "" else [SLUGS[1]])


@pytest.mark.parametrize(
    "pair",
    [
        "recent_shop.no-such-good=1700000000",
        "recent_shop.rye-bread=yesterday",
        "recent_shop.rye-bread=",
        "recent_shop.rye-bread=-1",
        "recent_shop.rye-bread=99999999999",
        f"recent_shop.rye-bread={STAMP + 86400}",
        "recent_shop.rye-bread=99999999999999999999",
    ],
)
def test_a_forged_cookie_is_ignored_and_deleted(app, time, pair):
    """An unknown good, a value that is no time, a time to come: not shown, and deleted with the answer."""
    good = f"recent_shop.{SLUGS[3]}={STAMP - 60}"
    page = _send(app, "/shop/", f"{pair}; {good}")
    assert page.status == 200
    assert _listed(page) == [SLUGS[3]]
    assert "Max-Age=0" in page.cookies_set[pair.partition("=")[0]]


@pytest.mark.parametrize(
    "name", ["recent_shop.", "recent_shop.RYE", "recent_shop.é", "recent_shop." + "a" * 200, "recent_shop.<b>"]
)
def test_a_name_that_no_good_has_does_no_harm(app, time, name):
    """A name outside the family's pattern is as good as absent."""
    page = _send(app, f"/shop/{SLUGS[0]}", f"{name}=1700000000")
    assert page.status == 200
    assert _listed(page) == []
    assert [name for name in page.cookies_set if name.startswith(RECENT.name)] == [RECENT.name + SLUGS[0]]


def test_forged_times_to_come_don_t_push_out_a_real_view(app, time):
    """Eight cookies from the future neither stay nor keep the good just opened from being remembered."""
    forged = "; ".join(f"recent_shop.{slug}={STAMP + 10**6}" for slug in SLUGS[1:9])
    page = _send(app, f"/shop/{SLUGS[0]}", forged)
    assert page.cookies_set[RECENT.name + SLUGS[0]].startswith(f"recent_shop.{SLUGS[0]}={STAMP};")
    assert all("Max-Age=0" in page.cookies_set[RECENT.name + slug] for slug in SLUGS[1:9])
    assert _listed(page) == []


def test_thousands_of_forged_cookies_are_survived(app, time):
    """A header full of names of ours costs a page, not the server."""
    forged = "; ".join(f"recent_shop.x{number}={STAMP}" for number in range(1000))
    page = _send(app, "/shop/", forged)
    assert page.status == 200
    assert _listed(page) == []


def test_two_tabs_opened_at_once_both_count(app, time):
    """Two requests with the same Cookie header each write their own cookie, so neither view is lost."""
    browser = agreed(app)
    _visit(browser, time, SLUGS[0])
    header = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    browser.get(f"/shop/{SLUGS[1]}", headers={"Cookie": header})
    browser.get(f"/shop/{SLUGS[2]}", headers={"Cookie": header})
    assert sorted(_listed(browser.get("/shop/"))) == sorted(SLUGS[:3])


def test_all_of_it_stays_for_the_next_visit(browser, time):
    """Closing the browser ends the session, not the memory of what was looked at."""
    _visit(browser, time, *SLUGS[:2])
    browser.close()
    time["now"] += timedelta(days=29)
    browser.agree()
    assert _listed(browser.get("/shop/")) == [SLUGS[1], SLUGS[0]]
    time["now"] += timedelta(days=2)
    assert _listed(browser.get("/shop/")) == []


def test_the_first_page_shows_what_was_looked_at(browser, time):
    """The shop hands its recent goods to the house."""
    _visit(browser, time, *SLUGS[:2])
    assert _listed(browser.get("/")) == [SLUGS[1], SLUGS[0]]


def test_over_https_the_prefixed_cookies_are_the_ones(make_app, time):
    """Under https the family carries __Host-, and the block names it so."""
    app = make_app(
        DEMO_ACCOUNTS=False,
        DEMO_CONTENT=False,
        URL="https://crumb.example",
        SECRET_KEY="k3Jx9vQ2mZ7pL5tR8wY1bN6cD4fG0hSa",
    )
    browser = Browser(app, url="https://crumb.example", **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/shop/")
    browser.submit(".ask form", button="all")
    _visit(browser, time, SLUGS[0])
    code = browser.get("/shop/").one("[data-recent] details code").get_text()
    assert code.startswith(f"__Host-recent_shop.{SLUGS[0]}=")

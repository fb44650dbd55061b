"""Recommendations: the rule, its reasons, and that nothing but the visitor's cookies feeds it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sites.shop.conftest import NOW, agreed, hold
from webapp.cookies import Category
from webapp.sites.shop.cookies import RECENT, SEARCHES
from webapp.sites.shop.goods import GOODS
from webapp.sites.shop.recommend import FAVOURITES, MOST, OWN, Clue, Points, recommend

SLUGS = list(GOODS)


def _picked(page) -> list[str]:
    return [item["data-item"] for item in page.select("[data-recommended=you] [data-item]")]


def _why(page) -> dict[str, str]:
    return {
        item["data-item"]: " ".join(item.select_one(".why").get_text().split())
        for item in page.select("[data-recommended=you] [data-item]")
    }


def _clue(number: int, points: dict[str, int]) -> Clue:
    return Clue("view", f"clue {number}", "", "", NOW, Points(points))


def test_the_newest_clue_counts_most():
    """Of two clues the newer one counts twice; points of several add up."""
    a, b, c = SLUGS[:3]
    newer, older = _clue(1, {a: 2, c: 1}), _clue(2, {b: 3, c: 3})
    assert recommend([newer, older], ()) == [(GOODS[c], older), (GOODS[a], newer), (GOODS[b], older)]


def test_of_equals_the_order_of_the_shop_decides():
    """The same points: as on the shelves, and the newer clue is the reason."""
    first, second = _clue(1, {SLUGS[5]: 1, SLUGS[2]: 1}), _clue(2, {SLUGS[5]: 2, SLUGS[2]: 2})
    assert recommend([first, second], ()) == [(GOODS[SLUGS[2]], first), (GOODS[SLUGS[5]], first)]


@given(
    st.lists(st.dictionaries(st.sampled_from(SLUGS), st.integers(1, 6), max_size=12), max_size=16),
    st.sets(st.sampled_from(SLUGS), max_size=10),
)
def test_whatever_the_clues(points, without):
    """At most six goods, each once, none of those left out, each with a clue that gave it points, most points first."""
    clues = [_clue(number, given) for number, given in enumerate(points)]
    picked = recommend(clues, without)
    assert picked == recommend(clues, without)
    slugs = [good.slug for good, _ in picked]
    known = {slug for given in points for slug in given} - without
    assert len(slugs) == len(set(slugs)) == min(MOST, len(known))
    assert set(slugs) <= known
    assert all(good.slug in clue.points for good, clue in picked)
    score = {slug: sum((len(points) - n) * given.get(slug, 0) for n, given in enumerate(points)) for slug in known}
    assert [score[slug] for slug in slugs] == sorted(score.values(), reverse=True)[:MOST]


def _search(number: int, *slugs: str) -> Clue:
    return Clue("search", f"search {number}", "", "", NOW, Points.fromkeys(slugs, 3))


def _slugs(picked: list) -> list[str]:
    return [good.slug for good, _ in picked]


@given(
    st.lists(
        st.tuples(st.booleans(), st.dictionaries(st.sampled_from(SLUGS), st.integers(1, 6), max_size=12)), max_size=10
    ),
    st.sets(st.sampled_from(SLUGS), max_size=10),
)
def test_forgetting_the_latest_search_is_seen(given, without):
    """What it alone brings has up to two places, with it as the reason; forgotten, these are gone."""
    clues = [
        Clue("search" if search else "view", str(n), "", "", NOW, Points(points))
        for n, (search, points) in enumerate(given)
    ]
    latest = next((clue for clue in clues if clue.kind == "search"), None)
    picked = recommend(clues, without)
    if latest is None:
        return
    after = _slugs(recommend([clue for clue in clues if clue is not latest], without))
    gone = [(good.slug, clue) for good, clue in picked if good.slug not in after]
    brought = latest.points.keys() - without - set(after)
    assert len([slug for slug, clue in gone if slug in brought and clue is latest]) >= min(OWN, len(brought))
    assert len(_slugs(picked)) == len(set(_slugs(picked))) <= MOST


def test_two_places_for_the_latest_search():
    """However much more the views weigh, two goods are the search's; without room for more it takes no third."""
    views = [Clue("view", f"view {n}", "", "", NOW, Points.fromkeys(SLUGS[:6], 5)) for n in range(3)]
    search = _search(1, *SLUGS[10:14])
    picked = recommend([*views, search], ())
    assert _slugs(picked) == [*SLUGS[:4], *SLUGS[10:12]]
    assert [clue for _, clue in picked[4:]] == [search, search]
    assert _slugs(recommend(views, ())) == SLUGS[:6]
    older = _search(2, *SLUGS[20:24])
    assert _slugs(recommend([*views, search, older], ()))[4:] == SLUGS[10:12]
    assert _slugs(recommend([*views, older], ()))[4:] == SLUGS[20:22]


def test_a_search_that_is_forgotten_can_be_seen_going(browser, time):
    """Honey, then three views, then "forget": two picks go with the search, and its reason with them."""
    browser.get("/shop/search?q=honey")
    for slug in ("croissant", "pain-au-chocolat", "kanelbulle"):
        time["now"] += timedelta(minutes=1)
        assert browser.get(f"/shop/{slug}").status == 200
    page = browser.get("/shop/")
    before = _why(page)
    assert list(before.values()).count("because you searched for honey") == OWN
    page = browser.submit("[data-searches] form", button="")
    after = _why(page)
    assert len(after) == MOST and len(before.keys() - after.keys()) == OWN
    assert not any("honey" in why for why in after.values())


@pytest.mark.parametrize("path", ["/shop/", "/shop/pita"])
def test_a_new_visitor_sees_the_favourites(stranger, path):
    """Everybody of whom no cookie tells sees the same six, and the page says so; nothing is claimed about them."""
    page = stranger.get(path)
    section = page.one("[data-recommended]")
    assert section["data-recommended"] == "new"
    assert [item["data-item"] for item in section.select("[data-item]")] == list(FAVOURITES)
    assert "same six" in section.get_text()
    assert section.select(".why, code") == []
    assert page.set_cookie == []


def test_a_favourite_does_not_recommend_itself(stranger):
    """On its own page a favourite is left out."""
    page = stranger.get(f"/shop/{FAVOURITES[0]}")
    assert [item["data-item"] for item in page.select("[data-recommended=new] [data-item]")] == list(FAVOURITES[1:])


def test_the_favourites_are_goods():
    """Six, each once."""
    assert len(set(FAVOURITES)) == MOST
    assert set(FAVOURITES) <= set(GOODS)


def test_a_search_is_a_reason(browser, time):
    """Who searched for rye is offered rye, and told why."""
    browser.get("/shop/search?q=rye")
    page = browser.get("/shop/")
    assert set(_picked(page)) == {good.slug for good in GOODS.values() if "rye" in good.tags}
    assert set(_why(page).values()) == {"because you searched for rye"}


def test_a_view_is_a_reason(browser, time):
    """Who looked at rye bread is offered its like at once, on its own page and on the first."""
    for path in ("/shop/rye-bread", "/shop/"):
        page = browser.get(path)
        picked = _picked(page)
        assert picked[0] == "pumpernickel"
        assert len(picked) == MOST
        assert "rye-bread" not in picked
        assert set(_why(page).values()) == {"because you looked at Rye Bread"}


def test_words_of_the_visitor_stay_text(browser, time):
    """What was searched for is quoted, never obeyed."""
    browser.get("/shop/search", query_string={"q": "rye <b>%(title)s</b>"})
    browser.get("/shop/search", query_string={"q": "<i>rye</i>"})
    page = browser.get("/shop/")
    assert page.select("[data-recommended] b, [data-recommended] i") == []
    browser.get("/shop/search", query_string={"q": "% rye %"})
    assert set(_why(browser.get("/shop/")).values()) == {"because you searched for % rye %"}


def test_what_was_viewed_or_is_in_the_basket_is_left_out(browser, time):
    """Nobody is offered what they just looked at, or carry already."""
    browser.get("/shop/rye-bread")
    before = _picked(browser.get("/shop/"))
    hold(browser, {f"basket.{before[0]}.ab12": "1"})
    time["now"] += timedelta(minutes=1)
    browser.get(f"/shop/{before[1]}")
    after = _picked(browser.get("/shop/"))
    assert not {"rye-bread", before[0], before[1]} & set(after)
    assert len(after) == MOST


def test_the_page_states_the_rule_and_quotes_the_cookies(browser, time):
    """“How is this chosen?” names each cookie that was a clue, as the browser sent it, and no other."""
    browser.get("/shop/search?q=honey")
    time["now"] += timedelta(minutes=1)
    browser.get("/shop/bagel")
    section = browser.get("/shop/").one("[data-recommended=you]")
    codes = [code.get_text() for code in section.select("details li code")]
    clues = {f"{n}={v}" for n, v in browser.cookies.items() if n.startswith((RECENT.name, SEARCHES.name))}
    assert set(codes) == clues and len(codes) == 2
    assert codes[0].startswith(f"{RECENT.name}bagel=")
    assert "3 points" in section.details.get_text()
    assert "2 clues" in section.details.get_text()


def test_what_was_cleared_counts_no_more(browser, time):
    """A forgotten search is no reason on the very next page; with the last clue gone the favourites are back."""
    browser.get("/shop/search?q=rye")
    browser.get("/shop/search?q=gingerbread")
    page = browser.get("/shop/")
    assert "pumpernickel" in _picked(page)
    key = next(i["data-item"] for i in page.select("[data-searches] [data-item]") if i.a.get_text() == "rye")
    page = browser.submit("[data-searches] form", button=key)
    assert _picked(page)
    assert not any("rye" in why for why in _why(page).values())
    browser.get("/shop/bagel")
    browser.get("/shop/")
    page = browser.submit("[data-searches] form", button="")
    assert set(_why(page).values()) == {"because you looked at Sesame Bagel"}
    page = browser.submit("[data-recent] form", button="")
    assert page.one("[data-recommended]")["data-recommended"] == "new"


def test_without_consent_there_is_no_clue(stranger):
    """Looking around without a yes leads to the favourites, however long."""
    stranger.agree(Category.PREFERENCES)
    for path in ("/shop/rye-bread", "/shop/search?q=rye", "/shop/bagel"):
        stranger.get(path)
    assert stranger.get("/shop/").one("[data-recommended]")["data-recommended"] == "new"


def test_another_browser_knows_nothing(app, browser, time):
    """What one browser did says nothing to another: it is kept in the cookies alone."""
    browser.get("/shop/rye-bread")
    assert agreed(app).get("/shop/").one("[data-recommended]")["data-recommended"] == "new"

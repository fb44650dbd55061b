"""The wrong page: what a shared cache may keep and serve, section by section, and what two browsers get of it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.lab import notes
from webapp.lab.cached.cache import SECTIONS, Answer, Cache, Request, Stored, age, found, lifetime, refusal, selects
from webapp.lab.cached.shop import GUEST, NAME, RULES, ask, harms, replay
from webapp.lab.cached.views import MENDS, MISSED, UNKEPT
from webapp.lab.notes import Note

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
DATE, LATER = "Sun, 29 Nov 2026 12:00:00 GMT", "Sun, 29 Nov 2026 12:01:00 GMT"
SHARED, OWN = True, False


def answer(*lines: str, status: int = 200) -> Answer:
    """Return an answer with these header lines."""
    return Answer(tuple(tuple(line.split(": ", 1)) for line in lines), "text", status)


@pytest.mark.parametrize(
    ("lines", "shared", "request_", "status", "why"),
    [
        (["Cache-Control: max-age=60"], SHARED, Request("/"), 200, None),
        (["Cache-Control: max-age=60", "Set-Cookie: a=1"], SHARED, Request("/", {"cookie": "a=1"}), 200, None),
        ([], SHARED, Request("/"), 200, None),
        (["Cache-Control: max-age=60"], SHARED, Request("/", method="POST"), 200, "method"),
        (["Cache-Control: max-age=60"], SHARED, Request("/"), 103, "status"),
        (["Cache-Control: max-age=60"], SHARED, Request("/"), 206, "status"),
        (["Cache-Control: no-store"], SHARED, Request("/"), 200, "no-store"),
        (["Cache-Control: no-store, max-age=60"], OWN, Request("/"), 200, "no-store"),
        (["Cache-Control: max-age=60", "cache-control: No-Store"], SHARED, Request("/"), 200, "no-store"),
        (["Cache-Control: private, max-age=60"], SHARED, Request("/"), 200, "private"),
        (["Cache-Control: private, max-age=60"], OWN, Request("/"), 200, None),
        (['Cache-Control: max-age=60, private="set-cookie, x"'], SHARED, Request("/"), 200, "private"),
        (["Cache-Control: max-age=60"], SHARED, Request("/", {"authorization": "x"}), 200, "authorization"),
        (["Cache-Control: max-age=60"], OWN, Request("/", {"authorization": "x"}), 200, None),
        (["Cache-Control: public"], SHARED, Request("/", {"authorization": "x"}), 200, None),
        (["Cache-Control: s-maxage=1"], SHARED, Request("/", {"authorization": "x"}), 200, None),
        (["Cache-Control: must-revalidate"], SHARED, Request("/", {"authorization": "x"}), 200, None),
        ([], SHARED, Request("/"), 302, "undated"),
        (["Cache-Control: max-age=60"], SHARED, Request("/"), 302, None),
        (["Cache-Control: s-maxage=60"], SHARED, Request("/"), 302, None),
        (["Cache-Control: s-maxage=60"], OWN, Request("/"), 302, "undated"),
        (["Cache-Control: private"], OWN, Request("/"), 302, None),
        (["Cache-Control: public"], SHARED, Request("/"), 403, None),
        ([f"Expires: {LATER}"], SHARED, Request("/"), 302, None),
        ([], SHARED, Request("/"), 404, None),
    ],
)
def test_what_may_be_stored(lines, shared, request_, status, why):
    """RFC 9111 section 3, with 3.5 and 5.2.2: what bars an answer, and that a Set-Cookie line does not (7.3)."""
    assert refusal(request_, answer(*lines, status=status), shared) == why
    assert why is None or why in SECTIONS


@pytest.mark.parametrize(
    ("lines", "shared", "seconds"),
    [
        (["Cache-Control: max-age=60"], SHARED, 60),
        (['Cache-Control: max-age="60"'], SHARED, 60),
        (["Cache-Control: MAX-AGE=60"], SHARED, 60),
        (["Cache-Control: max-age=60, s-maxage=5"], SHARED, 5),
        (["Cache-Control: max-age=60, s-maxage=5"], OWN, 60),
        (["Cache-Control: max-age=60", "Cache-Control: max-age=5"], SHARED, 60),
        (["Cache-Control: max-age=60", f"Expires: {DATE}"], SHARED, 60),
        (["Cache-Control: max-age=-5"], SHARED, 0),
        (["Cache-Control: max-age=soon"], SHARED, 0),
        (["Cache-Control: max-age"], SHARED, 0),
        (["Cache-Control: max-age=" + "9" * 20], SHARED, 2**31),
        ([f"Date: {DATE}", f"Expires: {LATER}"], SHARED, 60),
        ([f"Date: {LATER}", f"Expires: {DATE}"], SHARED, 0),
        ([f"Expires: {LATER}"], SHARED, 60),
        (["Expires: Sun, 29 Nov 2026 12:01:00 -0000"], SHARED, 60),
        (["Expires: 0"], SHARED, 0),
        (["Expires: \0"], SHARED, 0),
        ([], SHARED, 0),
    ],
)
def test_how_long_it_is_fresh(lines, shared, seconds):
    """Section 4.2.1: s-maxage for those who share, then max-age, then Expires; what can't be read is stale at once."""
    assert lifetime(answer(*lines), NOW, shared) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("vary", "stored", "asked", "fits"),
    [
        ([], {"cookie": "a"}, {}, True),
        (["Vary: Cookie"], {"cookie": "a"}, {"cookie": "a"}, True),
        (["Vary: cookie"], {"cookie": "a"}, {"cookie": "b"}, False),
        (["Vary: Cookie"], {"cookie": "a"}, {}, False),
        (["Vary: Cookie"], {}, {}, True),
        (["Vary: Accept-Language"], {"cookie": "a"}, {"cookie": "b"}, True),
        (["Vary: Accept-Language, Cookie"], {"cookie": "a", "accept-language": "de"}, {"cookie": "a"}, False),
        (["Vary: Accept", "Vary: Cookie"], {"cookie": "a"}, {"cookie": "b"}, False),
        (["Vary: *"], {}, {}, False),
    ],
)
def test_for_whom_it_was(vary, stored, asked, fits):
    """Section 4.1: every field that Vary names is as it was, or absent as it was; `*` never is."""
    assert selects(Stored(Request("/", stored), answer(*vary), NOW), Request("/", asked)) is fits


@pytest.mark.parametrize(
    ("lines", "request_", "later", "why"),
    [
        (["Cache-Control: max-age=60"], Request("/"), 59, None),
        (["Cache-Control: max-age=60"], Request("/"), 60, "stale"),
        (["Cache-Control: max-age=60", "Age: 30"], Request("/"), 29, None),
        (["Cache-Control: max-age=60", "Age: 30"], Request("/"), 30, "stale"),
        (["Cache-Control: max-age=60"], Request("/other"), 1, "empty"),
        (["Cache-Control: max-age=60"], Request("/", method="POST"), 1, "method"),
        (["Cache-Control: max-age=60", "Vary: Cookie"], Request("/", {"cookie": "a"}), 1, "vary"),
        (["Cache-Control: max-age=60, no-cache"], Request("/"), 1, "no-cache"),
    ],
)
def test_when_it_is_served(lines, request_, later, why):
    """Section 4, with 4.2 and 5.2.2.4: the same address and fields, fresh, and not to be asked about first."""
    kept = [Stored(Request("/"), answer(*lines), NOW)]
    got = found(kept, request_, NOW + timedelta(seconds=later))
    assert got == (why or kept[0]) and (why is None or why in SECTIONS)


def test_the_newest_is_served_with_its_age():
    """Of several that fit it is the newest (4.1); its Age is the time here and the time before (4.2.3, 5.1)."""
    cache, asked = Cache(), []

    def origin(request: Request) -> Answer:
        asked.append(request)
        return answer("Cache-Control: max-age=60", "Age: 5", f"X: {len(asked)}")

    for later, number, seconds in ((0, "1", "5"), (10, "1", "15"), (70, "2", "5"), (71, "2", "6")):
        served = cache.ask(Request("/"), NOW + timedelta(seconds=later), origin)
        assert (served.answer.values("X"), served.answer.values("Age")) == ([number], [seconds])
    assert len(asked) == 2
    assert age(Stored(Request("/"), answer("Age: x"), NOW), NOW) == timedelta(0)


def test_what_each_rule_mends():
    """Vary mends the page and not the newcomers' cookie, private not one's own browser; the rest mend all three."""
    assert {rule: {harm for harm, happens in harms(rule).items() if happens} for rule in RULES} == {
        "bare": {"name", "cookie", "own"},
        "vary": {"cookie"},
        "private": {"own"},
        "no-store": set(),
        "ours": set(),
    }
    assert set(MENDS) == set(RULES)


def test_the_last_rule_is_our_own(app):
    """What is called Crumb's own is what its pages say."""
    headers = Browser(app).get("/lab/cached").headers
    for name, value in RULES["ours"]:
        assert value in (headers[name], *headers[name].split(", "))


def test_every_word_has_a_sentence():
    """Whatever two browsers do within the hour, by any rule, why it was answered and kept so can be said."""
    words = {"missed": set(), "unkept": set()}
    for rule, *visits in product(RULES, *[[("you", ""), ("you", f"{GUEST}=a"), ("second", "")]] * 4):
        cache = Cache()
        for number, (_, cookie) in enumerate(visits):
            served = ask(cache, rule, cookie, "new", NOW + timedelta(seconds=400 * number))
            words["missed"].add(served.missed)
            words["unkept"].add(served.unkept)
    assert words["missed"] - {None} == set(MISSED) and words["unkept"] - {None} == set(UNKEPT)


def begun(app, rule: str, name: str = "") -> Browser:
    """Return a browser that has opened the shop."""
    browser = visitor(app, "chromium")
    assert browser.get("/lab/cached").set_cookie == []
    browser.submit("#begin", rule=rule, name=name)
    return browser


def opened(browser: Browser) -> tuple[str, str, str]:
    """Let the visitor open the page; return whom it greets, who answered, and whom the browser is then."""
    page = browser.get("/lab/cached/page")
    greeted, by = page.one("h1")["data-greets"], page.one("[data-answered]")["data-answered"]
    assert greeted in page.one("h1").get_text()
    return greeted, by, NAME.decode(browser.cookies[GUEST])


def second(browser: Browser) -> tuple[str, str, str]:
    """Let the second browser open it; return the same of that one."""
    browser.get("/lab/cached")
    page = browser.submit("#second")
    entry = page.select("[data-visit=second]")[0]
    holds = page.one("[data-holds=second]").get_text()
    assert entry == page.select("[data-visit]")[0]
    return entry.find("bdi").get_text()[7:-1], entry["data-answered"], NAME.decode(holds.partition("=")[2])


@pytest.mark.parametrize("rule", RULES)
def test_the_second_browser_gets_what_the_rules_say(app, rule):
    """Somebody with a name comes first: the second browser gets their page and becomes them, or somebody of its own."""
    browser = begun(app, rule, "Zoë عادة")
    assert opened(browser) == ("Zoë عادة", "shop", "Zoë عادة")
    greeted, by, holds = second(browser)
    assert (greeted == "Zoë عادة", by == "cache", holds == "Zoë عادة") == (harms(rule)["name"],) * 3
    assert second(browser)[2] == holds, "with its cookie it stays who it is"


@pytest.mark.parametrize("rule", RULES)
def test_newcomers_get_one_cookie_or_two(app, rule):
    """A stranger comes second: your own browser takes the cookie that was the other's, really, or one of its own."""
    browser = begun(app, rule)
    assert GUEST not in browser.cookies
    other = second(browser)
    mine = opened(browser)
    assert other[0] == other[2] and mine[0] == mine[2]
    assert (mine[0] == other[0], mine[1] == "cache") == (harms(rule)["cookie"],) * 2
    assert browser.page.cookies_set[GUEST].startswith(f"{GUEST}={mine[0]}; Path=/lab/cached; HttpOnly")


def test_two_visitors_never_meet(app):
    """By the rule that shares most, what one visitor's cache has kept is in no page that another one gets."""
    one, other = begun(app, "bare", "Ada"), begun(app, "bare")
    assert opened(one)[:2] == ("Ada", "shop") and opened(one)[:2] == ("Ada", "cache")
    greeted, by, _ = opened(other)
    assert by == "shop" and greeted != "Ada"
    assert "Ada" not in second(other) and "Ada" not in other.get("/lab/cached").body.decode()
    assert one.cookies["cache"] != other.cookies["cache"]


def test_an_answer_grows_old(app, monkeypatch):
    """After ten minutes the shop is asked again, and the page says why."""
    browser = begun(app, "bare", "Ada")
    opened(browser)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=590))
    assert second(browser)[:2] == ("Ada", "cache")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=610))
    assert opened(browser)[1] == "shop" and MISSED["stale"] in browser.page.text


def test_beginning_anew_empties_all(app):
    """The cache forgets, the second browser forgets, and who comes without a name has none."""
    browser = begun(app, "bare", "Ada")
    opened(browser), second(browser)
    browser.get("/lab/cached")
    page = browser.submit("#begin", rule="bare", name="")
    assert GUEST not in browser.cookies and not page.select("[data-visit]")
    assert page.one("[data-holds=second]").get_text() == "–"
    assert "Ada" not in second(browser)


def test_a_full_cache_says_so(app):
    """It takes as many requests as a bench has notes; then both ways to ask are gone, and lead back to the page."""
    browser = begun(app, "bare", "Ada")
    with app.app_context():
        key = browser.cookies["cache"]
        for _ in range(notes.KEPT - 2):
            notes.write(key, "ask", by="you", rule="bare", cookie="", stranger="x")
    assert opened(browser)[1] == "cache"
    page = browser.get("/lab/cached/page")
    assert page.url.endswith("/lab/cached") and page.select("[data-full]") and not page.select("#second, #open")
    assert len(page.select("[data-visit]")) == notes.KEPT - 1
    assert browser.post("/lab/cached/second", {}).status == 200
    with app.app_context():
        assert len(notes.read(key)) == notes.KEPT


@pytest.mark.parametrize("value", ["%ff", "a%2", "x" * 30, "\xff", "a b", "%00", ""])
def test_a_name_that_the_shop_never_wrote(app, value):
    """It is a stranger's, and no page fails over it; nor over a rule or a key that nobody gave out."""
    browser = begun(app, "bare")
    for cookies in (
        f"cache={browser.cookies['cache']}; {GUEST}={value}; lab-rule={value}",
        f"cache={value}; {GUEST}=Ada; lab-rule=bare",
    ):
        for path in ("", "/page"):
            assert Browser(app).get(f"/lab/cached{path}", headers={"Cookie": cookies}).status == 200
    with app.app_context():
        visits, _ = replay(notes.read(browser.cookies["cache"]))
    assert [visit.cookie for visit in visits] == [f"{GUEST}=%00" if value == "%00" else ""]


def test_what_another_version_noted_is_left_out():
    """Of a bench's notes only requests count."""
    assert replay([Note(NOW, "begun", {}), Note(NOW, "pass", {"held": "1"})])[0] == []


@pytest.mark.parametrize(
    ("fields", "typed"), [({"rule": "cake", "name": "Ada"}, "Ada"), ({"rule": "vary", "name": "x" * 21}, "x" * 21)]
)
def test_an_odd_choice_is_explained_and_kept(app, fields, typed):
    """A rule that is on no list and a name too long begin nothing, and what was typed stands there."""
    browser = visitor(app, "chromium")
    page = browser.post("/lab/cached/begin", fields)
    assert (page.status, page.set_cookie) == (422, []) and page.one("#begin [name=name]")["value"] == typed
    assert page.select(".problems")


@pytest.mark.parametrize("path", ["begin", "second"])
def test_another_site_asks_nothing(app, path):
    """A form of another site's is refused, and one without a word of where it comes from is asked for a token."""
    browser = begun(app, "bare", "Ada")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({}, 422),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ):
        page = Browser(app, Cookie=cookies, **headers).post(f"/lab/cached/{path}", {"rule": "vary"}, follow=False)
        assert page.status == status
        asked = (
            page.cookies_set.get("lab-rule") if path == "begin" else browser.get("/lab/cached").select("[data-visit]")
        )
        assert bool(asked) == (status == 303)


def test_too_many_cookies_are_explained(app):
    """Where the lab's cookies are too many already, what begins and what opens say so, and set none."""
    key = begun(app, "bare").cookies["cache"]
    full = Browser(app, Cookie=f"cache={key}; lab-big={'x' * 6130}", **{"Sec-Fetch-Site": "same-origin"})
    for page in (full.post("/lab/cached/begin", {"rule": "bare", "name": "Ada"}), full.get("/lab/cached/page")):
        assert (page.status, page.set_cookie) == (422, []) and "too much" in page.one(".problems").get_text()

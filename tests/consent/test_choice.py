"""What a choice does: what is withheld, what is taken back."""

import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.conftest import PASSWORD
from tests.consent.conftest import choose, held, look_around, new_browser
from tests.examples import KEY, addresses
from webapp import clock
from webapp.consent.choice import answers
from webapp.consent.cookies import Choice
from webapp.cookies import Category, Cookie, Family, codecs
from webapp.house import Feature, house

OPTIONAL = (Category.PREFERENCES, Category.HISTORY)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("allowed", "revision", "signal", "preferences", "history"),
    [
        (None, "", False, "yes", "waits"),
        (None, "", True, "yes", "signal"),
        (OPTIONAL, "3fa9c1", False, "yes", "yes"),
        (OPTIONAL, "3fa9c1", True, "yes", "yes"),
        (OPTIONAL, "000000", False, "yes", "waits"),
        (OPTIONAL[:1], "3fa9c1", False, "yes", "refused"),
        (OPTIONAL, "000000", True, "yes", "waits"),
        (OPTIONAL[1:], "3fa9c1", False, "session", "yes"),
        (OPTIONAL[1:], "000000", False, "session", "waits"),
        ((), "3fa9c1", False, "session", "refused"),
        ((), "000000", False, "session", "refused"),
        ((), "3fa9c1", True, "session", "refused"),
    ],
)
def test_what_a_choice_says(allowed, revision, signal, preferences, history):
    """A choice of this or an older revision, or none, with or without the browser's signal, is a word a category."""
    chosen = None if allowed is None else Choice(frozenset(allowed), revision, NOON)
    said = answers(chosen, "3fa9c1", signal)
    assert said == {Category.PREFERENCES: preferences, Category.HISTORY: history}


@pytest.mark.parametrize(
    ("allowed", "signal", "history"),
    [(None, False, "waits"), ((), False, "refused"), (None, True, "signal"), (OPTIONAL, True, "unseen")],
)
def test_what_nobody_looks_at_is_no_choice_and_no_history(allowed, signal, history):
    """An answer that nobody sees holds back what is allowed, if only for a session; a no or a wait stays what it is."""
    chosen = None if allowed is None else Choice(frozenset(allowed), "3fa9c1", NOON)
    said = answers(chosen, "3fa9c1", signal, unseen=True)
    assert said == {Category.PREFERENCES: "unseen", Category.HISTORY: history}


def a_text(cookie: Cookie) -> str:
    """Return a text that the cookie's codec could have written: what it could not is not ours to take."""

    def fits(text: str) -> bool:
        with suppress(ValueError):
            cookie.codec.decode(text)
            return True
        return False

    options = getattr(cookie.codec, "options", ())
    return next(filter(fits, (*options, "on", "1700000000", "1700000000.7", "rye", "1700000000.rye")))


def test_a_refusal_holds_everywhere(app):
    """After a no, a crawl of every page and form, logged in and out, sets what is necessary, and what one prefers until
    the browser is closed.
    """
    browser = new_browser(app)
    choose(browser, "necessary")
    fields = {"username": "Ada", "password": PASSWORD, "confirm": PASSWORD, "q": "rye", "slug": "rye-bread"}
    fields |= {"theme": "dark", "language": "en", "title": "Title", "value": "x", "text": "Bread.", "next": "/"}
    browser.get("/register")
    browser.submit("main form.card", username="Ada", password=PASSWORD, confirm=PASSWORD, remember=True)
    assert browser.page.html["data-user"] == "Ada"
    lines = []
    for _ in ("logged in", "logged out"):
        filled = []
        for path in [*addresses(app, "GET"), "/shop/search?q=rye"]:
            if path.startswith("/log"):
                continue
            page = browser.get(path)
            lines += [line for answer in [*page.before, page] for line in answer.set_cookie]
            for form in page.select("main form[method=post]"):
                target = form.get("action") or path
                # A reset takes the refusal back as well.
                if target.startswith(("/log", "/account/close", "/consent")) or target.endswith("/reset"):
                    continue
                token = form.select_one("[name=csrf_token]")
                named = {tag["name"]: tag.get("value", "") for tag in form.select("button[name]")}
                # Many pages have the same form: one of them is as good as all.
                if (target, named, bool(token)) in filled:
                    continue
                filled.append((target, named, bool(token)))
                data = {**fields, **named, "csrf_token": token["value"] if token else ""}
                sent = browser.post(target, data)
                lines += [line for answer in [*sent.before, sent] for line in answer.set_cookie]
        for path in addresses(app, "POST"):
            if path not in ("/logout", "/account/close", "/consent") and not path.endswith("/reset"):
                lines += browser.post(path, fields, follow=False).set_cookie
        browser.get("/logout")
        if browser.page.select("main form"):
            lines += browser.submit("main form").before[0].set_cookie
    find = app.extensions["cookies"].registry.find
    kept = {find(line.partition("=")[0]).category for line in lines if re.search("Max-Age=[1-9]", line)}
    assert kept == {Category.NECESSARY}
    assert {find(line.partition("=")[0]).category for line in lines} == {Category.NECESSARY, Category.PREFERENCES}
    assert held(browser, Category.HISTORY) == set()
    browser.close()
    assert held(browser, *OPTIONAL) == set()


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_withdrawing_empties_the_browser(make_app, secure):
    """Whatever was allowed before, a no takes back: HttpOnly ones, members of families, every path, every prefix."""
    url = "https://localhost:8000" if secure else "http://localhost:8000"
    app = make_app(URL=url, SECRET_KEY=KEY, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    registry = app.extensions["cookies"].registry
    common = {"purpose": "A test.", "category": Category.HISTORY, "codec": codecs.Switch()}
    deep, opened = Cookie(name="deep", path="/forum/", **common), Cookie(name="open", http_only=False, **common)
    house(app).take_in(Feature(name="test", title="A test", cookies=(deep, opened)))
    browser = new_browser(app)
    choose(browser, "all")
    look_around(browser)
    now, before = clock.now(), len(held(browser, *OPTIONAL))
    assert before >= 6
    for cookie in registry:
        name = cookie.prefix(secure) + cookie.name + ("rye" if isinstance(cookie, Family) else "")
        if cookie.category in OPTIONAL:
            line = f"{name}={a_text(cookie)}; Path={cookie.path}; HttpOnly" + "; Secure" * secure
            assert browser.agent.receive(url, line, now=now).stored, name
    if secure:  # from before the site had https
        browser.agent.receive(url, "theme=dark; Path=/", now=now)
    assert len(held(browser, *OPTIONAL)) > before
    choose(browser, "necessary")
    assert held(browser, *OPTIONAL) == set()


def test_one_category_goes_and_the_other_stays(browser):
    """Without history the preferences stay; without preferences the history stays, and the page is in our defaults."""
    choose(browser, "all")
    look_around(browser)
    choose(browser, preferences=True, history=False)
    assert held(browser, Category.HISTORY) == set()
    assert browser.get("/").html["data-theme"] == "dark"
    choose(browser, preferences=False, history=True)
    assert held(browser, Category.PREFERENCES) == set()
    page = browser.get("/shop/rye-bread")
    assert page.html["data-theme"] == "auto"
    assert {"seen", "visit", "recent_shop.rye-bread"} <= held(browser, Category.HISTORY)


def test_nothing_comes_back_in_the_same_answer(browser):
    """The answer that takes preferences back sets none, and the page it leads to shows the defaults."""
    choose(browser, "all")
    look_around(browser)
    browser.get("/consent?next=/preferences")
    page = browser.submit("main form", button="necessary")
    written = [name for name, line in page.before[0].cookies_set.items() if "Max-Age=0" not in line]
    assert written == ["consent"]
    assert page.html["data-theme"] == "auto"
    assert page.one("[name=theme][checked]")["value"] == "auto"
    assert page.set_cookie == []


def test_what_still_arrives_is_not_used(browser):
    """A refused cookie that a tab or a script brought back is read as absent and deleted at once."""
    choose(browser, "necessary")
    browser.agent.receive(browser.home, "recent_shop.rye-bread=1763800000; Path=/", now=clock.now())
    page = browser.get("/shop/")
    assert page.select("[data-recent] [data-item]") == []
    assert set(page.cookies_set) == {"recent_shop.rye-bread"}
    assert held(browser, *OPTIONAL) == set()


def test_presenter_mode_outlasts_a_no(browser):
    """A class sees a refusal on the projector: what shows it was asked for, and stays for half a day."""
    look_around(browser)
    choose(browser, "necessary")
    page = browser.get("/")
    assert page.one("html")["data-theme"] == "auto" and page.one("html").has_attr("data-presenter")
    browser.get("/preferences")
    (line,) = browser.submit("main form", presenter=False).before[0].set_cookie
    assert line.startswith("presenter=off; ") and "; Max-Age=43200; " in line
    assert not browser.page.one("html").has_attr("data-presenter")


def test_preferences_until_the_browser_closes(browser):
    """Who refused preferences is told that a choice by hand lasts until then: it does, in colours and language."""
    choose(browser, "necessary")
    page = browser.get("/preferences?next=/shop/")
    assert page.one("[data-not-kept] a")["href"].startswith("/consent?next=/preferences")
    page = browser.submit("main form", theme="dark", language="de")
    assert {line for line in page.before[0].set_cookie if line[:5] in ("theme", "langu")} == {
        "theme=dark; HttpOnly; Path=/; SameSite=Lax",
        "language=de; HttpOnly; Path=/; SameSite=Lax",
    }
    for shown in (page, browser.get("/")):
        assert (shown.html["data-theme"], shown.html["lang"]) == ("dark", "de") and shown.set_cookie == []
    browser.close()
    page = browser.get("/")
    assert (page.html["data-theme"], page.html["lang"]) == ("auto", "en")


def test_the_choice_is_shown(browser, monkeypatch):
    """The page tells what was chosen, when, and of which revision, with the boxes ticked accordingly."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, 30, tzinfo=UTC))
    page = browser.get("/consent")
    assert page.select("[data-choice], input[type=checkbox][checked]") == []
    assert "You have not chosen yet" in page.text
    browser.submit("main form", button="selected", history=True)
    page = browser.get("/consent")
    said = page.one("[data-choice]").get_text(" ", strip=True)
    assert "Nov 22, 2026" in said and "12:30" in said and "Necessary, History" in said
    assert browser.cookies["consent"].split(".")[1] in said
    assert [tag["name"] for tag in page.select("input[type=checkbox][checked]")] == ["history"]
    assert browser.cookies["consent"].endswith(".1795350600")


def test_global_privacy_control_is_a_no_to_history(app):
    """Sec-GPC: 1 before a choice: the question says so, and nothing of it is kept or read; what is left goes."""
    browser = new_browser(app, **{"Sec-GPC": "1"})
    browser.agent.receive(browser.home, "recent_shop.rye-bread=1763800000; Path=/", now=clock.now())
    page = browser.get("/shop/")
    assert "Global Privacy Control" in page.one(".ask").get_text()
    assert "Sec-GPC: 1" in page.one("[data-why=history]").get_text()
    assert page.select("[data-recent] [data-item]") == [] and "recent_shop.rye-bread" not in browser.cookies
    look_around(browser)
    assert held(browser, Category.HISTORY) == set() and held(browser, Category.PREFERENCES)
    assert browser.get("/consent").one("[data-signal]") and not browser.page.one("#history").has_attr("checked")


@pytest.mark.parametrize("way", ["by the banner", "by its box"])
def test_a_yes_by_hand_wins_over_the_signal(app, way):
    """A browser that always sends Sec-GPC: 1 keeps the history of whoever allows it here, until they take it back."""
    browser = new_browser(app, **{"Sec-GPC": "1"})
    browser.get("/")
    if way == "by the banner":
        browser.submit(".ask form", button="all")
    else:
        choose(browser, history=True)
    look_around(browser)
    assert {"seen", "recent_shop.rye-bread"} <= held(browser, Category.HISTORY)
    assert browser.get("/").select(".ask, [data-withheld]") == []
    choose(browser, "necessary")
    look_around(browser)
    assert held(browser, Category.HISTORY) == set()


@pytest.mark.parametrize(
    ("ticks", "headers", "words"),
    [
        (None, {}, "Held back until you choose."),
        (None, {"Sec-GPC": "1"}, "Sec-GPC: 1"),
        ({"preferences": True}, {}, "You refused"),
    ],
)
def test_the_dock_says_why(browser, ticks, headers, words):
    """Beside what was held back stands its category, why, and the way to change that."""
    if ticks:
        choose(browser, **ticks)
    page = browser.get("/shop/rye-bread", headers=headers)
    withheld = {tag["data-withheld"] for tag in page.select("[data-withheld]")}
    assert withheld == {"seen", "visit", "recent_shop.rye-bread"}
    why = page.one("[data-why=history]")
    assert why.get_text().startswith("History: ") and words in why.get_text()
    assert why.select_one("a")["href"] == "/consent?next=/shop/rye-bread"


def test_nothing_set_is_said_beside_what_was_held_back(browser):
    """Lines that were held back crossed no wire."""
    page = browser.get("/shop/")
    assert page.select("[data-withheld]")
    assert page.one("[data-wire] .nothing")


@pytest.fixture(scope="module")
def forging(tmp_path_factory):
    """One app for all forged cookies."""
    from webapp import create_app

    folder = tmp_path_factory.mktemp("forging")
    return create_app({"INSTANCE": str(folder), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False})


NEARLY = st.builds(
    ".".join,
    st.tuples(
        st.lists(st.sampled_from(["none", "preferences", "history", "necessary", "x", ""])).map("~".join),
        st.sampled_from(["000000", "ffffff", "FFFFFF", "12345", ""]),
        st.sampled_from(["1763800000", "0", "99999999999", "-1", "1e9", "٣", ""]),
    ),
)


@given(value=NEARLY | st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0;"), max_size=80))
def test_forged_choices(forging, value):
    """Whatever the cookie says, every page that reads it answers, and what nobody could have written allows nothing."""
    find, client = forging.extensions["cookies"].registry.find, forging.test_client(use_cookies=False)
    for path in ("/", "/consent", "/cookies"):
        answer = client.get(path, headers={"Cookie": f"consent={value}".encode().decode("latin-1")})
        assert answer.status_code == 200
        lines = {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
        assert "Max-Age=0" in lines.pop("consent", "Max-Age=0")
        assert all(find(name).category is not Category.HISTORY for name in lines)

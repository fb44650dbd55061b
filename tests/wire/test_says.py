"""What a value says, and which cookies a page was made with."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from webapp import clock
from webapp.accounts.cookies import REMEMBER
from webapp.consent.cookies import OPTIONAL, Choice, ChoiceCodec
from webapp.cookies import Cookie, Family, codecs
from webapp.i18n import LANGUAGES, translations
from webapp.lessons.cookies import DoneCodec, Place, PlaceCodec
from webapp.security.cookies import SESSION
from webapp.sites.drafts import Draft, PlacedCodec, TextCodec
from webapp.sites.shop.cookies import SEARCHES, search_key
from webapp.wire.record.masking import MASK, mask
from webapp.wire.show import explain

AT = [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2025, 5, 6, 7, 8, 9, tzinfo=UTC)]
# Two values of each codec that has no options of its own to choose from.
SAMPLES = {
    codecs.Switch: [True, False],
    codecs.Timestamp: AT,
    codecs.Text: ["rye", "oats & honey"],
    codecs.Opaque: ["rye", "oats"],
    TextCodec: ["Rye is …", "Oats are …"],
    ChoiceCodec: [Choice(frozenset(), "3fa9c1", AT[0]), Choice(frozenset(OPTIONAL), "3fa9c1", AT[1])],
    PlaceCodec: [Place("first", 1, 0), Place("none", 2, 0)],
    DoneCodec: [{"first": frozenset({1})}, {"first": frozenset({1, 2})}],
}
KEYS = {"[pu][1-9][0-9]{0,9}": ["p12", "u3"], r"[a-z0-9-]{1,24}\.[a-z0-9]{2,4}": ["kahk.ab", "bagel.cd"]}
KEYS |= {"[a-z0-9-]{1,24}": ["kahk", "bagel"], "[a-z]{2,12}": ["sourdough", "ovens"]}
KEYS |= {
    "[0-9a-f]{8}": [search_key(text) for text in SAMPLES[codecs.Text]],
    "new|(?:c|ep|ec)[1-9][0-9]{0,9}": ["new", "c7"],
}
KEYS |= {"[te][1-9][0-9]{0,9}|n-[a-z]{2,12}": ["t1", "n-swap"]}


def samples(codec) -> list:
    """Return two values that a codec accepts."""
    match codec:
        case codecs.Choice():
            return list(codec.options[:2])
        case codecs.Number():
            return [codec.least, codec.least + 1]
        case codecs.Stamped():
            return list(zip(AT, samples(codec.codec), strict=True))
        case PlacedCodec():
            return [Draft("new" if "new" in codec.places else "t1", text) for text in ("Rye", "Oats")]
    return SAMPLES[type(codec)]


def names(cookie: Cookie) -> list[str]:
    """Return two names that a declaration answers to, the same twice for one that is alone."""
    keys = KEYS.get(getattr(cookie, "key", ""), ["12", "34"]) if cookie.many else ["", ""]
    return [cookie.name + key for key in keys]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cookie_says_what_it_says(app, language):
    """Each declaration has a sentence in each language, another for another value; of a credential it tells nothing."""
    with app.test_request_context(headers={"Accept-Language": language}):
        for cookie in app.extensions["cookies"].registry:
            first, second = names(cookie)
            assert cookie.does and (language == "en" or translations(language).gettext(cookie.does) != cookie.does)
            if cookie.secret:
                value = (
                    SESSION.codec.encode({"_user_id": "s3cret", "csrf_token": "t0ken"}) if cookie is SESSION else "a.b"
                )
                said = explain.says(cookie, first, mask(app.extensions["cookies"].registry, first, value))
                assert said and not {"s3cret", "t0ken", MASK, "a.b"} & set(said.split()), cookie.name
                continue
            token = isinstance(cookie.codec, codecs.Token)
            values = ["a" * 16, "b" * 16] if token else samples(cookie.codec)
            texts = [cookie.codec.encode(value) for value in values]
            pairs = [(first, texts[0]), (first, texts[1]), (second, texts[0])]
            if cookie is SEARCHES:  # a key and a text that belong together
                assert explain.says(cookie, first, texts[1]) == ""
                pairs[1:] = [(second, texts[1])]
            said = {explain.says(cookie, name, text) for name, text in pairs}
            # The key is a part of it, where it is not only what keeps two cookies of a family apart.
            assert len(said) in (2, 3) and all(sentence.endswith(".") for sentence in said), (cookie.name, said)


@given(value=st.text(alphabet=st.characters(max_codepoint=255), max_size=60), data=st.data())
def test_nothing_is_said_of_what_does_not_decode(kept, value, data):
    """Whatever stands under a name, asking never raises; what no codec of ours wrote, or under no key, says nothing.

    What we wrote says something.
    """
    app, _ = kept
    registry = app.extensions["cookies"].registry
    cookie = data.draw(st.sampled_from([cookie for cookie in registry if cookie.name and not cookie.secret]))
    known = names(cookie)
    name = data.draw(
        st.sampled_from(known) | st.text(max_size=9).map(cookie.name.__add__) if cookie.many else st.just(cookie.name)
    )
    key = name.removeprefix(cookie.name)
    ours = not isinstance(cookie.codec, codecs.Token) and data.draw(st.booleans())
    if ours:
        value = cookie.codec.encode(samples(cookie.codec)[cookie.many and known[1] == name])
    with app.test_request_context():
        try:
            cookie.codec.decode(value)
            readable = value != "" and (not isinstance(cookie, Family) or re.fullmatch(cookie.key, key, re.ASCII))
        except ValueError:
            readable = False
        told = explain.says(cookie, name, value)
        assert readable or not told
        assert told or not (ours and name in known)
        assert explain.says(None, name, value) == ""
        assert isinstance(explain.says(SESSION, "crumb_session", value), str)


@pytest.mark.parametrize(
    "came",
    [
        "like.7={later}", "recent_social.p7={later}", "recent_shop.kahk={later}", "recent_shop.zzz={now}",
        "basket.zzz.ab=1", "search_shop.a55e2e38={later}.rye", "recent_forum.7={later}.9", "read_board.ovens={later}",
        "read_board.nowhere={now}", "begun_forum.t7={later}", "begun_social.new={later}", "seen={later}.6",
        "visit={later}",
    ],
)  # fmt: skip
def test_nothing_is_said_that_nobody_believes(app, came):
    """A moment that is still to come says nothing, nor does a good or a board that there is not."""
    now = int(clock.now().timestamp())
    name, value = came.split("=")
    with app.test_request_context():
        for later in (now + 400, 99_999_999_999):
            text = value.format(now=now, later=later)
            assert explain.says(app.extensions["cookies"].registry.find(name), name, text) == "", text


def test_clocks_are_apart(app):
    """What another server wrote, whose clock is a little ahead, is believed and said."""
    at = int(clock.now().timestamp()) + 100
    with app.test_request_context():
        assert explain.says(app.extensions["cookies"].registry.find("like.7"), "like.7", str(at)).endswith("just now.")


def said(page, part: str) -> str:
    """Return the sentence on a cookie in a part of a page."""
    return page.one(f"{part} [data-says]").get_text()


def test_one_sentence_everywhere(browser, monkeypatch):
    """Exchange, jar and policy say the same of one value, and how long ago it was told when they are asked."""
    browser.agree()
    browser.get("/shop/kahk")
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    sentence = "You looked at Kahk, 2 minutes ago."
    assert said(browser.get("/jar"), "[data-cookie='recent_shop.kahk']") == sentence
    assert said(browser.get("/cookies"), "[data-cookie='recent_shop.']") == sentence
    browser.get("/shop/")
    (link,) = [tag["href"] for tag in browser.get("/wire").select("h3 a") if tag.get_text() == "GET /shop/"]
    assert said(browser.get(link), ".whole [data-sent='recent_shop.kahk']") == sentence


def test_another_program_s_value_says_nothing(browser):
    """What came under a name of ours and is not ours is not read out as if it were."""
    page = browser.get("/jar", headers={"Cookie": "search_shop.0=x; crumb_session=x; theme=purple"})
    assert not page.select("main [data-says]")


def made(browser: Browser, path: str) -> set[str]:
    """Return the cookies that a page was made with, as the record has it."""
    from webapp.wire.record import store

    browser.get(path)
    with browser.app.app_context():
        return set(store.latest(store.visitor_of(browser.cookies["wire"]), 1)[0].read)


def test_what_was_read_is_recorded(browser):
    """A page is made with what it asked for of all that came: the shop's own cookies on the shop's pages alone."""
    browser.agree()
    browser.get("/shop/kahk")
    browser.get("/shop/search?q=rye")
    (search,) = [name for name in browser.cookies if name.startswith("search_shop.")]
    shop = made(browser, "/shop/")
    assert {"recent_shop.kahk", search, "consent"} <= shop
    assert {"seen", "visit"} <= made(browser, "/") and {"seen", "visit"} & made(browser, "/lab") == set()
    assert made(browser, "/consent") & {"recent_shop.kahk", search} == set()
    assert "theme" not in shop  # it did not come


def test_the_log_in_is_read_where_it_was_used(browser):
    """The session counts as read, also by a library; `remember` only where it brought somebody back."""
    browser.get("/register")
    browser.submit("main form.card", username="ada", password="three warm loaves", confirm="three warm loaves")
    browser.get("/logout")
    browser.submit("main form")
    browser.get("/login")
    browser.submit("#log-in", username="ada", password="three warm loaves", remember=True)
    assert REMEMBER.name in browser.cookies
    assert made(browser, "/shop/") & {"crumb_session", "remember"} == {"crumb_session"}
    browser.close()
    assert made(browser, "/shop/") & {"crumb_session", "remember"} == {"remember"}

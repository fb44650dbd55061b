"""Searching the shop: what finds what, in three languages, whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.i18n import LANGUAGES, translations
from webapp.sites.shop.goods import CATEGORIES, GOODS, TAGS
from webapp.sites.shop.search import LONGEST_QUERY, find, index, search, why

GERMAN = {
    "Rye Bread": "Roggenbrot",
    "Challah": "Süßer Zopf",
    "Checker\u00adboard Biscuits": "Schwarz-Weiß-Gebäck",
    "Cookies and biscuits": "Kekse und Plätzchen",
    "rye": "Roggen",
}
ARABIC = {
    "Ma'amoul with Dates": "مَعمُول بالتَّمر",
    "Anzac Biscuit": "بسكويت أنزاك",
    "Croissant": "كرواسون",
    "Pain au Chocolat": "كرواسون بالشوكولاتة",
    "chocolate": "شوكولاتة",
    "Ghraybeh": "غُريّبة",
}


def english(query: str) -> list[str]:
    """The slugs that a query finds in English."""
    return [good.slug for good in search(query, "en")]


def slugs(query: str, texts: dict[str, str]) -> list[str]:
    """The slugs that a query finds where these texts are translated."""
    return [good.slug for good in find(query, index(lambda text: texts.get(text, text)))]


def test_a_name_is_found_by_its_beginning() -> None:
    """Words may be left unfinished, in any order, and all of them count."""
    assert english("stroop") == ["stroopwafel"]
    assert english("cookie fortu") == ["fortune-cookie"]
    assert english("fortune pretzel") == []
    assert english("oopwafel") == []


def test_names_come_before_tags_and_tags_before_stories() -> None:
    """What is called rye stands before what has rye in it, and that before what a story says of rye."""
    found = english("rye")
    assert found[:2] == ["rye-bread", "rye-roll"]
    assert found.index("pumpernickel") > 1
    by_story = english("gull")
    assert by_story == ["simit", "nankhatai"]


def test_every_tag_finds_its_goods() -> None:
    """Searching for a tag's title finds at least all that carry it."""
    for tag, title in TAGS.items():
        assert {good.slug for good in GOODS.values() if tag in good.tags} <= set(english(title))


def test_every_good_is_found_by_its_name() -> None:
    """A name typed as it is printed leads to its good first of all."""
    for good in GOODS.values():
        assert good.slug in english(good.name)[:2]


@pytest.mark.parametrize("query", ["MA'AMOUL", "maamoul", "Ma’amoul", " maamoul  ", "maamoul!"])
def test_case_marks_and_spaces_do_not_matter(query: str) -> None:
    """However the name is typed, it is the same word."""
    assert english(query)[:1] == ["maamoul"]


@pytest.mark.parametrize("query", ["tomás", "TOMAS", "Toma\u0301s"])
def test_accents_do_not_matter(query: str) -> None:
    """An accent may be typed, left out, or typed as a character of its own."""
    assert "croissant" in english(query)


@pytest.mark.parametrize(("query", "slug"), [
    ("roggenbrot", "rye-bread"), ("süß", "challah"), ("SUSS", "challah"), ("suß", "challah"),
    ("gebäck weiss", "checkerboard"), ("geback", "checkerboard"),
])  # fmt: skip
def test_german(query: str, slug: str) -> None:
    """Umlauts and ß may be typed or not."""
    assert slugs(query, GERMAN)[:1] == [slug]


@pytest.mark.parametrize(("query", "slug"), [
    ("معمول", "maamoul"), ("مَعْمُول", "maamoul"), ("معـــمول", "maamoul"), ("تمر", "maamoul"), ("التمر", "maamoul"),
    ("انزاك", "anzac-biscuit"), ("إنزاك", "anzac-biscuit"), ("غريبه", "ghraybeh"), ("الكرواسون", "croissant"),
])  # fmt: skip
def test_arabic(query: str, slug: str) -> None:
    """Vowel marks, tatweel, forms of alef, a final ta marbuta and the article may be typed or not."""
    assert slugs(query, ARABIC)[:1] == [slug]


@pytest.mark.parametrize(("query", "language", "slug"), [
    ("muffins", "en", "blueberry-muffin"), ("pretzels", "en", "pretzel"), ("loaves", "en", "spelt-loaf"),
    ("Kaese", "de", "cheese-straws"), ("Kaes", "de", "cheese-straws"), ("Broetchen", "de", "rye-roll"),
    ("Brezeln", "de", "pretzel"), ("Brötchens", "de", "rye-roll"), ("كعكات", "ar", "kahk"),
    ("بالخبز", "ar", "rye-bread"),
])  # fmt: skip
def test_other_forms_of_a_word(query: str, language: str, slug: str) -> None:
    """Plurals, cases and umlauts written out find what the word finds, in each language by its own rules."""
    assert slug in [good.slug for good in search(query, language)]


def test_forms_are_of_one_language() -> None:
    """What is a plural in German is none in English, and a form is no other word: an unlike beginning finds nothing."""
    assert [good.slug for good in search("Brezeln", "en")] == []
    assert english("pretzelwood") == []


def test_why_a_good_was_found() -> None:
    """A tag or a shelf is named, a story is quoted round its word; of a name there is nothing to say."""
    for good in search("honey", "en"):
        assert why(good, "honey", "en") == (["<mark>honey</mark>"], None)
    assert why(GOODS["rye-bread"], "rye", "en") == ([], None)
    (gulls,) = [good for good in search("gull", "en") if good.slug == "simit"]
    assert why(gulls, "gull", "en").titles == [] and "<mark>gull" in why(gulls, "gull", "en").story
    assert "<mark>loaf</mark>" in why(GOODS["challah"], "loaves", "en").story
    titles, story = why(GOODS["kahk"], "kahk honey egypt", "en")
    assert titles == ["<mark>honey</mark>"] and (story is None or "<mark>" in story)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_reason(language: str) -> None:
    """By whatever tag or shelf is searched for: its word stands in the name, or is marked in what the page says."""
    speak = translations(language).gettext
    for title in (*TAGS.values(), *CATEGORIES.values()):
        for good in search(speak(title), language):
            titles, story = why(good, speak(title), language)
            assert all("<mark>" in one for one in titles) and (story is None or "<mark>" in story)
            named = find(
                speak(title),
                index(lambda text, good=good: speak(text) if text == good.name else "", language),
                language,
            )
            assert bool(titles or story) != (good in named), (good.slug, title)


def test_arabic_article_does_not_hide_a_word() -> None:
    """A word that is written together with its preposition and article is found by itself."""
    assert slugs("شوكولاتة", ARABIC)[0] == "pain-au-chocolat"


@pytest.mark.parametrize("query", ["", "   ", "\u0640", "\u0301", "'", "!?", "\x00", "_", "%", "🍪"])
def test_nothing_to_search_for_finds_nothing(query: str) -> None:
    """A query without words is no question."""
    assert english(query) == []


def test_only_the_first_characters_count() -> None:
    """An overlong query is cut, not obeyed."""
    assert english("rye" + " " * LONGEST_QUERY + "nonsense") == english("rye")
    assert english("rye " * 100000) == english("rye")


@given(st.text(max_size=200))
def test_any_text_is_a_query(query: str) -> None:
    """Whatever is typed, the answer is goods, each once and in a stable order, and never an exception."""
    found = search(query, "en")
    assert found == search(query, "en")
    assert len({good.slug for good in found}) == len(found)
    assert set(found) <= set(GOODS.values())


@given(st.text(alphabet=st.characters(categories=["Cs", "Mn", "Lo", "Cf"]), max_size=120))
def test_strange_scripts_are_queries(query: str) -> None:
    """Lone surrogates, marks without letters and invisible characters do no harm."""
    assert isinstance(search(query, "en"), list)

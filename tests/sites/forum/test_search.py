"""The search: by words, in every language, whatever somebody types."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.sites.forum.conftest import answer, open_thread
from webapp.sites.forum import index
from webapp.sites.forum.town import THREADS
from webapp.sites.forum.views import LONGEST_QUERY


def _found(browser, query: str) -> list[str]:
    page = browser.request("GET", "/forum/search", query_string={"q": query})
    assert page.status == 200
    return [tag["data-post"] for tag in page.select("[data-post]")]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Frisches Gebäck", "geback"), ("Frisches Gebäck", "GEBÄCK"), ("Straße am Hafen", "strasse"),
        ("خُبْزٌ طازج", "خبز"), ("إلى المخبز", "الى المخبز"), ("كعكة", "كعكه"), ("Ma'amoul, still warm", "maamoul"),
        ("Crème brûlée", "creme bru"), ("ржаной хлеб", "Хлеб"), ("パン", "パ"), ("x" * 300, "x" * 80),
    ],
)  # fmt: skip
def test_words_are_compared_as_people_type_them(enter, text, query):
    """Accents, case, vowel marks and the forms of letters make no difference."""
    nora = enter()
    number = open_thread(nora, "Title", text).one("[data-post]")["data-post"]
    assert _found(nora, query) == [number]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "A muffin, still warm", "muffins"), ("en", "Two pretzels", "pretzel warm"), ("en", "One loaf", "loaves"),
        ("de", "Frischer Käse", "Kaese"), ("de", "Kaese vom Markt", "Käse Markt"), ("de", "Die Brötchen", "Broetch"),
        ("en", "Frischer Käse", "kaese"), ("de", "Eine Brezel", "Brezeln"), ("ar", "كعكة العيد", "كعكات"),
        ("ar", "رائحة الخبز", "خبز"), ("ar", "رائحة وبالخبز", "خبز"), ("ar", "خبز طازج", "بالخبز طازج"),
    ],
)  # fmt: skip
def test_other_forms_of_a_word(enter, language, text, query):
    """Plurals and umlauts written out find what the word finds, by the reader's language, and are marked."""
    nora = enter()
    number = open_thread(nora, "Title and warm", text).one("[data-post]")["data-post"]
    page = nora.request("GET", "/forum/search", query_string={"q": query}, headers={"Accept-Language": language})
    assert [tag["data-post"] for tag in page.select("[data-post]")] == [number]
    assert page.select("mark") and not page.select("[data-found-in]")


def test_short_words_find_nothing_else(enter):
    """Three letters that a form leaves are too few: blue is no blush, and does is no dos."""
    nora = enter()
    open_thread(nora, "Blush", "A nest of kasten and dost")
    assert [_found(nora, query) for query in ("blue", "Kaes", "does")] == [[], [], []]


def test_what_is_found_unseen_says_where(enter):
    """A post that has the word only in a link's address says so."""
    nora = enter()
    open_thread(nora, "Rye", "See [this](https://example.org/lighthouse).")
    page = nora.get("/forum/search?q=lighthouse")
    assert page.one("[data-found-in]").get_text() == "Found in the address of a link."


def test_all_words_and_the_last_as_a_beginning(enter):
    """Each word has to be there, in any order; only the last may be a beginning; title words find the first post."""
    nora = enter()
    path = open_thread(nora, "Rye", "How long does it keep?").url
    first = nora.page.one("[data-post]")["data-post"]
    second = answer(nora, path, "A fortnight, how about that").select("[data-post]")[-1]["data-post"]
    assert _found(nora, "how") == [second, first]
    assert _found(nora, "keep long") == _found(nora, "lon") == _found(nora, "rye kee") == [first]
    assert _found(nora, "kee long") == _found(nora, "how rye fortnight") == _found(nora, "eep") == []
    assert "Nothing found" in nora.page.text


def test_what_was_found_is_marked(enter):
    """The excerpt shows the place, with the words in <mark> and nothing else of the text as markup."""
    nora = enter()
    text = "word " * 100 + "then **Gebäck**, <b>fresh</b> & warm " + "word " * 100
    open_thread(nora, "All about gebäck", text)
    page = nora.get("/forum/search?q=fresh+geb")
    assert [mark.get_text() for mark in page.select("mark")] == ["gebäck", "Gebäck,", "<b>fresh</b>"]
    item = page.one(".found li")
    assert "…" in item.get_text() and len(item.get_text()) < 600 and not item.select("b, strong")
    link = item.select_one("a")["href"]
    assert nora.get(link).one("#" + link.partition("#")[2])


@pytest.mark.parametrize(
    "query",
    ["", " ", "!!!", '"', 'a" OR "b', "*", "NEAR(a b)", "words:x", "'", "a & | !", "\\", "%", "٪", "\0", "a:*", "<b>",
     "\ud83d", "🍞", "x AND", "-x", "^x", "a'b:*", "😀" * 100],
)  # fmt: skip
def test_odd_queries_find_nothing(browser, query):
    """Signs that mean something to a database mean nothing here."""
    page = browser.request("GET", "/forum/search", query_string={"q": query.encode("utf-8", "surrogatepass")})
    assert page.status == 200 and not page.select("[data-post]")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=LONGEST_QUERY + 5))
def test_any_query_is_answered(browser, query):
    """Whatever is typed, a page comes, and it sets nothing."""
    page = browser.request("GET", "/forum/search", query_string={"q": query.encode("utf-8", "surrogatepass")})
    assert page.status == 200 and page.set_cookie == []


def test_a_query_too_long_is_told_so(browser):
    """More than a hundred letters are refused beside the field, with the words kept."""
    query = "a" * (LONGEST_QUERY + 1)
    page = browser.get(f"/forum/search?q={query}")
    assert page.one("#q-error") and page.one("#q")["value"] == query


def test_the_town_is_found_in_every_language(make_app, monkeypatch):
    """The house's own texts are found by the words of each translation, and shown in the reader's own; that is said."""

    class Catalogue:
        def __init__(self, language: str) -> None:
            self.language = language

        def gettext(self, text: str) -> str:
            return f"{text} Wort{self.language}wort"

    monkeypatch.setattr(index, "translations", Catalogue)
    make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)  # so that the next one has its content still to write
    browser = Browser(make_app(DEMO_ACCOUNTS=False))
    assert len(_found(browser, "wortdewort")) == len(_found(browser, "wortenwort")) == 20
    assert {why.get_text() for why in browser.page.select("[data-post] [data-found-in]")} == {
        "Found by another language that this text is read in."
    }
    title = THREADS[0].title
    assert _found(browser, title)


def test_a_restart_fills_nothing_twice(make_app):
    """The town's threads are written once, in the order of time, with their authors and counters."""
    make_app(DEMO_ACCOUNTS=False)
    browser = Browser(make_app(DEMO_ACCOUNTS=False))
    listed = []
    for slug in dict.fromkeys(thread.board for thread in THREADS):
        page = browser.get(f"/forum/{slug}?sort=new")
        assert not page.select('[rel="next"]') and "Somebody who has left" not in page.text
        listed += [link.get_text() for link in page.select("[data-thread] .title a")]
    assert sorted(listed) == sorted(thread.title for thread in THREADS)
    longest = max(THREADS, key=lambda thread: len(thread.replies))
    browser.get(f"/forum/{longest.board}")
    link = next(link["href"] for link in browser.page.select(".title a") if link.get_text() == longest.title)
    assert len(browser.get(link).select("[data-post]")) == min(20, len(longest.replies) + 1)

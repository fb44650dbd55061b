"""The timeline: newest first, page after page, read by anybody."""

import pytest

from tests.browsing import Browser


def _ids(page) -> list[int]:
    return [int(card["data-post"]) for card in page.select("article[data-post]")]


def _walk(browser, path: str = "/social/") -> list[list[int]]:
    page = browser.get(path)
    pages = [_ids(page)]
    while further := page.select("a[rel=next]"):
        page = browser.get(further[0]["href"])
        pages.append(_ids(page))
    return pages


def test_an_empty_timeline_says_so(browser):
    """A house that nobody moved into yet is no error."""
    page = browser.get("/social/")
    assert page.status == 200 and _ids(page) == []
    assert "Nobody has posted yet" in page.text


def test_pages_hold_every_post_once(browser, fill):
    """Twenty a page, newest first; page after page no post comes twice and none is missing."""
    ids = fill(47)
    pages = _walk(browser)
    assert [len(page) for page in pages] == [20, 20, 7]
    assert [id for page in pages for id in page] == ids[::-1]


def test_a_full_last_page_leads_nowhere(browser, fill):
    """Exactly twenty posts are one page."""
    fill(20)
    assert len(_walk(browser)) == 1


def test_new_posts_don_t_shift_the_pages(browser, fill):
    """Who reads on while others post sees nothing twice."""
    ids = fill(30)
    further = browser.get("/social/").one("a[rel=next]")["href"]
    fill(5)
    assert _ids(browser.get(further)) == ids[:10][::-1]


def test_the_way_back_to_the_newest(browser, fill):
    """An older page links to the first one."""
    ids = fill(25)
    browser.get("/social/?before=" + str(ids[5]))
    back = next(link for link in browser.page.select(".pages a") if "Newest" in link.get_text())
    assert _ids(browser.get(back["href"]))[0] == ids[-1]


@pytest.mark.parametrize("query", ["before=0", "before=-1", "before=x", "before=", "before=2147483648", "before=1e9",
                                   "before=99999999999999999999", "before=%00", "of=me", "of="])  # fmt: skip
def test_nonsense_in_the_address_is_no_page(browser, query):
    """What no link of ours says is answered by 404."""
    assert browser.get(f"/social/?{query}").status == 404


def test_reading_sets_nothing(browser, fill, author):
    """Somebody who only reads gets no cookie from any page of the site, and no token in its one form: that likes."""
    post = fill(25)[0]
    for path in ("/social/", f"/social/?before={post + 3}", f"/social/{post}", "/social/@Ada"):
        page = browser.get(path)
        assert page.status == 200
        assert [line for line in page.set_cookie if line.startswith("crumb_session")] == []
        assert len(page.select("main form")) == 1 and page.select("main [name=csrf_token]") == []
    assert [name for name in browser.cookies if name != "wire"] == []


def test_a_visitor_is_invited(browser, fill):
    """Without a log-in the page says how to try it, and the way to the log-in leads back."""
    fill(1)
    link = browser.get("/social/").one(".star a.button")
    assert link["href"] == "/login?next=/social/"


def test_hooks(enter, fill, say):
    """A card names its post and its author; what is one's own is not new."""
    browser = enter("Nora")
    page = say(browser, "Fresh from the oven.")
    card = page.select("article[data-post]")[0]
    assert card["data-author"] == "Nora" and not card.has_attr("data-new")
    assert card.select_one(".text")["dir"] == "auto"


PAYLOAD = '<script>alert(1)</script><img src=x onerror=alert(2)> "&amp; {{ 7*7 }} %(num)s %s'


def test_what_people_write_is_text(enter, app, say):
    """Markup, template code and format marks come out as they were typed, on every page and for everybody."""
    browser = enter("Nora")
    say(browser, PAYLOAD)
    post = browser.page.one("article[data-post]")["data-post"]
    say(browser, PAYLOAD, f"/social/{post}")
    for path in ("/social/", f"/social/{post}", "/social/@Nora"):
        page = Browser(app).get(path)
        assert page.select("main script") == [] and page.select("main [onerror]") == []
        assert {text.get_text() for text in page.select("main .text")} == {PAYLOAD}


def test_lines_stay_lines_and_control_characters_go(enter, say):
    """Line breaks are kept as typed; what nobody can see is taken out."""
    page = say(enter("Nora"), " one\r\ntwo\x07\x00 \r three ")
    assert page.one(".text").get_text() == "one\ntwo \n three"

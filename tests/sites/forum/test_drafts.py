"""Drafts: what was typed outlives an ended log-in, an expired form and a closed tab."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.sites.forum.conftest import answer, log_in, open_thread, stored, texts
from webapp import clock
from webapp.database import engine
from webapp.sites.drafts import LARGEST, Draft
from webapp.sites.forum.cookies import DRAFT
from webapp.sites.forum.forms import LONGEST_TEXT


def _forget(browser: Browser, name: str) -> None:
    browser.agent.receive(browser.home, f"{name}=; Path=/; Max-Age=0", now=clock.now(), method="GET")


def _typed(page) -> str:
    return page.one("form.drafted textarea").get_text().lstrip("\r\n")


def _keep(browser: Browser, text: str, **fields):
    """Press "Keep as draft" on the open page."""
    form = browser.page.one("form.drafted")
    data = {tag["name"]: tag.get("value", "") for tag in form.select("input")} | {"text": text}
    return browser.post(form.select_one("[name=keep]")["formaction"], data | fields)


@pytest.fixture
def path(enter) -> str:
    """A thread of Ole's."""
    return open_thread(enter("Ole")).url


@pytest.mark.parametrize("remember", [False, True])
def test_a_log_in_that_ended_in_between(path, enter, remember):
    """The session is gone when the answer is sent: the text waits behind the log-in, and one click posts it."""
    nora = enter(remember=remember)
    nora.get(path)
    _forget(nora, "session")
    page = nora.submit("form.drafted", text="Typed for an hour")
    if remember:
        assert page.status == 422 and page.select(".problems") and _typed(page) == "Typed for an hour"
    else:
        assert "/login" in page.url and DRAFT.name in page.before[0].cookies_set
        page = log_in(nora)
        assert page.url == f"{path}?latest#reply" and page.select("[data-draft]")
        assert _typed(page) == "Typed for an hour"
    page = nora.submit("form.drafted")
    assert texts(page)[-1] == "Typed for an hour" and DRAFT.name not in nora.cookies
    assert not nora.get(path).select("[data-draft]")


def test_a_new_thread_waits_behind_the_log_in(enter):
    """Title and text of a thread, and another wording of a post, are kept too."""
    nora = enter()
    edit = open_thread(nora, "First", "Text").one('[href$="/edit"]')["href"]
    forms = {"/forum/swap/new": {"title": "Jars", "text": "a\nb"}, edit: {"title": "T", "text": "c"}}
    for address, fields in forms.items():
        nora.get(address)
        _forget(nora, "session")
        nora.submit("form.drafted", **fields)
        page = log_in(nora)
        assert page.url.endswith(address) and page.select("[data-draft]")
        assert page.one("[name=title]")["value"] == fields["title"]
        assert _typed(page).splitlines() == fields["text"].split()
        assert nora.submit("form.drafted").one("h1").get_text() == fields["title"]
        assert DRAFT.name not in nora.cookies


def test_kept_by_the_button(path, enter):
    """Keep as draft leads back to the form; a closed browser loses nothing; the forum's first page leads back to it."""
    nora = enter(remember=True)
    nora.get(path)
    page = _keep(nora, "Half a thought")
    assert page.before[0].status == 303 and page.url.startswith(f"{path}?latest")
    line = page.before[0].cookies_set[DRAFT.name]
    assert "Path=/forum/" in line and "Max-Age=43200" in line and "HttpOnly" in line
    nora.close()
    page = nora.get(nora.get("/forum/").one("[data-draft] a")["href"])
    assert _typed(page) == "Half a thought"
    answered = answer(nora, path, "Another text")
    assert texts(answered)[-1] == "Another text" and DRAFT.name not in nora.cookies


def test_a_draft_for_another_place_stays(path, enter):
    """Posting elsewhere, or emptying another form, leaves the draft alone; emptying its own deletes it."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Half a thought")
    other = open_thread(nora, "Other").url
    assert not nora.get(other).select("[data-draft]")
    _keep(nora, "")
    assert _typed(nora.get(path)) == "Half a thought"
    _keep(nora, " \n")
    assert DRAFT.name not in nora.cookies and not nora.get(path).select("[data-draft]")


def test_by_the_script(path, enter):
    """What the script sends is answered without a page; what does not fit leaves the older draft."""
    nora = enter()
    nora.get(path)
    assert nora.page.one("script[src*='draft'][nonce][defer]")
    page = _keep(nora, "Typed", script="yes")
    assert (page.status, page.body) == (204, b"") and DRAFT.name in page.cookies_set
    nora.get(path)
    assert _keep(nora, "ß" * LARGEST, script="yes").status == 413
    assert _typed(nora.get(path)) == "Typed"


def test_too_long_for_a_cookie(path, enter):
    """A draft that no cookie can hold is not kept, the page says so, and the text still stands and can be posted."""
    nora = enter()
    nora.get(path)
    page = _keep(nora, "包" * LONGEST_TEXT)
    assert page.status == 422 and page.select(".problems") and DRAFT.name not in page.cookies_set
    assert _typed(page) == "包" * LONGEST_TEXT
    assert texts(nora.submit("form.drafted"))[-1] == "包" * LONGEST_TEXT
    _forget(nora, "session")
    nora.get(path)
    page = nora.post(path, {"text": "包" * LONGEST_TEXT})
    assert page.status == 422 and _typed(page) == "包" * LONGEST_TEXT


def test_after_log_out_nothing_is_left(path, enter):
    """Who logs out leaves no draft for the next one at this browser."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Private")
    nora.get("/logout")
    nora.submit("main form")
    assert DRAFT.name not in nora.cookies
    assert "Private" not in log_in(nora).soup.get_text() and not nora.get(path).select("[data-draft]")


@pytest.mark.parametrize("place", ["", "t0", "t", "x1", "n-UP", "n-", "t1 ", "t99999999999", "t1.x"])
def test_no_draft_for_no_place(browser, place):
    """A made-up place is refused."""
    word = {"Sec-Fetch-Site": "same-origin"}
    assert browser.post("/forum/draft", {"place": place, "text": "x"}, headers=word).status == 400


def test_the_database_rests(app, path, enter, monkeypatch):
    """While nothing can be written the answer is 503, with the text and when to come again."""
    nora = enter()
    nora.get(path)
    with app.app_context(), engine().connect() as connection:
        if engine().dialect.name != "sqlite":
            pytest.skip("one file is easier to take away")
        connection.exec_driver_sql("ALTER TABLE threads RENAME TO gone")
        connection.commit()
        page = nora.submit("form.drafted", text="Typed")
        assert page.status == 503 and page.headers["Retry-After"]
        assert page.one("[data-once-more] [name=text]")["value"] == "Typed"
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO threads")
        connection.commit()
    assert texts(nora.submit("[data-once-more]"))[-1] == "Typed"


@given(
    st.from_regex(r"[te][1-9][0-9]{0,9}|n-[a-z]{2,12}", fullmatch=True),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=LONGEST_TEXT),
)
def test_the_codec_gives_back_what_it_got(place, text):
    """Any text that fits comes back as it was, in a line that a browser keeps."""
    try:
        wire = DRAFT.codec.encode(Draft(place, text))
    except ValueError:
        assert len(text.encode()) > LARGEST
    else:
        assert DRAFT.codec.decode(wire) == Draft(place, text) and len(f"__Secure-draft{wire}") <= 4096


def test_the_largest_draft_fits_a_cookie():
    """3000 octets make a line below the limit, one more is refused."""
    assert len("__Secure-draft" + DRAFT.codec.encode(Draft("n-" + "a" * 12, "x" * LARGEST))) <= 4096
    with pytest.raises(ValueError):
        DRAFT.codec.encode(Draft("t1", "x" * (LARGEST + 1)))


@pytest.mark.parametrize(
    "value",
    ["", "t1", "t1.", "t1.A", "t1.====", "t1.gICA", "t01.eA", "n-x.eA", "t1.eB", "x1.eA", "t1." + "eA" * 2001,
     "t1." + base64.urlsafe_b64encode(b"x" * 3001).decode()],
)  # fmt: skip
def test_a_forged_draft_is_deleted(app, browser, value):
    """What this site would not have written is neither shown nor kept."""
    stored(app, 1)
    page = browser.get("/forum/", headers={"Cookie": f"draft={value}"})
    assert page.status == 200 and not page.select("[data-draft]")
    assert "Max-Age=0" in page.cookies_set["draft"]

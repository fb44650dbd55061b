"""Drafts: what was typed outlives an ended log-in, an expired form and a closed tab."""

import base64
from secrets import token_hex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.sites.forum.conftest import PASSWORD, answer, log_in, open_thread, stored, texts
from webapp import clock
from webapp.accounts import users
from webapp.database import engines
from webapp.sites.drafts import LARGEST, MOST
from webapp.sites.forum.cookies import BEGUN, DRAFT
from webapp.sites.forum.forms import LONGEST_TEXT


def _forget(browser: Browser, name: str) -> None:
    browser.agent.receive(browser.home, f"{name}=; Path=/; Max-Age=0", now=clock.now(), method="GET")


def _drafts(browser: Browser) -> set[str]:
    """The places that a browser holds a draft for; the index, sent to every page, tells of the same."""
    held = {name.partition(".")[2] for name in browser.cookies if name.startswith(DRAFT.name)}
    assert {f"{BEGUN.name}{place}" for place in held} == {
        name for name in browser.cookies if name.startswith(BEGUN.name)
    }
    return held


def _place(path: str) -> str:
    return "t" + path.rpartition("/")[2]


def _typed(page) -> str:
    return page.one("form.drafted textarea").get_text().lstrip("\r\n")


def _keep(browser: Browser, text: str, **fields):
    """Press "Keep as draft" on the open page."""
    form = browser.page.one("form.drafted")
    data = {tag["name"]: tag.get("value", "") for tag in form.select("input")} | {"text": text}
    return browser.post(form.select_one("[name=keep]")["formaction"], data | fields, initiator=browser.page.url)


@pytest.fixture
def path(enter) -> str:
    """A thread of Ole's."""
    return open_thread(enter("Ole")).url


@pytest.mark.parametrize("remember", [False, True])
def test_a_log_in_that_ended_in_between(path, enter, remember):
    """The session is gone when the answer is sent: the text waits behind the log-in, and one click posts it."""
    nora = enter(remember=remember)
    nora.get(path)
    _forget(nora, "crumb_session")
    page = nora.submit("form.drafted", text="Typed for an hour")
    if remember:
        assert page.status == 422 and page.select(".problems") and _typed(page) == "Typed for an hour"
    else:
        assert "/login" in page.url and _drafts(nora) == {_place(path)}
        page = log_in(nora)
        assert page.url == f"{path}?latest#reply" and page.select("[data-draft]")
        assert _typed(page) == "Typed for an hour"
    page = nora.submit("form.drafted")
    assert texts(page)[-1] == "Typed for an hour" and not _drafts(nora)
    assert not nora.get(path).select("[data-draft]")


def test_a_new_thread_waits_behind_the_log_in(enter):
    """Title and text of a thread, and another wording of a post, are kept too."""
    nora = enter()
    edit = open_thread(nora, "First", "Text").one('[href$="/edit"]')["href"]
    forms = {"/forum/swap/new": {"title": "Jars", "text": "a\nb"}, edit: {"title": "T", "text": "c"}}
    for address, fields in forms.items():
        nora.get(address)
        _forget(nora, "crumb_session")
        nora.submit("form.drafted", **fields)
        page = log_in(nora)
        assert page.url.endswith(address) and page.select("[data-draft]")
        assert page.one("[name=title]")["value"] == fields["title"]
        assert _typed(page).splitlines() == fields["text"].split()
        assert nora.submit("form.drafted").one("h1").get_text() == fields["title"]
        assert not _drafts(nora)


def test_kept_by_the_button(path, enter):
    """Keep as draft leads back to the form; a closed browser loses nothing; the forum's first page leads back to it."""
    nora = enter(remember=True)
    nora.get(path)
    page = _keep(nora, "Half a thought")
    assert page.before[0].status == 303 and page.url.startswith(f"{path}?latest")
    line = page.before[0].cookies_set[f"{DRAFT.name}{_place(path)}"]
    assert "Path=/forum/" in line and "Max-Age=43200" in line and "HttpOnly" in line
    nora.close()
    page = nora.get(nora.get("/forum/").one("[data-draft] a")["href"])
    assert _typed(page) == "Half a thought"
    answered = answer(nora, path, "Another text")
    assert texts(answered)[-1] == "Another text" and not _drafts(nora)


def test_a_draft_for_another_place_stays(path, enter):
    """Keeping or posting elsewhere, or emptying another form, leaves the draft alone; emptying its own deletes it."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Half a thought")
    other = open_thread(nora, "Other").url
    assert not nora.get(other).select("[data-draft]")
    _keep(nora, "")
    assert _typed(nora.get(path)) == "Half a thought"
    nora.get(other)
    _keep(nora, "Another")
    assert _typed(nora.get(other)) == "Another" and _typed(nora.get(path)) == "Half a thought"
    _keep(nora, " \n")
    assert _drafts(nora) == {_place(other)} and not nora.get(path).select("[data-draft]")


def test_by_the_script(path, enter):
    """What the script sends is answered without a page; what does not fit leaves the older draft."""
    nora = enter()
    nora.get(path)
    assert nora.page.one("script[src*='draft'][nonce][defer]")
    page = _keep(nora, "Typed", script="yes")
    assert (page.status, page.body) == (204, b"") and _drafts(nora) == {_place(path)}
    nora.get(path)
    page = _keep(nora, "ß" * LARGEST, script="yes")
    assert page.status == 413 and "it was not kept" in page.text and "<" not in page.text
    assert _typed(nora.get(path)) == "Typed"


def test_too_long_for_a_cookie(path, enter):
    """A draft that no cookie can hold is not kept, the page says so, and the text still stands and can be posted."""
    nora = enter()
    nora.get(path)
    page = _keep(nora, "包" * LONGEST_TEXT)
    assert page.status == 422 and page.select(".problems") and not _drafts(nora)
    assert _typed(page) == "包" * LONGEST_TEXT
    assert texts(nora.submit("form.drafted"))[-1] == "包" * LONGEST_TEXT
    _forget(nora, "crumb_session")
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
    assert not _drafts(nora)
    assert "Private" not in log_in(nora).soup.get_text() and not nora.get(path).select("[data-draft]")


def test_under_https(make_app):
    """The draft and its index carry their name prefixes, are found again, and go at the log-out, unseen by its path."""
    app = make_app(URL="https://localhost:8000", SECRET_KEY=token_hex())
    with app.app_context():
        users.register("Nora", PASSWORD)
    nora = Browser(app)
    log_in(nora)
    path = open_thread(nora).url
    nora.get(path)
    place = _place(path)
    assert f"__Secure-draft.{place}" in _keep(nora, "Private").one("[data-draft]").get_text()
    names = {f"__Secure-draft.{place}", f"__Host-begun_forum.{place}"}
    assert names <= nora.cookies.keys() and len(nora.get("/forum/").select("[data-draft] li")) == 1
    nora.get("/logout")
    nora.submit("main form", history="clear")
    assert not names & nora.cookies.keys()


@pytest.mark.parametrize("place", ["", "t0", "t", "x1", "n-UP", "n-", "t1 ", "t99999999999", "t1.x"])
def test_no_draft_for_no_place(browser, place):
    """A made-up place is refused."""
    word = {"Sec-Fetch-Site": "same-origin"}
    assert browser.post("/forum/draft", {"place": place, "text": "x"}, headers=word).status == 400


def test_the_database_rests(app, path, enter, monkeypatch):
    """While nothing can be written the answer is 503, with the text and when to come again."""
    nora = enter()
    nora.get(path)
    with engines(app).to_write.connect() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("one file is easier to take away")
        connection.exec_driver_sql("ALTER TABLE threads RENAME TO gone")
        connection.commit()
        page = nora.submit("form.drafted", text="Typed")
        assert page.status == 503 and page.headers["Retry-After"]
        assert page.one("[data-once-more] [name=text]")["value"] == "Typed"
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO threads")
        connection.commit()
    assert texts(nora.submit("[data-once-more]"))[-1] == "Typed"


def test_the_oldest_goes_and_is_told(enter):
    """More than three are not kept: the oldest goes, the page and the script's answer say so and where it was."""
    nora = enter()
    paths = [open_thread(nora, f"Thread {number}").url for number in range(MOST + 2)]
    for path in paths[:MOST]:
        nora.get(path)
        assert not _keep(nora, f"For {path}").select("[data-gone]")
    nora.get(paths[0])
    assert not _keep(nora, "Once more").select("[data-gone]"), "the same place needs no room"
    nora.get(paths[MOST])
    page = _keep(nora, "One too many")
    assert "More than 3 drafts are not kept" in page.one("[data-gone]").get_text()
    assert nora.get(page.one("[data-gone] a")["href"]).one("h1").get_text() == "Thread 1"
    assert _drafts(nora) == {_place(paths[number]) for number in (0, 2, 3)}
    nora.get(paths[MOST + 1])
    page = _keep(nora, "And another", script="yes")
    assert page.status == 200 and "the oldest had to go" in page.text and "<" not in page.text
    assert _place(paths[2]) not in _drafts(nora)


def test_all_are_listed(path, enter):
    """The forum's first page leads back to each draft, the newest first, with how it begins as text."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Half a thought")
    nora.get("/forum/swap/new")
    _keep(nora, "<b>jars</b> " + "long " * 50, title="Jars")
    items = nora.get("/forum/").select("[data-draft] li")
    assert [_typed(nora.get(item.a["href"])).split()[0] for item in items] == ["<b>jars</b>", "Half"]
    assert (
        not items[0].select("b")
        and items[0].q.get_text().startswith("Jars\n<b>jars</b>")
        and len(items[0].q.get_text()) < 70
    )


def test_two_tabs_at_once_both_count(path, enter):
    """Two requests with the same Cookie header keep two drafts."""
    nora = enter()
    other = open_thread(nora, "Other").url
    held = "; ".join(f"{name}={value}" for name, value in nora.cookies.items())
    lines = []
    for where in (path, other):
        nora.get(where)
        form = {tag["name"]: tag.get("value", "") for tag in nora.page.select("form.drafted input")}
        page = nora.post("/forum/draft", {**form, "text": where}, follow=False, headers={"Cookie": held})
        lines += page.set_cookie
    for line in lines:
        nora.agent.receive(nora.home + "/forum/draft", line, now=clock.now(), method="GET")
    assert _drafts(nora) == {_place(path), _place(other)}
    assert [_typed(nora.get(where)) for where in (path, other)] == [path, other]


def test_four_of_two_tabs_are_three(app, enter):
    """What two tabs kept beyond the bound goes with the next, the oldest first."""
    nora = enter()
    path = open_thread(nora).url
    nora.get(path)
    for number in range(100, 100 + MOST + 1):
        at = int(clock.now().timestamp()) - 1000 + number
        for line in (f"draft.t{number}=eA; Path=/forum/", f"begun_forum.t{number}={at}; Path=/"):
            nora.agent.receive(nora.home + "/forum/", line, now=clock.now(), method="GET")
    assert len(nora.get("/forum/").select("[data-draft] li")) == MOST
    nora.get(path)
    _keep(nora, "Typed")
    assert _drafts(nora) == {_place(path), "t102", "t103"}


def test_what_an_older_version_kept_is_moved(path, enter):
    """The one cookie of 0.2 becomes one of its place; it is in its form, and the old one is deleted."""
    nora = enter()
    line = f"draft={_place(path)}.VHlwZWQ; Path=/forum/"
    nora.agent.receive(nora.home + "/forum/", line, now=clock.now(), method="GET")
    assert _typed(nora.get(path)) == "Typed" and _drafts(nora) == {_place(path)}
    assert "draft" not in nora.cookies


@pytest.mark.parametrize("gone", ["x", "t0", "<b>", "n-UP", "t1%0a"])
def test_a_made_up_notice_says_nothing(browser, enter, gone):
    """An address that names no place is no notice."""
    path = open_thread(enter()).url
    assert not browser.get(f"{path}?gone={gone}", initiator=path).select("[data-gone]")


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "http://localhost:8000/forum/"}, False),
        ({"Referer": "http://localhost:8000.elsewhere.example/forum/"}, False),
        ({"Referer": "http://localhost:8000/forum/"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
    ],
)
def test_only_a_page_of_ours_leads_to_a_notice(app, headers, told):
    """Anybody can write a link that says a draft had to go; browsers on plain http tell by the Referer whose it is."""
    for path in ("/forum/?gone=t1", "/social/?gone=new"):
        shown = Browser(app).get(path, headers=headers).select("[data-gone]")
        assert bool(shown) == (told and "forum" in path)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=LONGEST_TEXT))
def test_the_codec_gives_back_what_it_got(text):
    """Any text that fits comes back as it was, in a line that a browser keeps."""
    codec = DRAFT.codec
    try:
        wire = codec.encode(text)
    except ValueError:
        assert len(text.encode()) > LARGEST
    else:
        assert codec.decode(wire) == text and len(f"__Secure-draft.n-{'a' * 12}{wire}") <= 4096


def test_the_largest_draft_fits_a_cookie():
    """3000 octets make a line below the limit, one more is refused."""
    assert len(f"__Secure-unposted.ec{2**31}" + DRAFT.codec.encode("x" * LARGEST)) <= 4096
    with pytest.raises(ValueError):
        DRAFT.codec.encode("x" * (LARGEST + 1))


@pytest.mark.parametrize(
    "pair",
    [*(f"draft.t1={text}" for text in ("", "A", "====", "gICA", "eB", "é", "eA" * 2001)),
     "draft.t1=" + base64.urlsafe_b64encode(b"x" * 3001).decode(),
     *(f"draft={text}" for text in ("", "t1", "t1.", "t1.A", "t1.gICA", "t01.eA", "n-x.eA", "t1.eB", "x1.eA"))],
)  # fmt: skip
def test_a_forged_draft_is_not_shown(app, browser, pair):
    """What this site would not have written is not shown; it goes where its name says whose it was, and only there."""
    stored(app, 1)
    page = browser.get("/forum/", headers={"Cookie": pair.encode().decode("latin-1")})
    assert page.status == 200 and not page.select("[data-draft]")
    name = pair.partition("=")[0]
    assert (name in page.cookies_set) == ("." in name) and "Max-Age=0" in page.cookies_set.get(name, "Max-Age=0")


@pytest.mark.parametrize("name", ["draft.t01", "draft.x", "draft.", "begun_forum.n-"])
def test_a_place_that_is_none_is_left_alone(app, browser, name):
    """A name that no place has is no draft."""
    stored(app, 1)
    page = browser.get("/forum/", headers={"Cookie": f"{name}=eA"})
    assert page.status == 200 and not page.select("[data-draft]") and not page.set_cookie


def test_a_made_up_moment_is_written_anew(path, enter):
    """A time to come would keep all others out for ever: the draft stays, and the index says when it was seen."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Half a thought")
    line = f"begun_forum.{_place(path)}=99999999999; Path=/"
    nora.agent.receive(nora.home + "/forum/", line, now=clock.now(), method="GET")
    assert _typed(nora.get(path)) == "Half a thought" and _drafts(nora) == {_place(path)}
    assert int(nora.cookies[f"begun_forum.{_place(path)}"]) <= clock.now().timestamp() + 5


def test_the_index_may_be_deleted_by_hand(path, enter):
    """Then the draft still stands in its form, and the index tells of it again; with the draft gone it goes too."""
    nora = enter()
    nora.get(path)
    _keep(nora, "Half a thought")
    _forget(nora, f"begun_forum.{_place(path)}")
    assert _typed(nora.get(path)) == "Half a thought" and _drafts(nora) == {_place(path)}
    line = f"draft.{_place(path)}=; Path=/forum/; Max-Age=0"
    nora.agent.receive(nora.home + "/forum/", line, now=clock.now(), method="GET")
    nora.get("/forum/")
    assert not _drafts(nora)

"""The pages of the wire: the last exchanges as a diagram and a list, and one exchange whole."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, event

from tests.browsing import Browser
from webapp import clock
from webapp.database import engines, writing
from webapp.wire.record import store
from webapp.wire.record.exchange import Exchange

FORM = "GET /login?next=/shop/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def choose_dark(browser: Browser):
    """After a page that begins a session choose the dark theme: a POST, a redirect, a page."""
    browser.get("/login?next=/shop/")
    data = {"theme": "dark", "language": "", "dock": "y", "next": "/shop/"}
    return browser.post("/preferences", data, headers={"Sec-Fetch-Site": "same-origin"})


def listed(page) -> list[str]:
    """Return the exchanges that the list of a page names."""
    return [item["data-exchange"] for item in page.select("main [data-exchange]")]


def whole(browser: Browser, name: str):
    """Open the page of the last exchange of that name by its link in the list."""
    page = browser.get("/wire?own=y")
    link = page.select(f'main [data-exchange="{name}"] h3 a')[-1]
    return browser.get(link["href"])


def test_a_new_visitor_is_told_why_there_is_nothing(browser):
    """Without the cookie that we know a visitor by there is no record; the page says so and sets nothing."""
    page = browser.get("/wire")
    assert page.status == 200
    assert page.set_cookie == []
    assert page.one("[data-empty=unknown] a")["href"] == "/setcookie"
    assert page.select("main svg, main form") == []


def test_a_visitor_whose_dock_is_off_is_told(browser):
    """Who switched the dock off reads that nothing is recorded, and finds the switch."""
    page = browser.get("/wire", headers={"Cookie": "dock=off"})
    assert page.one("[data-empty=off] a")["href"].startswith("/preferences")
    browser.get("/login")
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    page = browser.get("/wire")
    assert listed(page) == ["GET /login", "GET /preferences"], "what was recorded before is still there"
    assert "Your dock is off" in page.text


def test_what_is_older_than_an_hour_is_not_shown(browser, monkeypatch):
    """After an hour without a request nothing is listed, even before the rows are gone."""
    choose_dark(browser)
    later = clock.now() + store.KEPT_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert browser.get("/wire").one("[data-empty=over]")


def test_a_name_is_listed_once(browser):
    """Clearing the lab takes a line for each path a cookie may have; list and diagram name the cookie once."""
    browser.headers |= {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    browser.get("/lab/send?preset=plain")
    browser.submit("#lab")
    browser.get("/lab/send")
    browser.post("/lab/clear")
    page = browser.get("/wire")
    clear = page.one("main [data-exchange='POST /lab/clear']")
    assert [tag["data-deleted"] for tag in clear.select("[data-deleted]")] == ["lab-flavour"]
    assert [tag.get_text() for tag in page.select(".sequence .deleted")] == ["↓ deleted lab-flavour"]


def test_the_exchanges_are_listed_in_their_order(browser):
    """The list has each exchange, what it sent, set and deleted, and joins a redirect to what followed."""
    choose_dark(browser)
    page = browser.get("/wire")
    assert listed(page) == [FORM, "POST /preferences", "GET /shop/"]
    first, post, shop = page.select("main [data-exchange]")
    assert {tag["data-set"] for tag in first.select("[data-set]")} == {"crumb_session", "wire"}
    assert post.select("[data-set=theme]")
    assert {tag["data-sent"] for tag in post.select("[data-sent]")} == {"crumb_session", "wire"}
    assert shop.select("[data-sent=theme]")
    assert "sent your browser on" in post.get_text()
    assert "sent your browser on" not in first.get_text()


def drawn(page) -> list[str]:
    """Return the exchanges that the diagram of a page shows."""
    return [item["data-drawn"] for item in page.select(".sequence li")]


def test_the_diagram_shows_the_last_five(browser):
    """Each says what the list says of it; a redirect leads on to the next, and each leads to itself, opened beside."""
    choose_dark(browser)
    page = browser.get("/wire")
    assert drawn(page) == listed(page) == [FORM, "POST /preferences", "GET /shop/"]
    for link, item in zip(page.select(".sequence li a"), page.select("main [data-exchange]"), strict=True):
        text = link.get_text()
        number = item.select_one("h3 a")["href"].rpartition("/")[2]
        assert link["href"] == f"/wire?open={number}#opened"
        assert item.select_one(".status").get_text() in text
        assert f"↑ {len(item.select('[data-sent]'))} sent" in text
        for name in ("set", "deleted"):
            assert all(tag[f"data-{name}"] in text for tag in item.select(f"[data-{name}]"))
    assert [bool(item.select("[data-leads-on]")) for item in page.select(".sequence li")] == [False, True, False]
    for _ in range(4):
        browser.get("/forum/")
    assert drawn(browser.get("/wire")) == ["GET /shop/", *["GET /forum/"] * 4]


def test_one_is_open_beside_it(browser):
    """The newest that set something, else the newest, else the one that was asked for: with all that made it."""
    choose_dark(browser)
    page = browser.get("/wire")
    assert page.one("[data-opened]")["data-opened"] == "POST /preferences"
    assert [tag["aria-current"] for tag in page.select(".sequence a[aria-current]")] == ["true"]
    line = page.one(".opened [data-set=theme]")
    assert "You chose the colours" in line.get_text() and "Set-Cookie: theme=dark;" in line.get_text()
    assert "It came back" in line.get_text() and "GET /shop/" in line.get_text()
    assert (
        line.select_one("meter")["max"] == str(400 * 86400)
        and "cookie.set(value)" in line.select_one(".hll").get_text()
    )
    assert page.select(".opened [data-sent=crumb_session]") and page.select(".opened [data-copy=curl]")
    first = page.select(".sequence li a")[0]["href"]
    page = browser.get(first)
    assert page.one("[data-opened]")["data-opened"] == FORM and not page.select(".opened [data-sent]")
    assert (
        browser.get(page.one(".opened [rel=next]")["href"]).one("[data-opened]")["data-opened"] == "POST /preferences"
    )
    for _ in range(6):
        browser.get("/forum/")
    assert drawn(browser.get(first)) == [FORM], "an older one is opened in its own surroundings"
    for wrong in ("99999999999999999999", "-1", "x", ""):
        assert browser.get(f"/wire?open={wrong}").one("[data-opened]")["data-opened"] == "GET /forum/", wrong


def test_the_list_is_folded(browser):
    """Diagram and list are not both there at full length; whoever filters finds the list open."""
    choose_dark(browser)
    assert not browser.get("/wire").one("#all").has_attr("open")
    assert browser.get("/wire?set=y").one("#all").has_attr("open")
    assert browser.get("/wire?name=nobody").one("#all [data-empty=narrowed]")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("set=y", [FORM, "POST /preferences"]),
        ("sent=y", ["POST /preferences", "GET /shop/"]),
        ("set=y&name=theme", ["POST /preferences"]),
        ("sent=y&name=THEME", ["GET /shop/"]),
        ("name=them", ["POST /preferences", "GET /shop/"]),
        ("path=SHOP", ["GET /shop/"]),
        ("path=/preferences&sent=y", ["POST /preferences"]),
        ("own=y", [FORM, "POST /preferences", "GET /shop/", "GET /wire"]),
    ],
)
def test_filters(browser, query, names):
    """An address narrows the list to those that set, those that sent, a cookie, a path; and asks for our own pages."""
    choose_dark(browser)
    browser.get("/wire")
    page = browser.get(f"/wire?{query}")
    assert listed(page) == names
    assert drawn(page) == names


def test_the_filter_keeps_what_was_typed(browser):
    """The form shows what it was sent with, escaped, says so when nothing fits, and leads back to all."""
    choose_dark(browser)
    browser.get("/wire")
    page = browser.submit("main form", name='"><script>', path="/%00\x00", set=True)
    assert page.one("[data-empty=narrowed]")
    assert page.one("#name")["value"] == '"><script>'
    assert page.one("#set").has_attr("checked")
    assert not page.one("#sent").has_attr("checked")
    assert page.select("main script, .sequence") == []
    assert page.select("main form a")[0]["href"] == "/wire"


def test_these_pages_are_recorded_and_left_out(browser):
    """Looking at the wire is an exchange too; the page says how many it leaves out."""
    choose_dark(browser)
    for _ in range(3):
        browser.get("/wire")
    page = browser.get("/wire")
    assert page.one("[data-left-out]")["data-left-out"] == "3"
    assert "GET /wire" not in listed(page)
    assert browser.get("/wire-not-ours").status == 404
    assert "GET /wire-not-ours" in listed(browser.get("/wire"))


def test_only_these_pages_were_seen(app):
    """Who has nothing but looks at the wire in the record is told so."""
    browser = Browser(app)
    choose_dark(browser)
    with app.app_context(), writing() as db:
        db.execute(delete(store.EXCHANGES))
    browser.get("/wire")
    page = browser.get("/wire")
    assert page.one("[data-empty=own]")


def test_one_exchange_whole(browser):
    """The page of an exchange has all its lines, its redirect, the attributes' meaning and the source that asked."""
    choose_dark(browser)
    posted = browser.page.before[0]
    page = whole(browser, "POST /preferences")
    assert listed(page) == ["POST /preferences"]
    assert {tag["data-sent"] for tag in page.select("main [data-sent]")} == {"crumb_session", "wire"}
    line = page.one("main [data-set=theme]")
    assert f"Set-Cookie: {posted.cookies_set['theme']}" in line.get_text()
    assert "Location: /shop/" in page.text
    assert len(line.select("dl dt")) == 5
    assert "cookie.set(value)" in line.select_one(".source .hll").get_text()
    assert "A redirect: your browser went straight on." in page.text


def test_the_pages_set_nothing(browser):
    """Both pages only read: not one line comes with them."""
    choose_dark(browser)
    for page in (browser.get("/wire"), whole(browser, "POST /preferences")):
        assert page.set_cookie == []
        assert page.select("main [name=csrf_token]") == []


def test_before_and_after(browser):
    """Each exchange leads to its neighbours, past the wire's own, which have neighbours of their own kind too."""
    choose_dark(browser)
    browser.get("/wire")
    browser.get("/shop/rye-bread")
    page = whole(browser, "GET /shop/")
    assert browser.get(page.one("main [rel=prev]")["href"]).one("main h1").get_text() == "POST /preferences"
    assert browser.get(page.one("main [rel=next]")["href"]).one("main h1").get_text() == "GET /shop/rye-bread"
    assert whole(browser, FORM).select("main [rel=prev]") == []
    assert (
        browser.get(whole(browser, "GET /wire").one("main [rel=prev]")["href"]).one("main h1").get_text()
        == "GET /shop/"
    )


def test_what_changed_since_the_request_before(browser):
    """New, changed and gone cookies are named, with whether the response before was the cause."""
    choose_dark(browser)
    page = whole(browser, "GET /shop/")
    assert "set by the response before" in page.one("[data-added=theme]").get_text()
    browser.get("/preferences")
    browser.submit("main form", theme="light", language="en")
    page = whole(browser, "GET /")
    assert page.one("[data-changed=theme]")
    assert page.one("[data-added=language]")
    browser.get("/preferences")
    browser.submit("main form", language="")
    assert "deleted by the response before" in whole(browser, "GET /").one("[data-gone=language]").get_text()
    masked = page.one("[data-difference] > p.muted").get_text()
    assert "wire" in masked


def test_of_nobody_else(app, browser):
    """Another visitor's exchange, a number that nobody has, and one that no database could hold are not found."""
    choose_dark(browser)
    links = [link["href"] for link in browser.get("/wire").select("main ol h3 a")]
    stranger = Browser(app)
    assert stranger.get(links[0]).status == 404
    choose_dark(stranger)
    for path in [*links, "/wire/0", "/wire/99999999999999999999999999", "/wire/-1", "/wire/x"]:
        assert stranger.get(path).status == 404, path
        assert "POST /preferences" not in stranger.page.text


def test_credentials_stay_masked(browser):
    """Neither page shows what could be replayed, and the copies say that it has to be put in."""
    choose_dark(browser)
    held = browser.cookies
    secrets = [held["wire"], held["crumb_session"].rpartition(".")[2]]
    for page in (browser.get("/wire"), whole(browser, "POST /preferences"), whole(browser, FORM)):
        for secret in secrets:
            assert secret not in page.body.decode()
    assert "••••••••" in page.one("[data-copy=pytest] pre").get_text()
    assert "put in the value of your own browser" in page.text


def test_hostile_exchanges_are_text(browser):
    """Names, values and paths that look like markup are shown as they came, in list, picture and page."""
    choose_dark(browser)
    wire, hostile = browser.cookies["wire"], "<script>alert(1)</script>"
    browser.get(
        f"/{hostile}?q={hostile}", headers={"Cookie": f"wire={wire}; {hostile}={hostile}; =lone; {'n' * 900}=x"}
    )
    page = browser.get("/wire")
    assert page.select("main script") == []
    item = page.select("main [data-exchange]")[-1]
    assert [tag["data-sent"] for tag in item.select("[data-sent]")] == ["wire", hostile, "", "n" * 900]
    assert "(no name)" in item.get_text()
    page = browser.get(item.select_one("h3 a")["href"])
    assert page.status == 200
    assert page.select("main script") == []
    assert page.select("main [data-sent]")[1]["data-sent"] == hostile


def test_two_hundred_cookies_fit_the_picture(browser):
    """In the picture many are counted, in the list they all stand; beside it what was not read is folded."""
    choose_dark(browser)
    many = "; ".join(f"cookie{number}=x" for number in range(190))
    browser.get("/shop/", headers={"Cookie": f"wire={browser.cookies['wire']}; {many}"})
    page = browser.get("/wire")
    assert len(page.select("main [data-exchange]")[-1].select("[data-sent]")) == 191
    assert "↑ 191 sent" in page.select(".sequence li")[-1].get_text()
    page = browser.get(page.select(".sequence li a")[-1]["href"])
    assert len(page.select(".opened details [data-sent]")) >= 190
    assert not page.select(".opened table [data-sent^=cookie]")


def test_few_questions_to_the_database(app, browser):
    """Either page with its own record takes five statements at most, whatever the length of the record."""
    browser.get("/register")
    browser.submit("main form.card", username="ada", password="a long pass phrase", confirm="a long pass phrase")
    choose_dark(browser)
    for _ in range(20):
        browser.get("/shop/")
    path, statements = browser.get("/wire").select("main ol h3 a")[0]["href"], []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    for engine in engines(app):
        event.listen(engine, "before_cursor_execute", note)
    for address in ("/wire", path):
        statements.clear()
        assert browser.get(address).status == 200
        assert len([text for text in statements if text != "BEGIN IMMEDIATE"]) <= 5, statements
    for engine in engines(app):
        event.remove(engine, "before_cursor_execute", note)


def test_the_path_is_recorded_as_it_crossed_the_wire(browser):
    """Percent-encoding stays, so that a redirect to such an address is known again, with or without a fragment."""
    choose_dark(browser)
    browser.get("/shop/br%C3%B6t%3F<b>?q=%C3%B6 ö")
    path = listed(browser.get("/wire"))[-1].removeprefix("GET ")
    assert path.startswith("/shop/br%C3%B6t%3F%3Cb%3E?q=%C3%B6")
    assert path.isascii() and " " not in path


def test_older_records_are_read():
    """A record from before the engine was noted has the values that a browser of no name has."""
    fields = {"method": "GET", "path": "/", "status": 200, "location": "", "sent": [], "written": [], "withheld": []}
    exchange = Exchange.from_json(NOW, fields)
    assert (exchange.engine, exchange.cross_site, exchange.top_level) == ("spec", False, True)
    assert (exchange.vary, exchange.strange, exchange.read, exchange.ahead) == ("", [], [], False)
    assert Exchange.from_json(NOW, {**fields, "method": "HEAD"}).unseen and not exchange.unseen
    assert Exchange.from_json(NOW, {**fields, "engine": "webkit"}) == exchange, "an engine that is none any more"
    assert Exchange.from_json(NOW, exchange.to_json()) == exchange


@pytest.mark.parametrize(
    ("user_agent", "engine"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "firefox"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            "chromium",
        ),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "safari"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile Safari/604.1", "safari"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
            "webkitgtk",
        ),
        ("curl/8.14", "spec"),
        ("", "spec"),
    ],
)
def test_the_engine_is_noted(app, user_agent, engine):
    """The record names the engine that the User-Agent line tells of."""
    browser = Browser(app)
    browser.headers["User-Agent"] = user_agent
    choose_dark(browser)
    with app.app_context():
        exchanges = store.kept(store.visitor_of(browser.cookies["wire"]), clock.now())
    assert {exchange.engine for exchange in exchanges.values()} == {engine}


def test_a_long_list_has_room_for_each(browser):
    """Of fifty exchanges with two hundred cookies each row names some, those asked for first, and leads to the rest."""
    choose_dark(browser)
    token = f"wire={browser.cookies['wire']}"
    many = "; ".join(f"cookie{number}=x" for number in range(190))
    for _ in range(store.KEPT):
        browser.get("/shop/", headers={"Cookie": f"{token}; {many}"})
    rows = browser.get("/wire").select(".exchanges > li")
    assert len(rows) == store.KEPT
    for row in rows:
        shown, more = row.select("[data-sent]"), row.select_one("[data-more]")
        assert len(shown) > 30 and len(shown) + int(more["data-more"]) == 191
        assert more["href"] == row.select_one("h3 a")["href"] and "more" in more.get_text()
    assert len(browser.get(more["href"]).select("main [data-sent]")) == 191
    rows = browser.get("/wire?name=Cookie189").select(".exchanges > li")
    assert len(rows) > 40 and all(row.select("[data-sent]")[0]["data-sent"] == "cookie189" for row in rows)

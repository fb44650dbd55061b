"""Reports: anybody may send one, an admin reads each once, and decides."""

import re
import secrets
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, insert, select, update

from tests.accounts.conftest import PASSWORD, log_in
from tests.browsing import Browser, Page
from tests.examples import NAME, writer
from tests.examples import PASSWORD as WRITERS
from webapp import clock
from webapp.accounts import users
from webapp.accounts.tables import USERS
from webapp.database import engines, reading, writing
from webapp.security.tokens import keyed_hash
from webapp.sites import reports, sites
from webapp.sites.reports import REPORTS
from webapp.sites.social import acts
from webapp.sites.social.tables import POSTS

# The texts that a writer has written, one of each kind: the page that reports it, and where it stands.
TEXTS = {
    "posts.1": ("/social/1/report", "/social/1", "Rye today."),
    "comments.1": ("/social/comments/1/report", "/social/1#c1", "And wheat."),
    "forum_posts.1": ("/forum/post/1/report", "/forum/sourdough/1#p1", "It does not rise."),
}


@pytest.fixture
def author(app) -> Browser:
    """The browser of somebody who wrote one text of each kind."""
    with engines(app).to_write.begin() as connection:
        if connection.dialect.name == "postgresql":  # it goes on counting in an empty table
            connection.exec_driver_sql("TRUNCATE posts, comments, threads, forum_posts RESTART IDENTITY CASCADE")
    return writer(app)


@pytest.fixture
def enter(app, author):
    """A function that gives the browser of somebody, who may look after the site."""

    def enter(name: str, *, admin: bool = False) -> Browser:
        with app.app_context():
            users.register(name, PASSWORD, admin=admin)
        return log_in(Browser(app), name)

    return enter


@pytest.fixture
def admin(enter) -> Browser:
    """The browser of Ada, who looks after the site."""
    return enter("Ada", admin=True)


def tell(browser: Browser, kind: str, reason: str = "") -> Page:
    """Report a text by the page for it."""
    browser.get(TEXTS[kind][0])
    return browser.submit("#report", reason=reason)


def waiting(admin: Browser) -> dict[str, str]:
    """Return what an admin is shown, text by text, in its order."""
    return {tag["data-report"]: " ".join(tag.get_text(" ").split()) for tag in admin.get("/reports").select("li.said")}


def counted(browser: Browser, path: str = "/shop/") -> list[str]:
    """Return what the menu says of reports."""
    return [tag.get_text(" ", strip=True) for tag in browser.get(path).select("nav a[href='/reports']")]


def test_every_kind_of_text_can_be_reported(app, author):
    """What people write on a site is known to the reports, and the examples here are one of each kind."""
    tables = {f"{table.name}.1" for site in sites(app) for table in site.texts}
    assert tables == set(TEXTS)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_report_reaches_an_admin(app, author, admin, kind):
    """A visitor follows the link beside a text, says why, is thanked and led back; the admin reads text and reason."""
    path, place, text = TEXTS[kind]
    browser = Browser(app)
    page = browser.get(place)
    [link] = [tag["href"] for tag in page.select("main a[href$='/report']") if tag["href"] == path]
    assert text in browser.get(link).one("#report blockquote").get_text()
    page = browser.submit("#report", reason="It is <b>rude</b>.")
    assert page.before[0].status == 303 and "Thank you" in page.text
    assert page.one("main a.button")["href"] == place and set(browser.cookies) <= {"wire"}
    shown = admin.get("/reports").one("li.said")
    assert shown["data-report"] == kind and text in shown.blockquote.get_text() and NAME in shown.get_text()
    assert shown.select_one(".by a")["href"] == place and shown.select_one("ul li").get_text() == "It is <b>rude</b>."
    assert "reported by 1 sender" in shown.get_text()


@pytest.mark.parametrize("kind", TEXTS)
def test_one_s_own_text_is_not_reported(author, admin, kind):
    """Its author finds a way to take it down in the place of one to report it, and so does an admin."""
    report, place, _ = TEXTS[kind]
    removal = report.replace("report", "take-down" if "forum" in report else "remove")
    for browser, way in ((author, removal), (admin, removal), (Browser(author.app), report)):
        links = [tag["href"] for tag in browser.get(place).select("main a")]
        assert [link for link in links if link in (report, removal)] == [way]


def test_what_was_reported_twice_is_listed_once(app, author, admin, enter):
    """It has the number of its senders, each once, and each reason; what was reported last stands first."""
    nora = enter("Nora")
    for browser, kind, reason in (
        *((Browser(app), "posts.1", "Rude."), (Browser(app), "comments.1", ""), (Browser(app), "comments.1", "")),
        *((nora, "posts.1", "Untrue."), (nora, "posts.1", "Rude, too.")),
    ):
        tell(browser, kind, reason)
    found = waiting(admin)
    assert list(found) == ["posts.1", "comments.1"]
    assert "reported by 2 senders" in found["posts.1"] and "Because: Rude, too. Untrue. Rude." in found["posts.1"]
    assert "reported by 1 sender" in found["comments.1"] and "Because" not in found["comments.1"]


def test_a_report_that_was_sent_twice_is_one(app, author, admin):
    """The button pressed twice counts once; pressed anew on the page, it counts again."""
    browser = Browser(app)
    browser.get(TEXTS["posts.1"][0])
    data = {"once": browser.page.one("[name=once]")["value"], "reason": "Rude."}
    for _ in range(3):
        page = browser.post(TEXTS["posts.1"][0], data, headers={"Sec-Fetch-Site": "same-origin"})
        assert "Thank you" in page.text
    assert waiting(admin)["posts.1"].count("Rude.") == 1
    tell(browser, "posts.1", "Rude.")
    assert waiting(admin)["posts.1"].count("Rude.") == 2


@pytest.mark.parametrize(("act", "stands"), [("take_down", False), ("leave", True)])
@pytest.mark.parametrize("kind", TEXTS)
def test_an_admin_decides(app, author, admin, kind, act, stands):
    """Taken down it leaves the trace of an admin, left it stays; either way nobody waits for it any more."""
    for other in TEXTS:
        tell(Browser(app), other)
    tell(Browser(app), kind)
    assert counted(admin) == ["Reports 3"]
    admin.get("/reports")
    page = decide(admin, act, kind)
    assert page.before[0].status == 303 and page.url.endswith("/reports")
    assert set(waiting(admin)) == set(TEXTS) - {kind} and counted(admin) == ["Reports 2"]
    _, place, text = TEXTS[kind]
    seen = Browser(app).get(place)
    shown = seen.one(f"#{place.rpartition('#')[2] if '#' in place else 'p1'}").get_text()
    assert (text in shown, "somebody who looks after this site" in shown) == (stands, not stands)
    if kind == "forum_posts.1":
        assert (seen.one("h1").get_text() == "Flat") is stands
        assert bool(Browser(app).get("/forum/search?q=rise").select("[data-post]")) is stands


def decide(admin: Browser, act: str, kind: str) -> Page:
    """Press one of the two buttons beside a text."""
    token = admin.page.one("#reports [name=csrf_token]")["value"]
    assert admin.page.select(f"#reports button[name={act}][value='{kind}']")
    return admin.post("/reports", {"csrf_token": token, act: kind})


@pytest.mark.parametrize("acts", [("take_down", "leave"), ("leave", "take_down"), ("take_down", "take_down")])
def test_two_admins_at_once(app, author, admin, enter, acts):
    """Who decides second, by a page that still shows the text, changes nothing and is shown what waits by now."""
    other = enter("Ole", admin=True)
    tell(Browser(app), "posts.1")
    for browser in (admin, other):
        browser.get("/reports")
    decide(admin, acts[0], "posts.1")
    with app.app_context():
        first = reading().execute(select(POSTS.c.removed_by, POSTS.c.removed_at, POSTS.c.text)).one()
    page = decide(other, acts[1], "posts.1")
    assert page.before[0].status == 303 and "Nothing waits" in page.text
    with app.app_context():
        assert reading().execute(select(POSTS.c.removed_by, POSTS.c.removed_at, POSTS.c.text)).one() == first


def test_what_goes_takes_its_reports_along(app, author, admin, enter):
    """Taken down by its author, or gone with their account, a text waits for nobody; those of others do as before."""
    nora = enter("Nora")
    nora.get("/social/")
    nora.submit("#write", text="Another's.")
    admin.get("/social/2/report")
    admin.submit("#report")
    open_form = Browser(app)
    open_form.get(TEXTS["posts.1"][0])
    for kind in TEXTS:
        tell(Browser(app), kind)
    author.get("/social/1/remove")
    author.submit("#remove")
    assert set(waiting(admin)) == {"posts.2", "comments.1", "forum_posts.1"} and counted(admin) == ["Reports 3"]
    assert open_form.submit("#report", reason="Rude.").url.endswith("/social/1")
    with app.test_request_context():  # as if the author had been faster by a moment
        reports.report(POSTS, 1, "/social/1", secrets.token_urlsafe(16), "Rude.")
    assert Browser(app).get(TEXTS["posts.1"][0]).url.endswith("/social/1")
    log_in(author, NAME, WRITERS)
    author.get("/account/close")
    author.submit("main form.card", password=WRITERS, confirm=True)
    assert set(waiting(admin)) == {"posts.2"} and counted(admin) == ["Reports 1"]
    with app.app_context():
        assert reading().scalar(select(func.count()).select_from(REPORTS)) == 1


def test_a_report_at_the_very_moment_of_a_taking_down(app):
    """Whichever is faster, a text that is gone leaves no report behind that nobody could decide about."""
    with app.app_context(), writing() as db:
        rows = [{"text": "Rye.", "created_at": clock.now()}] * 15
        ids = db.scalars(insert(POSTS).returning(POSTS.c.id), rows).all()
    for id in ids:
        begin = Barrier(3)

        def at_once(act, *arguments, begin=begin) -> None:
            with app.test_request_context():
                begin.wait()
                act(*arguments)

        send = reports.report, POSTS, id, "/social/1"
        threads = [Thread(target=at_once, args=(*send, secrets.token_urlsafe(16), "Rude.")) for _ in range(2)]
        threads.append(Thread(target=at_once, args=(acts.remove, POSTS, id, None)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with app.app_context():
        assert set(reading().scalars(select(POSTS.c.text))) == {""}
        assert reading().scalar(select(func.count()).select_from(REPORTS)) == 0


@pytest.mark.parametrize("path", ["/social/9/report", "/social/comments/9/report", "/forum/post/9/report"])
def test_what_never_was_can_not_be_reported(app, author, path):
    """There is no such page, by any method."""
    assert Browser(app).get(path).status == 404
    assert Browser(app).post(path, headers={"Sec-Fetch-Site": "same-origin"}).status == 404


def test_only_admins_read_and_decide(app, author, enter):
    """Others see nothing of it in their menu, are led to the log-in or told of no such page, and decide nothing."""
    tell(Browser(app), "posts.1")
    member = enter("Nora")
    member.get("/account/name")
    token = member.page.one("[name=csrf_token]")["value"]
    assert counted(member) == counted(Browser(app)) == []
    assert member.get("/reports").status == 404 and "/login?next=/reports" in Browser(app).get("/reports").url
    for act in ("take_down", "leave"):
        assert member.post("/reports", {"csrf_token": token, act: "posts.1"}).status == 404
        assert Browser(app).post("/reports", {act: "posts.1"}).url.endswith("/login?next=/reports")
    assert "Rye today." in member.get("/social/1").text
    assert list(waiting(enter("Ada", admin=True))) == ["posts.1"]


def test_a_decision_needs_its_token(app, author, admin):
    """Without the token of the page nothing is decided, and the page comes back."""
    tell(Browser(app), "posts.1")
    for act in ("take_down", "leave"):
        page = admin.post("/reports", {act: "posts.1"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert page.status == 422 and page.select(".problems") and page.select("[data-report='posts.1']")


def test_flask_users_admin_makes_somebody_look_after_the_site(app, author, enter):
    """The command gives the page and takes it back; from then on the menu says how many wait, and where one is."""
    nora = enter("Nora")
    tell(Browser(app), "posts.1")
    for option, number in (([], ["Reports 1"]), (["--off"], [])):
        app.test_cli_runner().invoke(args=["users", "admin", "Nora", *option], catch_exceptions=False)
        assert counted(nora) == number and counted(nora, "/no-such-page") == number
        marked = [tag["href"] for tag in nora.get("/reports").select("nav [aria-current]")]
        assert marked == ["/reports"][: len(number)]


def test_reports_are_counted(app, author, enter, monkeypatch):
    """So many an hour of one account, or of one address without one: then 429, the wait, and the reason kept."""
    monkeypatch.setattr(reports, "AN_HOUR", 2)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    nora, visitor = enter("Nora"), Browser(app)
    for browser in (nora, visitor):
        for kind in ("posts.1", "comments.1"):
            assert tell(browser, kind).status == 200
        page = tell(browser, "forum_posts.1", "It is rude.")
        assert page.status == 429 and page.headers["Retry-After"] == "3600" and "within an hour" in page.text
        assert page.one("#report textarea").get_text().strip() == "It is rude."
    assert tell(Browser(app), "posts.1").status == 429
    with app.app_context():
        assert reading().scalar(select(func.count()).select_from(REPORTS)) == 4
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1))
    assert tell(visitor, "forum_posts.1").status == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("", "", True),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "demo", "drawn"])
def test_who_is_counted_together(app, author, enter, monkeypatch, who, one, other, same):
    """An address, of IPv6 its network; whoever has a demo account, everybody's, or a drawn name, which is free."""
    monkeypatch.setattr(reports, "AN_HOUR", 1)
    browser = Browser(app)
    if who == "demo":
        browser = enter("Mira")
        with app.app_context(), writing() as db:
            db.execute(update(USERS).where(USERS.c.name == "Mira").values(demo=True))
        app.config["DEMO_ACCOUNTS"] = True
    if who == "drawn":
        browser.get("/login")
        browser.submit("form[data-draw]")
    answers = []
    for address in (one, other):
        data = {"once": secrets.token_urlsafe(16)}
        options = {"headers": {"Sec-Fetch-Site": "same-origin"}, "environ_base": {"REMOTE_ADDR": address}}
        answers.append(browser.post(TEXTS["posts.1"][0], data, follow=False, **options).status)
    assert answers == [303, 429 if same else 303]
    with app.app_context():
        senders = set(reading().scalars(select(REPORTS.c.sender)))
    assert all(re.fullmatch("[0-9a-f]{64}", sender) for sender in senders) and len(senders) == (1 if same else 2)


def test_nobody_can_try_who_sent_a_report(app):
    """What stands for an address depends on the site's key, and is none that stands for an account."""
    with app.app_context():
        address = keyed_hash("address", "7")
        assert keyed_hash("address", "7") == address != keyed_hash("account", "7")
        app.config["SECRET_KEY"] = "another key of this site's"
        assert keyed_hash("address", "7") != address


def test_the_table_has_a_bound(app, author, admin):
    """With one more than it keeps the oldest goes, and the page shows the first twenty of what waits."""
    row = {"kind": "posts", "path": "/social/1", "reason": "", "sender": "x"}
    begun, most = clock.now() - timedelta(hours=1), REPORTS.info["bound"].rows
    with app.app_context(), writing() as db:
        posts = [{"text": f"post {n}", "created_at": clock.now()} for n in range(most)]
        ids = sorted(db.scalars(insert(POSTS).returning(POSTS.c.id), posts))
        db.execute(
            insert(REPORTS),
            [{**row, "text_id": id, "once": f"{id:022}", "at": begun + timedelta(seconds=id)} for id in ids],
        )
    tell(Browser(app), "posts.1")
    with app.app_context():
        kept = reading().scalars(select(REPORTS.c.text_id).order_by(REPORTS.c.id)).all()
    assert kept == [*ids[1:], 1]
    page = admin.get("/reports")
    assert [tag["data-report"] for tag in page.select("li.said")][:2] == ["posts.1", f"posts.{ids[-1]}"]
    assert len(page.select("li.said")) == 20 and f"{most - 20} more wait" in page.text.replace(",", "")


@pytest.mark.parametrize(("reason", "status"), [("ß" * 300, 200), ("ß" * 301, 422), (" \0\n ", 200)])
def test_a_reason_is_short(app, author, reason, status):
    """Three hundred letters, or none at all; more comes back with a sentence and the text."""
    page = tell(Browser(app), "posts.1", reason)
    assert page.status == status
    if status == 422:
        assert (
            page.one(".problems a")["href"] == "#reason" and page.one("#report textarea").get_text().strip() == reason
        )


def test_a_report_waits_for_the_database(app, author):
    """While the database is down the page that sends it once more holds the reason; then it is sent."""
    browser = Browser(app)
    browser.get(TEXTS["posts.1"][0])
    with engines(app).to_write.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE reports RENAME TO gone")
    page = browser.submit("#report", reason="It is rude.")
    assert page.status == 503 and page.headers["Retry-After"] and "It is rude." in page.one("textarea").get_text()
    with engines(app).to_write.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO reports")
    assert "Thank you" in browser.submit("#report").text
    with app.app_context():
        assert reading().scalars(select(REPORTS.c.reason)).all() == ["It is rude."]


def test_the_menu_stands_without_the_table(app, admin):
    """Where the reports can't be counted the page is there all the same, and none are said to wait."""
    with engines(app).to_write.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE reports RENAME TO gone")
    try:
        assert counted(admin) == ["Reports 0"]
    finally:
        with engines(app).to_write.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO reports")


@pytest.mark.parametrize(
    ("language", "words", "own"),
    [
        ("de", "von 2 Absendern gemeldet", "Anmelden"),
        ("ar", "أبلغ عنه مُبلِّغان", "تسجيل الدخول"),
        ("en", "2 senders", "Log in"),
    ],
)
def test_it_speaks_the_admins_language(app, author, admin, language, words, own):
    """Page and numbers are in the language of who reads it, and the house's own texts; others' stay as they are."""
    with app.app_context(), writing() as db:
        db.execute(insert(POSTS).values(text="Log in", ours=True, created_at=clock.now()))
    for browser, address in (
        (Browser(app), "/social/1/report"),
        (admin, "/social/1/report"),
        (admin, "/social/2/report"),
    ):
        browser.get(address)
        browser.submit("#report", reason="Log in")
    page = admin.get("/reports", headers={"Accept-Language": language})
    shown = {tag["data-report"]: tag for tag in page.select("li.said")}
    assert words in shown["posts.1"].get_text() and shown["posts.1"].blockquote.get_text() == "Rye today."
    assert shown["posts.2"].blockquote.get_text() == own and shown["posts.2"].ul.get_text(strip=True) == "Log in"
    assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")

"""The second browser, beside the instructor's own."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.browsing import Browser
from tests.lessons.playing import start
from webapp import clock
from webapp.classroom.students import STUDENTS
from webapp.database import writing
from webapp.wire.record.masking import MASK

AT = "/teach/student/at"
NAME, PASSWORD = "Marlene", "three warm loaves, and a fourth"


@pytest.fixture
def teacher(app) -> Browser:
    """An instructor who has opened a second browser."""
    browser = start(app)
    browser.get("/teach/student")
    browser.submit("#begin", engine="firefox")
    return browser


def store(teacher: Browser) -> dict[str, str]:
    """Return what the page says is in the second browser's store: name and value."""
    rows = teacher.get("/teach/student/store").select("[data-cookie]")
    return {row["data-cookie"]: row.select_one("code").get_text().partition("=")[2] for row in rows}


def register(teacher: Browser, name: str) -> None:
    """Make an account in the second browser, and be logged in there."""
    teacher.get(f"{AT}/register")
    teacher.submit("main form.card", username=name, password=PASSWORD, confirm=PASSWORD)


def test_it_shows_the_site_to_somebody_else(teacher):
    """The page around has two frames; what is in the frame belongs to a visitor who did nothing yet."""
    page = teacher.get("/teach/student?at=/shop/")
    assert [frame["src"] for frame in page.select("iframe")] == [f"{AT}/shop/", "/teach/student/store"]
    assert all("allow-scripts" not in frame["sandbox"] for frame in page.select("iframe"))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    inner = teacher.get(f"{AT}/shop/")
    assert inner.select("[data-wire] .nothing"), "a first visit"
    assert "frame-ancestors 'self'" in inner.headers["Content-Security-Policy"]
    assert "script-src" not in inner.headers["Content-Security-Policy"]
    assert store(teacher) == {}


def test_links_and_forms_stay_in_it(teacher):
    """Every link of the site and every form leads on below the frame's address; styles and pictures come as always."""
    page = teacher.get(f"{AT}/shop/")
    links = [tag["href"] for tag in page.select("a[href]") if not tag["href"].startswith("#")]
    assert links and all(link.startswith(f"{AT}/") for link in links)
    assert all(form.get("action", AT).startswith(AT) for form in page.select("form"))
    assert page.one("link[rel=stylesheet]")["href"].startswith("/static/")


def test_its_cookies_are_its_own(teacher):
    """What a form sets there is in its store, credentials masked; the instructor's browser gets nothing."""
    held = dict(teacher.cookies)
    register(teacher, NAME)
    assert teacher.page.html["data-user"] == NAME and teacher.page.url.startswith(f"{teacher.home}{AT}/")
    assert {"crumb_session", "wire"} <= set(store(teacher))
    assert store(teacher)["crumb_session"].endswith(MASK) and store(teacher)["wire"] == MASK
    assert set(teacher.cookies) == set(held)
    assert "data-user" not in teacher.get("/").html
    teacher.get(f"{AT}/setcookie")
    teacher.submit("main form", title="Flavour", value="rye")
    assert store(teacher)["tutorial.Flavour"] == "rye"


def test_a_log_in_there_is_ended_from_here(app, teacher):
    """Logged in in both, all other devices are ended from the instructor's: the student's next click shows it."""
    register(teacher, NAME)
    teacher.get("/login")
    teacher.submit("#log-in", username=NAME, password=PASSWORD)
    page = teacher.get("/account/devices")
    assert "Firefox" in page.text
    teacher.submit('form[action$="end-others"]')
    assert teacher.get("/").html["data-user"] == NAME
    page = teacher.get(f"{AT}/account")
    assert page.url.startswith(f"{teacher.home}{AT}/login") and "from another one" in page.text


def test_it_can_be_closed_and_forgotten(teacher):
    """Closed, its session cookies are gone and the others stay; begun anew, everything is gone."""
    teacher.get(f"{AT}/")
    teacher.submit(".ask form", button="all")
    register(teacher, NAME)
    assert {"crumb_session", "consent"} <= set(store(teacher))
    teacher.get("/teach/student")
    teacher.submit("#close")
    assert "crumb_session" not in store(teacher) and "consent" in store(teacher)
    teacher.get("/teach/student")
    page = teacher.submit("#begin", engine="safari")
    assert page.one(".student")["data-engine"] == "safari" and store(teacher) == {}


def test_one_of_an_older_version_is_none(teacher):
    """A second browser whose engine the model has no more is not found, and another one can be opened."""
    with teacher.app.app_context(), writing() as db:
        db.execute(update(STUDENTS).values(engine="webkit"))
    assert teacher.get(f"{AT}/shop/").status == 404
    page = teacher.get("/teach/student")
    offered = {tag["value"] for tag in page.select("#begin [name=engine]")}
    assert not page.select("iframe") and offered == {"chromium", "firefox", "safari", "spec"}
    assert teacher.submit("#begin", engine="firefox").select("iframe")


def test_it_ends(teacher, monkeypatch):
    """Two hours after its last request nobody finds it, and the page offers another one."""
    teacher.get(f"{AT}/shop/")
    later = clock.now() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert teacher.get(f"{AT}/shop/").status == 404
    assert not teacher.get("/teach/student").select("iframe")


@pytest.mark.parametrize("path", ["", "/at/", "/at/shop/", "/store"])
def test_there_is_no_third_browser(teacher, path):
    """The second browser has no second browser."""
    assert teacher.get(f"{AT}/teach/student{path}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "//evil.test/", "/http://evil.test/", "/https:/evil.test", "/%2f%2fevil.test",
        "/..%2f..%2fetc/passwd", "/\\evil.test",
        "/%00", "/%ff%fe", "/shop/%0d%0aSet-Cookie:%20x=1", "/@evil.test/", "/?next=//evil.test", "/" + "a" * 3000,
    ],
)  # fmt: skip
def test_hostile_paths(teacher, path):
    """Only this site answers, and it answers as it always does."""
    page = teacher.get(AT + path)
    assert page.status in (200, 404)
    assert "x" not in teacher.cookies and all(answer.url.startswith(teacher.home) for answer in [*page.before, page])


def test_nobody_else_has_it(app, teacher):
    """Without the cookie, or with another one, there is nothing at these addresses."""
    other = start(app)
    for line in ("", "student=AAAAAAAAAAAAAAAAAAAAAA; Path=/teach/student", "student=x; Path=/teach/student"):
        if line:
            other.agent.receive(f"{other.home}/teach/student", line, now=clock.now())
        for path in ("/at/", "/at/shop/", "/store"):
            assert other.get(f"/teach/student{path}").status == 404
    assert other.post(f"{AT}/login", headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_it_is_left_out_of_the_record(teacher):
    """What the second browser does is recorded for it alone."""
    teacher.get(f"{AT}/shop/")
    register(teacher, NAME)
    paths = [tag.get_text() for tag in teacher.get("/wire?own").select(".exchanges h3")]
    assert paths and not any(AT in path or "store" in path or "register" in path for path in paths)
    assert "POST /register" in teacher.get(f"{AT}/wire").text


def test_too_much_is_too_much(teacher):
    """A form that is too large is refused as from any browser."""
    told = {"Sec-Fetch-Site": "same-origin"}
    assert teacher.post(f"{AT}/login", {"username": "x" * 70_000}, headers=told).status == 413

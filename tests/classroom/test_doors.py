"""How a class gets in: the address for other devices, the page that it opens, and the relay as a file."""

from hashlib import sha256

import pytest

from tests.browsing import Browser
from tests.examples import KEY
from webapp import clock
from webapp.address import parties
from webapp.classroom import doors, join
from webapp.useragent.urls import locate

CLASS = "http://192.168.7.7:8000"
QUIET = {"DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}


def laptop_in(source: bytes) -> str:
    """Return the address that a relay leads to where none is given."""
    given: dict = {"__name__": "join"}
    exec(source, given)
    [default] = given["main"].__defaults__
    return default


@pytest.fixture
def classroom(make_app):
    """A site that a class reaches at an address of the local network, and by one name more."""
    return make_app(CLASS_URL=CLASS, TRUSTED_HOSTS="crumb.local, .class.test", **QUIET)


@pytest.mark.parametrize(
    ("url", "door"),
    [
        ("http://localhost:8000", "localhost"),
        ("http://localhost:8001", "localhost"),
        ("http://192.168.7.7:8000", "address"),
        ("http://crumb.local:8000", "name"),
        ("http://localhost.test", "name"),
        ("https://crumb.test", "https"),
        ("https://localhost", "https"),
    ],
)
def test_each_door_is_known_by_its_address(url, door):
    """Scheme and host tell it; the port, by which a relay may differ from the laptop, does not."""
    assert doors.door(locate(url)) == door


@pytest.mark.parametrize(
    ("settings", "at", "url"),
    [
        ({}, "http://localhost:8000", None),
        ({}, "http://localhost:8001", None),
        ({"TRUSTED_HOSTS": "192.168.7.7"}, CLASS, CLASS),
        ({"CLASS_URL": CLASS}, "http://localhost:8000", CLASS),
        ({"CLASS_URL": f"{CLASS}/"}, "http://192.168.7.7:8000", CLASS),
        ({"CLASS_URL": CLASS, "TRUSTED_HOSTS": "crumb.local"}, "http://crumb.local:8000", CLASS),
        ({"URL": "https://crumb.test", "SECRET_KEY": KEY}, "https://crumb.test", "https://crumb.test"),
        ({"URL": "http://crumb.test:80", "TRUSTED_HOSTS": "localhost"}, "http://localhost:8000", "http://crumb.test"),
    ],
)
def test_other_devices_have_one_address(make_app, settings, at, url):
    """The one for the class, else that of the site, else the one in use; none where all mean this machine alone."""
    app = make_app(**QUIET, **settings)
    with app.test_request_context(base_url=at):
        assert doors.class_url() == url


@pytest.mark.parametrize(
    ("at", "said"), [("http://localhost:8001", True), ("http://crumb.local:8000", True), (CLASS, False)]
)
def test_what_was_done_at_the_class_s_address_can_be_brought_along(classroom, at, said):
    """Elsewhere /join says in a sentence that it stayed there and how to bring it; what it says is so."""
    begun = Browser(classroom, CLASS, **{"Sec-Fetch-Site": "same-origin"})
    begun.get("/learn/carry/first.03")
    begun.submit("main form")
    link = begun.get("/learn").one("main a[href*='/carry/'] code").get_text()
    browser = Browser(classroom, at, **{"Sec-Fetch-Site": "same-origin"})
    told = browser.get("/join").select("[data-before]")
    assert [[tag.get_text() for tag in sentence.select("code")] for sentence in told] == [[CLASS, at]] * said
    browser.get(link.replace(CLASS, at))
    browser.submit("main form")
    assert browser.page.one("[data-lesson=first]")["data-done"] == "2"


def test_no_address_is_made_up(make_app):
    """Where no other device gets in, /join speaks of no other address."""
    assert not Browser(make_app(**QUIET)).get("/join").select("[data-before]")


def test_the_instructor_shows_what_works_elsewhere(classroom):
    """At localhost address, picture, hand-outs and notes are those of the class, with the doors that are open."""
    browser = Browser(classroom)
    browser.get("/teach")
    page = browser.submit("#open-notes")
    assert page.one("#class ~ p code").get_text() == f"{CLASS}/join"
    assert page.one("[data-doors]")["data-doors"] == "address"
    assert page.one("[data-doors]").get_text(" ", strip=True) == "✓ the relay ✓ the bare address"
    assert len(page.select(".teach-tell li")) == 4 and "HOST=" not in page.text
    assert page.one("[data-room] a")["href"].startswith(f"{CLASS}/teach/notes/")
    assert browser.get("/teach/first/handout").one(".handout-head code").get_text() == f"{CLASS}/learn/first"
    assert "means this machine alone" not in browser.page.text


def test_without_an_address_one_sentence_says_how(app):
    """Where only this machine can come, nothing is told to a class, and the command stands there."""
    page = Browser(app).get("/teach")
    assert page.one("[data-doors=none] code").get_text() == "HOST=0.0.0.0 python3 run.py"
    assert not page.select(".teach-tell, [data-digest]")


def test_under_https_there_is_one_door(make_app):
    """No relay is offered or compared: nothing is missing."""
    app = make_app(URL="https://crumb.test", SECRET_KEY=KEY, **QUIET)
    browser = Browser(app, "https://crumb.test")
    page = browser.get("/teach")
    assert page.one("[data-doors]").get_text() == "✓ https" and not page.select("[data-digest]")
    assert len(page.select(".teach-tell li")) == 3
    page = browser.get("/join")
    assert page.one("[data-door]")["data-door"] == "https" and not page.select('[href="/join/join.py"]')


def test_a_name_that_is_announced_is_offered(make_app):
    """Beside the relay, with the class's port; /join at the bare address leads there, at the name it does not."""
    app = make_app(CLASS_URL=CLASS, TRUSTED_HOSTS="crumb.local", LOCAL_NAMES={"crumb": "crumb.local"}, **QUIET)
    named = "http://crumb.local:8000"
    page = Browser(app).get("/teach")
    assert page.one("[data-doors]").get_text("", strip=True) == f"✓ the relay✓{named}✓ the bare address"
    assert named in page.one(".teach-tell").get_text()
    assert Browser(app, CLASS).get("/join").select(f'a[href="{named}/join"]')
    assert not Browser(app, named).get("/join").select(f'a[href="{named}/join"]')


@pytest.mark.parametrize("at", ["http://localhost:8000", "http://localhost:8001", CLASS, "http://crumb.local:8000"])
def test_the_relay_is_one_file_for_all(classroom, at):
    """From every address the same bytes, whose sum stands on /teach: the relay that leads to the class, to be saved."""
    digest = Browser(classroom).get("/teach").one("[data-digest]").get_text()
    answer = classroom.test_client().get("/join/join.py", base_url=at)
    assert sha256(answer.data).hexdigest() == digest
    assert answer.headers["Content-Type"] == "text/x-python; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=join.py"
    assert "Set-Cookie" not in answer.headers
    shown = Browser(classroom, at).get("/join").one('[aria-labelledby="relay"] .source')
    for number in shown.select(".linenos"):
        number.extract()
    assert shown.get_text().strip() == answer.text.strip()
    assert laptop_in(answer.data) == CLASS


@pytest.mark.parametrize(
    ("host", "laptop"),
    [
        ("evil.test", None),
        ('a".class.test', None),
        ("a.class.test:8000", "http://a.class.test:8000"),
    ],
)
def test_no_host_writes_into_the_relay(make_app, host, laptop):
    """A host that is not ours gets no file, and one that is ours stands in it as text."""
    app = make_app(TRUSTED_HOSTS=".class.test", **QUIET)
    answer = app.test_client().get("/join/join.py", headers={"Host": host})
    assert (answer.status_code == 200) == (laptop is not None)
    assert (b"import socket" in answer.data) == (laptop is not None)
    if laptop:
        assert laptop_in(answer.data) == laptop


def test_an_address_with_signs_stays_text():
    """Whatever stands in an address, the file has one line for it, and its value is the address."""
    for url in ('http://a"+exit()+".test', "http://a\\.test", "http://x\ny"):
        assert laptop_in(doors.relay(url)) == url
        assert doors.relay(url).count(b"\n") == doors.relay(join.LAPTOP).count(b"\n")


@pytest.mark.parametrize(
    ("at", "engine", "found"),
    [
        ("http://localhost:8000", "chromium", "kept"),
        ("http://localhost:8001", "firefox", "kept"),
        ("http://localhost:8000", "safari", "refused"),
        (CLASS, "chromium", "refused"),
        ("http://crumb.local:8000", "firefox", "refused"),
    ],
)
def test_the_page_finds_out_whether_secure_is_kept(classroom, at, engine, found):
    """The first page sets nothing; a click sets two cookies there, and what came back is said, later too."""
    browser = Browser(classroom, at, engine=engine)
    page = browser.get("/join")
    assert page.set_cookie == [] and not page.select("[data-tried]")
    page = browser.submit("#try")
    assert {"join-plain", "join-secure"} <= {line.partition("=")[0] for line in page.before[0].set_cookie}
    assert page.one("[data-tried]")["data-tried"] == found
    assert browser.get("/join").one("[data-tried]")["data-tried"] == found
    assert "join-" not in browser.get("/").sent


def test_a_browser_that_keeps_none_is_told(classroom):
    """Where cookies are blocked, or the address was passed on, neither is there, and nothing else is claimed."""
    page = Browser(classroom, CLASS).get("/join?tried=yes")
    assert page.one("[data-tried]")["data-tried"] == "none"
    assert "Neither cookie is here" in page.text


def test_pictures_of_the_other_parties_are_asked_for(app):
    """Each at its own host, where it may be shown by any page, sets nothing and needs no cookie; by this page alone."""
    page = Browser(app).get("/join")
    with app.test_request_context(base_url="http://localhost:8000"):
        roles = parties()
    pictures = [tag["src"] for tag in page.select("img[data-there]")]
    assert pictures == [f"{origin}/there.svg" for origin in roles.values()] and len(pictures) == 7
    assert all("does not answer" in tag["alt"] for tag in page.select("img[data-there]"))
    policy = page.headers["Content-Security-Policy"]
    assert f"img-src 'self' {' '.join(roles.values())};" in policy
    assert "img-src 'self';" in Browser(app).get("/teach").headers["Content-Security-Policy"]
    for origin in roles.values():
        answer = app.test_client().get("/there.svg", base_url=origin)
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml") and "Set-Cookie" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert app.test_client().get("/there.svg", base_url="http://localhost:8000").status_code == 404


def test_a_full_place_is_said(app):
    """Who has filled the place of those two cookies by hand is told so, and nothing more is set."""
    browser = Browser(app)
    for number in range(30):
        browser.agent.receive(f"{browser.home}/join", f"join-{number}=x; Path=/join", now=clock.now())
    browser.get("/join")
    page = browser.submit("#try")
    assert page.status == 422 and page.select("[role=alert]") and page.cookies_set == {}

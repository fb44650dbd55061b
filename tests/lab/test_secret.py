"""Not a secret: what a session of Flask's tells everybody, what a well-known key is worth, and a random one."""

from datetime import UTC, datetime

import pytest
from flask import Flask, session

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp.lab import flask_session
from webapp.lab.cookies import LAB
from webapp.lab.secret import toy
from webapp.lab.secret.views import KINDS
from webapp.security.cookies import SESSION

TOYS = {SESSION_COOKIE := "lab-session", "lab-toy"}


def begun(app, kind: str, name: str = "Ada") -> Browser:
    """Return a browser that is logged in to a toy app with that kind of key."""
    browser = visitor(app, "chromium")
    assert browser.get("/lab/secret").set_cookie == []
    browser.submit("#begin", name=name, key=kind)
    return browser


def door(browser: Browser) -> tuple[int, str]:
    """Return what the app says to whoever comes in."""
    page = browser.get("/lab/secret/door")
    return page.status, page.one("[data-verdict]")["data-verdict"]


def plain_flask(key: str | bytes) -> Flask:
    """Return an app in plain Flask that greets whom its session names."""
    app = Flask("plain")
    app.secret_key = key
    app.get("/")(lambda: session.get("name", "nobody"))
    return app


@pytest.mark.parametrize("key", [*toy.KEYS, "f" * 64])
def test_plain_flask_takes_what_we_sign(key):
    """The session is Flask's own: an app of three lines with that key reads it, one with another key does not."""
    cookie = {"Cookie": f"session={toy.signed('Zoë', key)}"}
    for app, name in ((plain_flask(key), "Zoë"), (plain_flask("another"), "nobody")):
        assert app.test_client(use_cookies=False).get("/", headers=cookie).text == name


def test_anybody_reads_it(app):
    """Page and dock say what it holds and when it was signed; both cookies stay below the page, hidden from scripts."""
    browser = begun(app, "strong", "Zoë & عادة")
    lines = browser.page.before[0].cookies_set
    assert {name for name, line in lines.items() if line.endswith("; Path=/lab/secret; HttpOnly")} == TOYS
    assert browser.page.one("[data-session] [data-content]").get_text() == '{"name": "Zoë & عادة"}'
    dock = browser.page.one(f"[data-exchange='POST /lab/secret/begin'] [data-set={SESSION_COOKIE}]").get_text()
    assert '"Zoë & عادة"' in dock
    signed_at = flask_session.read(browser.cookies[SESSION_COOKIE]).signed_at
    assert abs((datetime.now(UTC) - signed_at).total_seconds()) < 60


def test_a_weak_key_makes_one_anybody(app):
    """The list has the key, what is signed with it is taken for anybody's, and the page names the one that it was."""
    browser = begun(app, "weak")
    assert door(browser) == (200, "taken")
    page = browser.get("/lab/secret/keys")
    assert [tag["data-key"] for tag in page.select("[data-key]")].count("yes") == 1
    page = browser.submit("#sign", name="The owner")
    assert (page.status, page.before[0].status) == (200, 303)
    assert "The owner" in page.one("[data-verdict=taken]").get_text()
    with app.test_request_context():
        assert toy.found(browser.cookies[SESSION_COOKIE]) == toy.key_of(browser.cookies["lab-toy"])


def test_a_random_key_is_on_no_list(app):
    """None of the ten is marked, nothing can be signed, not even by the form's address, and the app lets one in."""
    browser = begun(app, "strong")
    page = browser.get("/lab/secret/keys")
    assert page.select("[data-verdict=unknown]") and not page.select("[data-key=yes], #sign")
    page = browser.post("/lab/secret/sign", {"name": "The owner"})
    assert page.set_cookie == [] and [answer.status for answer in page.before] == [303]
    assert door(browser) == (200, "taken")


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_key_a_change_is_refused(app, kind):
    """Name changed, moment and signature as they were: the page reads the new name, the app refuses it."""
    browser = begun(app, kind)
    before = browser.cookies[SESSION_COOKIE]
    browser.get("/lab/secret/door")
    page = browser.submit("#change", name="The owner")
    assert page.status == 403 and "The owner" in page.one("[data-verdict=refused]").get_text()
    assert browser.cookies[SESSION_COOKIE].split(".")[-2:] == before.split(".")[-2:]
    assert not browser.get("/lab/secret/keys").select("[data-key=yes]")


def test_each_key_is_drawn_and_found(app):
    """Of a hundred visitors with weak keys every key is somebody's, and is found; no cookie tells which it is."""
    with app.test_request_context():
        apps = {toy.new("weak") for _ in range(100)}
        drawn = {each: toy.key_of(each) for each in apps}
        assert set(drawn.values()) == set(toy.KEYS)
        assert all(toy.found(toy.signed("Ada", key)) == key for key in drawn.values())
        strong = {toy.key_of(toy.new("strong")) for _ in range(100)}
        assert len(strong) == 100 and {len(key) for key in strong} == {64}


def test_the_sites_own_session_has_no_part_in_it(app):
    """No key of a toy app is the site's, the site takes no session of theirs, and the pages write none of its own."""
    browser = begun(app, "weak")
    for path in ("/lab/secret", "/lab/secret/door", "/lab/secret/keys"):
        assert browser.get(path).set_cookie == []
    with app.test_request_context():
        keys = {*toy.KEYS, *(toy.key_of(toy.new(kind)) for kind in KINDS)}
        assert app.config["SECRET_KEY"] not in keys
        for key in keys:
            with pytest.raises(ValueError):
                SESSION.codec.decode(toy.signed("Ada", key))
        own = SESSION.codec.encode({"name": "Ada"})
        assert SESSION.codec.decode(own) == {"name": "Ada"} and toy.found(own) is None
    assert set(browser.cookies) == {*TOYS, "wire"}


BAD = [
    "",
    "rye",
    "..",
    "a.b.c",
    "\xff.\xff.\xff",
    "W10.aSqx4g.x",
    "e30.zzzzzzzzzzzzzzzz.x",
    ".e30.aSqx4g.x",
    "x" * 5000,
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_session_is_nobodys(app, text):
    """What Flask would not write is read as none, opens nothing, and no page of the bench fails over it."""
    assert flask_session.read(text) is None
    assert not flask_session.opens(text, "dev")
    for path, status in (("", 200), ("/door", 403), ("/keys", 200)):
        headers = {"Cookie": f"{SESSION_COOKIE}={text}; lab-toy={text}"}
        page = Browser(app).get(f"/lab/secret{path}", headers=headers)
        assert page.status == status and not page.select("[data-session], [data-verdict=taken], #sign, #change")


@pytest.mark.parametrize("content", [[1], {"name": 1}, {"name": ["Ada"]}, {}, {"name": None}])
def test_a_session_signed_elsewhere_may_hold_anything(app, content):
    """Whoever knows the key writes what Flask reads, and that need not be a name: then the app lets nobody in."""
    browser = begun(app, "weak")
    with app.test_request_context():
        key = toy.key_of(browser.cookies["lab-toy"])
        assert toy.who(flask_session.signer(key).dumps({"name": "Ada"}), key) == "Ada"
        text = flask_session.signer(key).dumps(content)
    cookies = {"Cookie": f"{SESSION_COOKIE}={text}; lab-toy={browser.cookies['lab-toy']}"}
    assert Browser(app).get("/lab/secret/door", headers=cookies).status == 403


def test_what_grows_a_thousandfold_is_not_opened():
    """What comes may be compressed: of some 700 KB in a thousand characters the content is read, of more it is not."""
    for size, opens in ((700_000, True), (800_000, False)):
        text = flask_session.signer("dev").dumps({"a": "a" * size})
        assert (len(text) <= 1000, flask_session.read(text) is not None) == (opens, opens)
        assert flask_session.opens(text, "dev") and toy.who(text, "dev") is None


@pytest.mark.parametrize(("form", "path"), [("#begin", ""), ("#change", "/door"), ("#sign", "/keys")])
@pytest.mark.parametrize("name", ["", "   ", "\u3164", "x" * 41])
def test_an_odd_name_is_explained_and_kept(app, form, path, name):
    """What is empty or too long is not written, says why beside the field, and stands in it again."""
    browser = begun(app, "weak")
    browser.get(f"/lab/secret{path}")
    page = browser.submit(form, name=name)
    assert (page.status, page.set_cookie) == (422, [])
    assert page.one(f"{form} [name=name]")["value"] == name.strip(" \u3164") and page.select(f"{form} .error")


@pytest.mark.parametrize("name", ["<b>Ada</b>", "A\0da", "\u202eadA", "'\";,=", "%(name)s {{ 7*7 }}"])
def test_any_other_name_goes_in_and_comes_out(app, name):
    """A name is text wherever it stands, and no letter in it makes the cookie another."""
    browser = begun(app, "weak", name)
    page = browser.get("/lab/secret/door")
    assert (
        page.status == 200 and name in page.one("[data-verdict]").get_text() and not page.select("[data-verdict] b b")
    )


@pytest.mark.parametrize("path", ["begin", "change", "sign"])
def test_another_site_changes_nothing(app, path):
    """A form of another site's is refused, and one without a word of where it comes from is asked for a token."""
    cookies = "; ".join(f"{name}={value}" for name, value in begun(app, "weak").cookies.items())
    fields = {"name": "The owner", "key": "weak"}
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({}, 422),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ):
        page = Browser(app, Cookie=cookies, **headers).post(f"/lab/secret/{path}", fields, follow=False)
        assert page.status == status
        assert bool([line for line in page.set_cookie if line.startswith("lab-")]) == (status == 303)


def test_too_many_cookies_are_explained(app):
    """Where the lab's cookies are too many already, each form says so."""
    browser = begun(app, "weak")
    held = sum(len(f"{name}={browser.cookies[name]}; ") for name in TOYS)
    for size in (3000, LAB.most - 3000 - held - 40):
        browser.get("/lab/send")
        browser.submit("#lab", lines=f"lab-big{size}={'x' * size}; Path=/lab")
    for path, form in (("", "#begin"), ("/door", "#change"), ("/keys", "#sign")):
        browser.get(f"/lab/secret{path}")
        page = browser.submit(form, name="abcdefghijklmnopqrstuvwxyz0123456789")
        assert (page.status, page.set_cookie) == (422, []) and "too much" in page.text, form

"""Error pages: in the visitor's language and theme, with the dock, and nothing typed is lost."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text
from wtforms import PasswordField

from tests.browsing import Browser
from tests.examples import ARGUMENTS, KEY, NAME, address, addresses, writer
from webapp import clock, forms
from webapp.database import METADATA, engines
from webapp.database.migrate import upgrade
from webapp.i18n import LANGUAGES, locale
from webapp.security.limits import LONGEST_ADDRESS
from webapp.sites import sites


@pytest.mark.parametrize(
    ("path", "status"), [("/no-such-page", 404), ("/shop/no-such-bread", 404), ("/shop/?page=0", 404)]
)
def test_an_error_page_is_a_page_of_the_site(browser, path, status):
    """It speaks the visitor's language, wears the theme, has the dock and a way on."""
    page = browser.get(path, headers={"Cookie": "theme=dark; language=de"})
    assert page.status == status
    html = page.html
    assert (html["lang"], html["data-theme"]) == ("de", "dark")
    assert page.one(f"[data-wire] [data-exchange='GET {path}']")
    assert page.select("main a[href='/']")


# It stands for the site's own "/", as the second browser sees it.
MIRROR = "/teach/student/at/"


def test_each_address_has_one_spelling(app):
    """The three sites end in a slash and nothing else does; the other spelling leads there by 308, with its query."""
    # What takes any path takes it as it was written.
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and "<path:" not in rule.rule]
    assert {rule.rule for rule in rules if rule.is_branch} == {"/", MIRROR, *(f"/{site.name}/" for site in sites(app))}
    client = app.test_client()
    for path in {address(rule) for rule in rules} - {"/"}:
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        answer = client.get(f"{other}?q=a%20b+c&q=%2F")
        location = urlsplit(answer.location)
        assert (answer.status_code, location.path, location.query) == (308, path, "q=a%20b+c&q=%2F"), other


def test_the_other_spelling_loses_no_form(app):
    """A form that is sent to the other spelling counts, and no spelling leads to another host."""
    client, same_origin = app.test_client(), {"Sec-Fetch-Site": "same-origin"}
    answer = client.post("/shop/basket/", data={"item": "bagel"}, headers=same_origin, follow_redirects=True)
    assert [each.status_code for each in answer.history] == [308, 303] and 'data-item="bagel"' in answer.text
    assert client.get("/social/@%D8%A7%3Fx/?a").location == "/social/@%D8%A7%3Fx?a"
    assert client.get("/%2Fjar/", follow_redirects=True).request.url == "http://localhost/jar"
    for path in ("/%2Fevil.example/", "/%5Cevil.example/", "/jar/%2E%2E%2F", "/shop/..%2F", "/no/such/page/"):
        assert client.get(path).status_code == 404, path


def test_a_method_that_does_not_fit(browser):
    """405 says which methods do."""
    page = browser.post("/shop/")
    assert page.status == 405
    assert "GET" in page.headers["Allow"]


@pytest.mark.parametrize("path", ["/preferences", "/login", "/register", "/setcookie"])
def test_too_much_at_once(browser, path):
    """A body of a megabyte, or a thousand fields, is answered with 413 at once."""
    browser.get(path)
    assert browser.post(path, {"username": "x" * 1_000_000}).status == 413
    many = {f"field{number}": "x" for number in range(1100)}
    page = browser.request("POST", path, data=many, content_type="multipart/form-data")
    assert page.status == 413


@pytest.mark.parametrize(
    ("path", "below"), [("/", 404), ("/no/such/page/", 404), ("/lab/send?lines=", 422), ("/wire?", 200)]
)
def test_too_long_an_address(app, path, below):
    """An address of more than 64 KB is answered with 414: no page repeats it, no record keeps it."""
    browser = Browser(app)
    browser.get("/setcookie?title=wire&value=on")
    longest = LONGEST_ADDRESS - len(path.replace("?", ""))
    assert browser.get(path + "x" * longest).status == below
    page = browser.get(path + "x" * (longest + 1))
    assert page.status == 414 and len(page.body) < 1000 and page.set_cookie == []


def test_a_mistake_of_ours_is_a_page_too(make_app, caplog):
    """An unexpected error is written down and answered with 500, without details."""
    app = make_app(TESTING=False, PROPAGATE_EXCEPTIONS=False, DEMO_ACCOUNTS=False)
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    page = Browser(app).get("/broken")
    assert page.status == 500
    assert "ZeroDivisionError" not in page.body.decode()
    assert page.one("[data-wire]")
    assert "ZeroDivisionError" in caplog.text


def test_a_wrong_statement_is_our_mistake(make_app, caplog):
    """Where the database is well and refuses what we ask, the log has the line that asked; else one line is enough."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)

    def ask() -> None:
        with engines(app).to_read.connect() as connection:
            connection.execute(text("INSERT INTO stock (slug, day, sold) VALUES ('rye-bread', NULL, 1)"))

    app.add_url_rule("/broken", view_func=ask)
    assert Browser(app).get("/broken").status == 503
    assert "Traceback" in caplog.text and "IntegrityError" in caplog.text
    caplog.clear()
    with without_tables(app):
        assert Browser(app).get("/broken").status == 503
    assert "Traceback" not in caplog.text and caplog.text.count("the database does not answer") == 1


@contextmanager
def without_tables(app) -> Iterator[None]:
    """Let the database of an app lose every table for a while."""
    with engines(app).to_write.begin() as connection:
        # The index of words is no table of ours; what others point to goes last.
        for table in ("forum_words", *(table.name for table in reversed(METADATA.sorted_tables))):
            connection.execute(text(f"DROP TABLE {table}"))
    yield
    with engines(app).to_write.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    upgrade(engines(app).to_write)  # the database is used again


@pytest.fixture
def broken(app):
    """The app after its database lost every table."""
    with without_tables(app):
        yield app


def test_cookie_pages_need_no_database(broken):
    """What lives in cookies works while the database is gone."""
    browser = Browser(broken)
    for path in ("/", "/shop/", "/shop/rye-bread", "/shop/search?q=rye", "/setcookie", "/getcookie", "/login"):
        assert browser.get(path).status == 200, path
    browser.get("/preferences")
    assert browser.submit("main form", theme="dark").html["data-theme"] == "dark"


def test_what_needs_it_waits_and_keeps_the_text(broken):
    """A form that needs the database says so with 503 and Retry-After, and keeps what was typed."""
    browser = Browser(broken)
    browser.get("/register")
    page = browser.submit("main form", username="ada", password="a long pass phrase", confirm="a long pass phrase")
    assert page.status == 503
    assert page.headers["Retry-After"]
    assert page.one("[name=username]")["value"] == "ada"


def fields() -> dict[str, type]:
    """Return the kind of every field of every form, by name."""
    kinds, found = [forms.Form], {}
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found |= {name: field.field_class for name in dir(kind) if hasattr(field := getattr(kind, name), "field_class")}
    return found


def test_no_text_is_lost_while_the_database_is_down(make_app, monkeypatch):
    """Every form that needs the database comes back with what was written and when to come again, but no password."""
    monkeypatch.setitem(ARGUMENTS, "name", NAME)
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    member, written, password, needed = writer(app), "Crust.and.crumb", "seven cold loaves", set()
    token = member.get("/account/name").one("[name=csrf_token]")["value"]
    data = {name: password if kind is PasswordField else written for name, kind in fields().items()}
    data |= {"confirm": password, "once": secrets.token_urlsafe(16), "csrf_token": token, "place": "t1"}
    with without_tables(app):
        for path in addresses(app, "POST"):
            browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
            for cookie in member.agent.cookies:
                line = f"{cookie.name}={cookie.value}; Path={cookie.path}"
                browser.agent.receive(member.home, line, now=clock.now(), method="GET")
            page = browser.post(path, data, follow=False)
            assert page.status < 500 or page.status == 503, path
            if page.status == 503:
                needed.add(path)
                main = str(page.one("main"))
                assert page.headers["Retry-After"] and password not in main, path
                assert written in main or path == "/login/drawn", path  # the one with nothing to write: a name is drawn
    assert needed >= {
        *("/login", "/register", "/account/name", "/account/password", "/account/close", "/shop/checkout"),
        *("/social/", "/social/1", "/social/1/edit", "/social/comments/1/edit"),
        *("/forum/sourdough/new", "/forum/sourdough/1", "/forum/post/1/edit"),
        *("/social/1/report", "/social/comments/1/report", "/forum/post/1/report"),
    }


@pytest.mark.parametrize(
    ("path", "form", "typed"),
    [
        ("/social/", "#write", {"text": "Rye & wheat,\ntoday."}),
        ("/social/1", "#write", {"text": "Rye & wheat,\ntoday."}),
        ("/social/1/edit", "main form", {"text": "Rye & wheat,\ntoday."}),
        ("/forum/sourdough/new", "form.drafted", {"title": "Rye & wheat", "text": "Today,\nor never."}),
        ("/forum/sourdough/1", "form.drafted", {"text": "Rye & wheat,\ntoday."}),
    ],
)
def test_what_waited_is_posted_by_one_more_click(make_app, path, form, typed):
    """What came back while the database was down is there to be read, and posted once the database is there again."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    browser = writer(app)
    browser.get(path)
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE users RENAME TO gone"))
    page = browser.submit(form, **typed)
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO users"))
    assert page.status == 503
    assert [tag.get_text().split() for tag in page.select("blockquote")] == [said.split() for said in typed.values()]
    page = browser.submit("[data-once-more]")
    assert page.before[0].status == 303 and all(" ".join(said.split()) in page.text for said in typed.values())


@pytest.mark.parametrize("host", ["crumb-8000.preview.example", "10.0.0.7:8000", f"{'a.' * 120}example"])
def test_a_host_that_nobody_is_names_the_cure(app, make_app, host):
    """An unknown host gets 400, where Crumb lives, and what to start it with to live there; in every language."""
    page = Browser(app, f"http://{host}").get("/shop/?q=1")
    assert page.status == 400 and page.set_cookie == []
    for language in LANGUAGES:
        told, cure, _ = page.select(f"p[lang={language}]")
        assert told.a["href"] == ("http://localhost:8000" if ":" in host else "http://localhost")
        assert cure.code.get_text() == f"CRUMB_URL=https://{host}"
        assert told["dir"] == cure["dir"] == locale(language).text_direction
    texts = [tag.get_text() for tag in page.select("p")]
    assert len(set(texts)) == len(texts) == 3 * len(LANGUAGES)
    cured = make_app(URL=f"https://{host}", SECRET_KEY=KEY, DEMO_CONTENT=False)
    assert Browser(cured, f"https://{host}").get("/shop/?q=1").status == 200


@pytest.mark.parametrize(
    "host",
    [
        *('"><script>alert(1)</script>', "a.example'onload='x", "a b.example", "<b>.example", "a.example/<b>", "[::1"),
        *("a.example:port", "ada@a.example", "a.example#x", "é.example", "\x85.example", "a..example", "256.1.1.1"),
        *(
            f"{'a.' * 127}aa",
            "",
            "%3Cb%3E.example",
            "a.example?b",
            "a.example\\b",
            "a.example,b.example",
            "[2001:db8::7]",
            "my_crumb.example",
        ),
    ],
)
def test_what_is_no_host_name_is_not_repeated(app, host):
    """Whatever else stands in a Host header gets the same page without the cure, and not a letter of it."""
    answer = app.test_client().get("/shop/", headers={"Host": host})
    plain = app.test_client().get("/shop/", headers={"Host": "/"})
    said, expected = (re.sub(": [0-9a-f]{8}<", "", each.text) for each in (answer, plain))
    assert (answer.status_code, said) == (400, expected)
    assert b"CRUMB_URL" not in answer.data and b"http://localhost" in answer.data

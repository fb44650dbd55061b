"""Error pages: in the visitor's language and theme, with the dock, and nothing typed is lost."""

import pytest
from sqlalchemy import text

from tests.browsing import Browser
from webapp.database import Base, engines
from webapp.database.migrate import upgrade
from webapp.security.limits import LONGEST_ADDRESS


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


@pytest.mark.parametrize("path", ["/", "/no/such/page/", "/lab?lines=", "/wire?"])
def test_too_long_an_address(app, path):
    """An address of more than 64 KB is answered with 414: no page repeats it, no record keeps it."""
    browser = Browser(app)
    browser.get("/setcookie?title=wire&value=on")
    longest = LONGEST_ADDRESS - len(path.replace("?", ""))
    assert browser.get(path + "x" * longest).status in (200, 404)
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


@pytest.fixture
def broken(app):
    """The app after its database lost every table."""
    with engines(app).to_write.begin() as connection:
        # The index of words is no table of the models; what others point to goes last.
        for table in ("forum_words", *(table.name for table in reversed(Base.metadata.sorted_tables))):
            connection.execute(text(f"DROP TABLE {table}"))
    yield app
    with engines(app).to_write.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    upgrade(engines(app).to_write)  # the database is used again


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

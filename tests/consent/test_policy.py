"""The cookie policy and the lists on the consent page, derived from the declarations."""

import pytest

from tests.consent.conftest import new_browser
from tests.examples import KEY
from webapp.consent.policy import CATEGORIES
from webapp.cookies import Category
from webapp.house import house
from webapp.i18n import LANGUAGES, speaker


def declared(app) -> dict[str, object]:
    """Return every declaration by its name on the wire."""
    registry = app.extensions["cookies"].registry
    return {cookie.prefix(app.config["SECURE"]) + cookie.name: cookie for cookie in registry}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/cookies", "/consent"])
def test_every_cookie_in_every_language(browser, app, path, language):
    """Each declaration stands there once, under its category, with purpose and lifetime in the reader's words."""
    page, speak = browser.get(path, headers={"Accept-Language": language}), speaker(language)
    assert page.html["lang"] == language
    rows = {tag["data-cookie"]: tag for tag in page.select("main [data-cookie]")}
    assert len(rows) == len(page.select("main [data-cookie]"))
    assert set(rows) == set(declared(app))
    for name, cookie in declared(app).items():
        text = " ".join(rows[name].get_text(" ", strip=True).split())
        assert speak.gettext(cookie.purpose) in text, name
        assert rows[name].find_parent(attrs={"data-category": cookie.category.value}), name
        if cookie.max_age is None:
            assert speak.gettext("until you close the browser") in text, name
        else:
            assert speak.duration(int(cookie.max_age.total_seconds())) in text, name


def test_the_policy_tells_the_rest(browser, app):
    """Attributes, owner in words, who may read and who wrote it."""
    page = browser.get("/cookies")
    rows = {tag["data-cookie"]: tag.get_text(" ", strip=True) for tag in page.select("[data-cookie]")}
    for name, cookie in declared(app).items():
        for attribute in cookie.attributes(False):
            assert attribute in rows[name], name
        assert ("Signed:" in rows[name]) == cookie.signed
        assert ("Secret:" in rows[name]) == cookie.secret
        assert ("Private:" in rows[name]) == cookie.private
        assert (f"Written by {cookie.library}" in rows[name]) == bool(cookie.library)
    assert "recent_shop.<…>" in rows["recent_shop."]
    assert "Belongs to Shop" in rows["recent_shop."]
    assert page.select("table") == []


def test_every_owner_has_a_name(app):
    """A package that declares cookies is called something that a visitor understands."""
    registry = app.extensions["cookies"].registry
    for cookie in registry:
        assert house(app).features[registry.owner(cookie)].title, cookie.name
    assert set(CATEGORIES) == set(Category)


def test_what_the_browser_sent_just_now(browser):
    """The policy counts what came with its own request."""
    browser.get("/")
    browser.submit(".ask form", button="all")
    for slug in ("rye-bread", "baguette"):
        browser.get(f"/shop/{slug}")
    page = browser.get("/cookies")
    for name, number in (("recent_shop.", "2"), ("consent", "1"), ("theme", "0")):
        assert page.one(f"[data-cookie='{name}'] [data-arrived]")["data-arrived"] == number


def test_names_under_https(make_app):
    """Under https the policy names what the browser shows: with prefix, and Secure among the attributes."""
    settings = {"URL": "https://localhost:8000", "SECRET_KEY": KEY}
    app = make_app(**settings, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    page = new_browser(app).get("/cookies")
    assert {tag["data-cookie"] for tag in page.select("[data-cookie]")} == set(declared(app))
    assert "Secure" in page.one("[data-cookie=__Host-theme]").get_text()
    assert page.one("[data-cookie=__Secure-draft]")


def test_both_pages_are_linked_from_everywhere(browser):
    """The foot of every page leads to the policy and to the choice, and the choice back to the page."""
    foot = [tag["href"] for tag in browser.get("/shop/search?q=rye").select("footer a")]
    assert foot == ["/cookies", "/consent?next=/shop/search?q%3Drye", "/wire", "/httpbin", "/teach"]
    assert browser.get("/cookies").select("main a[href^='/consent']")


def test_reading_sets_nothing(browser):
    """To read about cookies takes none."""
    for path in ("/consent", "/cookies"):
        assert browser.get(path).set_cookie == []


def test_programs_are_told_that_the_signal_counts(app):
    """`/.well-known/gpc.json` says so, as what the W3C calls a GPC support resource."""
    answer = app.test_client().get("/.well-known/gpc.json")
    assert (answer.status_code, answer.json, answer.mimetype) == (200, {"gpc": True}, "application/json")
    assert not answer.headers.getlist("Set-Cookie")


def test_the_policy_is_folded(browser, app):
    """Each category and each cookie is folded by a `<details>` before what it unfolds; each cookie has its anchor."""
    page = browser.get("/cookies")
    folds = page.select("[data-category] details.fold")
    assert len(folds) == len(CATEGORIES) + len(declared(app)) and not any(fold.has_attr("open") for fold in folds)
    assert all(fold.find_next_siblings() for fold in folds)
    for cookie in app.extensions["cookies"].registry:
        if cookie.name:
            assert [tag["id"] for tag in page.select("[data-cookie]") if tag.get("id") == cookie.name] == [cookie.name]

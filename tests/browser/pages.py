"""Every page of the site, from the app's own map, and the visitors to whom each looks different."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask

from tests.browser.serving import PASSWORD, Site
from webapp.i18n import LANGUAGES
from webapp.preferences import LANGUAGE, PRESENTER, THEME
from webapp.sites.shop.goods import CATEGORIES, GOODS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

# Routes with arguments can't be guessed: one example each.
EXAMPLES = {"/shop/<slug>": f"/shop/{next(iter(GOODS))}"}
# Routes that answer with something else than a page.
NO_PAGES = {"/favicon.ico"}
# Pages that a query turns into another one.
MORE = [
    f"/shop/?category={next(iter(CATEGORIES))}",
    "/shop/?page=2",
    "/shop/search?q=rye",
    "/shop/search?q=qqqq",
    f"/shop/search?q={'long' * 30}",
    "/getcookie?title=Title",
    "/getcookie?title=nothing",
    "/setcookie?title=Title&max_age=86400",
    "/login?next=/account",
]
MISSING = "/no/such/page"

# Forms that are filled in wrongly on purpose: page, form, fields. Each comes back with its problems and status 422.
WRONG = {
    "visitor": [
        ("/login", "#log-in", {"username": "", "password": ""}),
        ("/register", "main form.card", {"username": "x", "password": "short", "confirm": "other"}),
        ("/setcookie", "main form", {"title": "two words", "value": "a;b"}),
    ],
    "member": [
        ("/account/password", "main form.card", {"current": "not the password", "password": "short", "confirm": ""}),
        ("/account/close", "main form.card", {"password": "not the password"}),
    ],
}
# Who looks at the pages, and the pages that are worth another look by them; None: all.
VISITORS: dict[str, list[str] | None] = {
    "visitor": None,
    "member": None,
    "returning": ["/", "/account", "/account/confirm"],
    "borrower": ["/account", "/account/password", "/account/close"],
}


def gettable(app: Flask) -> set[str]:
    """Return the rules of the app that answer to GET."""
    return {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}


def all_pages(app: Flask) -> list[str]:
    """Return the address of every page; KeyError for a route with arguments that has no example."""
    rules = sorted(gettable(app) - NO_PAGES)
    return [EXAMPLES[rule] if "<" in rule else rule for rule in rules] + MORE


def looks() -> dict[str, dict[str, str]]:
    """Return each theme in English, and the other languages in one: the cookies that choose them."""
    themes = {theme: {THEME.name: theme, LANGUAGE.name: "en"} for theme in THEME.codec.options}
    return themes | {
        language: {THEME.name: "light", LANGUAGE.name: language} for language in LANGUAGES if language != "en"
    }


PRESENTING = {PRESENTER.name: PRESENTER.codec.encode(True)}


def dress(context: "BrowserContext", url: str, look: dict[str, str]) -> None:
    """Give a browser the cookies of a look."""
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in look.items()])


def become(context: "BrowserContext", site: Site, who: str, account: str) -> None:
    """Make the browser one of VISITORS.

    A visitor did nothing. A member has an account, looked at things and set a cookie of their own. Somebody returning
    is known by the remember cookie only, a borrower logged in to a demo account.
    """
    if who == "visitor":
        return
    page = context.new_page()
    page.goto(site.url + "/login")
    if who == "borrower":
        with page.expect_navigation():
            page.locator("[data-demo] button").first.click()
    else:
        page.fill("#log-in [name=username]", account)
        page.fill("#log-in [name=password]", PASSWORD)
        page.check("#log-in [name=remember]")
        with page.expect_navigation():
            page.click("#log-in button")
    if who == "member":
        page.goto(site.url + "/setcookie")
        page.fill("[name=title]", "Title")
        page.fill("[name=value]", "crumbs & butter ✓")
        with page.expect_navigation():
            page.click("main form button")
        for slug in list(GOODS)[:4]:
            page.goto(f"{site.url}/shop/{slug}")
    if who == "returning":
        context.clear_cookies(name="session")
    assert page.evaluate("document.documentElement.dataset.user"), f"the {who} is logged in"
    page.close()


@dataclass(frozen=True)
class Shown:
    """A page that is open in a tab: what was asked for, by whom, and the answer."""

    name: str
    path: str
    tab: "Page"
    answer: "Response"


def show_all(context: "BrowserContext", site: Site, who: str, paths: list[str]) -> Iterator[Shown]:
    """Open every page that this visitor can see, one after the other; one that only leads to another is left out."""
    tab = context.new_page()
    for path in VISITORS[who] or paths:
        if who == "returning":  # each redemption of the remember cookie begins a session
            context.clear_cookies(name="session")
        answer = tab.goto(site.url + path)
        if answer.url == site.url + path:
            assert answer.status == 200, f"{path}: {answer.status}"
            yield Shown(f"{who} {path}", path, tab, answer)
    if who == "visitor":
        yield Shown(f"{who} {MISSING}", MISSING, tab, tab.goto(site.url + MISSING))
    for path, form, fields in WRONG.get(who, []):
        tab.goto(site.url + path)
        for name, value in fields.items():
            tab.fill(f"{form} [name={name}]", value)
        tab.eval_on_selector(form, "form => { form.noValidate = true }")
        with tab.expect_navigation() as arriving:
            tab.locator(f"{form} button").first.click()
        assert arriving.value.status == 422, f"{path} filled in wrongly: {arriving.value.status}"
        yield Shown(f"{who} {path} (422)", path, tab, arriving.value)
    tab.close()

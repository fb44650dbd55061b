"""Every page of the site, from the app's own map, and the visitors to whom each looks different."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.browser.serving import PASSWORD, Site
from tests.browser.town import BOARD, SOLD_OUT, Made
from tests.examples import address
from webapp import clock
from webapp.i18n import LANGUAGES
from webapp.lessons import LESSON
from webapp.lessons.cookies import Place
from webapp.preferences import PRESENTER
from webapp.sites.shop.goods import CATEGORIES, GOODS
from webapp.visits import SEEN, VISIT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response
from tests.browser.sendings import SENDINGS

# Pages that only those who made something may see, or that are worth more when something was made there; where a route
# with arguments is not named here, tests.examples has an address for it. In braces: what Made names.
EXAMPLES = {
    "/shop/orders/<code>": "/shop/orders/{order}",
    "/social/<id>": "/social/{post}",
    "/social/<id>/edit": "/social/{post}/edit",
    "/social/<id>/remove": "/social/{post}/remove",
    "/social/comments/<id>/edit": "/social/comments/{comment}/edit",
    "/social/comments/<id>/remove": "/social/comments/{comment}/remove",
    "/social/<id>/report": "/social/{post}/report",
    "/social/comments/<id>/report": "/social/comments/{comment}/report",
    "/forum/post/<id>/report": "/forum/post/{answer}/report",
    "/forum/<board>/<id>": f"/forum/{BOARD}/{{thread}}",
    "/forum/post/<id>/edit": "/forum/post/{answer}/edit",
    "/forum/post/<id>/take-down": "/forum/post/{answer}/take-down",
}
# Routes that answer with something else than a page.
NO_PAGES = {
    "/favicon.ico",
    "/robots.txt",
    "/.well-known/gpc.json",
    "/.well-known/security.txt",
    "/.well-known/change-password",  # leads to the page for it
    "/login/drawn",  # leads to the log-in page
    "/join/join.py",  # a file to be saved
    "/lab/result",  # what one sent leads there, see SENDINGS
    "/lab/result/<ask>",
    "/lab/cross/arrive/<way>",  # where a party sends the browser
    "/lab/schemes/arrive/<way>",  # where the other scheme does
    "/lab/browser/answers.json",  # needs the answers of a run
    "/lab/browser/over",
    "/wire/held",  # what a script asks
    "/lab/browser/run",  # steps of a run, each of which leads on
    "/lab/browser/pixel",
    "/lab/browser/back",
    "/lab/browser/wait",
    "/lab/trust/buy/<kind>",  # refuses whoever has no cookie for it, see SENDINGS
    "/lab/secret/door",  # so does this
    "/jar/try",  # the page that it tries, see SENDINGS
    "/jar/export/<kind>",
    "/httpbin/cookies",
    "/httpbin/cookies/set",
    "/httpbin/cookies/set/<name>/<value>",
    "/httpbin/cookies/delete",
    "/teach/notes/<token>",  # comes again by itself every few seconds: see test_classroom.py
    "/teach/student/store",  # so does this
    "/teach/join",  # leads on to /join
    "/lab/cached/page",  # what the cache answers once it is begun, see SENDINGS
    "/teach/student/copied",  # leads on to what the second browser gets by a copied log-in
    "/teach/student/at/",  # what the second browser gets
    "/teach/student/at/<path>",
}
# Pages that exist for one visitor only: where the visitor finds the link to theirs.
OWN = {"/wire/<id>": ("/wire?own", ".exchanges h3 a"), "/jar/cookie": ("/jar", ".jar h2 a")}
# Pages that a query turns into another one, and pages of several kinds.
MORE = [
    f"/shop/?category={next(iter(CATEGORIES))}",
    "/shop/?page=2",
    f"/shop/{SOLD_OUT}",
    "/shop/search?q=rye",
    "/shop/search?q=qqqq",
    f"/shop/search?q={'long' * 30}",
    "{older_orders}",
    "/social/?of=following",
    "/social/?before=12",
    "/social/?before=1",
    "/social/1",
    "/social/{gone}",
    "/social/@{member}",
    "/social/@{admin}",
    f"/forum/{BOARD}?sort=new",
    f"/forum/{BOARD}?before=1",
    f"/forum/{BOARD}/{{long}}",
    f"/forum/{BOARD}/{{long}}?latest",
    f"/forum/{BOARD}/{{thread}}?quote={{answer}}",
    "/forum/search?q=jar",
    "/forum/search?q=qqqq",
    f"/forum/search?q={'long' * 60}",
    "/getcookie?title=Title",
    "/getcookie?title=nothing",
    "/setcookie?title=Title&max_age=86400",
    "/login?next=/account",
    "/lab/send?preset=delete-path",
    "/lab/clock?at=more",
    "/lab/why?line=sid%3D42%3B+SameSite%3DNone&set_by=https://a.test/&to=https://a.test/&asked_by=frame&page=https://b.test/",
    "/lab/why?line=note%3Da%3Bb&set_by=https://a.test/&to=https://a.test/&before=note%3D1",
]
MISSING = "/no/such/page"
# Pages that resemble another one so much that they are looked at in English only.
ALIKE = {
    "/social/{post}/remove",
    "/social/comments/{comment}/edit",
    "/social/comments/{comment}/remove",
    "/social/comments/{comment}/report",
    "/forum/post/{answer}/report",
    "/forum/post/{answer}/edit",
    "{older_orders}",
    "/social/?before=12",
    "/social/?before=1",
    "/social/1",
    "/social/{gone}",
    "/social/@{member}",
    "/social/@{admin}",
    f"/forum/{BOARD}?sort=new",
    f"/forum/{BOARD}?before=1",
    f"/forum/{BOARD}/{{long}}?latest",
    f"/forum/{BOARD}/{{thread}}?quote={{answer}}",
    "/forum/search?q=qqqq",
    f"/forum/search?q={'long' * 60}",
}


# Who looks at the pages, and the pages that are worth another look by them; a member looks at all that they are shown,
# and a visitor at all that a member is not.
VISITORS: dict[str, list[str]] = {
    "visitor": ["/", "/shop/", "/social/", f"/forum/{BOARD}/{{thread}}", "/jar", "/wire", "/lab", "/cookies", "/learn"],
    "member": [],
    "returning": ["/", "/account", "/account/confirm", "/social/"],
    "borrower": ["/account", "/account/name", "/account/password", "/account/close"],
    "refusing": ["/", "/preferences", "/consent", "/cookies", "/shop/", "/social/", f"/forum/{BOARD}/{{thread}}"],
    "forgotten": ["/", "/login", "/social/"],
    "admin": [
        "/social/{post}",
        "/social/{post}/remove",
        f"/forum/{BOARD}/{{thread}}",
        "/forum/post/{answer}/take-down",
        "/reports",
    ],
}


EVERYWHERE = {"visitor", "member"}
# What no language but that with the longest texts is likely to break.
BY_LENGTH = [
    pytest.param(language, marks=() if language == "de" else pytest.mark.whole("German has the longest texts"))
    for language in LANGUAGES
]
CHECKED = ("en", "ar")  # the languages whose markup is checked: one to the right and one to the left


def named(rule: Rule) -> str:
    """Return the text of a rule without the types of its arguments."""
    return re.sub("<[^<>]*?([a-z]+)>", r"<\1>", rule.rule)


def gettable(app: Flask) -> dict[str, Rule]:
    """Return the rules of the app that answer to GET, by their names."""
    return {named(rule): rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}


def all_pages(app: Flask, made: Made) -> list[str]:
    """Return the address of every page; KeyError for a route with arguments that has no example."""
    rules = sorted(gettable(app).items())
    paths = [EXAMPLES.get(name) or address(rule) for name, rule in rules if name not in NO_PAGES | set(OWN)]
    return [path.format(**vars(made)) for path in paths + MORE]


def cases() -> list:
    """Return (who, language, part): everybody in English; visitor and member, who see all kinds of pages, in every one.

    Of these, one language from the left, and of every fourth page one from the right, show what most changes can break.
    Their pages are parted, so that whoever has nothing left to do can take some.
    """
    rest = pytest.mark.whole("its pages are built as the English ones are, with other words")
    return [
        pytest.param(
            who, language, part, marks=() if language == "en" or (language in CHECKED and not part.start) else rest
        )
        for who in VISITORS
        for language in LANGUAGES
        if language == "en" or who in EVERYWHERE
        for part in ([slice(start, None, 4) for start in range(4)] if who in EVERYWHERE else [slice(None)])
    ]


PRESENTING = {PRESENTER.name: PRESENTER.codec.encode(True)}
LEARNING = {LESSON.name: LESSON.codec.encode(Place("return", 2, int(clock.now().timestamp() * 1000)))}


def dress(context: "BrowserContext", url: str, look: dict[str, str]) -> None:
    """Give a browser the cookies that choose how pages look."""
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in look.items()])


def become(context: "BrowserContext", site: Site, who: str, made: Made) -> None:
    """Make the browser one of VISITORS.

    A visitor did nothing, and did not choose. Somebody refusing did, and looked at things. A member allowed all, has an
    account and a basket, looked at things, wrote a draft, set a cookie of their own, and was here before. Somebody
    returning is known by the remember cookie only, somebody forgotten closed the browser without one. A borrower is
    logged in to a demo account, an admin to an account that may look after the site.
    """
    if who == "visitor":
        return
    page = context.new_page()
    page.goto(site.url)
    with page.expect_navigation():
        page.click(f".ask button[value={'necessary' if who == 'refusing' else 'all'}]")
    if who == "refusing":
        for path in (f"/shop/{next(iter(GOODS))}", "/social/1"):
            page.goto(site.url + path)
    elif who == "borrower":
        page.goto(site.url + "/login")
        with page.expect_navigation():
            page.locator("[data-demo] button").first.click()
    else:
        page.goto(site.url + "/login")
        page.fill("#log-in [name=username]", made.admin if who == "admin" else made.member)
        page.fill("#log-in [name=password]", PASSWORD)
        if who != "forgotten":
            page.check("#log-in [name=remember]")
        with page.expect_navigation():
            page.click("#log-in button")
    if who == "member":
        _look_around(context, page, site, made)
    if who in ("returning", "forgotten"):
        context.clear_cookies(name="crumb_session")
    else:
        known = page.evaluate("document.documentElement.dataset.user")
        assert bool(known) == (who != "refusing"), f"the {who} is {known}"
    page.close()


def _look_around(context: "BrowserContext", page: "Page", site: Site, made: Made) -> None:
    def press(path: str, button: str, **fields: str) -> None:
        page.goto(site.url + path.format(**vars(made)))
        for name, value in fields.items():
            page.fill(f"main [name={name}]", value)
        with page.expect_navigation():
            page.click(button)

    press("/setcookie", "main form button", title="Title", value="crumbs & butter ✓")
    for slug in [*list(GOODS)[:3], SOLD_OUT]:
        press(f"/shop/{slug}", "[data-add] button")
    press("/social/@Marta", "#follow button")
    press("/forum/cookies/new", "[name=keep]", title="Half a", text="**thread**, to be")
    for path in ("/shop/search?q=rye", "/shop/search?q=honey", "/social/1", f"/forum/{BOARD}/{made.long}"):
        page.goto(site.url + path)
    seen = SEEN.codec.encode((clock.now() - timedelta(days=20), 2))
    context.add_cookies([{"name": SEEN.name, "value": seen, "url": site.url}])
    context.clear_cookies(name=VISIT.name)


@dataclass(frozen=True)
class Shown:
    """A page that is open in a tab: what was asked for, by whom, and the answer."""

    name: str
    path: str
    tab: "Page"
    answer: "Response"


def show_all(
    context: "BrowserContext",
    site: Site,
    who: str,
    paths: list[str],
    made: Made,
    thorough: bool = True,
    part: slice = slice(None),
) -> Iterator[Shown]:
    """Open pages and send forms as this visitor, one after the other; a page that only leads to another is left out.

    Unless `thorough`, those of pages that resemble each other are left out as well. `part` is which of the pages to
    show; the forms, of which some need what others did, come with the first of them.
    """
    tab = context.new_page()
    left_out = set() if thorough else {path.format(**vars(made)) for path in ALIKE}
    for path in paths[part]:
        if path in left_out:
            continue
        if who == "returning":  # each redemption of the remember cookie begins a session
            context.clear_cookies(name="crumb_session")
        answer = tab.goto(site.url + path)
        if answer.url == site.url + path:
            assert answer.status == 200, f"{path}: {answer.status}"
            yield Shown(f"{who} {path}", path, tab, answer)
    if who == "visitor":
        yield Shown(f"{who} {MISSING}", MISSING, tab, tab.goto(site.url + MISSING))
    for name, (path, link) in [*OWN.items()][part] if who == "member" else ():
        tab.goto(site.url + path)
        with tab.expect_navigation() as arriving:
            tab.locator(link).last.click()
        yield Shown(f"{who} {name}", name, tab, arriving.value)
    for sending in SENDINGS.get(who, []) if not part.start else ():
        if sending.alike and not thorough:
            continue
        path = sending.path.format(**vars(made))
        tab.goto(site.url + path)
        if not sending.shown and tab.locator("html[data-presenter]").count():
            assert not tab.locator(sending.form).count()
            continue
        for name, value in sending.fields.items():
            tab.fill(f"{sending.form} [name={name}]", value)
        tab.eval_on_selector(sending.form, "form => { form.noValidate = true }")
        with tab.expect_navigation() as arriving:
            if sending.button:
                tab.locator(f"{sending.form} {sending.button}").first.click()
            else:
                tab.eval_on_selector(sending.form, "form => form.submit()")
        assert arriving.value.status == sending.status, f"{path} {sending.button}: {arriving.value.status}"
        yield Shown(f"{who} {path} ({sending.status})", path, tab, arriving.value)
    tab.close()

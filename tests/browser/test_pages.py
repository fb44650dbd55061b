"""Every page, in every theme and language, as Chromium shows it: for everybody to read, and from nobody else."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.acts import BANNER
from tests.browser.browsers import PROJECTOR
from tests.browser.measures import (
    ALL_BUT_CONTRAST,
    CONTRAST,
    NEWER_THAN_VNU,
    SHIFTED,
    UNSEEN,
    WHOLE,
    WIDE,
    WIDTHS,
    axe,
    check,
    squeeze,
)
from tests.browser.pages import (
    CHECKED,
    EVERYWHERE,
    EXAMPLES,
    NO_PAGES,
    OWN,
    PRESENTING,
    VISITORS,
    all_pages,
    cases,
    gettable,
    show_all,
)
from tests.browser.sendings import SENDINGS
from tests.examples import parts
from webapp.address import THERE
from webapp.i18n import LANGUAGES
from webapp.preferences import LANGUAGE, THEME

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

STATUS_MESSAGE = "Failed to load resource: the server responded with a status of"  # the answer to the page itself
THEMES = [theme for theme in THEME.codec.options if theme != "auto"]
# By theme, what colour stands on what, how faded, and in large letters or small ones (WCAG 1.4.3).
PAIRS = """themes => themes.map(theme => {
    document.documentElement.dataset.theme = theme;
    const pairs = new Set();
    const look = (element, below, faded) => {
        const {color, backgroundColor, fontSize, fontWeight, opacity} = getComputedStyle(element);
        if (backgroundColor !== "rgba(0, 0, 0, 0)") below = backgroundColor;
        faded *= opacity;
        pairs.add([theme, color, below, faded, parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24)].join());
        for (const child of element.children) look(child, below, faded);
    };
    look(document.body, "", 1);
    return [...pairs];
})"""
CHANGE = "theme => { document.documentElement.dataset.theme = theme }"
COLOURS = """() => ["body", "a", "button"].map(tag => getComputedStyle(document.querySelector(tag)))
    .map(style => style.color + style.backgroundColor).join()"""
# The first thing that is said of an exchange: that nothing crossed, or how much, or of a redirect what it set. Beside
# the pages of the course the dock waits, and a tab says it.
DOCK = [
    ":is(.docked:not(.waits) .dock-head h2, .waits .dock-jump)",
    ":is(.docked:not(.waits) .dock :is(.nothing, .counts, .before[open] > summary), .waits .dock-jump)",
]
# What an address with a fragment leads to: the heading of it, and what has none itself.
LED_TO = [":is(h1, h2, h3):target", ":target :is(h1, h2, h3)", ":target:not(:has(h1, h2, h3)) > :first-child"]
# The page of all exchanges shows one of them in the place of its own.
OPENED = ["[data-opened] h2", "[data-opened] .counts"]


@pytest.fixture(scope="module")
def pages(app_map, shell, server, made, turn_into) -> dict[str, list[str]]:
    """The addresses of the pages that each of VISITORS looks at."""
    paths = all_pages(app_map, made)
    with shell.new_context() as context:
        turn_into(context, "member")
        shown = {path for path in paths if context.request.get(server.url + path, max_redirects=0).status == 200}
    found = {who: [path.format(**vars(made)) for path in own] for who, own in VISITORS.items()}
    found["member"] = [path for path in paths if path in shown]
    found["visitor"] += [path for path in paths if path not in shown]
    return found


@pytest.fixture(scope="module")
def pairs_seen() -> set[str]:
    """What stood on what in pages whose contrast was found good."""
    return set()


@pytest.fixture(scope="module")
def markup(tmp_path_factory) -> Iterator[Callable[[str, bytes], None]]:
    """A function that takes a page down; at the end the Nu checker, slow to start, may find nothing in any of them."""
    folder, names = tmp_path_factory.mktemp("markup"), {}

    def take(name: str, page: bytes) -> None:
        file = folder / f"{len(names)}.html"
        file.write_bytes(page)
        names[file.as_uri()] = name

    yield take
    findings = check(folder, names) if names else []
    assert not findings, "\n".join(findings)


def test_every_route_is_a_page_or_not(app_map, made):
    """Each route that answers to GET is looked at here or named as no page, and examples name routes that exist."""
    all_pages(app_map, made)
    assert set(gettable(app_map)) >= NO_PAGES | set(EXAMPLES) | set(OWN)


def test_each_page_is_shown_to_somebody(visit, app_map, server, pages, made):
    """No page passes the checks of this file by leading elsewhere."""
    seen = {sending.path.format(**vars(made)) for sendings in SENDINGS.values() for sending in sendings}
    seen.update(pages["member"])  # who was asked for those
    for who in VISITORS.keys() - {"member"}:
        context = visit(who, {})
        for path in set(pages[who]) - seen:
            if who == "returning":  # each redemption of the remember cookie begins a session
                context.clear_cookies(name="crumb_session")
            if context.request.get(server.url + path, max_redirects=0).status == 200:
                seen.add(path)
    assert set(all_pages(app_map, made)) - seen == set()


@pytest.mark.parametrize(("who", "language", "part"), cases())
def test_everybody_can_use_it(visit, server, pages, made, pairs_seen, markup, who, language, part):
    """What can be said of every page, in each language and theme, in wide and in narrow windows.

    axe-core and the Nu checker find nothing (axe on all pages in English, on a part of them in Arabic); no console
    message, no error, no request to any other host; nothing moves while it loads, no page is wider than the window,
    and whatever is pressed is large enough.
    """
    findings, widths = [], WIDTHS if language == "en" else (WIDTHS[0], WIDTHS[-1])
    context = visit(who, {LANGUAGE.name: language, THEME.name: "light"})
    context.on("request", lambda asked: findings.append(asked.url) if not is_own(server, asked.url) else None)
    context.on(
        "console", lambda message: findings.append(f"{message.page.url}: {message.text}") if is_news(message) else None
    )
    context.on("weberror", lambda error: findings.append(f"{error.page.url}: {error.error}"))
    for shown in show_all(context, server, who, pages[who], made, thorough=language == "en", part=part):
        # What they refused is what a language is kept in.
        assert shown.tab.evaluate("document.documentElement.lang") == ("en" if who == "refusing" else language)
        if language in CHECKED:
            markup(f"{shown.name} in {language}", shown.answer.body())
        found = []
        # A machine that is too busy may paint half of a page: it moves only once, a fault of ours each time.
        if shown.tab.evaluate(SHIFTED, 50) and shown.tab.reload() and (moved := shown.tab.evaluate(SHIFTED, 500)):
            found.append(f"moved by {moved}")
        # The structure of a page is the same in every language: of the others a part of the pages is enough.
        if language == "en" or (who == "visitor" and language in CHECKED):
            found += axe(shown.tab, ALL_BUT_CONTRAST)
        if language == "en":
            for theme, pairs in zip(THEMES, map(set, shown.tab.evaluate(PAIRS, THEMES)), strict=True):
                if pairs - pairs_seen:  # axe takes long, and pages are made of the same parts
                    shown.tab.evaluate(CHANGE, theme)
                    found += [f"{theme}: {finding}" for finding in axe(shown.tab, CONTRAST)]
                    pairs_seen |= pairs
        found += squeeze(shown.tab, widths)
        widths = widths[::-1]  # the next page opens where this one ended: pages load in narrow windows and in wide ones
        findings += [f"{shown.name}: {finding}" for finding in found]
    assert not findings, "\n".join(findings)


def is_own(server, url: str) -> bool:
    """Tell whether a request stays on the site, or asks whether another party of it answers, as one page does."""
    return url.startswith((server.url + "/", "data:")) or url.endswith(f":{urlsplit(server.url).port}{THERE}")


def is_news(message) -> bool:
    """Tell whether a console message says more than that the page itself is an error page."""
    return not (message.text.startswith(STATUS_MESSAGE) and message.location["url"] == message.page.url)


def test_a_theme_is_one_attribute(visit, server):
    """The theme of a page can be changed by its attribute alone, as the checks above do; `auto` is as the screen is."""
    shown = {}
    for theme in THEME.codec.options:
        tab = visit("visitor", {THEME.name: theme}).new_page()
        tab.goto(server.url)
        assert tab.get_attribute("html", "data-theme") == theme
        shown[theme] = tab.evaluate(COLOURS)
    for theme, colours in shown.items():
        tab.evaluate(CHANGE, theme)
        assert tab.evaluate(COLOURS) == colours
    tab.evaluate(CHANGE, "auto")
    tab.emulate_media(color_scheme="dark")
    assert shown["auto"] == shown["light"]
    assert tab.evaluate(COLOURS) == shown["dark"]
    assert len(set(shown.values())) == len(THEMES)


ALIKE = "the dock stands beside every page alike"
REST = pytest.mark.whole(ALIKE)


@pytest.mark.parametrize(
    ("who", "part"),
    [
        pytest.param(who, *part.values, id=f"{who}-{part.id}", marks=part.marks if who in EVERYWHERE else REST)
        for who in VISITORS
        for part in parts(6 if who in EVERYWHERE else 1, ALIKE)
    ],
)
def test_a_class_sees_page_and_wire(visit, server, pages, made, who, part):
    """On a projector h1, or the heading that was led to, and the dock's first exchange are in view."""
    findings = []
    # Without motion, a page that leads to a part of itself is there at once.
    context = visit(who, PRESENTING, viewport=PROJECTOR, reduced_motion="reduce")
    for shown in show_all(context, server, who, pages[who], made, thorough=False, part=part):
        beginning = ", ".join(LED_TO) if "#" in shown.tab.url else "h1"
        wire = OPENED if shown.tab.locator(".opened").count() else DOCK
        unseen = shown.tab.evaluate(UNSEEN, [beginning, *wire])
        findings += [f"{shown.name}: {selector}" for selector in unseen]
        findings += [f"{shown.name}: {finding}" for finding in shown.tab.evaluate(WIDE)]
    assert not findings, "\n".join(findings)


def test_both_answers_weigh_the_same(visit, server):
    """In every language, in wide and narrow windows, the two buttons of the banner are equally large and look alike."""
    for language in LANGUAGES:
        tab = visit("visitor", {LANGUAGE.name: language}).new_page()
        tab.goto(server.url + "/shop/")
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 720})
            everything, necessary = tab.evaluate(BANNER)
            assert everything == necessary, f"{language}, {width} px"


def test_a_class_sees_what_a_form_set(visit, server):
    """On a projector, after a form was sent, its exchange and its whole Set-Cookie line are in view at once."""
    tab = visit("visitor", PRESENTING, viewport=PROJECTOR).new_page()
    tab.goto(server.url + "/preferences?next=/shop/")
    tab.check("[name=theme][value=biscuit]")
    with tab.expect_navigation():
        tab.click("main form.card button")
    exchange = '[data-exchange="POST /preferences"]'
    assert tab.evaluate(UNSEEN, ["h1", f"{exchange} > summary", f"{exchange} [data-set=theme] summary"]) == []


@pytest.mark.parametrize("language", CHECKED)
def test_the_other_parties_have_good_pages(visit, server, markup, language):
    """Attacker, tracker, the three little sites and what they embed: axe, the Nu checker, 320 px, large targets."""
    tab, findings = visit("visitor", {LANGUAGE.name: language}).new_page(), []
    tab.goto(server.url + "/lab/cross")
    with tab.expect_navigation():
        tab.click("#begin button")
    addresses = tab.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    addresses = [address for address in addresses if not address.startswith(server.url)]
    assert len(addresses) == 4  # the attacker, the tracker, and one little site in two modes
    for address in addresses:
        tab.goto(address, wait_until="networkidle")
    for address in addresses:  # by now the tracker has seen something
        bodies = {}
        tab.on("response", lambda answer, bodies=bodies: bodies.setdefault(answer.url, answer))
        tab.goto(address, wait_until="networkidle")
        findings += [f"{address}: {finding}" for finding in axe(tab, WHOLE) + squeeze(tab, WIDTHS)]
        for url, answer in bodies.items():
            if answer.headers.get("content-type", "").startswith("text/html"):
                markup(f"{url} in {language}", answer.body())
    assert not findings, "\n".join(findings)


def test_the_styles_are_valid(visit, server, tmp_path):
    """The Nu checker finds nothing in the style sheets, the site's and the course's, but what is newer than it."""
    context = visit("visitor", {})
    tab = context.new_page()
    tab.goto(f"{server.url}/lab")
    sheets = tab.eval_on_selector_all("link[rel=stylesheet]", "links => links.map(link => link.href)")
    assert len(sheets) == 2
    for address in sheets:
        (tmp_path / address.rpartition("/")[2]).write_bytes(context.request.get(address).body())
    said = check(tmp_path, {}, "--css")
    assert [line for line in said if not any(word in line for word in NEWER_THAN_VNU)] == []

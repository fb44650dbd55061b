"""How pages hold together: long names, listings of source code, paper, and windows that are low."""

from itertools import pairwise

import pytest

from tests.browser.measures import WIDE
from tests.browser.pages import LEARNING, all_pages, become, dress
from tests.examples import turns
from tests.serving import wait_until
from webapp.i18n import LANGUAGES
from webapp.preferences import PRESENTER, THEME
from webapp.sites.shop.goods import CATEGORIES, GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# What holds a name that somebody chose, or that a translation may make long, holds one word of so many letters.
LONG = """letters => {
    const word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesänderungsantrags".slice(0, letters);
    for (const element of document.querySelectorAll("h1, h2, h3, bdi, .name, [data-item] span"))
        if (!element.querySelector("*")) element.textContent = word;
}"""
# By line of each listing: its number, and where that stands; and where the line marked in it is.
LISTED = """() => [...document.querySelectorAll(".source pre")].map(listing => {
    listing.closest("details").open = true;
    return [...listing.querySelectorAll(".linenos")].map(number => {
        const box = number.getBoundingClientRect();
        return [parseInt(number.textContent), box.left, box.top];
    });
})"""
PAPER = """() => {
    const lightness = color => { const [r, g, b] = color.match(/[0-9.]+/g).map(Number); return (r + g + b) / 7.65; };
    const page = getComputedStyle(document.documentElement);
    return {
        ink: lightness(getComputedStyle(document.querySelector("main p")).color),
        paper: lightness(page.backgroundColor),
        shown: [...document.querySelectorAll(".dock, .dock-jump, .lesson, .foot, .top .counted, .ask")]
            .filter(element => element.checkVisibility()).map(element => element.className),
        column: document.querySelector("main").offsetWidth / innerWidth,
    };
}"""


def test_long_names_widen_no_page(visit, server, kinds):
    """A name of one word of 30 to 80 letters, wherever names stand, makes no page wider than its window."""
    findings = []
    tab = visit("member", {}).new_page()
    for path in kinds:
        tab.goto(server.url + path)
        for letters, width in ((30, 320), (80, 320), (80, 700), (50, 1024), (80, 1280)):
            tab.evaluate(LONG, letters)
            tab.set_viewport_size({"width": width, "height": 720})
            findings += [f"{path}, {letters} letters, {width} px: {found}" for found in tab.evaluate(WIDE)]
    assert not findings, "\n".join(findings)


# What its author worded: where a line of it begins amid a word, with what stands before and after.
BROKEN = """() => [...document.querySelectorAll(`
    h1, h2, h3, button, .button, label, legend, th, summary, nav a
`)].flatMap(one => {
    const range = document.createRange(), broken = [], others = "code, bdi, pre, .visually-hidden";
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (one.checkVisibility() && walker.nextNode()) {
        const text = walker.currentNode;
        if (text.parentElement.closest(others)) continue;
        for (const {index} of text.data.matchAll(/(?<=\\p{L})\\p{L}/gu)) {
            const [before, after] = [index - 1, index].map(at => {
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return [...range.getClientRects()].at(-1)?.top;
            });
            if (after > before + 8) broken.push([text.data.slice(0, index), text.data.slice(index)]);
        }
    }
    return broken;
})"""


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(
            name, marks=() if name == "de" else pytest.mark.whole("its words are shorter than the German ones")
        )
        for name in LANGUAGES
    ],
)
def test_no_word_is_broken_on_a_phone(shell, server, made, app_map, language):
    """Headings, buttons, labels and links of the menus part their lines between words, at 360 and at 320 pixels."""
    findings = []
    with shell.new_context(viewport={"width": 360, "height": 740}) as context:
        become(context, server, "member", made)
        dress(context, server.url, {"language": language})
        tab = context.new_page()
        for path in all_pages(app_map, made):
            tab.goto(server.url + path)
            for width in (360, 320):
                tab.set_viewport_size({"width": width, "height": 740})
                findings += [f"{path}, {width} px: {'|'.join(found)}" for found in tab.evaluate(BROKEN)]
    assert not findings, "\n".join(findings)


def test_what_is_wrong_with_a_box_stands_below_it(shell, server, made):
    """The sentence why a box has to be ticked leaves the words beside the box their line."""
    with shell.new_context(viewport={"width": 1280, "height": 800}) as context:
        become(context, server, "member", made)
        dress(context, server.url, {"language": "ar"})  # in which the sentence is short enough to stand beside them
        tab = context.new_page()
        tab.goto(f"{server.url}/account/close")
        tab.eval_on_selector("main form.card", "form => { form.noValidate = true }")
        with tab.expect_navigation():
            tab.click("main form.card button")
        label, error = (tab.locator(f".check > {one}").bounding_box() for one in ("label", ".error"))
    assert error["y"] >= label["y"] + label["height"] and label["width"] > 300


@pytest.mark.parametrize("language", ["en", "de"])
def test_names_of_goods_break_between_syllables(shell, server, language):
    """Where a good's name does not fit, it parts at a soft hyphen, which is shown; no line begins amid a syllable."""
    with shell.new_context(viewport={"width": 320, "height": 720}) as context:
        dress(context, server.url, {"language": language})
        tab = context.new_page()
        broken = []
        for category in CATEGORIES:
            tab.goto(f"{server.url}/shop/?category={category}")
            broken += tab.evaluate(
                """() => [...document.querySelectorAll(".goods .name")].map(name => {
                    const text = name.firstElementChild?.firstChild ?? name.firstChild, lines = [];
                    const range = document.createRange();
                    for (let at = 0; at < text.length; at++) {
                        range.setStart(text, at);
                        range.setEnd(text, at + 1);
                        const top = [...range.getClientRects()].at(-1)?.top;
                        if (top === undefined) continue;
                        if (!lines.length || top > lines.at(-1).top + 4) lines.push({top, at});
                    }
                    return lines.slice(1).map(({at}) => [text.data.slice(0, at), text.data.slice(at)]);
                }).flat()"""
            )
        assert any(before.endswith("\u00ad") for before, _ in broken)
        assert [parts for parts in broken if parts[0][-1] not in " \u00ad-" and parts[1][0] != " "] == []


def test_each_line_of_a_listing_has_its_number(visit, server):
    """In every listing of source code the numbers stand one below the other, the marked line's and the next too."""
    tab = visit("refusing", {}).new_page()
    tab.goto(server.url + "/preferences")
    with tab.expect_navigation():
        tab.click("main form.card button")
    listings = [listing for listing in tab.evaluate(LISTED) if listing]
    assert listings
    for listing in listings:
        numbers, lefts, tops = zip(*listing, strict=True)
        assert list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
        steps = {round(below - above, 1) for above, below in pairwise(tops)}
        assert max(lefts) - min(lefts) < 12 and len(steps) == 1 and min(steps) > 5, listing


@pytest.mark.parametrize("theme", [theme for theme in THEME.codec.options if theme != "auto"])
def test_paper_is_white_and_holds_the_page_alone(shell, server, theme):
    """In every theme a page prints dark on white, in all its width, without dock, lesson, menu, footer and question."""
    with shell.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark") as context:
        dress(context, server.url, {THEME.name: theme, **LEARNING})
        tab = context.new_page()
        tab.goto(f"{server.url}/shop/{next(iter(GOODS))}")
        screen = tab.evaluate(PAPER)
        tab.emulate_media(media="print")
        paper = tab.evaluate(PAPER)
    assert len(screen["shown"]) == 5 and screen["column"] < 0.6
    assert paper["shown"] == [] and paper["column"] == 1
    assert paper["ink"] < 25 and paper["paper"] > 99


# How far down the page what matches ends, below the bars above it; the lowest of them.
REACH = """selector => {
    const top = document.querySelector("main").getBoundingClientRect().top;
    return Math.max(...[...document.querySelectorAll(selector)].map(one => one.getBoundingClientRect().bottom)) - top;
}"""
ITEMS = {
    "shop": ([f"/shop/{slug}" for slug in GOODS], "h1, .lead, .portrait, .price, [data-add] button"),
    "social": ([f"/social/{post}" for post in range(1, 31)], "h1"),
    "forum": ([f"/forum/thread/{thread}" for thread in range(1, 19)], "h1"),
}


ALIKE = "it is the same page with other words"
REST = pytest.mark.whole(ALIKE)
# In every run of each site a third of its things, in a language of its own; all of them in each with the whole.
SIGHTS = [
    pytest.param(site, *turn.values, id=f"{site}-{turn.id}", marks=turn.marks if turn.values[0] == language else REST)
    for site, language in zip(ITEMS, ["de", "en", "ar"], strict=True)
    for turn in turns(["en", "de", "ar"], ALIKE)
]


@pytest.mark.parametrize(("site", "language", "part"), SIGHTS)
def test_what_was_looked_at_is_in_sight(shell, server, site, language, part):
    """Each thing has the last three in the first screen of a desk; of a good, a phone's has all else that one needs."""
    paths, beginning = ITEMS[site]
    findings = []
    with shell.new_context(viewport={"width": 1280, "height": 800}) as context:
        dress(context, server.url, {"language": language})
        tab = context.new_page()
        tab.goto(server.url)
        with tab.expect_navigation():
            tab.click(".ask button[value=all]")
        for path in [*paths[-4:], *paths[:-4][part]]:
            tab.goto(server.url + path)
            shown = tab.evaluate("() => document.querySelectorAll('[data-recent] [data-item]').length")
            reach = {1280: tab.evaluate(REACH, "[data-recent] [data-item]") + 64}
            if site == "shop":
                tab.set_viewport_size({"width": 360, "height": 740})
                reach[360] = tab.evaluate(REACH, f"[data-recent] [data-item], {beginning}") + 48 + 48
                tab.set_viewport_size({"width": 1280, "height": 800})
            if path in paths[:-4]:
                findings += [f"{path}: {shown} shown"] * (shown != 3)
                limits = {1280: 800, 360: 740}
                findings += [f"{path}, {width} px: {end}" for width, end in reach.items() if end > limits[width]]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("presenting", [False, True])
def test_a_low_window_is_the_pages_alone(shell, server, presenting):
    """At a zoom of 400 % nothing sticks to an edge: whoever scrolls to a part of the page has all of the window."""
    with shell.new_context(viewport={"width": 320, "height": 256}) as context:
        dress(context, server.url, LEARNING | ({PRESENTER.name: PRESENTER.codec.encode(True)} if presenting else {}))
        tab = context.new_page()
        tab.goto(f"{server.url}/shop/")
        sticking = """() => [...document.querySelectorAll("body *")].map(each => [getComputedStyle(each), each])
            .filter(([style, each]) => ["sticky", "fixed"].includes(style.position) && style.display !== "none")
            .map(([style, each]) => each.className)"""
        assert tab.evaluate(sticking) == []
        tab.set_viewport_size({"width": 320, "height": 640})
        assert tab.evaluate(sticking) == (["lesson", "dock"] if presenting else ["lesson", "ask", "dock-jump"])


def test_an_anchor_of_the_policy_opens_what_it_leads_to(shell, server):
    """Closed, the policy fits two screens; `#theme` shows that cookie's text, and `#history` its list, by no script."""
    with shell.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(server.url + "/cookies")
        told = tab.locator("#theme .told")
        assert not told.is_visible() and tab.locator("main").bounding_box()["height"] < 1600
        tab.goto(server.url + "/cookies#theme")
        assert told.is_visible() and not tab.locator("#language .told").is_visible()
        wait_until(lambda: 0 <= tab.locator("#theme").bounding_box()["y"] < 800)
        tab.goto(server.url + "/cookies#history")
        assert tab.locator("#visit").is_visible() and not told.is_visible()
        tab.locator("#visit summary").click()
        assert tab.locator("#visit .told").is_visible()

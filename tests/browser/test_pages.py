"""Every page, in every theme and language, as Chromium shows it: for everybody to read, and from nobody else."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.acts import BANNER
from tests.browser.browsers import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.browser.pages import (
    EXAMPLES,
    NO_PAGES,
    OWN,
    PRESENTING,
    THOROUGH,
    VISITORS,
    all_pages,
    become,
    cases,
    dress,
    gettable,
    looks,
    show_all,
)

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

MODULES = Path(__file__).parent / "node_modules"
STATUS_MESSAGE = "Failed to load resource: the server responded with a status of"  # the answer to the page itself
# Container queries are CSS since 2023; vnu 26.9.27 does not know them yet.
NEWER_THAN_VNU = ("“container-type”", "“container”", "“@container”")

# Every rule that axe-core runs by itself, and the one on the size of targets; or just those that are named.
AXE = """async only => {
    const options = {rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]};
    if (only) options.runOnly = {type: "rule", values: only};
    const {violations} = await axe.run(document, options);
    return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.any.concat(n.all, n.none)
        .map(c => c.message).join("; ")}`));
}"""

# Whatever is pressed or typed into is 44 px; a box or radio button together with its label. Links are 24 px, but for
# those within a sentence (WCAG 2.5.8).
SMALL = """() => {
    const findings = [];
    const inSentence = link => {
        const parent = link.closest("p, li, dd, dt, td, label, summary, h1, h2, h3");
        if (getComputedStyle(link).display !== "inline" || !parent) return false;
        return parent.innerText.trim() !== link.innerText.trim();
    };
    const targets = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const element of document.querySelectorAll(targets)) {
        if (!element.checkVisibility({visibilityProperty: true}) || element.matches(".skip")) continue;
        let boxes = [element.getBoundingClientRect()];
        if (element.matches("a") && inSentence(element)) continue;
        if (element.matches("[type=checkbox], [type=radio]"))
            boxes = boxes.concat([...element.labels].map(label => label.getBoundingClientRect()));
        const width = Math.max(...boxes.map(b => b.right)) - Math.min(...boxes.map(b => b.left));
        const height = Math.max(...boxes.map(b => b.bottom)) - Math.min(...boxes.map(b => b.top));
        const least = element.matches("a:not(.button), summary") ? 24 : 44;
        if (Math.min(width, height) < least - 0.01)
            findings.push(`${width.toFixed(1)} x ${height.toFixed(1)} px: ${element.outerHTML.slice(0, 160)}`);
    }
    return findings;
}"""

# How far the page can be scrolled sideways, and what sticks out.
WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter(e => {
        const box = e.getBoundingClientRect();
        const sticksOut = box.right > root.clientWidth + 1 || box.left < -1;
        return sticksOut && box.width > 0 && !e.matches(".skip, .visually-hidden");
    });
    const first = out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ");
    return [`${root.scrollWidth} > ${root.clientWidth}: ${first}`];
}"""

# Elements that a person at the projector has to see without scrolling: whole, and not covered.
UNSEEN = """selectors => selectors.filter(selector => {
    const element = document.querySelector(selector);
    if (!element) return true;
    const box = element.getBoundingClientRect();
    const points = [[box.left + 2, box.top + 2], [box.left + 2, box.bottom - 2]];
    return box.top < 0 || box.bottom > innerHeight || !points.every(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (element.contains(top) || top.contains(element));
    });
})"""

SHIFT = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 300);
})"""

PROJECTOR = {"width": 1024, "height": 768}
# The first thing that is said of an exchange: that nothing crossed, what was sent, or of a redirect what it set.
DOCK = [
    "[data-wire] [data-exchange] h3",
    "[data-wire] [data-exchange] :is(.nothing, .lines[open] .line, .caption + ul > .line summary)",
]


@pytest.fixture(scope="module")
def paths(app_map, made) -> list[str]:
    """The addresses of all pages."""
    return all_pages(app_map, made)


@pytest.fixture(scope="module")
def chromium(playwright):
    """One Chromium for all tests of this file."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def known(server, made) -> dict[str, list[dict]]:
    """The cookies of those who have become one of VISITORS already; the member is told why all devices were ended."""
    server.flask("users", "end-devices", made.member)
    return {}


@pytest.fixture
def visit(chromium, server, made, known) -> Iterator[Callable]:
    """A function that gives a window to one of VISITORS, dressed in a look."""
    contexts = []

    def visit(who: str, look: dict[str, str], **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        if who in known:
            context.add_cookies(known[who])
        else:
            become(context, server, who, made)
        if who != "returning":  # a remember cookie is good for one return
            known[who] = context.cookies()
        dress(context, server.url, look)
        return context

    yield visit
    for context in contexts:
        context.close()


def test_every_route_is_a_page_or_not(app_map, made):
    """Each route that answers to GET is looked at here or named as no page, and examples name routes that exist."""
    all_pages(app_map, made)
    assert set(gettable(app_map)) >= NO_PAGES | set(EXAMPLES) | set(OWN)


@pytest.mark.parametrize(("who", "look"), cases())
def test_everybody_can_use_it(visit, server, paths, made, who, look):
    """axe-core finds nothing; the page causes no console message, no error, and no request to any other host."""
    findings = []
    # What a theme or a language from left to right can break is seen where the rest was looked at already; and what a
    # member sees of a page has all that a visitor sees of it.
    only = (
        None if look in THOROUGH or look == "auto" else ["color-contrast", "target-size", "html-has-lang", "valid-lang"]
    )
    if only and who == "visitor":
        member = visit("member", {}).request
        paths = [path for path in paths if member.get(server.url + path, max_redirects=0).status != 200]
    context = visit(who, looks()[look], color_scheme="dark" if look == "auto" else "light")
    axe = (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    context.on("request", lambda request: findings.append(request.url) if not is_own(server, request.url) else None)
    context.on(
        "console", lambda message: findings.append(f"{message.page.url}: {message.text}") if is_news(message) else None
    )
    context.on("weberror", lambda error: findings.append(f"{error.page.url}: {error.error}"))
    for shown in show_all(context, server, who, paths, made, alike=look in THOROUGH):
        theme, language = (shown.tab.get_attribute("html", name) for name in ("data-theme", "lang"))
        assert look in (theme, language) or who == "refusing"  # what they refused is what a look is kept in
        shown.tab.evaluate(axe)
        findings += [f"{shown.name}: {finding}" for finding in shown.tab.evaluate(AXE, only)]
    assert not findings, "\n".join(findings)


def is_own(server, url: str) -> bool:
    """Tell whether a request stays on the site."""
    return url.startswith((server.url + "/", "data:"))


def is_news(message) -> bool:
    """Tell whether a console message says more than that the page itself is an error page."""
    return not (message.text.startswith(STATUS_MESSAGE) and message.location["url"] == message.page.url)


@pytest.mark.parametrize(("who", "look"), [case for case in cases() if case[1] == "light" or len(case[1]) == 2])
def test_nothing_scrolls_sideways_and_all_is_easy_to_hit(visit, server, paths, made, who, look):
    """At 320 px, and at 200 % zoom of 1280, no page is wider than the window; targets are large in both."""
    findings = []
    for shown in show_all(visit(who, looks()[look]), server, who, paths, made):
        for width in (320, 640, 1280):
            shown.tab.set_viewport_size({"width": width, "height": 720})
            shown.tab.evaluate("document.querySelectorAll('details').forEach(e => { e.open = false })")
            found = shown.tab.evaluate(WIDE) + shown.tab.evaluate(SMALL)
            shown.tab.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
            found = found or [f"details open: {finding}" for finding in shown.tab.evaluate(WIDE)]
            findings += [f"{width} px, {shown.name}: {finding}" for finding in found]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("who", VISITORS)
def test_a_class_sees_page_and_wire(visit, server, paths, made, who):
    """On a projector in presenter mode, h1 and the dock's first exchange are in view without scrolling."""
    findings = []
    for shown in show_all(visit(who, PRESENTING, viewport=PROJECTOR), server, who, paths, made, alike=False):
        unseen = shown.tab.evaluate(UNSEEN, ["h1", *DOCK])
        findings += [f"{shown.name}: {selector}" for selector in unseen]
        findings += [f"{shown.name}: {finding}" for finding in shown.tab.evaluate(WIDE)]
    assert not findings, "\n".join(findings)


def test_both_answers_weigh_the_same(visit, server):
    """In every language, in wide and narrow windows, the two buttons of the banner are equally large and look alike."""
    for look in (look for look in looks() if look == "light" or len(look) == 2):
        tab = visit("visitor", looks()[look]).new_page()
        tab.goto(server.url + "/shop/")
        for width in (320, 640, 1280):
            tab.set_viewport_size({"width": width, "height": 720})
            everything, necessary = tab.evaluate(BANNER)
            assert everything == necessary, f"{look}, {width} px"


def test_a_class_sees_what_a_form_set(visit, server):
    """On a projector, after a form was sent, its exchange and its whole Set-Cookie line are in view at once."""
    tab = visit("visitor", PRESENTING, viewport=PROJECTOR).new_page()
    tab.goto(server.url + "/preferences?next=/shop/")
    tab.check("[name=theme][value=biscuit]")
    with tab.expect_navigation():
        tab.click("main form.card button")
    exchange = '[data-exchange="POST /preferences"]'
    assert tab.evaluate(UNSEEN, ["h1", f"{exchange} h3", f"{exchange} [data-set=theme] summary"]) == []


@pytest.mark.parametrize(("who", "width"), [("visitor", 1280), ("member", 360)])
def test_nothing_jumps(visit, server, paths, made, who, width):
    """No page shifts its layout while it loads."""
    context = visit(who, {}, viewport={"width": width, "height": 800})
    pages = show_all(context, server, who, paths, made, alike=False)
    shifts = {shown.name: shown.tab.evaluate(SHIFT) for shown in pages}
    assert {name: shift for name, shift in shifts.items() if shift} == {}


def test_the_markup_is_valid(visit, server, paths, made, tmp_path):
    """The Nu checker finds nothing in what the server sends of any page, in English and right to left.

    Each page is shown to at least one kind of visitor, so that no check of this file passes by a redirect.
    """
    names, seen = {}, set()
    for who in VISITORS:
        for look in THOROUGH:
            for shown in show_all(visit(who, looks()[look]), server, who, paths, made):
                file = tmp_path / f"{len(names)}.html"
                file.write_bytes(shown.answer.body())
                names[file.as_uri()] = f"{shown.name} ({look})"
                seen.add(shown.path)
    assert (set(paths) | set(OWN)) - seen == set()
    said = check(tmp_path, names)
    assert not said, said


@pytest.mark.parametrize("look", THOROUGH)
def test_the_other_parties_have_good_pages(visit, server, tmp_path, look):
    """Attacker, tracker, the three little sites and what they embed: axe, the Nu checker, 320 px, large targets."""
    tab, findings, names = visit("visitor", looks()[look]).new_page(), [], {}
    tab.goto(server.url + "/lab/cross")
    with tab.expect_navigation():
        tab.click("#begin button")
    addresses = tab.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    addresses = [address for address in addresses if not address.startswith(server.url)]
    assert len(addresses) == 4  # the attacker, the tracker, and one little site in two modes
    for address in addresses * 2:  # the second time the tracker has seen something
        bodies = {}
        tab.on("response", lambda answer, bodies=bodies: bodies.setdefault(answer.url, answer))
        tab.goto(address, wait_until="networkidle")
        tab.evaluate((MODULES / "axe-core" / "axe.min.js").read_text("utf-8"))
        findings += [f"{address}: {finding}" for finding in tab.evaluate(AXE)]
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 720})
            findings += [f"{width} px, {address}: {finding}" for finding in tab.evaluate(WIDE) + tab.evaluate(SMALL)]
        for url, answer in bodies.items():
            if answer.headers.get("content-type", "").startswith("text/html"):
                file = tmp_path / f"{len(names)}.html"
                file.write_bytes(answer.body())
                names[file.as_uri()] = url
    findings.append(check(tmp_path, names))
    assert [finding for finding in findings if finding] == []


def test_the_styles_are_valid(visit, server, tmp_path):
    """The Nu checker finds nothing in the style sheet but what is newer than the checker."""
    context = visit("visitor", {})
    tab = context.new_page()
    tab.goto(server.url)
    address = tab.eval_on_selector("link[rel=stylesheet]", "link => link.href")
    (tmp_path / "site.css").write_bytes(context.request.get(address).body())
    said = check(tmp_path / "site.css", {}, "--css").splitlines()
    assert [line for line in said if not any(word in line for word in NEWER_THAN_VNU)] == []


def check(target: Path, names: dict[str, str], *options: str) -> str:
    """Return what the Nu checker says of a file or of those in a folder, a line each; `names` are the pages by URI."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), *options, "--format", "json", "--exit-zero-always", str(target)]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stderr
    lines = []
    for message in json.loads(said)["messages"]:
        page = names.get("file://" + message.get("url", "").removeprefix("file:").removeprefix("//"), target.name)
        lines.append(f"{page}: {message['message']} {message.get('extract', '')!r}")
    return "\n".join(lines)

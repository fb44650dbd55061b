"""Nothing hides what has the focus: pages walked by keyboard, forwards and back, beside all that sticks to an edge."""

import pytest

from tests.browser.browsers import PROJECTOR
from tests.browser.pages import LEARNING, PRESENTING
from tests.examples import turns

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# Before each Tab takes the focus away, what had it is asked whether it could be seen: whole but for its rim, and of
# something large some of it. The walk is done at the first stop that it comes to again.
WATCH = """() => {
    window.walk = {stops: 0, hidden: [], done: false};
    window.seen = element => {
        const boxes = [...element.getClientRects()].filter(box => box.width > 1 && box.height > 1);
        const found = boxes.flatMap(box => [0.2, 0.5, 0.8].map(part => {
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
            return top !== null && (element.contains(top) || top.contains(element));
        }));
        return boxes.every(box => box.height < 80) ? found.every(Boolean) : found.some(Boolean);
    };
    addEventListener("keydown", () => {
        const element = document.activeElement;
        if (walk.done || element === document.body) return;
        walk.done = element.dataset.walked !== undefined;
        walk.stops += element.dataset.walked = 1;
        if (!walk.done && !seen(element)) walk.hidden.push(element.outerHTML.slice(0, 160));
    }, true);
}"""
ANEW = """() => {
    document.querySelectorAll("[data-walked]").forEach(element => delete element.dataset.walked);
    walk.done = false;
}"""
# Where the links of this page jump to on it, and could not be seen afterwards.
JUMPS = """() => [...document.querySelectorAll("a[href*='#']")].filter(link => link.pathname === location.pathname)
    .map(link => document.getElementById(link.hash.slice(1))).filter(target => {
        if (!target || !target.checkVisibility()) return false;
        document.activeElement.blur();  // a jump takes the focus along, and a skip link that has it lies on the page
        scrollTo(0, target.getBoundingClientRect().top < innerHeight ? 1e6 : 0);
        target.scrollIntoView();
        const box = target.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + 4);
        return !top || !(target.contains(top) || top.contains(target));
    }).map(target => "a jump to " + target.outerHTML.slice(0, 160))"""

MODES = {
    "a phone, in a lesson": (LEARNING, {"width": 375, "height": 667}),
    "a projector, in a lesson": (LEARNING | PRESENTING, PROJECTOR),
    "a desk, in a lesson": (LEARNING, {"width": 1280, "height": 800}),
}


@pytest.mark.parametrize(("mode", "part"), turns(MODES, "its bars are the same on every page"))
def test_the_focus_is_always_seen(visit, server, kinds, mode, part):
    """Whoever walks by Tab, and back by Shift+Tab, sees each stop, and what a link on the page jumps to."""
    look, window = MODES[mode]
    findings, stops = [], 0
    tab = visit("member", look, viewport=window, reduced_motion="reduce").new_page()
    for path in kinds[part]:
        tab.goto(server.url + path)
        tab.evaluate(WATCH)
        for shift in ("up", "down"):
            getattr(tab.keyboard, shift)("Shift")
            while not tab.evaluate("walk.done"):
                for _ in range(30):
                    tab.keyboard.down("Tab")  # held down, which is one message a stop
            tab.evaluate(ANEW)
        tab.keyboard.up("Shift")
        stops += tab.evaluate("walk.stops")
        findings += [f"{path}: {found}" for found in tab.evaluate("walk.hidden") + tab.evaluate(JUMPS)]
    assert stops > 20 * len(kinds[part])
    assert not findings, f"{len(findings)} of {stops} hidden:\n" + "\n".join(findings)

"""What is measured in a page that is open: by axe-core and the Nu checker, how large, how wide, what is seen."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

MODULES = Path(__file__).parent / "node_modules"
# Container queries are CSS since 2023; vnu 26.9.27 does not know them yet.
NEWER_THAN_VNU = ("“container-type”", "“container”", "“@container”")
# What would be loaded first is for rules that are off.
AXE = """async options => {
    const {violations} = await axe.run(document, {preload: false, resultTypes: ["violations"], ...options});
    return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.any.concat(n.all, n.none)
        .map(c => c.message).join("; ")}`));
}"""
# Every rule that axe-core runs by itself, and the one on the size of targets.
WHOLE = {"rules": {"target-size": {"enabled": True}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_BUT_CONTRAST = {"rules": {**WHOLE["rules"], "color-contrast": {"enabled": False}}}
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
# Both of these, with all details closed; and with all open, how wide the page is then.
CLOSED_AND_OPEN = f"""() => {{
    const set = open => document.querySelectorAll("details").forEach(e => {{ e.open = open; }});
    set(false);
    const found = [...({WIDE})(), ...({SMALL})()];
    set(true);
    return found.length ? found : ({WIDE})().map(finding => "details open: " + finding);
}}"""
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
# How far things have moved by themselves since the page began to load: what moved is told a moment later.
SHIFTED = """pause => new Promise(resolve => {
    let shifted = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) shifted += entry.value; })
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(shifted), pause);
})"""
WIDTHS = (320, 640, 1280)  # px: the narrowest phone, 200 % zoom of the widest, and that


def axe(tab, options: dict) -> list[str]:
    """Return what axe-core has to say, by the rules that its options choose."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate((MODULES / "axe-core" / "axe.min.js").read_text("utf-8"))
    return tab.evaluate(AXE, options)


def squeeze(tab, widths: Iterable[int]) -> list[str]:
    """Return what is wider than the window or hard to hit, with details closed, and what sticks out of open ones."""
    findings = []
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 720})
        findings += [f"{width} px: {finding}" for finding in tab.evaluate(CLOSED_AND_OPEN)]
    return findings


def check(target: Path, names: dict[str, str], *options: str) -> list[str]:
    """Return what the Nu checker says of a file or of those in a folder; `names` are the pages by URI."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), *options, "--format", "json", "--exit-zero-always", str(target)]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stderr
    lines = []
    for message in json.loads(said)["messages"]:
        page = names.get("file://" + message.get("url", "").removeprefix("file:").removeprefix("//"), target.name)
        lines.append(f"{page}: {message['message']} {message.get('extract', '')!r}")
    return lines

"""What people do on the site, as steps of a scenario, and what their browser holds afterwards."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.browser.browsers import Browser, Stored
from webapp import clock
from webapp.cookies import Category
from webapp.visits import SEEN

# For what the site does by itself, and no browser decides: one of them is enough.
in_one_browser = pytest.mark.parametrize("start", ["chromium"], indirect=True)
DRAFTED = "form.drafted [name=text]"
# The buttons of the banner: how large they are, to a tenth of a pixel, and how they look.
BANNER = """() => [...document.querySelectorAll(".ask button")].map(button => {
    const box = button.getBoundingClientRect(), style = getComputedStyle(button);
    const look = ["color", "backgroundColor", "fontSize", "fontWeight", "borderTopColor", "borderTopWidth", "opacity"];
    const [width, height] = [box.width, box.height].map(side => Math.round(side * 10) / 10);
    return {width, height, shown: button.checkVisibility(), look: look.map(name => style[name])};
})"""


def held(browser: Browser, app: Flask, *categories: Category) -> set[str]:
    """Return the declared names of the cookies in the store that belong to these categories; strangers are none."""
    registry = app.extensions["cookies"].registry
    found = {registry.find(cookie.name) for cookie in browser.cookies()}
    assert None not in found, "every cookie is declared"
    return {cookie.name for cookie in found if cookie.category in categories}


def declared(app: Flask, *categories: Category) -> set[str]:
    """Return the names that are declared in these categories."""
    return {cookie.name for cookie in app.extensions["cookies"].registry if cookie.category in categories}


def stored(browser: Browser, name: str) -> Stored | None:
    """Return a cookie of the store by its name without a prefix; None where there is none."""
    found = [cookie for cookie in browser.cookies() if cookie.name.rpartition("__Host-")[2] == name]
    assert len(found) <= 1, f"{name} is in the store {len(found)} times"
    return found[0] if found else None


def without(browser: Browser, name: str) -> None:
    """Take one cookie out of the store."""
    kept = [cookie for cookie in browser.cookies() if cookie.name != name]
    browser.forget()
    browser.plant(kept)


def long_ago(browser: Browser) -> None:
    """Let the latest visit be a month ago, and close the browser: whatever the town wrote since is new."""
    seen = stored(browser, SEEN.name)
    browser.plant([replace(seen, value=SEEN.codec.encode((clock.now() - timedelta(days=30), 1)))])
    browser.reopen()


def write_draft(browser: Browser, path: str, text: str) -> None:
    """Type an answer in the forum, and keep it as a draft."""
    browser.open(path)
    browser.fill(DRAFTED, text)
    browser.press("form.drafted [name=keep]")


def typed(browser: Browser) -> str:
    """Return what stands in the form of the forum."""
    return browser.run("selector => document.querySelector(selector)?.value ?? ''", DRAFTED)


def basket(browser: Browser) -> dict[str, int]:
    """Return how many of each good the page of the basket shows."""
    browser.open("/shop/basket")
    goods = browser.all("[data-basket] [data-item]", "data-item")
    written = browser.all("[data-basket] [type=number]", "value")
    return dict(zip(goods, map(int, written), strict=True))


def use_everything(browser: Browser, goods: Collection[str], thread: str, board: str) -> None:
    """Look at something on all three sites, and set every preference; needs a visit before this one for the board."""
    for slug in goods:
        browser.open(f"/shop/{slug}")
    browser.press("[data-add] button")
    for path in ("/shop/search?q=rye", "/social/1", "/social/@Marta", thread):
        browser.open(path)
    browser.open("/shop/")
    browser.press(".sorting [href$='sort=price']")
    browser.open(f"/forum/{board}")
    browser.press(".sorting [href$='sort=new']")
    browser.press(".mark-read button")
    browser.open("/shop/search")
    browser.press("[name=pause]")
    browser.open("/preferences")
    browser.tick("[name=theme][value=dark]")
    browser.choose("[name=language]", "de")
    browser.click("[name=dock]")
    browser.tick("[name=presenter]")
    browser.press("main form.card button")

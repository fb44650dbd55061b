"""The README: its five steps in their order, in one browser that has never been here, and the pictures."""

import re
from pathlib import Path

import pytest

from tests.browser.acts import basket, in_one_browser, stored
from webapp.accounts.cookies import REMEMBER
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

pictures = pytest.importorskip("docs.pictures")
ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def press(browser, text: str) -> None:
    """Press the link or button of the page that the README calls by these words."""
    assert text in " ".join(README.split()), text
    mark = """text => {
        const all = [...document.querySelectorAll("main a, main button, nav a, .ask button")];
        const seen = one => one.querySelector(".visually-hidden") ? one.lastChild.innerText : one.innerText;
        all.find(one => seen(one).trim() === text).setAttribute("data-next", "");
    }"""
    browser.run(mark, text)
    browser.press("[data-next]")


@in_one_browser
def test_the_five_steps(browser):
    """Each step finds what the README says that it shows, after the steps before it."""
    browser.open("/")
    assert "What just happened" in browser.text("[data-wire]") and "brought no cookie" in browser.text("[data-wire]")
    assert len(browser.all("[data-withheld]", "data-withheld")) == 2
    press(browser, "Allow all")

    browser.fill("main [name=value]", "rye")
    press(browser, "Give me this cookie")
    assert browser.all('[data-set="tutorial.note"]', "data-set") and "set_cookie(" in browser.text("main")

    press(browser, "◐ English")
    browser.tick("[name=theme][value=dark]")
    browser.press("main form.card button")
    assert browser.attribute("html", "data-theme") == "dark" and "theme=dark" in browser.text(".kept")
    shown = browser.all("[data-wire] [data-exchange]", "data-exchange")
    assert len(shown) == 2 and shown[0].startswith("POST ") and shown[1].startswith("GET ")
    assert "preferences/views.py" in browser.text("[data-set=theme]")

    press(browser, "Shop")
    browser.fill("[name=q]", "honey")
    browser.press(".search button")
    viewed = list(GOODS)[:3]
    for slug in viewed:
        browser.open(f"/shop/{slug}")
    browser.press("[data-add] button")
    assert set(basket(browser)) == {viewed[-1]}
    browser.open("/shop/")
    before = browser.all("[data-recommended] [data-item]", "data-item")
    assert "honey" in browser.text("[data-recommended]")
    browser.press('[data-searches] [name=item][value=""]')
    browser.open("/shop/")
    assert "honey" not in browser.text("[data-recommended]")
    assert set(before) - set(browser.all("[data-recommended] [data-item]", "data-item"))

    press(browser, "Social")
    browser.log_in("mira", DEMO_ACCOUNTS["mira"], remember=True)
    browser.open("/social/@Marta")
    browser.press("#follow button")
    browser.open("/social/")
    browser.fill("#write [name=text]", "Written at the fifth step.")
    browser.press("#write button")
    browser.reopen()
    browser.open("/social/")
    assert browser.user == "mira"
    assert browser.attribute("[data-brought-back]", "data-brought-back") == REMEMBER.name
    assert REMEMBER.name in browser.text(".star") and stored(browser, REMEMBER.name)


@pytest.mark.whole("pictures are taken now and then")
def test_the_pictures_can_be_taken_anew(shell, server, tmp_path):
    """Those that README and tour show are made, no other, as large as those in the repository; so is the card."""
    pictures.take_all(shell, server.url, tmp_path, tmp_path / pictures.CARD.name)
    shown = {
        Path(name).name
        for name in re.findall(r"!\[.*?\]\((.*?)\)", README + (ROOT / "docs/tour.md").read_text("utf-8"))
    }
    made = {path.name: _size(path) for path in tmp_path.iterdir()}
    assert made == {name: _size(pictures.FOLDER / name) for name in shown} | {pictures.CARD.name: _size(pictures.CARD)}


def _size(picture: Path) -> bytes:
    """Return width and height, from where each PNG has them."""
    return picture.read_bytes()[16:24]

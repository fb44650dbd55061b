"""The lab's benches are found by looking, and its first page lists what each hands over."""

import sys
import textwrap
from contextlib import suppress
from pkgutil import iter_modules
from urllib.parse import urlsplit

import pytest

import webapp.lab
from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp.house import house

OVEN = '''
    """The oven."""
    from flask import Blueprint
    from webapp.lab import Bench

    def init_app(app):
        bp = Blueprint("oven", __name__, url_prefix="/lab/oven")
        bp.get("", endpoint="door")(lambda: "It is hot.")
        return Bench(
            blueprints=(bp,), title="The oven", description="what heat does to a cookie",
            endpoint="oven.door", order=9, feeds=True,
            shows={"door": "Heat that no line has", "": "Crumbs below it"},
        )
'''


@pytest.fixture
def lab(tmp_path, monkeypatch, make_app) -> Browser:
    """A visitor of a lab with one bench more, in a folder beside the others."""
    (tmp_path / "lab/oven").mkdir(parents=True)
    (tmp_path / "lab/oven/__init__.py").write_text(textwrap.dedent(OVEN), "utf-8")
    monkeypatch.setattr(webapp.lab, "__path__", [*webapp.lab.__path__, str(tmp_path / "lab")])
    yield Browser(make_app())
    del sys.modules["webapp.lab.oven"]


def cards(page) -> list[tuple[str, str]]:
    """Return address and text of each card of the lab's first page."""
    return [(card.find("a")["href"], " ".join(card.get_text(" ").split())) for card in page.select(".benches > li")]


def shown(page) -> list[tuple[str, str]]:
    """Return address and text of each entry of the list of what one line can't show."""
    return [(link["href"], link.get_text()) for link in page.one("#more").find_next("ul").select("a")]


def test_a_bench_more_is_one_folder(lab):
    """It answers, and has a card behind the others, with its title, its line and a picture, and what it shows."""
    page = lab.get("/lab")
    assert cards(page)[-2] == ("/lab/oven", "The oven what heat does to a cookie")
    assert page.select(".benches > li:nth-last-child(2) path[d]")
    assert shown(lab.get("/lab/send"))[-3:-1] == [
        ("/lab/oven#door", "Heat that no line has"),
        ("/lab/oven", "Crumbs below it"),
    ]
    assert lab.app.test_client().get("/lab/oven").text == "It is hot."


@pytest.mark.parametrize("page", ["/lab", "/lab/why", "/lab/why?line=a%3D1&set_by=http://a.test/&to=http://a.test/"])
def test_what_leads_to_a_question_stands_beside_it(lab, page):
    """A bench that feeds questions is linked from where they are asked, besides its card; the others are not."""
    found = lab.get(page)
    for url, beside in (("/lab/oven", 1), ("/lab/clock", 0)):
        links = found.select(f"main a[href='{url}']")
        assert len([link for link in links if not link.find_parent(class_="benches")]) == beside


def test_every_bench_has_a_card_and_leads_where_it_says(browser):
    """Each package of the folder has a card, once; each address answers, and each anchor stands on its page."""
    front = cards(browser.get("/lab"))
    own = {"/lab/send", "/jar"}
    benches = [url for url, _ in front if url not in own]
    assert len(set(benches)) == len(benches) == sum(module.ispkg for module in iter_modules(webapp.lab.__path__))
    for url, title in (*front, *shown(browser.get("/lab/send"))):
        found = browser.get(url)
        anchor = urlsplit(url).fragment
        assert found.status == 200 and (not anchor or found.select(f"#{anchor}")), title


# For each bench that lessons set up: what a visitor does there, and what shows that it was done.
DONE = {
    "cached": (lambda browser: browser.submit("#second"), "[data-visit=second]"),
    "cross": (lambda browser: browser.follow("[data-way=own] a"), "[data-way=own] [data-verdict]"),
    "fixation": (lambda browser: browser.follow("[data-mode=kept] [data-till]"), "section[data-stands=visited]"),
    "secret": (lambda browser: browser.submit("#change", name="The owner"), "[data-verdict=refused]"),
    "stolen": (lambda browser: browser.post("/lab/stolen/inbox?lab-pass=0123abcd"), "[data-note=pass]"),
    "trust": (lambda browser: browser.submit("#rotate"), "[data-number='2']"),
}
SHOWN = {"secret": "/lab/secret/door", "stolen": "/lab/stolen/inbox"}


def test_each_bench_that_is_handed_over_is_tried(app):
    """None of the lab's is set up for lessons but those above."""
    assert {name for bench in house(app).features["lab"].parts for name in bench.benches} == set(DONE)


@pytest.mark.parametrize("name", DONE)
def test_a_bench_is_set_up_from_a_page_of_the_course(make_app, name):
    """Asked for from elsewhere, the bench is open, something can be done on it, and set up again it is as new."""
    app = make_app()
    app.add_url_rule("/learn/x", view_func=lambda: house(app).benches[name]() or "done", methods=["POST"])
    act, sign = DONE[name]
    browser, page = visitor(app, "chromium"), SHOWN.get(name, f"/lab/{name}")
    for _ in range(2):
        assert browser.post("/learn/x").text == "done"
        assert not browser.get(f"{browser.home}{page}").select(sign)
        act(browser)
        assert browser.get(f"{browser.home}{page}").select(sign)


@pytest.mark.parametrize("name", DONE)
def test_without_its_set_up_there_is_nothing_to_do_there(app, name):
    """Each of these acts needs the bench: without it the act is not offered, or leaves nothing."""
    browser = visitor(app, "chromium")
    browser.get(f"/lab/{name}")
    act, sign = DONE[name]
    with suppress(IndexError, AssertionError):
        act(browser)
    assert not browser.get(f"{browser.home}{SHOWN.get(name, f'/lab/{name}')}").select(sign)

"""The lab's benches are found by looking, and its first page lists what each hands over."""

import sys
import textwrap
from pkgutil import iter_modules
from urllib.parse import urlsplit

import pytest

import webapp.lab
from tests.browsing import Browser

OVEN = '''
    """The oven."""
    from flask import Blueprint
    from webapp.lab import Bench

    def init_app(app):
        bp = Blueprint("oven", __name__, url_prefix="/lab/oven")
        bp.get("", endpoint="door")(lambda: "It is hot.")
        return Bench(
            blueprints=(bp,), title="The oven", description="what heat does to a cookie",
            endpoint="oven.door", order=9,
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


def listed(page, heading: str) -> list[tuple[str, str]]:
    """Return address and text of each entry of the list below a heading."""
    items = next(tag for tag in page.select("h2") if tag.get_text() == heading).find_next("ul").select("li")
    return [(item.find("a")["href"], item.get_text()) for item in items]


def test_a_bench_more_is_one_folder(lab):
    """It answers, and is listed behind the others with its title, its line, and what it shows."""
    page = lab.get("/lab")
    assert listed(page, "More of the lab")[-2] == ("/lab/oven", "The oven: what heat does to a cookie")
    assert listed(page, "What one line can't show")[-3:-1] == [
        ("/lab/oven#door", "Heat that no line has"),
        ("/lab/oven", "Crumbs below it"),
    ]
    assert lab.app.test_client().get("/lab/oven").text == "It is hot."


def test_every_bench_is_listed_and_leads_where_it_says(browser):
    """Each package of the folder is in the list, once; each address answers, and each anchor stands on its page."""
    page = browser.get("/lab")
    rooms, shows = listed(page, "More of the lab"), listed(page, "What one line can't show")
    assert len({url for url, _ in rooms[:-1]}) == sum(module.ispkg for module in iter_modules(webapp.lab.__path__))
    for url, title in (*rooms, *shows):
        found = browser.get(url)
        anchor = urlsplit(url).fragment
        assert found.status == 200 and (not anchor or found.select(f"#{anchor}")), title

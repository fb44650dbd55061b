"""A fourth site is one folder: found by looking, wired by nobody."""

import sys
import textwrap
from pathlib import Path

import pytest

import webapp.sites
from tests.browsing import Browser
from webapp.cookies import registry

FILES = {
    "__init__.py": '''
        """The library."""
        from flask import Flask
        from webapp.i18n import N_
        from webapp.sites import Site
        from .cookies import RECENT
        from .views import bp, recently_viewed

        def init_app(app: Flask) -> Site:
            return Site(
                title="Library", card="Books about bread.", order=9, blueprints=(bp,),
                cookies=(RECENT,), viewed=RECENT, recent=recently_viewed, draw=lambda: {"img/library/book.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"},
            )
    ''',
    "cookies.py": """
        from datetime import timedelta
        from webapp.cookies import Category, Family, codecs

        RECENT = Family(
            name="recent_library.", key="[a-z]{1,9}", limit=3, purpose="One book you opened.",
            category=Category.HISTORY, max_age=timedelta(days=30), codec=codecs.Timestamp(),
        )
    """,
    "views.py": """
        from flask import Blueprint, current_app, render_template, url_for
        from webapp.house import Recent
        from webapp.sites import recents
        from .cookies import RECENT

        bp = Blueprint("library", __name__, url_prefix="/library", template_folder="templates")

        @bp.get("/")
        def index():
            return render_template("library/index.html", recent=recently_viewed())

        @bp.get("/<book>")
        def book(book):
            recents.note_view(RECENT, book)
            return render_template("library/index.html", recent=recently_viewed())

        def recently_viewed():
            asset = current_app.jinja_env.globals["asset"]
            return [
                Recent(id=key, title=key.title(), url=url_for("library.book", book=key),
                       picture=asset("img/library/book.svg"), cookie=RECENT.name + key,
                       value=RECENT.codec.encode(at), at=at)
                for key, at in recents.views(RECENT)
            ]
    """,
    "templates/library/index.html": """
        {% extends "base.html" %}
        {% from "sites/recent.html" import recent_list %}
        {% block title %}Library{% endblock %}
        {% block main %}<h1>Library</h1>
        {{ recent_list(recent, url_for("sites.clear_recent", site="library")) }}{% endblock %}
    """,
}


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A folder with a site of its own, beside the others."""
    folder = tmp_path / "sites" / "library"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    monkeypatch.setattr(webapp.sites, "__path__", [*webapp.sites.__path__, str(folder.parent)])
    yield Path(folder)
    for name in [name for name in sys.modules if name.startswith("webapp.sites.library")]:
        del sys.modules[name]


@pytest.fixture
def browser(library, make_app, tmp_path) -> Browser:
    """A visitor of the house with four sites, who allowed everything."""
    app = make_app(DEMO_ACCOUNTS=False, INSTANCE=str(tmp_path / "instance"))
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.agree()
    return browser


def test_it_is_in_the_house(browser):
    """The new site stands in the menu and on the first page, last of all, and its pictures are served."""
    page = browser.get("/")
    assert [link.get_text() for link in page.select(".places h3 a")][-1] == "Library"
    assert page.select('.top a[href="/library/"]')
    assert browser.get("/library/").one('.top a[aria-current="true"]').get_text() == "Library"


def test_its_cookies_are_known(browser, app):
    """Its declarations are in the registry, the policy, and the dock; what was viewed can be forgotten there."""
    page = browser.get("/library/rye")
    assert page.cookies_set["recent_library.rye"].endswith("SameSite=Lax")
    assert page.one('[data-set="recent_library.rye"]')
    assert "One book you opened." in browser.get("/cookies").text
    with browser.app.app_context():
        assert registry().owner(registry().find("recent_library.rye")) == "library"
    assert [item["data-item"] for item in browser.get("/").select("[data-recent] [data-item]")] == ["rye"]
    picture = browser.get("/").one("[data-recent] img")["src"]
    assert browser.get(picture).status == 200
    browser.get("/library/")
    page = browser.submit("[data-recent] form", button="")
    assert "recent_library.rye" not in browser.cookies and page.url.endswith("/library/")

"""Style sheets: which page loads which, and how they are served."""

import shutil

import pytest

from tests.browsing import Browser
from webapp import assets, create_app
from webapp.database import dispose
from webapp.house import house


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br", "br"), ("gzip", "gzip"), ("br;q=0", None), ("", None), ("br;q=0, gzip", "gzip"),
        ("br; q=0.0, *", "gzip"),
        ("gzip;q=0, *;q=0.1", "br"), ("BR;q=0,gzip;q=0,*;q=0", None), ("identity", None), ("x-brr", None),
    ],
)  # fmt: skip
def test_nobody_gets_a_coding_that_they_refuse(app, accepted, coding):
    """`br;q=0` gets no brotli, neither as a page nor as a style; all codings of a style have one weak ETag."""
    client, headers = app.test_client(), {"Accept-Encoding": accepted}
    with app.test_request_context():
        style = app.jinja_env.globals["asset"]("site.css")
    answer = client.get(style, headers=headers)
    page = client.get("/shop/", headers=headers).headers.get("Content-Encoding")
    assert answer.headers.get("Content-Encoding") == coding
    assert page in ({"zstd", coding} if "*" in accepted and coding else {coding})
    assert answer.headers["ETag"].startswith('W/"')
    again = client.get(style, headers={**headers, "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, answer.headers["ETag"])
    answer.close()
    again.close()


def test_pages_load_the_sheets_of_their_feature(app):
    """Each sheet but the site's belongs to features, and is loaded by their pages alone, behind the site's."""
    browser, named = Browser(app), {feature.style for feature in house(app).features.values()}
    assert {f"{folder.name}.css" for folder in (assets._STATIC / "css").iterdir() if folder.is_dir()} == named - {""}
    for path, sheets in {"/login": ["site.css"], "/nowhere": ["site.css"], "/lab": ["site.css", "course.css"]}.items():
        links = browser.get(path).select("link[rel=stylesheet]")
        assert [link["href"].rpartition("/")[2] for link in links] == sheets
        assert all(browser.get(link["href"]).headers["Content-Type"].startswith("text/css") for link in links)


@pytest.mark.parametrize("sheet", ["css/base.css", "css/course/lab.css"])
@pytest.mark.parametrize("debug", ["1", "0"])
def test_styles_are_fresh_while_debugging(monkeypatch, tmp_path, debug, sheet):
    """`flask run --debug` serves a style as it is edited, not to be kept; else it is as at the start."""
    shutil.copytree(assets._STATIC, tmp_path / "static")
    monkeypatch.setattr(assets, "_STATIC", tmp_path / "static")
    monkeypatch.setenv("FLASK_DEBUG", debug)
    app = create_app(
        {"INSTANCE": str(tmp_path / "instance"), "DATABASE_URL": f"sqlite:///{tmp_path / 'crumb.sqlite3'}"}
    )
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("course.css" if "course" in sheet else "site.css")
    (tmp_path / "static" / sheet).write_text("b { --edited: 1 }")
    response = app.test_client().get(address)
    assert response.mimetype == "text/css"
    assert ("--edited" in response.text) == (debug == "1")
    response.close()
    dispose(app)
    assert ("immutable" in response.headers["Cache-Control"]) == (debug == "0")

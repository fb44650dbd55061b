"""Styles while they are edited."""

import shutil

import pytest

from webapp import assets, create_app
from webapp.database import dispose


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


@pytest.mark.parametrize("debug", ["1", "0"])
def test_styles_are_fresh_while_debugging(monkeypatch, tmp_path, debug):
    """`flask run --debug` serves a style as it is edited, not to be kept; else it is as at the start."""
    shutil.copytree(assets._STATIC, tmp_path / "static")
    monkeypatch.setattr(assets, "_STATIC", tmp_path / "static")
    monkeypatch.setenv("FLASK_DEBUG", debug)
    app = create_app(
        {"INSTANCE": str(tmp_path / "instance"), "DATABASE_URL": f"sqlite:///{tmp_path / 'crumb.sqlite3'}"}
    )
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("site.css")
    (tmp_path / "static/css/base.css").write_text("/* edited */")
    response = app.test_client().get(address)
    assert response.mimetype == "text/css"
    assert ("/* edited */" in response.text) == (debug == "1")
    response.close()
    dispose(app)
    assert ("immutable" in response.headers["Cache-Control"]) == (debug == "0")

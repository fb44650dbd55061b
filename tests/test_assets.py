"""Styles while they are edited."""

import shutil

import pytest

from webapp import assets, create_app
from webapp.database import dispose


@pytest.mark.parametrize("debug", ["1", "0"])
def test_styles_are_fresh_while_debugging(monkeypatch, tmp_path, debug):
    """`flask run --debug` serves a style as it is edited, not to be kept; else it is as at the start."""
    shutil.copytree(assets._STATIC, tmp_path / "static")
    monkeypatch.setattr(assets, "_STATIC", tmp_path / "static")
    monkeypatch.setenv("FLASK_DEBUG", debug)
    app = create_app(
        {"INSTANCE": str(tmp_path / "instance"), "DATABASE_URL": f"sqlite:///{tmp_path / 'crumb.sqlite3'}"}
    )
    address = app.jinja_env.globals["asset"]("site.css")
    (tmp_path / "static/css/base.css").write_text("/* edited */")
    response = app.test_client().get(address)
    assert response.mimetype == "text/css"
    assert ("/* edited */" in response.text) == (debug == "1")
    response.close()
    dispose(app)
    assert ("immutable" in response.headers["Cache-Control"]) == (debug == "0")

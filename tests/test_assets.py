"""Style sheets: which page loads which, how they are edited, and served while one version replaces another."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from webapp import assets, create_app
from webapp.database import dispose
from webapp.house import house

DAY = 24 * 60 * 60


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


def test_what_python_keeps_is_no_source(make_app, monkeypatch, tmp_path):
    """Another process that starts at the same time may take away again what it compiles; the digest is the same."""
    shutil.copytree(assets._SITES, tmp_path / "sites", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(assets, "_SITES", tmp_path / "sites")
    kept = tmp_path / "sites" / "__pycache__"
    addresses = []
    for _ in range(2):
        app = make_app()
        with app.test_request_context():
            addresses.append(app.jinja_env.globals["asset"]("site.css"))
        kept.mkdir(exist_ok=True)
        kept.joinpath("people.cpython-311.pyc").write_bytes(b"compiled")
        kept.joinpath("people.cpython-311.pyc.139").symlink_to(tmp_path / "gone")
        kept = tmp_path / "sites" / "shop" / "__pycache__"
    assert addresses[0] == addresses[1]


def test_a_class_is_of_one_sheet():
    """What a sheet gives to a class by itself, under whatever condition, no other sheet does: features don't meet."""
    owners: dict[str, set[str]] = {}
    for sheet in sorted((assets._STATIC / "css").rglob("*.css")):
        text, around = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S), []
        for before, brace in re.findall(r"([^{}]*)([{}])", text):
            if brace == "}":
                around.pop()
                continue
            around.append(before.rpartition(";")[2].strip())
            if all(rule.startswith("@") for rule in around[:-1]) and "@media print" not in around:
                for name in re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", around[-1]):
                    owners.setdefault(name, set()).add(sheet.name)
    assert len(owners) > 50 and {name: sheets for name, sheets in owners.items() if len(sheets) > 1} == {}


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


@pytest.fixture
def version(monkeypatch, tmp_path) -> Iterator[Callable[[str, str], Flask]]:
    """A function that starts a version of the site, with a style of its own, over an instance folder."""
    apps = []

    def start(style: str, instance: str) -> Flask:
        static = tmp_path / "static"
        shutil.copytree(Path("static"), static, dirs_exist_ok=True)
        (static / "css/base.css").write_text(f"b {{ --version: {style} }}")
        monkeypatch.setattr(assets, "_STATIC", static)
        database = f"sqlite:///{tmp_path / 'crumb.sqlite3'}"
        apps.append(create_app({"INSTANCE": str(tmp_path / instance), "DATABASE_URL": database, "DEMO_CONTENT": False}))
        return apps[-1]

    yield start
    for app in apps:
        dispose(app)


def style_of(app: Flask) -> str:
    """Return the address of the styles that pages of an app ask for."""
    with app.test_request_context():
        return app.jinja_env.globals["asset"]("site.css")


def folder_of(app: Flask) -> Path:
    """Return the folder that an app laid out its assets in."""
    return Path(app.instance_path, "assets", style_of(app).split("/")[2])


def test_any_process_has_the_styles_of_any_version(version):
    """Over one instance folder each version serves the other's style as it is, for good; compressed and 304 too."""
    old, new = version("old", "one"), version("new", "one")
    assert style_of(old) != style_of(new)
    for asked, says in ((old, b"--version: old"), (new, b"--version: new")):
        for app in (old, new):
            client = app.test_client()
            answer = client.get(style_of(asked))
            assert answer.status_code == 200 and says in answer.data
            assert "immutable" in answer.headers["Cache-Control"]
            short = client.get(style_of(asked), headers={"Accept-Encoding": "br"})
            again = client.get(style_of(asked), headers={"If-None-Match": answer.headers["ETag"]})
            assert (short.headers["Content-Encoding"], again.status_code) == ("br", 304)
            for each in (answer, short, again):
                each.close()


def test_the_styles_of_another_machine_s_version_are_ours_and_not_kept(version):
    """A digest that nobody laid out here gets this version's file, with no-store; a file that is in neither is 404."""
    old, new = version("old", "one"), version("new", "other")
    for asked, app, says in ((old, new, b"--version: new"), (new, old, b"--version: old")):
        client = app.test_client()
        answer = client.get(style_of(asked))
        assert answer.status_code == 200 and says in answer.data
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "no-store")
        answer.close()
        picture = client.get(style_of(asked).replace("site.css", "img/crumb.svg"))
        assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
        picture.close()
        assert client.get(style_of(asked).replace("site.css", "sites.css")).status_code == 404


@pytest.mark.parametrize("name", ["..", "%2e%2e", ".", "tmp_leftover_", "0123456789ab/..", "0123456789AB", "/"])
def test_nothing_else_of_the_instance_folder_is_served(version, name):
    """What is no digest names no folder: neither the key nor the database is a file to be asked for."""
    app = version("old", "one")
    beside = Path(app.instance_path, "assets/tmp_leftover_")
    beside.mkdir()
    for file in (beside / "secret_key", beside.with_name("secret_key")):
        file.write_text("hush")
    assert Path(app.instance_path, "secret_key").exists()
    assert app.test_client().get(f"/static/{name}/secret_key").status_code == 404


def test_old_folders_go(version):
    """At a start a folder that nobody asked for in a week goes, with what a cut-off start left; one in use stays."""
    old, new = version("old", "one"), version("new", "one")
    cut_off, week = folder_of(old).with_name("tmpcut0ff"), time.time() - 7 * DAY
    cut_off.mkdir()
    for age, there in ((week + 60, True), (week - 60, False)):
        for folder in (folder_of(old), folder_of(new), cut_off):
            os.utime(folder, (age, age))
        new.test_client().get(style_of(new)).close()
        newest = version("newest", "one")
        assert (folder_of(old).exists(), cut_off.exists()) == (there, there)
        assert folder_of(new).exists() and folder_of(newest).exists()


def test_a_process_whose_folder_went_lays_it_out_again(version):
    """Who cleared out may not know of it: its next page has its styles, in a process that knew the folder too."""
    old, new = version("old", "one"), version("new", "one")
    for folder in (folder_of(new), folder_of(old)):
        shutil.rmtree(folder)
    answer = new.test_client().get(style_of(new))
    assert answer.status_code == 200 and b"--version: new" in answer.data
    answer.close()
    other = new.test_client().get(style_of(old))
    assert other.status_code == 200 and other.headers["Cache-Control"] == "no-store"
    other.close()

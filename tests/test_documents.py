"""What the documents say and the code decides: the two agree."""

import ast
import json
import re
import tomllib
from datetime import timedelta
from pathlib import Path

from run import SERVER
from serve import PATIENCE
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.database import METADATA
from webapp.settings import SETTINGS
from webapp.wire.record import store

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ONLINE = (ROOT / "docs/online.md").read_text("utf-8")
_UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


def test_the_server_for_going_online_is_the_one_that_runs():
    """The command of docs/online.md is the one that run.py starts, and it says how long an end takes."""
    assert f".venv/bin/python {' '.join(SERVER)} " in ONLINE
    assert f"after {PATIENCE} seconds at most" in ONLINE


def test_the_readme_is_read_to_its_end():
    """It has 120 lines at most, and leads to every other document."""
    assert len(README.splitlines()) <= 120
    others = {path.relative_to(ROOT).as_posix() for path in DOCUMENTS} - {"README.md"}
    assert others <= set(re.findall(r"\]\(([^)#:]+)\)", README))


def test_the_map_has_every_package():
    """Each package and module of webapp, and each bench, stands in the map of CONTRIBUTING.md."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Where is what")[2].partition("\n## ")[0]
    known = set(re.findall(r"[\w.]+/?(?=\s)", text))
    for folder in ("webapp", "webapp/lab"):
        for path in (ROOT / folder).iterdir():
            if path.is_dir() and path.name != "__pycache__":
                assert f"{path.name}/" in known, path
    assert {path.name for path in (ROOT / "webapp").glob("*.py")} <= known


def test_the_demo_accounts_can_be_read_up():
    """Name and password of each stand in the README."""
    for name, password in DEMO_ACCOUNTS.items():
        assert f"| `{name}` | `{password}` |" in README


def test_every_variable_in_the_documents_is_a_setting():
    """A CRUMB_* variable that a document names is one that is declared."""
    known = {setting.name for setting in SETTINGS}
    for document in DOCUMENTS:
        assert set(re.findall(r"CRUMB_([A-Z_]+[A-Z])", document.read_text("utf-8"))) <= known, document.name


def test_every_picture_is_there():
    """Each file that a document links is in the repository."""
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_picture_is_taken_by_the_command():
    """`make pictures` takes just those that are there, and each is shown by a document."""
    taken = re.findall(r'folder / "(\w+)\.png"', (ROOT / "docs/pictures.py").read_text("utf-8"))
    assert sorted(taken) == sorted(path.stem for path in ROOT.glob("docs/img/*"))
    for name in taken:
        assert any(f"img/{name}.png)" in document.read_text("utf-8") for document in DOCUMENTS), name


def test_the_version_has_its_part_of_the_changelog():
    """The version of pyproject.toml is the newest that CHANGELOG.md tells of."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.findall(r"^## (\d\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == version


def test_elsewhere_the_same_is_run():
    """The workflow calls `.ci/run` and starts the site on three systems; no image that is named has a host."""
    workflow = (ROOT / ".github/workflows/checks.yml").read_text("utf-8")
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    assert "- run: .ci/run\n" in workflow and "python run.py &" in workflow
    assert "system: [ubuntu-latest, macos-latest, windows-latest]" in workflow
    images = [container["image"], *re.findall(r"container: (.*)", workflow)]
    assert len(images) == 2 and all(re.fullmatch(r"[a-z]+:[a-z0-9.-]+", image) for image in images)


def test_every_test_that_security_names_exists():
    """Each line of the table in SECURITY.md has a test that is there, and a target."""
    table = (
        (ROOT / "SECURITY.md").read_text("utf-8").partition("| threat or fault | test | target |\n|---|---|---|\n")[2]
    )
    lines = re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", table, re.M)
    assert len(lines) == len(table.splitlines()) > 20
    for threat, tests, _ in lines:
        named = re.findall("`([^`]+)::([^`]+)`", tests)
        assert named and re.fullmatch("`[^`]+::[^`]+`(<br>`[^`]+::[^`]+`)*", tests), threat
        for path, name in named:
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, f"{path}::{name}"
            assert name.startswith("test_")


def test_what_is_kept_of_visitors_is_told(app):
    """docs/online.md names each table of the database, and how long its rows are kept where that has an end."""
    told = dict(re.findall(r"^\| (`[a-z_`, ]+`) \| .+ \| (.+) \|$", ONLINE.partition("## What is kept")[2], re.M))
    told = {table: ending for tables, ending in told.items() for table in re.findall(r"\w+", tables)}
    assert set(told) == set(METADATA.tables)
    for table in METADATA.tables.values():
        if end := table.info["bound"].lasts:
            unit, size = next(pair for pair in _UNITS if not end % pair[1])
            number = end // size
            assert f"{number} {unit}{'s' * (number > 1)}" in told[table.name], table.name
    assert f"at most {store.KEPT} of them" in told["exchanges"]

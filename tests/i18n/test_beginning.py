"""A language begins small: it is offered when its interface is complete, and the rest is marked as English."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import sys
from webapp import create_app
from webapp.i18n import LANGUAGES
settings = {"INSTANCE": sys.argv[1], "DATABASE_URL": "sqlite:///crumb.sqlite3"}
client = create_app({**settings, "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}).test_client()
spanish = {"Accept-Language": "es"}
print("es" in LANGUAGES, 'value="es"' in client.get("/preferences").text)
for path in ("/learn/first", "/shop/pretzel", "/preferences"):
    page = client.get(path, headers=spanish).text
    print('<html lang="es"' in page, page.count('<span lang="en" dir="ltr">') > 0)
"""


@pytest.fixture
def begin(drill, tmp_path):
    """Return a function that puts a Spanish of the first few texts of the interface into a copy of Crumb."""
    for name in ("webapp", "templates", "static", "tests"):
        leave = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    for name in ("config.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)

    def write(most):
        with (ROOT / "webapp/translations/interface.pot").open("rb") as file:
            texts = [message for message in read_po(file) if message.id][:most]
        catalog = Catalog(locale="es")
        for message in texts:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            told = tuple(f"¡{form}" for form in (*forms, *forms[-1:] * catalog.num_plurals))[: catalog.num_plurals]
            catalog.add(message.id, told if len(forms) > 1 else told[0], flags=message.flags)
        path = tmp_path / "webapp/translations/es/LC_MESSAGES/interface.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog)
        return tmp_path

    return write


def run(folder, *arguments):
    """Return what a Python in the copy prints."""
    result = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_five_texts_are_no_language_yet(begin, instance):
    """With five texts Spanish is not offered, who asks for it gets plain English, and the checks are green."""
    folder = begin(5)
    assert run(folder, "-c", LOOK, str(instance)).split() == ["False"] * 8
    run(
        folder,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "tests/i18n/test_catalogues.py",
        "-k",
        "complete or es/ or up_to_date",
    )


def test_a_complete_interface_is_a_language(begin, instance):
    """With the whole interface it is offered; what lessons and town tell is marked as English, the interface is not."""
    folder = begin(None)
    assert run(folder, "-c", LOOK, str(instance)).split() == ["True"] * 7 + ["False"]

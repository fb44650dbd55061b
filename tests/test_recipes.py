"""The recipes of docs/recipes.md, each done to the letter in a copy of Crumb by somebody who knows nothing else."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

ROOT = Path(__file__).resolve().parents[1]
RECIPES = dict(re.findall(r"^## (.+)\n\n((?:.|\n)*?)(?=^## |\Z)", (ROOT / "docs/recipes.md").read_text("utf-8"), re.M))
# What stands before a block of code says where it goes: the paragraph, of which the last paths and words count.
BLOCK = re.compile(r"((?:^(?!```).+\n)+)\n```\w+\n((?:.|\n)*?)```\n", re.M)


@pytest.fixture
def copy(drill: None, tmp_path: Path) -> Path:
    """A copy of Crumb, beside the packages that it needs."""
    leave = shutil.ignore_patterns("__pycache__", "node_modules", "*.png")
    for name in ("webapp", "templates", "static", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    for name in ("config.py", "pyproject.toml", "wsgi.py", "Makefile"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parents[1])
    return tmp_path


def follow(recipe: str, folder: Path) -> None:
    """Do what a recipe says of each of its blocks, indented as the lines around it are."""
    blocks = BLOCK.findall(RECIPES[recipe])
    assert blocks
    for words, block in blocks:
        told = " ".join(words.split("\n"))
        path = folder / re.findall(r"`([\w/.]+\.(?:py|css|html))`", told)[-1]
        lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
        if "new file" in told:
            assert not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = [block]
        elif "at the end of" in told:
            lines.append(block)
        else:
            below, instead = re.search("below `([^`]+)`|, `([^`]+)` becomes:", told).groups()
            (at,) = [number for number, line in enumerate(lines) if line.strip() == (below or instead)]
            margin = re.match(" *", lines[at])[0] if not block.startswith((" ", "\n")) else ""
            lines[at : at + 1] = [*lines[at : at + 1] * bool(below), indent(block, margin)]
        path.write_text("".join(lines), "utf-8")


def run(folder: Path, code: str) -> list[str]:
    """Return the lines that a program in the copy prints; `browser` is one that allowed everything."""
    told = subprocess.run(
        [sys.executable, "-c", PREPARED + code], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout.splitlines()


PREPARED = """
from tests.browsing import Browser
from webapp import create_app
app = create_app({"INSTANCE": "instance", "DEMO_CONTENT": False, "DEMO_ACCOUNTS": False})
browser = Browser(app)
browser.agree()
"""


def test_a_cookie(copy):
    """The page of a good sets it, with consent only; the policy, the first page and `flask cookies` know it."""
    follow("A cookie", copy)
    assert run(
        copy,
        """
print(browser.get("/shop/bagel").cookies_set["shelf"].partition(";")[0])
print(len(browser.get("/cookies").select('[data-cookie="shelf"]')))
print(len(browser.get("/").select('[data-clue="shelf"]')))
print("shelf" in app.test_cli_runner().invoke(args=["cookies"]).output)
print("shelf" in Browser(app).get("/shop/bagel").cookies_set)
""",
    ) == ["shelf=rolls", "1", "1", "True", "False"]


@pytest.mark.skipif(not shutil.which("make"), reason="the recipe takes make")
def test_a_language(copy):
    """The commands run as they are printed; half a language is not offered, a complete interface is."""
    commands = re.findall("^    (.+)", RECIPES["A language"], re.M)
    assert [shlex.split(command)[0] for command in commands] == ["make", ".venv/bin/pybabel"]
    for command in commands:
        subprocess.run(shlex.split(command), cwd=copy, check=True, capture_output=True)
    look = 'from webapp.i18n import LANGUAGES\nprint("pl" in LANGUAGES, browser.get("/preferences").html["lang"])'
    look = look.replace("browser", 'Browser(app, **{"Accept-Language": "pl"})')
    assert run(copy, look) == ["False en"]
    catalogue = copy / re.search(r"Translate `(.+?)`", RECIPES["A language"])[1]
    translate(catalogue)
    assert run(copy, look) == ["True pl"]


def translate(catalogue: Path) -> None:
    """Fill in every entry of a catalogue, whatever it says."""
    from babel.messages.pofile import read_po, write_po

    with catalogue.open("rb") as file:
        read = read_po(file, locale="pl")
    for message in read:
        if message.id:
            plural = isinstance(message.id, tuple)
            message.string = (message.id[1],) * read.num_plurals if plural else message.id
    with catalogue.open("wb") as file:
        write_po(file, read)


def test_a_theme(copy):
    """It can be chosen, stands on the page at once, and has a value for each token that another theme has."""
    follow("A theme", copy)
    assert run(
        copy,
        """
browser.get("/preferences")
browser.submit("main form", theme="honey")
print(browser.cookies["theme"], browser.get("/").html["data-theme"])
""",
    ) == ["honey honey"]
    styles = (copy / "static/css/tokens.css").read_text("utf-8")
    tokens = {
        name: re.findall(r"--[\w-]+(?=:)", re.search(rf'\[data-theme="{name}"\] {{([^}}]+)', styles)[1])
        for name in ("biscuit", "honey")
    }
    assert tokens["honey"] == tokens["biscuit"] != []


def test_a_site(copy):
    """Its page is there; the menu of every page, the first page and the jar lead to it."""
    follow("A site", copy)
    assert run(
        copy,
        """
page = browser.get("/harbour/")
print(page.one("h1").get_text(), [tag.get_text() for tag in page.select(".top [aria-current]")])
print(len(browser.get("/").select('main a[href="/harbour/"]')))
print(len(browser.get("/jar/cookie?name=consent").select('[value="/harbour/"]')))
""",
    ) == ["Harbour ['Harbour']", "1", "1"]


def test_a_lesson(copy):
    """The course lists it."""
    follow("A lesson", copy)
    look = """print(len(browser.get("/learn").select("[data-lesson=dark]")))"""
    assert run(copy, look) == ["1"]


@pytest.mark.whole("it starts the tests of lessons anew, which play every lesson of the course in each run")
def test_a_lesson_is_played_through(copy):
    """The command that the recipe prints plays it."""
    follow("A lesson", copy)
    command = re.findall("^    python3 run.py test (.+)", RECIPES["A lesson"], re.M)
    played = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *shlex.split(command[0])],
        cwd=copy,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert " passed" in played.stdout

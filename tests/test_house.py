"""The rules of the house, held over all of its code."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import webapp
from webapp.cookies import Cookie
from webapp.i18n import LANGUAGES, locale, translations

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted((ROOT / "webapp").rglob("*.py"))
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html"))
GROUND = {
    "assets",
    "clock",
    "cookies",
    "database",
    "errors",
    "house",
    "forms",
    "i18n",
    "sandbox",
    "security",
    "settings",
    "signals",
    "trial",
    "useragent",
    "visits",
    "wire",
}
HOUSES = {"sites", "lab"}  # each package in them is found by looking, and may know what stands beside it


def feature_of(path: Path) -> str:
    """Return the package that a file belongs to; each site and each bench of the lab is one of its own."""
    parts = path.relative_to(ROOT / "webapp").with_suffix("").parts
    return ".".join(parts[:2]) if parts[0] in HOUSES and len(parts) > 2 else parts[0]


def imports(path: Path) -> set[str]:
    """Return the modules of ours that a file imports, as paths below webapp."""
    found = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name.removeprefix("webapp.") for name in found if name.startswith("webapp.")}


@pytest.mark.parametrize(
    "path", [path for path in PYTHON if path.parent != ROOT / "webapp"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_feature_imports_another(path):
    """A feature imports the ground and itself; the ground imports no feature."""
    own = feature_of(path)
    for name in imports(path):
        parts = name.split(".")
        other = (
            ".".join(parts[:2]) if parts[0] in HOUSES and (ROOT / "webapp" / parts[0] / parts[1]).is_dir() else parts[0]
        )
        allowed = other == own or other in GROUND or own.rpartition(".")[0] == other
        assert allowed, f"{own} imports {other}"


def test_the_centre_imports_nobody():
    """The cookies package and the user-agent model stand on the ground: nothing of ours below them."""
    for path in PYTHON:
        if feature_of(path) in ("cookies", "useragent"):
            assert {name.split(".")[0] for name in imports(path)} <= {feature_of(path)}, path


def test_only_the_jar_writes_cookies():
    """No other code calls set_cookie or delete_cookie, or touches the header."""
    writers = {ROOT / "webapp/cookies/jar.py", ROOT / "webapp/wire/response.py"}
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("set_cookie", "delete_cookie"):
                assert path in writers or "endpoint" in ast.dump(node), f"{path}:{node.lineno} writes a cookie"


def cookies_in(module: ModuleType) -> list[Cookie]:
    """Return the declarations that stand in a module."""
    return [value for value in vars(module).values() if isinstance(value, Cookie)]


def test_every_declaration_is_registered(app):
    """A Cookie object that nobody registered is found, wherever it stands."""
    known = set(app.extensions["crumb.cookies"].registry)
    names = [info.name for info in walk_packages(webapp.__path__, "webapp.") if ".migrations" not in info.name]
    declared = {cookie: name for name in names for cookie in cookies_in(import_module(name))}
    assert {name for cookie, name in declared.items() if cookie not in known} == set()
    assert set(declared) == known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_compiles(app, template, language):
    """Each template compiles in each language."""
    with app.test_request_context(headers={"Accept-Language": language}):
        app.jinja_env.get_template(template)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_keep_the_policy(template):
    """No inline style, script or handler: the Content-Security-Policy would refuse it."""
    text = (ROOT / "templates" / template).read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*nonce=)|javascript:", text)


@pytest.fixture(scope="module")
def source_texts() -> set[str]:
    """Every text of the source that is marked for translation."""
    methods = [("webapp/**.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
    texts = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        ROOT,
        methods,
        keywords=keywords,
        directory_filter=lambda path: (
            not Path(path).name.startswith(".") and Path(path).name not in ("node_modules", "instance")
        ),
    ):
        texts.add(message if isinstance(message, str) else message[0])
    return texts


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_languages_are_complete(source_texts, language):
    """Every text is translated, with the same placeholders, and nothing is fuzzy or left over."""
    with (ROOT / "webapp/translations" / language / "LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    known = {}
    for message in catalog:
        if message.id:
            known[message.id if isinstance(message.id, str) else message.id[0]] = message
    assert source_texts - set(known) == set(), "texts without an entry"
    assert set(known) - source_texts == set(), "entries that no text needs"
    for text, message in known.items():
        assert not message.fuzzy, f"{text!r} is fuzzy"
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(forms), f"{text!r} is not translated"
        for form in forms:
            missing = set(re.findall(r"%\(\w+\)s", text)) - set(re.findall(r"%\(\w+\)[sd]", form)) - {"%(num)s"}
            assert not missing, f"{text!r} loses {missing}"
            if locale(language).text_direction == "rtl":
                # The marks at the ends of a name prefix would change sides there: U+2066 and U+2069 hold it together.
                assert not re.search(r"__[A-Z]|\blab-", re.sub("\u2066[^\u2066]*\u2069|`[^`]*`", "", form)), form


def test_every_cookie_is_explained_in_every_language(app):
    """The purpose of each cookie is translated: the policy and the dock show it."""
    for cookie in app.extensions["crumb.cookies"].registry:
        assert cookie.purpose.endswith("."), cookie.name
        for language in LANGUAGES[1:]:
            assert translations(language).gettext(cookie.purpose) != cookie.purpose, f"{cookie.name} in {language}"


def test_a_language_is_known_to_babel():
    """Each language folder is one that Babel has names and formats for."""
    for language in LANGUAGES:
        assert locale(language).display_name

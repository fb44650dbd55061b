"""The rules of the house, held over all of its code."""

import ast
import re
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from flask import Flask
from jinja2 import nodes

import webapp
from tests.browsing import Browser
from tests.examples import ARGUMENTS, FOR_PROGRAMS, address, addresses
from webapp.cookies import Cookie
from webapp.database import METADATA
from webapp.house import house
from webapp.i18n import LANGUAGES, locale, translations
from webapp.sites import sites
from webapp.useragent import ENGINES

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted((ROOT / "webapp").rglob("*.py"))
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html"))
GROUND = {
    "address",
    "assets",
    "clock",
    "content",
    "cookies",
    "database",
    "errors",
    "house",
    "forms",
    "kept",
    "i18n",
    "invisible",
    "logs",
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


def test_no_feature_imports_another():
    """A feature imports the ground and itself; the ground imports no feature."""
    wrong = []
    for path in PYTHON:
        own = feature_of(path)
        for name in imports(path) if path.parent != ROOT / "webapp" else ():
            first, *rest = name.split(".")
            inner = first in HOUSES and (ROOT / "webapp" / first / rest[0]).is_dir()
            other = f"{first}.{rest[0]}" if inner else first
            if not (other == own or other in GROUND or own.rpartition(".")[0] == other):
                wrong.append(f"{path.relative_to(ROOT)} imports {other}")
    assert wrong == []


def test_the_centre_imports_nobody():
    """The cookies package and the user-agent model stand on the ground: nothing of ours below them."""
    for path in PYTHON:
        if feature_of(path) in ("cookies", "useragent"):
            assert {name.split(".")[0] for name in imports(path)} <= {feature_of(path)}, path


def test_the_centre_can_be_lifted():
    """It has no word of this site in it, and reads no setting but Flask's own."""
    for path in (ROOT / "webapp/cookies").glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search("crumb|webapp", text, re.I), path
        assert set(re.findall(r'config\["(\w+)"\]', text)) <= set(Flask(__name__).config), path


@pytest.mark.parametrize("package", ["cookies", "useragent"])
def test_the_ground_is_in_layers(package):
    """Its modules can be put in a row so that each imports only those before it, and none imports for types alone."""
    folder = ROOT / "webapp" / package
    above = {}
    for path in folder.glob("[!_]*.py"):
        text = path.read_text("utf-8")
        assert "TYPE_CHECKING" not in text and "__future__" not in text, path
        above[path.stem] = {name.split(".")[1] for name in imports(path)} & {each.stem for each in folder.glob("*.py")}
    assert list(TopologicalSorter(above).static_order())


def test_only_the_jar_writes_cookies():
    """No other code calls set_cookie or delete_cookie, or touches the header."""
    writers = {ROOT / "webapp/wire/record/response.py"}
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("set_cookie", "delete_cookie"):
                assert path in writers or "endpoint" in ast.dump(node), f"{path}:{node.lineno} writes a cookie"


def spelled(node: ast.AST) -> bool:
    """Tell whether code puts a name and a value together by itself: `f"{name}={value}"` or `"=".join(pair)`."""
    if isinstance(node, ast.JoinedStr):
        text = "".join(part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
        return re.match("[^ ;?&]*\0=\0", text) is not None
    return isinstance(node, ast.Attribute) and node.attr == "join" and ast.unparse(node.value) == "'='"


def test_one_spelling_of_a_pair():
    """The centre alone puts a cookie's name and value together, and the model that must not import it."""
    places = {ROOT / "webapp/cookies/header.py", ROOT / "webapp/useragent/store.py"}
    places.add(ROOT / "webapp/settings.py")  # a variable and its value
    code = [path for path in PYTHON if any(map(spelled, ast.walk(ast.parse(path.read_text("utf-8")))))]
    assert set(code) == places
    for template in TEMPLATES:
        assert not re.search(r"\}\}(</b>)?=\{\{|</b>=", (ROOT / "templates" / template).read_text("utf-8")), template


def cookies_in(module: ModuleType) -> list[Cookie]:
    """Return the declarations that stand in a module."""
    return [value for value in vars(module).values() if isinstance(value, Cookie)]


def test_every_declaration_is_registered(app):
    """A Cookie object that nobody registered is found, wherever it stands."""
    known = set(app.extensions["cookies"].registry)
    names = [info.name for info in walk_packages(webapp.__path__, "webapp.") if ".migrations" not in info.name]
    declared = {cookie: name for name in names for cookie in cookies_in(import_module(name))}
    assert {name for cookie, name in declared.items() if cookie not in known} == set()
    assert set(declared) == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_compiles(app, language):
    """Each template compiles in each language."""
    broken = {}
    with app.test_request_context(headers={"Accept-Language": language}):
        for template in TEMPLATES:
            try:
                app.jinja_env.get_template(template)
            except Exception as error:
                broken[template] = f"{type(error).__name__}: {error}"
    assert broken == {}


def test_templates_keep_the_policy():
    """No inline style, script or handler: the Content-Security-Policy would refuse it."""
    refused = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*nonce=)|javascript:")
    found = {template: refused.findall((ROOT / "templates" / template).read_text("utf-8")) for template in TEMPLATES}
    assert {template: parts for template, parts in found.items() if parts} == {}


def test_every_cookie_is_explained_in_every_language(app):
    """The purpose of each cookie is translated: the policy and the dock show it."""
    for cookie in app.extensions["cookies"].registry:
        assert cookie.purpose.endswith("."), cookie.name
        for language in LANGUAGES[1:]:
            assert translations(language).gettext(cookie.purpose) != cookie.purpose, f"{cookie.name} in {language}"


def test_a_language_is_known_to_babel():
    """Each language folder is one that Babel has names and formats for."""
    for language in LANGUAGES:
        assert locale(language).display_name


def test_what_is_signed_is_read_by_every_key():
    """The key in use is never read alone, where the one before and the one to come have to count as well."""
    # `keyed_hash` counts by the one in use, and begins anew with another.
    reads = [text for path in PYTHON if 'config["SECRET_KEY"]' in (text := path.read_text("utf-8"))]
    assert reads and all('config["SECRET_KEY_FALLBACKS"]' in text for text in reads)


def test_what_an_app_keeps_stands_under_one_key():
    """No module reads or writes the app's extensions by a name, but the house and the centre, each its own."""
    for path in PYTHON:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        if any(isinstance(node, ast.Attribute) and node.attr == "extensions" for node in nodes):
            assert path == ROOT / "webapp/house.py" or feature_of(path) == "cookies", path


def test_no_package_is_named_in_a_string():
    """A feature hands over what others need to know of it; a name of a package in a string would look it up."""
    names = {feature_of(path) for path in PYTHON if path.parent != ROOT / "webapp"}
    word = re.compile(rf"webapp[./]({'|'.join(sorted(name.split('.')[0] for name in names))})\b")
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and word.search(node.value):
                assert "\n" in node.value or node.value.endswith("."), f"{path}:{node.lineno} names a package"


def test_the_frame_of_every_page_names_no_feature(app):
    """`base.html` leads nowhere by itself: menu, footer and what stands above a page are handed over."""
    text = (ROOT / "templates/base.html").read_text("utf-8")
    for endpoint in {rule.endpoint for rule in app.url_map.iter_rules()}:
        assert not re.search(rf"['\"]{re.escape(endpoint)}['\"]", text), endpoint
    assert not re.search(r"{%-? *include +['\"]", text)


def test_no_page_is_handed_a_name_that_its_frame_sets(app):
    """What a view hands over reaches its page: the frame would set its own value under the same name first."""
    text = (ROOT / "templates/base.html").read_text("utf-8")
    frame = app.jinja_env.parse(re.sub("{%-? *(?:end)?cache.*?%}", "", text))
    loops = {each for loop in frame.find_all(nodes.For) for each in loop.find_all((nodes.Assign, nodes.AssignBlock))}
    taken = {each.target.name for each in frame.find_all((nodes.Assign, nodes.AssignBlock)) if each not in loops}
    assert "back" in taken
    for path in PYTHON:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "render_template":
                assert not taken & {keyword.arg for keyword in call.keywords}, f"{path}:{call.lineno}"


def test_no_private_name_is_left_over():
    """What a module makes for itself alone, it also uses: a constant, a function or a class."""
    found = 0
    for path in PYTHON:
        text = path.read_text("utf-8")
        for node in ast.parse(text).body:
            targets = [*getattr(node, "targets", ()), getattr(node, "target", None), node]
            names = [getattr(target, "id", None) or getattr(target, "name", None) for target in targets]
            for name in names:
                # What is registered by a decorator is called from elsewhere.
                if name and re.match("_[^_]", name) and not getattr(node, "decorator_list", ()):
                    found += 1
                    assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{path}:{node.lineno} {name}"
    assert found


def test_a_name_on_g_belongs_to_one_package():
    """What one package notes for the request, no other reads."""
    readers: dict[str, set[str]] = {}
    for path in PYTHON:
        text = path.read_text("utf-8")
        found = re.findall(r"\bg\.(?:get|pop|setdefault)\(\"(\w+)\"|\"(\w+)\" (?:not )?in g\b|\bg\.(\w+)", text)
        of_g = {"", "get", "pop", "setdefault", "_get_current_object"}
        for name in {name for names in found for name in names} - of_g:
            readers.setdefault(name, set()).add(feature_of(path))
    assert {name: features for name, features in readers.items() if len(features) > 1} == {}
    assert readers


@pytest.mark.parametrize("presenter", [False, True], ids=["visitor", "presenter"])
def test_every_page_is_marked_in_the_menu(app, presenter):
    """Each page of a feature, or of a part of it, marks the feature's place in the menu, and no page marks two."""
    browser = Browser(app)
    browser.agree()
    if presenter:
        browser.get("/preferences")
        browser.submit("main form", presenter=True)
    titles = {
        blueprint.name: place.title
        for feature in house(app).features.values()
        for place in feature.places
        if place.menu and not place.posts and place.endpoint != "accounts.account"
        for part in (feature, *feature.parts)
        for blueprint in part.blueprints
    }
    seen = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in FOR_PROGRAMS or not ARGUMENTS.keys() >= rule.arguments:
            continue
        page = browser.get(address(rule))
        if page.status == 200 and page.select(".top nav") and urlsplit(page.url).path == address(rule):
            name = rule.endpoint.rpartition(".")[0]
            entries = [tag.get_text() for tag in page.select(".top li a")]
            marked = [tag.get_text() for tag in page.select(".top [aria-current]")]
            # Its title, before what the visitor calls it or how many there are; not every page's stands in every menu.
            own = [entry for entry in entries if name in titles and entry.startswith(titles[name])]
            assert marked == own and len(own) <= 1, page.url
            seen |= {name} if own else set()
    # The course on one's first cookie is for those who have none; a class has its pages, and so has an admin.
    away = {"tutorial", "student", "copied", "entry", "reports"} | ({"classroom"} if not presenter else set())
    assert seen >= set(titles) - away


def test_engines_are_named_in_one_table():
    """What an engine is called stands in its table; no other code and no template lists their titles."""
    titles = {engine.title for engine in ENGINES.values()}
    assert len(titles) == len(ENGINES) and all(titles)
    # The second tells browsers by their User-Agent line, for people who look for theirs in a list.
    tables = {ROOT / "webapp/useragent/engines.py", ROOT / "webapp/accounts/browsers.py"}
    for path in {*PYTHON, *(ROOT / "templates" / name for name in TEMPLATES)} - tables:
        assert not any(f'"{title}"' in path.read_text("utf-8") for title in titles), path


def test_below_another_path_every_address_stands_there(app):
    """Mounted at /below, each page and each redirect leads to addresses below it, the kept parts of a page too."""
    client, seen = app.test_client(), 0
    for root in ("", "/below"):
        for path in addresses(app, "GET"):
            answer = client.get(path, base_url=f"http://localhost:8000{root}")
            page = re.sub(r'<div class="source">.*?</div>', "", answer.get_data(as_text=True), flags=re.DOTALL)
            if answer.mimetype == "text/html":
                found = re.findall(r'(?:href|src|action|formaction|name="next" value)="(/[^"]*)"', page)
                found += [answer.location] if (answer.location or "").startswith("/") else []
                assert all(f"{found}/".startswith(f"{root}/") for found in found), (path, found)
                seen += len(found) if root else 0
    assert seen > 1000


def test_every_text_is_handed_over(app):
    """Whatever people write can be reported and goes with its author's account: no site keeps a table to itself."""
    handed = {table.name for site in sites(app) for table in site.texts}
    assert handed == {table.name for table in METADATA.tables.values() if "removed_why" in table.c} != set()

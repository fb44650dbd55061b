"""The catalogues: each has the texts of its mapping, and a language that is called complete has them all."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from webapp.i18n import CATALOGUES, LANGUAGES, locale
from webapp.useragent.facts import facts

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "webapp" / "translations"
# A language may begin with its interface; these have all, and whoever adds a text adds it to them.
COMPLETE = ("ar", "de")
BEGUN = sorted(path.relative_to(TRANSLATIONS).as_posix() for path in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def first(message: Message) -> tuple[str | None, str]:
    """Return the context of a message, if it has one, and its text, of two forms the first."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    """Return the translations of a message, as many as the language has forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def read(path: Path) -> Catalog:
    """Return a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3] if path.suffix == ".po" else None)


@cache
def source(name: str) -> frozenset[tuple[str | None, str]]:
    """Every text of the source that belongs to a catalogue, with its context, as `make translations` collects them."""
    with (TRANSLATIONS / f"{name}.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords={
            "_": None,
            "N_": None,
            "gettext": None,
            "ngettext": (1, 2),
            "P_": ((1, "c"), 2),
            "pgettext": ((1, "c"), 2),
        },
        directory_filter=lambda path: Path(path).relative_to(ROOT).parts[0] in ("webapp", "templates"),
    )
    return frozenset((context, text if isinstance(text, str) else text[0]) for *_place, text, _, context in found)


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("language", COMPLETE)
def test_languages_are_complete(language, name):
    """Every text of each catalogue is translated, and nothing is fuzzy or left over."""
    known = {
        first(message): message for message in read(TRANSLATIONS / language / f"LC_MESSAGES/{name}.po") if message.id
    }
    assert source(name) - set(known) == set(), "texts without an entry"
    assert set(known) - source(name) == set(), "entries that no text needs"
    for text, message in known.items():
        assert not message.fuzzy, f"{text!r} is fuzzy"
        assert all(forms(message)), f"{text!r} is not translated"


@pytest.mark.parametrize("path", BEGUN)
def test_placeholders_are_kept(path):
    """Of every language: a translation has the placeholders of its text, no other, and holds name prefixes together."""
    language = path.split("/")[0]
    for message in read(TRANSLATIONS / path):
        ids = [message.id] if isinstance(message.id, str) else message.id
        wanted = [set(re.findall(r"%\(\w+\)?\w?", id)) for id in ids]
        for form in filter(None, forms(message) if message.id else []):
            found = set(re.findall(r"%\(\w+\)?\w?", form))
            assert found >= set.intersection(*wanted) - {"%(num)s"}, f"{ids[0]!r} loses a placeholder: {form!r}"
            assert found <= set.union(*wanted, {"%(num)s"} if len(ids) > 1 else set()), (
                f"{ids[0]!r} gains one: {form!r}"
            )
            if locale(language).text_direction == "rtl":
                # The marks at the ends of a name prefix would change sides there: U+2066 and U+2069 hold it together.
                assert not re.search(r"__[A-Z]|\blab-", re.sub("\u2066[^\u2066]*\u2069|`[^`]*`", "", form)), form


@pytest.mark.parametrize("language", COMPLETE)
def test_a_text_has_one_translation(language):
    """What stands in two catalogues reads the same in both."""
    told = {}
    for name in CATALOGUES:
        for message in read(TRANSLATIONS / language / f"LC_MESSAGES/{name}.po"):
            if message.id:
                assert told.setdefault(first(message), message.string) == message.string, message.id


def test_the_list_of_the_interface_is_up_to_date():
    """`interface.pot`, which says when a language is offered, has every text of the interface and no other."""
    assert {first(message) for message in read(TRANSLATIONS / "interface.pot") if message.id} == source("interface")


def test_complete_languages_are_offered():
    """Each language that is complete can be chosen, and English, the language of the source, comes first."""
    assert LANGUAGES[0] == "en"
    assert set(LANGUAGES) >= set(COMPLETE)


# What browsers are called, and the engine that does what is said of them.
BROWSERS = {
    "chromium": "Chromium|Chrome|Edge|Brave|Opera|Vivaldi|Yandex",
    "firefox": "Firefox|Gecko",
    "safari": "Safari|iPhone|iPad",
    "webkitgtk": "WebKit(GTK)?|GNOME Web|Epiphany",
}
# Of these facts no line and no request tells, so the model can't be asked.
TOLD = {"chromium.store-slash", "firefox.storage-access", "safari.loopback-hosts"}


# What is code stands in backticks, between isolates (U+2066, U+2069), or is an address or a placeholder.
CODE = re.compile(r"`[^`]*`|\u2066[^\u2069]*\u2069|%\(\w+\)s|https?://\S+")


@pytest.mark.parametrize("name", [name for name in BEGUN if name.startswith("ar/")])
def test_arabic_is_punctuated_as_arabic_is(name):
    """Beside code and addresses a question mark, a comma and a semicolon are those of the Arabic script."""
    texts = [text for message in read(TRANSLATIONS / name) if message.id for text in forms(message)]
    assert texts and [text for text in texts if re.search("[?,;]", CODE.sub("", text))] == []


def test_templates_leave_the_marks_to_the_catalogues():
    """A mark that a template puts between two texts is a text as well: in Arabic it is another one."""
    literal = re.compile(r"(?:}}|%}|</\w+>)[?,;] ")
    code = re.compile(r'<code dir="ltr".*?</code>')
    for file in sorted((ROOT / "templates").rglob("*.html")):
        assert literal.findall(code.sub("", file.read_text())) == [], file


def test_what_is_said_of_a_browser_is_a_fact():
    """A text that names a browser has facts of it as its context, and of no other; tests/useragent asks the model."""
    known, told = facts(), set()
    for context, text in frozenset.union(*map(source, CATALOGUES)):
        ids = (context or "").split()
        named = {engine for engine, names in BROWSERS.items() if re.search(rf"\b({names})\b", text)}
        assert {known[id].engine for id in ids} == named, text
        told |= {id for id in ids if not known[id].steps}
    assert told == TOLD

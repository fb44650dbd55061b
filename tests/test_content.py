"""Content is data: what stands in the TOML files is read whole, or the start says what is wrong and where."""

import runpy
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from webapp import content

ROOT = Path(__file__).resolve().parents[1]
# What is claimed of browsers is shown to nobody: tests/useragent reads it whole, and asks the model.
FILES = sorted({*(ROOT / "webapp").rglob("*.toml")} - {ROOT / "webapp/useragent/facts.toml"})


@dataclass(frozen=True)
class Note:
    """A note on a loaf."""

    text: str
    ago: timedelta


@dataclass(frozen=True)
class Loaf:
    """A loaf with what was noted."""

    slug: str
    kind: str
    price: int
    tags: tuple[str, ...] = ()
    sliced: bool = False
    notes: tuple[Note, ...] = ()


def loaves(tmp_path: Path, text: str) -> dict[str, Loaf]:
    """Return what a file with this text holds."""
    (tmp_path / "loaves.toml").write_text(text, "utf-8")
    return content.read(tmp_path / "loaves.toml", dict[str, Loaf], kind="bread")


def test_tables_become_entries(tmp_path):
    """Each kind of value arrives as the dataclass says, in the order of the file; what is left out has its default."""
    text = """
        [rye]
        price = 480
        tags = ["dark", "sour"]
        sliced = true
        [[rye.notes]]
        text = "Better on the second day."
        ago = {days = 1, hours = 2, minutes = 3}
        [a-bun]
        price = 90
    """
    note = Note("Better on the second day.", timedelta(days=1, hours=2, minutes=3))
    assert list(loaves(tmp_path, text).items()) == [
        ("rye", Loaf("rye", "bread", 480, ("dark", "sour"), True, (note,))),
        ("a-bun", Loaf("a-bun", "bread", 90)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rye]\nprice = 1\ncolour = 'red'", ": rye has an unknown colour"),
        ("[rye]\nprice = 1\nkind = 'cake'", ": rye has an unknown kind"),
        ("[rye]\nprice = 1\nslug = 'wheat'", ": rye has an unknown slug"),
        ("[rye]\ntags = []", ": rye has no price"),
        ("[rye]\nprise = 1", ": rye has no price, an unknown prise"),
        ("[rye]\nprice = '480'", ": rye price is '480' where it should be a whole number"),
        ("[rye]\nprice = 4.8", ": rye price is 4.8 where it should be a whole number"),
        ("[rye]\nprice = true", ": rye price is True where it should be a whole number"),
        ("[rye]\nprice = 1\nsliced = 1", ": rye sliced is 1 where it should be true or false"),
        ("[rye]\nprice = 1\ntags = 'dark'", ": rye tags is 'dark' where it should be an array"),
        ("[rye]\nprice = 1\ntags = ['dark', 2]", ": rye tags 2 is 2 where it should be text"),
        ("[rye]\nprice = 1\n[[rye.notes]]\ntext = 'x'", ": rye notes 1 has no ago"),
        ("[rye]\nprice = 1\n[[rye.notes]]\ntext = 'x'\nago = {weeks = 1}", ": rye notes 1 ago is {'weeks': 1} where"),
        ("[rye]\nprice = 1\n[[rye.notes]]\ntext = 'x'\nago = {days = 0.5}", ": rye notes 1 ago is {'days': 0.5} where"),
        ("[rye]\nprice = 1\n[[rye.notes]]\ntext = 'x'\nago = {}", ": rye notes 1 ago is {} where it should have days"),
        ("[rye]\nprice = 1\n[[rye.notes]]\ntext = 'x'\nago = 5", ": rye notes 1 ago is 5 where it should be a table"),
        ("price = 1", ": price is 1 where it should be a table"),
        ("[rye]\nprice = 1\n[rye]\nprice = 2", ": Cannot declare ('rye',) twice"),
        ("[rye", ": "),
    ],
)
def test_a_mistake_is_named(tmp_path, text, said):
    """An unknown key, a missing one, a wrong type and broken TOML are refused with file and entry."""
    with pytest.raises(ValueError) as raised:
        loaves(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path / 'loaves.toml'}{said}")


def test_one_key_is_the_only_one(tmp_path):
    """Where a file has one key, another beside it or instead of it is refused."""
    path = tmp_path / "notes.toml"
    for text in ("[[note]]\ntext = 'x'", "[[notes]]\ntext = 'x'\nago = {days = 1}\n[more]", ""):
        path.write_text(text, "utf-8")
        with pytest.raises(ValueError, match=r"notes\.toml: it has .* where it should have notes alone"):
            content.read(path, tuple[Note, ...], "notes")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "webapp").as_posix())
def test_each_file_is_read_and_checked(path, monkeypatch):
    """Whatever TOML stands in the house is read by the code beside it, which does not start on a word too many."""
    beside = path.with_suffix(".py")
    module = beside if beside.exists() else path.with_name("__init__.py")
    runpy.run_path(str(module))
    read_text = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda file, *rest: read_text(file, *rest) + "\n[oops]\noops = 1" * (file == path)
    )
    with pytest.raises(ValueError, match=f"{path.name}: .*oops"):
        runpy.run_path(str(module))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "webapp").as_posix())
def test_what_is_not_translated_is_no_text(path):
    """Each text with a space is collected for the catalogues, but the lines that the lab sends and asks about."""

    def strings(value: object, key: str = "") -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [pair for name, each in value.items() for pair in strings(each, name)]
        if isinstance(value, list):
            return [pair for each in value for pair in strings(each, key)]
        return [(key, value)] if isinstance(value, str) else []

    found = strings(tomllib.loads(path.read_text("utf-8")))
    with path.open("rb") as file:
        collected = {text for _, _, text, _ in content.extract(file, (), (), {})}
    assert collected
    assert {text for key, text in found if " " in text and key not in ("lines", "line", "before")} <= collected

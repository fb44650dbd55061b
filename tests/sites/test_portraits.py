"""The portraits: well-formed, small, harmless, each its own."""

import re
from xml.etree import ElementTree

import pytest

from webapp.sites.portraits import PORTRAITS, draw, portrait_of, portraits

SVG = "{http://www.w3.org/2000/svg}"
every_portrait = pytest.mark.parametrize("number", range(PORTRAITS))


@every_portrait
def test_portrait_is_a_small_svg_document(number: int) -> None:
    """A portrait is well-formed, of the agreed size, and small enough to have twenty on a page."""
    portrait = draw(number)
    root = ElementTree.fromstring(portrait)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 120 120"
    assert len(portrait.encode()) < 2 * 1024


@every_portrait
def test_portrait_needs_nothing_that_a_policy_forbids(number: int) -> None:
    """There is no text, style, script or address: only shapes, drawn by presentation attributes."""
    root = ElementTree.fromstring(draw(number))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "g", "path", "circle"}
    for element in root.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


@every_portrait
def test_numbers_are_short(number: int) -> None:
    """A number has one decimal at most."""
    assert not re.findall(r"\d*\.\d{2,}", draw(number))


@every_portrait
def test_same_number_gives_same_portrait(number: int) -> None:
    """A portrait may be cached for good: nothing in it is left to chance."""
    assert draw(number).encode() == draw(number).encode()


def test_portraits_differ() -> None:
    """No two of them are the same."""
    assert PORTRAITS == 24
    assert len({draw(number) for number in range(PORTRAITS)}) == PORTRAITS


def test_every_account_has_one_of_the_portraits() -> None:
    """An account of any id has a portrait that is drawn, as many accounts in a row have one each; nobody has none."""
    assert {portrait_of(user_id) for user_id in range(1000, 1000 + PORTRAITS)} == set(portraits())
    assert portrait_of(None) is None

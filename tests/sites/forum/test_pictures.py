"""The pictures of the boards: well-formed, small, harmless, each its own."""

from xml.etree import ElementTree

import pytest

from webapp.sites.forum.pictures import draw
from webapp.sites.forum.town import BOARDS

SVG = "{http://www.w3.org/2000/svg}"
every_board = pytest.mark.parametrize("slug", BOARDS)


@every_board
def test_picture_is_a_small_svg_document(slug: str) -> None:
    """A picture is well-formed, of the agreed size, and small."""
    picture = draw(slug)
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 120 120"
    assert len(picture.encode()) < 2 * 1024


@every_board
def test_picture_needs_nothing_that_a_policy_forbids(slug: str) -> None:
    """There is no text, style, script or outside address: only shapes, drawn by presentation attributes."""
    root = ElementTree.fromstring(draw(slug))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "g", "path", "circle"}
    for element in root.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_pictures_differ() -> None:
    """No two boards look alike."""
    assert len({draw(slug) for slug in BOARDS}) == len(BOARDS)


def test_no_picture_without_a_board() -> None:
    """A slug that is no board's has no picture."""
    with pytest.raises(KeyError):
        draw("lemon")

"""The pictures of the goods: well-formed, small, harmless, each its own."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from webapp.sites.shop.drawing import PLATES, draw
from webapp.sites.shop.drawing.canvas import DOUGHS, FILLINGS
from webapp.sites.shop.drawing.shapes import SHAPES
from webapp.sites.shop.drawing.toppings import TOPPINGS
from webapp.sites.shop.goods import CATEGORIES, GOODS, Good

SVG = "{http://www.w3.org/2000/svg}"
every_good = pytest.mark.parametrize("good", GOODS.values(), ids=GOODS)


@every_good
def test_picture_is_a_small_svg_document(good: Good) -> None:
    """A picture is well-formed, of the agreed size, and small enough to have sixty on a page."""
    picture = draw(good)
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 120 120"
    assert len(picture.encode()) <= 6 * 1024


@every_good
def test_picture_needs_nothing_that_a_policy_forbids(good: Good) -> None:
    """There is no text, style, script or outside address: only shapes, drawn by presentation attributes."""
    root = ElementTree.fromstring(draw(good))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "defs", "g", "path", "circle", "use"}
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.get("href", "#").startswith("#")


@every_good
def test_picture_refers_to_what_it_defines(good: Good) -> None:
    """Each outline has an id of its own, and each use names one of them."""
    root = ElementTree.fromstring(draw(good))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {element.get("href")[1:] for element in root.iter(f"{SVG}use")} == set(ids)


@every_good
def test_picture_stays_on_its_plate(good: Good) -> None:
    """Each outline starts on the plate, which is 120 units wide, and no number is broken."""
    root = ElementTree.fromstring(draw(good))
    for d in (element.get("d") for element in root.iter(f"{SVG}path")):
        assert re.fullmatch(r"[MLQCAVHZmlqcavhz\d\s.-]+", d)
        x, y = map(float, re.match(r"M(-?[\d.]+) (-?[\d.]+)", d).groups())
        assert (x - 60) ** 2 + (y - 60) ** 2 <= 60**2


def test_pictures_differ() -> None:
    """No two goods look alike."""
    assert len({draw(good) for good in GOODS.values()}) == len(GOODS)


def test_same_good_gives_same_picture() -> None:
    """A picture may be cached for good: chance is seeded by the slug alone."""
    for good in GOODS.values():
        assert draw.__wrapped__(good) == draw(good)


def test_two_cookies_of_one_recipe_differ_a_little() -> None:
    """The slug varies what the attributes leave open."""
    good = GOODS["choc-chip"]
    assert draw(good) != draw(replace(good, slug="another"))


@pytest.mark.parametrize(("attribute", "known"), [
    ("shape", SHAPES), ("dough", DOUGHS), ("topping", TOPPINGS), ("filling", FILLINGS), ("category", PLATES),
])  # fmt: skip
def test_vocabulary_is_known_and_used(attribute: str, known: dict) -> None:
    """Whatever a good asks for can be drawn, and whatever can be drawn is asked for by some good."""
    assert {getattr(good, attribute) for good in GOODS.values()} == set(known)


@pytest.mark.parametrize("shape", SHAPES)
def test_any_topping_goes_on_any_shape(shape: str) -> None:
    """A new good may combine what no good combined before."""
    for topping in TOPPINGS:
        ElementTree.fromstring(draw(replace(GOODS["choc-chip"], shape=shape, topping=topping)))


def test_every_category_has_a_plate() -> None:
    """The plates are those of the shop's categories."""
    assert set(PLATES) == set(CATEGORIES)

"""Draws each good from its own attributes: its shape, its dough, its topping, on the plate of its category.

The same good always gives the same picture, and no two goods give the same: chance is seeded by the slug.
"""

import random
from functools import cache

from webapp.sites.shop.goods import Good

from .canvas import Canvas
from .shapes import SHAPES
from .toppings import TOPPINGS

# The rim and the glaze of the plate; the glaze is pale enough for dark crusts and coloured enough for white sugar.
PLATES = {
    "bread": ("#4a7ba6", "#cadfee"),
    "rolls": ("#5f70b5", "#d3daf3"),
    "cookies": ("#2f8580", "#bfe2db"),
    "pastries": ("#a9527d", "#f2d2e1"),
    "cakes": ("#7560a6", "#dcd3f0"),
    "savoury": ("#5d8c4a", "#d3e7c5"),
    "festive": ("#b23e3e", "#f6d0c9"),
}


# An app draws all of them when it starts, and a test run starts many apps.
@cache
def draw(good: Good) -> str:
    """Return a good's picture as a whole SVG document of 120 by 120 units, a few KB, without text, styles or script."""
    canvas = Canvas(random.Random(good.slug), good.dough, good.filling)
    SHAPES[good.shape](canvas)
    TOPPINGS[good.topping](canvas)
    rim, glaze = PLATES[good.category]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">'
        f'<circle cx="60" cy="60" r="58" fill="{glaze}"/>'
        f'<circle cx="60" cy="60" r="56.5" fill="none" stroke="{rim}" stroke-width="3"/>'
        f'<circle cx="60" cy="60" r="48" fill="#fff" fill-opacity=".3" stroke="{rim}" stroke-opacity=".3"/>'
        f"{canvas.markup()}</svg>\n"
    )

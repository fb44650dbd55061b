"""The goods of Port Barley, in the order in which the shop shows them: a file a category."""

from dataclasses import dataclass
from pathlib import Path

from webapp import content
from webapp.i18n import N_


@dataclass(frozen=True, slots=True)
class Good:
    """One thing that the shop sells.

    `slug` is part of a cookie's name; `price` is in euro cents; `category` is a key of `CATEGORIES`, each tag one of
    `TAGS`; its picture is drawn from `shape`, `dough`, `topping` and `filling`, the words that `drawing` knows.
    """

    slug: str
    name: str
    story: str
    price: int
    category: str
    tags: tuple[str, ...]
    shape: str
    dough: str
    topping: str = "none"
    filling: str = "none"


CATEGORIES = {
    "bread": N_("Breads"),
    "rolls": N_("Rolls and rings"),
    "cookies": N_("Cookies and biscuits"),
    "pastries": N_("Pastries"),
    "cakes": N_("Cakes and tarts"),
    "savoury": N_("Savoury bakes"),
    "festive": N_("For the feasts"),
}

TAGS = {
    "vegan": N_("vegan"),
    "wholegrain": N_("wholegrain"),
    "rye": N_("rye"),
    "sourdough": N_("sourdough"),
    "oats": N_("oats"),
    "butter": N_("butter"),
    "cheese": N_("cheese"),
    "honey": N_("honey"),
    "nuts": N_("nuts"),
    "seeds": N_("seeds"),
    "coconut": N_("coconut"),
    "fruit": N_("fruit"),
    "chocolate": N_("chocolate"),
    "spices": N_("spices"),
    "sweet": N_("sweet"),
    "salty": N_("salty"),
}

# The town, for whoever writes of it: Port Barley, a small harbour with a ferry. The Tide Mill grinds when the tide runs
# out; the clock on Clock Square is seven minutes slow and everybody knows; Anchor Steps are 89 steps; market is on
# Saturday, at the pump. Its bakers:
#   Marta Lindqvist, the Tide Mill          Agnieszka Nowak, the Night Oven on the quay, open from four in the morning
#   Youssef and Salma Haddad, Clock Square  Tomás Ferreira, the café in the old Customs House
#   Hannes Brandt, Cooper Lane              Lucía Romero, the Galley; she was a ship's cook
#   Mei-Ling Tan, the Blue Door, half-way up Anchor Steps    Mairi Campbell, the kitchen of the lighthouse
#   Priya Nair, the kiosk on the pier       Abeba Tesfaye, the stall at the pump
#   Piet de Vries, ferryman; bakes in winter                 Nell Parata, cook of the school
GOODS: dict[str, Good] = {}
for _category in CATEGORIES:
    GOODS |= content.read(Path(__file__).with_name(f"{_category}.toml"), dict[str, Good], category=_category)

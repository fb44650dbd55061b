"""What a good is, and the closed vocabularies it is described with."""

from dataclasses import dataclass

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

"""What the shop recommends: worked out of the visitor's own cookies for each page anew, and kept nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from webapp.house import Recent
from webapp.i18n import current_language

from .goods import GOODS, Good
from .search import search
from .searches import Search

MOST = 6
OWN = 2  # of them for the latest search alone, so that it can be seen what forgetting it does
# For those of whom no cookie tells anything: the same for everybody, chosen at the pump on market day.
FAVOURITES = ("country-sourdough", "pretzel", "stroopwafel", "pastel-de-nata", "apple-pie", "manakish")


class Points(dict[str, int]):
    """Points of goods, by slug; two are the same when they are the same object, so that picks are found by them."""

    __eq__, __hash__ = object.__eq__, object.__hash__


class Clue(NamedTuple):
    """A search or a view that a cookie told us of, and the points that it gives to goods, by slug."""

    kind: str
    title: str
    cookie: str
    value: str
    at: datetime
    points: Points


def recommend(clues: list[Clue], without: Collection[str]) -> list[tuple[Good, Clue]]:
    """Return the goods with most points, each with the clue that gave it most; `clues` come with the newest first.

    The points of the newest of n clues count n times, those of the oldest once. Of equals the shop's order decides.
    Up to `OWN` places are for goods that the latest search finds and that would not be here without it.
    """
    searches = tuple(number for number, clue in enumerate(clues) if clue.kind == "search")
    picks = _picks(tuple(clue.points for clue in clues), searches, frozenset(without))
    return [(GOODS[slug], clues[number]) for slug, number in picks]


@lru_cache(maxsize=1024)  # page after page brings the same clues
def _picks(given: tuple[Points, ...], searches: tuple[int, ...], without: frozenset[str]) -> list[tuple[str, int]]:
    """Return the picks as slugs, each with the number of its clue; `searches` are the numbers of searches."""
    weights = range(len(given), 0, -1)
    score: dict[str, int] = defaultdict(int)
    for weight, points in zip(weights, given, strict=True):
        for slug, count in points.items():
            score[slug] += weight * count
    ranked = sorted((slug for slug in GOODS if slug in score and slug not in without), key=score.get, reverse=True)
    reasons = {slug: max(range(len(given)), key=lambda n: weights[n] * given[n].get(slug, 0)) for slug in ranked}
    own: list[str] = []
    if searches:
        latest, *earlier = searches
        rest = given[:latest] + given[latest + 1 :]
        others = {slug for slug, _ in _picks(rest, tuple(number - 1 for number in earlier), without)}
        own = [slug for slug in ranked if slug in given[latest] and slug not in others][:OWN]
        reasons |= dict.fromkeys(own, latest)
    kept = own + [slug for slug in ranked if slug not in own][: MOST - len(own)]
    return [(slug, reasons[slug]) for slug in ranked if slug in kept]


@lru_cache(maxsize=1024)
def _found(text: str, language: str) -> Points:
    """Return 3 points for each good that a search finds."""
    return Points({good.slug: 3 for good in search(text, language)})


@cache
def _alike(slug: str) -> Points:
    """Return a point for each tag that a good shares with this one, and one for the same shelf."""
    seen = GOODS[slug]
    points = {good.slug: len({*good.tags} & {*seen.tags}) + (good.category == seen.category) for good in GOODS.values()}
    return Points({other: count for other, count in points.items() if count})


def clues_of(searches: Iterable[Search], viewed: Iterable[Recent]) -> list[Clue]:
    """Return what the visitor searched for and looked at as clues, the newest first."""
    language = current_language()
    found = [Clue("search", one.text, one.cookie, one.value, one.at, _found(one.text, language)) for one in searches]
    seen = [Clue("view", one.title, one.cookie, one.value, one.at, _alike(one.id)) for one in viewed]
    return sorted(found + seen, key=lambda clue: clue.at, reverse=True)

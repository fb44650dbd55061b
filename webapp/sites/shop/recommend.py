"""What the shop recommends: worked out of the visitor's own cookies for each page anew, and kept nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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


class Clue(NamedTuple):
    """A search or a view that a cookie told us of, and the points that it gives to goods, by slug."""

    kind: str
    title: str
    cookie: str
    value: str
    at: datetime
    points: Mapping[str, int]


def recommend(clues: list[Clue], without: Collection[str]) -> list[tuple[Good, Clue]]:
    """Return the goods with most points, each with the clue that gave it most; `clues` come with the newest first.

    The points of the newest of n clues count n times, those of the oldest once. Of equals the shop's order decides.
    Up to `OWN` places are for goods that the latest search finds and that would not be here without it.
    """
    weighted = list(zip(range(len(clues), 0, -1), clues, strict=True))
    ranked = _ranked(weighted, without)
    own: list[str] = []
    if latest := next((clue for clue in clues if clue.kind == "search"), None):
        others = {good.slug for good, _ in recommend([clue for clue in clues if clue is not latest], without)}
        own = [slug for slug in ranked if slug in latest.points and slug not in others][:OWN]
    kept = own + [slug for slug in ranked if slug not in own][: MOST - len(own)]
    return [(GOODS[slug], latest if slug in own else _reason(slug, weighted)) for slug in ranked if slug in kept]


def _ranked(weighted: list[tuple[int, Clue]], without: Collection[str]) -> list[str]:
    """Return the goods that have points, those with most of them first."""
    score: dict[str, int] = defaultdict(int)
    for weight, clue in weighted:
        for slug, points in clue.points.items():
            score[slug] += weight * points
    return sorted((slug for slug in GOODS if slug in score and slug not in without), key=score.get, reverse=True)


def _reason(slug: str, weighted: list[tuple[int, Clue]]) -> Clue:
    """Return the clue that gave a good most points."""
    return max(weighted, key=lambda pair: pair[0] * pair[1].points.get(slug, 0))[1]


@lru_cache(maxsize=1024)
def _found(text: str, language: str) -> dict[str, int]:
    """Return 3 points for each good that a search finds."""
    return {good.slug: 3 for good in search(text, language)}


@cache
def _alike(slug: str) -> dict[str, int]:
    """Return a point for each tag that a good shares with this one, and one for the same shelf."""
    seen = GOODS[slug]
    points = {good.slug: len({*good.tags} & {*seen.tags}) + (good.category == seen.category) for good in GOODS.values()}
    return {other: count for other, count in points.items() if count}


def clues_of(searches: Iterable[Search], viewed: Iterable[Recent]) -> list[Clue]:
    """Return what the visitor searched for and looked at as clues, the newest first."""
    language = current_language()
    found = [Clue("search", one.text, one.cookie, one.value, one.at, _found(one.text, language)) for one in searches]
    seen = [Clue("view", one.title, one.cookie, one.value, one.at, _alike(one.id)) for one in viewed]
    return sorted(found + seen, key=lambda clue: clue.at, reverse=True)

"""Whether a step is done: by what crossed the wire since it began, and by nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import Literal

from webapp.wire.record.exchange import Exchange, Withheld

from .lesson import Instead, Seen, Step
from .needs import BRINGING

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Judgement:
    """What the wire says of a step: `by` is the exchange that decided, None where none is there that did.

    `parts` counts how many of the step's exchanges have crossed; none where `by` is what undid them. Of "other",
    `instead` says what it was where the lesson knows it, and `withheld` what consent held back. It is `blind` while the
    record can't be reached.
    """

    state: Literal["waiting", "done", "other"]
    by: Exchange | None = None
    parts: int = 0
    instead: Instead | None = None
    withheld: Withheld | None = None
    blind: bool = False


def judge(step: Step, exchanges: Iterable[Exchange], parts: int = 0) -> Judgement:
    """Return what the exchanges since the beginning of a step, or since so many parts of it, say; the oldest first.

    What fits an `instead` is that, whatever else it fits: a lesson names there what looks right and is not.
    """
    judgement, began, before = Judgement("waiting", parts=parts), None, None
    for exchange in exchanges:
        wishes, reached = step.wishes(exchange.engine), judgement.parts
        if reached >= len(wishes):
            return Judgement("done", parts=reached)
        stands = reached or (judgement.state == "other" and not judgement.withheld)
        if stands and any(seen.fits(exchange) for seen in step.undoes):
            judgement, reached, began = Judgement("waiting", exchange if reached else None), 0, None
        # What only time brings shows that all before it was done, though not all of that may have crossed here.
        in_time = not began or exchange.at >= began + timedelta(minutes=wishes[-1].late)
        late = bool(reached) and wishes[-1].late and in_time and wishes[-1].fits(exchange)
        instead = next((each for each in step.instead if each.seen.fits(exchange)), None)
        if instead:
            judgement = Judgement("other", exchange, reached, instead)
        elif late or (not wishes[reached].late and _shows(wishes, reached, exchange, before)):
            reached, began, before = len(wishes) if late else reached + 1, began or exchange.at, exchange
            judgement = Judgement("waiting", exchange, reached)
            if judgement.parts == len(wishes):
                return Judgement("done", exchange, judgement.parts)
        elif held_back := wishes[reached].held_back(exchange):
            judgement = Judgement("other", exchange, reached, withheld=held_back)
        elif exchange.method not in _SAFE and not _is_by_the_way(step, exchange) and not judgement.withheld:
            if wishes[reached].late:  # whoever waits goes where they like
                continue
            # Why cookies were held back stays said while the visitor goes and allows them.
            judgement = Judgement("other", exchange, reached)
    return replace(judgement, state="done") if judgement.parts >= len(step.seen) else judgement


def _shows(wishes: tuple[Seen, ...], part: int, exchange: Exchange, before: Exchange | None) -> bool:
    """Tell whether it shows a part of a step; where the one before it could be shown in the same ways, in another."""
    wish = wishes[part]
    if part and before and wish.either == wishes[part - 1].either:
        others = tuple(other for one, other in permutations(wish.either, 2) if one.fits(before))
        wish = replace(wish, either=others or wish.either)
    return wish.fits(exchange)


def _is_by_the_way(step: Step, exchange: Exchange) -> bool:
    """Tell whether somebody does this to get what a step needs, or as a part of it that shows nothing."""
    return any(seen.fits(exchange) for seen in (*step.meanwhile, *step.undoes, *BRINGING))

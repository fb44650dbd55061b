"""Whether a step is done: by what crossed the wire since it began, and by nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from webapp.wire.record.exchange import Exchange, Withheld

from .lesson import Instead, Step
from .needs import BRINGING

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Judgement:
    """What the wire says of a step: `by` is the exchange that decided, None while nothing did.

    `parts` counts how many of the step's exchanges have crossed. Of "other", `instead` says what it was where the
    lesson knows it, and `withheld` what consent held back. It is `blind` while the record can't be reached.
    """

    state: Literal["waiting", "done", "other"]
    by: Exchange | None = None
    parts: int = 0
    instead: Instead | None = None
    withheld: Withheld | None = None
    blind: bool = False


def judge(step: Step, exchanges: Iterable[Exchange]) -> Judgement:
    """Return what the exchanges since the beginning of a step, the oldest first, say of it.

    What fits an `instead` is that, whatever else it fits: a lesson names there what looks right and is not.
    """
    judgement = Judgement("waiting")
    for exchange in exchanges:
        wishes, reached = step.wishes(exchange.engine), judgement.parts
        instead = next((each for each in step.instead if each.seen.fits(exchange)), None)
        if instead:
            judgement = Judgement("other", exchange, reached, instead)
        elif wishes[reached].fits(exchange):
            reached += 1
            # What time brings can come with the act before it.
            if reached < len(wishes) and wishes[reached].late and wishes[reached].fits(exchange):
                reached += 1
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
    return judgement


def _is_by_the_way(step: Step, exchange: Exchange) -> bool:
    """Tell whether somebody does this to get what a step needs, or as a part of it that shows nothing."""
    return any(seen.fits(exchange) for seen in (*step.meanwhile, *BRINGING))

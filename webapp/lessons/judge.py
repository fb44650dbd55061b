"""Whether a step is done: by what crossed the wire since it began, and by nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from webapp.wire.record.exchange import Exchange, Withheld

from .lesson import Instead, Seen, Step

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Judgement:
    """What the wire says of a step: `by` is the exchange that decided, None while nothing did.

    Of "other", `instead` says what it was where the lesson knows it, and `withheld` what consent held back.
    """

    state: Literal["waiting", "done", "other"]
    by: Exchange | None = None
    instead: Instead | None = None
    withheld: Withheld | None = None


def judge(step: Step, exchanges: Iterable[Exchange]) -> Judgement:
    """Return what the exchanges since the beginning of a step, the oldest first, say of it."""
    judgement, reached = Judgement("waiting"), 0
    for exchange in exchanges:
        wishes = step.in_engine.get(exchange.engine, step.seen)
        if wishes[reached].fits(exchange):
            reached += 1
            judgement = Judgement("waiting")
            if reached == len(wishes):
                return Judgement("done", exchange)
            continue
        other = _other(step, wishes[reached], exchange)
        # Why cookies were held back stays said while the visitor goes and allows them.
        if other and (other.instead or other.withheld or not judgement.withheld):
            judgement = other
    return judgement


def _other(step: Step, wish: Seen, exchange: Exchange) -> Judgement | None:
    instead = next((each for each in step.instead if each.seen.fits(exchange)), None)
    if instead:
        return Judgement("other", exchange, instead)
    if held_back := wish.held_back(exchange):
        return Judgement("other", exchange, withheld=held_back)
    return Judgement("other", exchange) if exchange.method not in _SAFE else None

"""The round trip of one `Set-Cookie` line: what a browser was to do with it, and what the next requests show it did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from webapp.cookies import pair
from webapp.i18n import N_, gettext, moment
from webapp.useragent import Rule, Step, UserAgent, Verdict, readings
from webapp.useragent.urls import locate, path_match
from webapp.wire.record.exchange import Exchange, SetCookie, lengthen
from webapp.wire.record.masking import MASK

Outcome = Literal["stored", "refused", "not-sent", "deleted"]
Came = Literal["this", "old", "other", "nothing"]

ENDED = Step(Rule("ended", "5.7", "", N_("Its lifetime had ended by then.")), "refused")


@dataclass(frozen=True)
class RoundTrip:
    """What became of a line. `expected` is the model's word, `verdict` what really happened, in the same words.

    Where nobody knows what the browser does, `expected` is "unknown".

    `came` is what the browser sent under this name with `witness`, the request that decides: a place in `later`, None
    while none has come. `rules` are the model's reasons for what it expected, `steps` all that it went through.
    """

    verdict: Outcome | Literal["waiting"]
    expected: Outcome | Literal["unknown"]
    came: Came
    witness: int | None
    engine: str
    rules: tuple[Step, ...]
    steps: tuple[Step, ...]
    hidden: bool

    @property
    def agrees(self) -> bool:
        """Tell whether browser and model did the same; of no meaning while waiting."""
        return self.verdict == self.expected and self.came != "other"


def said(step: Step) -> str:
    """Return the sentence of a step in the visitor's language."""
    values = {name: moment(value) if isinstance(value, datetime) else value for name, value in step.values.items()}
    return gettext(step.rule.sentence) % values


def judge(line: SetCookie, exchange: Exchange, later: Sequence[Exchange], origin: str) -> RoundTrip:
    """Return the verdict on a line of `exchange` by the exchanges that came `later`, the oldest first.

    `origin` is scheme and host of them all: the record is found by a host-only cookie.
    """
    trip, *others = (_judge(UserAgent(each), line, exchange, later, origin) for each in readings(exchange.engine))
    return trip if all(each.expected == trip.expected for each in others) else replace(trip, expected="unknown")


def _judge(agent: UserAgent, line: SetCookie, exchange: Exchange, later: Sequence[Exchange], origin: str) -> RoundTrip:
    old = _sent(exchange, line.name)
    if old is not None:
        # The line meets a cookie that is there already; it came with the request, so it covers that path.
        lasting = [pair(*each) for each in line.attributes if each[0] not in ("Max-Age", "Expires")]
        _receive(agent, SetCookie("; ".join([pair(line.name, old), *lasting]), None), exchange, origin)
    stored = _receive(agent, line, exchange, origin)

    witness = _witness(line, later, stored, origin)
    then = None if witness is None else later[witness]
    expected, rules, steps = _predict(agent, line.name, stored, then, origin)
    verdict, came = ("waiting", "nothing") if then is None else _observe(line, old, _sent(then, line.name), expected)
    return RoundTrip(verdict, expected, came, witness, exchange.engine, rules, steps, MASK in line.value)


def _sent(exchange: Exchange, name: str) -> str | None:
    """Return what a request sent under a name; of several the first, which belongs to the longest path."""
    return next((value for each, value in exchange.sent if each == name), None)


def _receive(agent: UserAgent, line: SetCookie, exchange: Exchange, origin: str) -> Verdict:
    return agent.receive(origin + exchange.path, lengthen(line.text), now=exchange.at, **_circumstances(exchange))


def _circumstances(exchange: Exchange) -> dict[str, Any]:
    return {"cross_site": exchange.cross_site, "top_level": exchange.top_level, "method": exchange.method}


def _witness(line: SetCookie, later: Sequence[Exchange], stored: Verdict, origin: str) -> int | None:
    """Return the place of the request that decides, None when none can.

    A request may have been under way before the response arrived (two tabs, say): so one that shows the line at work
    counts before those that don't.
    """
    replaced = (place + 1 for place, each in enumerate(later) if line.name in [other.name for other in each.written])
    candidates = range(next(replaced, len(later)))
    path = stored.cookie.path if stored.cookie else "/"
    covered = [place for place in candidates if path_match(locate(origin + later[place].path).path, path)]
    hoped = None if line.deletes else line.value
    works = (place for place in (covered if line.deletes else candidates) if _sent(later[place], line.name) == hoped)
    # Elsewhere its absence only shows that the path holds it back, and nothing about a line that was not stored.
    elsewhere = candidates[:1] if stored.stored else []
    return next(iter([*works, *covered, *elsewhere]), None)


def _predict(
    agent: UserAgent, name: str, stored: Verdict, then: Exchange | None, origin: str
) -> tuple[Outcome, tuple[Step, ...], tuple[Step, ...]]:
    """Return what the model expects, the rules that say so, and all its steps."""
    if stored.outcome == "refused":
        return "refused", stored.reasons, stored.steps
    if not stored.stored:
        return "deleted", stored.steps[-1:], stored.steps
    if then is None:
        return "stored", stored.steps[-1:], stored.steps
    answers = agent.explain(origin + then.path, now=then.at, **_circumstances(then))
    answer = next((answer for answer in answers if answer.cookie.name == name), None)
    if answer is None:
        return "not-sent", (ENDED,), (*stored.steps, ENDED)
    steps = (*stored.steps, *answer.steps)
    if answer.sent:
        return "stored", (stored.steps[-1], answer.steps[-1]), steps
    return "not-sent", answer.reasons, steps


def _observe(line: SetCookie, old: str | None, value: str | None, expected: Outcome) -> tuple[Outcome, Came]:
    """Return what the request shows that decides: it sent `value` under the name of the line."""
    if line.deletes:
        return ("deleted", "nothing") if value is None else ("refused", "old")
    if value is None:
        return (expected if expected in ("not-sent", "deleted") else "refused"), "nothing"
    if value == line.value:
        return "stored", "this"
    return ("refused", "old") if value == old else ("not-sent", "other")

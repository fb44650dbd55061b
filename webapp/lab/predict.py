"""What each engine of the model does with lines, and which cookies it sends to the address that is asked after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from webapp.i18n import N_
from webapp.sandbox import LONGEST_LINE
from webapp.useragent import ENGINES, Rule, Step, UserAgent, Verdict, readings

from .pieces import Piece, attribute, change, lost, tail

# What its author did not mean, although the cookie is kept. The model has no such rule: each says what two of it do.
SEMICOLON = Rule(
    "semicolon", "5.6 step 1", "", N_("A semicolon ends the value: “%(text)s” was read as an attribute nobody knows.")
)
OTHER_VALUE = Rule("other-value", "5.6 step 3", "", N_("This browser makes of it: %(pair)s"))
MOST_LINES, MOST_ATTRIBUTES = 5, 50
_CHANGING = {"expires-unreadable", "max-age-unreadable", "zone-ignored", "same-site-unknown", "path-ignored"}


@dataclass(frozen=True)
class Fate:
    """What becomes of one line: `outcome` is stored (`pair` comes back), refused, deleted, not-sent or unknown.

    `changes` are the steps by which the cookie became another one than was written. `lasts` is how long it is kept,
    None for one that goes with the browser.
    """

    line: str
    outcome: str
    pair: str
    steps: tuple[Step, ...]
    changes: tuple[Step, ...] = ()
    lasts: timedelta | None = None

    @property
    def reasons(self) -> list[Step]:
        """The rules that count: those against it, and what its author may not have meant; else the last one says it."""
        told = [step for step in self.steps if step.kind != "note"]
        return told if any(step.kind == "refused" for step in told) else [*told, *self.steps[-1:]]


def changes(line: str, verdict: Verdict) -> tuple[Step, ...]:
    """Return by which steps the cookie, if it was kept, is another one than `line` says."""
    if verdict.cookie is None:
        return ()
    found = [step for step in verdict.steps if step.rule.key in _CHANGING]
    unknown = {str(step.values["attribute"]).lower() for step in verdict.steps if step.rule.key == "attribute-unknown"}
    if (parts := tail(line)) and attribute(parts[0]) in unknown:
        found.insert(0, Step(SEMICOLON, "warning", {"text": ";".join(parts)}))
    name, equals, value = (text.strip(" \t") for text in line.partition(";")[0].partition("="))
    pair = verdict.cookie.pair
    if pair not in (name + equals + value, value) and not line.startswith(pair):
        found.append(Step(OTHER_VALUE, "warning", {"pair": pair}))
    return tuple(found)


def known(fates: Iterable[Fate]) -> Fate:
    """Return the fate that a line has in every reading of an engine; "unknown" where it has more than one."""
    first, *others = fates
    told = all((each.outcome, each.pair) == (first.outcome, first.pair) for each in others)
    return first if told else replace(first, outcome="unknown", steps=(), changes=())


def predict(lines: list[str], engine: str, sent_to: str, asked: str, now: datetime) -> list[Fate]:
    """Return the fate of each line: set by an answer from one address, asked after at another, all at one moment."""
    read = [_predict(UserAgent(each), lines, sent_to, asked, now) for each in readings(engine)]
    return [known(fates) for fates in zip(*read, strict=True)]


def _predict(agent: UserAgent, lines: list[str], sent_to: str, asked: str, now: datetime) -> list[Fate]:
    verdicts = [agent.receive(sent_to, line, now=now) for line in lines]
    answers = {answer.cookie: answer for answer in agent.explain(asked, now=now)}
    fates = []
    for line, verdict in zip(lines, verdicts, strict=True):
        pair = verdict.cookie.pair if verdict.cookie else line.partition(";")[0]
        answer = next((answers[cookie] for cookie in answers if verdict.stored and cookie.pair == pair), None)
        if not verdict.stored:
            outcome = "refused" if verdict.outcome == "refused" else "deleted"
        else:
            outcome = "stored" if answer and answer.sent else "not-sent" if answer else "deleted"
        steps = (*verdict.steps, *(answer.steps if answer else ()))
        lasts = verdict.cookie.expires - now if verdict.cookie and verdict.cookie.expires else None
        fates.append(Fate(line, outcome, pair, steps, changes(line, verdict), lasts))
    return fates


def came_back(fates: list[Fate], came: list[str], held: list[str]) -> list[tuple[Fate, str, list[Piece]]]:
    """Return for each line whether its cookie came: sent, changed or not-sent, and the line as the browser took it.

    `held` are the pairs that came before the lines were sent: one of them proves no change.
    """
    found, expected = [], {fate.pair for fate in fates}
    for fate in fates:
        name = fate.pair.partition("=")[0] + "="
        others = (each for each in came if each.startswith(name) and each not in held and each not in expected)
        if fate.pair in came:
            found.append((fate, "changed" if fate.changes else "sent", lost(fate.line, fate.changes)))
        elif other := next(others, ""):
            found.append((fate, "changed", change(fate.line, {"": other})))
        else:
            found.append((fate, "not-sent", change(fate.line, {})))
    return found


def too_much(lines: list[str]) -> str | None:
    """Return why nobody asks the model about these lines, a text to be translated; None where it answers."""
    if len(lines) > MOST_LINES:
        return N_("Please write five lines at most.")
    if any(len(line) > LONGEST_LINE for line in lines):
        return N_("The line is longer than 8192 characters, more than a header should be.")
    if sum(line.count(";") for line in lines) > MOST_ATTRIBUTES:  # each takes a step, in each browser
        return N_("Please write fifty attributes at most, all lines together.")
    return None


def everywhere(lines: list[str], first: str, sent_to: str, asked: str, now: datetime) -> dict[str, list[Fate]]:
    """Return the fates by engine, in the order of `engines`; none where that is `too_much`."""
    if too_much(lines):
        return {}
    return {name: predict(lines, name, sent_to, asked, now) for name in engines(first)}


def engines(first: str) -> list[str]:
    """Return the names of the engines that a visitor of `first` sees: it in front, the standard last."""
    shown = (name for name, engine in ENGINES.items() if name == first or not engine.for_its_own)
    return sorted(shown, key=lambda name: (name != first, name == "spec"))

"""What each engine of the model does with lines, and which cookies it sends to the address that is asked after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.useragent import ENGINES, Step, UserAgent, readings


@dataclass(frozen=True)
class Fate:
    """What becomes of one line: `outcome` is stored (`pair` comes back), refused, deleted, not-sent or unknown."""

    line: str
    outcome: str
    pair: str
    steps: tuple[Step, ...]

    @property
    def reasons(self) -> list[Step]:
        """The rules that count: those against it, and what its author may not have meant; else the last one says it."""
        told = [step for step in self.steps if step.kind != "note"]
        return told if any(step.kind == "refused" for step in told) else [*told, *self.steps[-1:]]


def known(fates: Iterable[Fate]) -> Fate:
    """Return the fate that a line has in every reading of an engine; "unknown" where it has more than one."""
    first, *others = fates
    told = all((each.outcome, each.pair) == (first.outcome, first.pair) for each in others)
    return first if told else replace(first, outcome="unknown", steps=())


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
        fates.append(Fate(line, outcome, pair, (*verdict.steps, *(answer.steps if answer else ()))))
    return fates


def everywhere(lines: list[str], first: str, sent_to: str, asked: str, now: datetime) -> dict[str, list[Fate]]:
    """Return the fates by engine, in the order of `engines`."""
    return {name: predict(lines, name, sent_to, asked, now) for name in engines(first)}


def engines(first: str) -> list[str]:
    """Return the names of the engines that a visitor of `first` sees: it in front, the standard last."""
    shown = (name for name, engine in ENGINES.items() if name == first or not engine.for_its_own)
    return sorted(shown, key=lambda name: (name != first, name == "spec"))

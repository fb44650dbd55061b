"""Why is my cookie not sent? A question about one `Set-Cookie` line, and what the model of each browser answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from webapp.i18n import N_
from webapp.useragent import ENGINES, Answer, Cookie, Engine, Rule, Step, ThirdParty, UserAgent, Verdict, readings
from webapp.useragent.decide import near_misses
from webapp.useragent.urls import locate

from .predict import changes
from .ways import WAYS, Way

ASKING = {
    "typed": Way("typed", N_("The address, typed"), cross_site=False),
    **{key: WAYS[key] for key in ("link", "post", "image", "fetch", "frame")},
}
BROWSERS = tuple(name for name, engine in ENGINES.items() if not engine.for_its_own and name != "spec")

# The rows of the answer, in the order in which a browser asks.
ROWS = {
    "deletes": N_("Does it delete?"),
    "stored": N_("Is it stored?"),
    "host": N_("This host?"),
    "connection": N_("This connection?"),
    "path": N_("This path?"),
    "site": N_("From that site?"),
    "written": N_("As written?"),
    "lasts": N_("How long?"),
}
_ROW = {"other-host": "host", "secure-to-insecure": "connection", "not-on-path": "path", "path-border": "path"}

BEHIND = Rule(
    "behind", "5.8.3 step 4", "", N_("Another of its name goes first: %(pair)s. Most servers read the first alone.")
)
PORTS = Rule("ports", "8.5", "", N_("Ports make no difference: a cookie goes to every port of its host."))


@dataclass(frozen=True)
class Question:
    """Lines, each with the address that sets it; the last is asked about: does it go to `to`, asked for in this `way`?

    `page` is the address of the page that asks, "" for one of the same site. `third_party` is what visitors chose to do
    with the cookies of third parties, None for what each browser does by itself. `inside`: the lines are set by what
    that page asks for, in the same way; else by addresses that were opened.
    """

    lines: tuple[tuple[str, str], ...]
    to: str
    way: Way = ASKING["typed"]
    page: str = ""
    third_party: ThirdParty | None = None
    inside: bool = False


class Cell(NamedTuple):
    """What one browser answers to one row: yes, no, changed, lasts or unknown, and the steps that say why."""

    state: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """What one reading of a browser does; `answer` is about the cookie even if it was not stored."""

    verdict: Verdict
    answer: Answer | None
    changes: tuple[Step, ...]
    behind: Cookie | None
    deletes: bool
    misses: bool

    @property
    def state(self) -> str:
        if self.deletes:
            return "never-stored" if self.verdict.outcome == "refused" or self.misses else "deleted"
        if not self.verdict.stored or self.answer is None:
            return "never-stored"
        return "not-sent" if not self.answer.sent else "changed" if self.changes else "sent"

    def cells(self) -> Iterator[tuple[str, Cell]]:
        if self.deletes:
            near = tuple(step for step in self.verdict.warnings if step.rule.key.startswith("near-"))
            fails = self.verdict.reasons or near or self.verdict.steps[-1:]
            yield "deletes", Cell("yes") if self.state == "deleted" else Cell("no", fails)
            return
        yield "stored", Cell("yes") if self.verdict.stored else Cell("no", self.verdict.reasons)
        if self.answer is None:
            return
        for row in ("host", "connection", "path", "site"):
            against = tuple(step for step in self.answer.reasons if _ROW.get(step.rule.key, "site") == row)
            yield row, Cell("no", against) if against else Cell("yes")
        yield "written", Cell("changed", self.changes) if self.changes else Cell("yes")
        yield "lasts", Cell("lasts", _lifetime(self.verdict))


def _lifetime(verdict: Verdict) -> tuple[Step, ...]:
    return tuple(step for step in verdict.steps if step.rule.key in ("session", "persistent", "lifetime-capped"))


@dataclass(frozen=True)
class Column:
    """What one browser does: its cells by row, all its steps; `state` is deleted, the word of a verdict or unknown."""

    state: str
    cells: dict[str, Cell]
    steps: tuple[Step, ...]
    behind: Cookie | None
    near: tuple[Step, ...]

    @property
    def answers(self) -> dict[str, tuple[str, list[str]]]:
        """What it says to each row, and by which rules."""
        return {row: (cell.state, [step.rule.key for step in cell.steps]) for row, cell in self.cells.items()}


@dataclass(frozen=True)
class Diagnosis:
    """What the browsers do with a line; `counted` are those of which it is known."""

    columns: dict[str, Column]
    deletes: bool
    ports: bool

    @cached_property
    def counted(self) -> list[str]:
        """The browsers that the verdict counts."""
        return [name for name, column in self.columns.items() if column.state != "unknown"]

    @cached_property
    def failing(self) -> list[str]:
        """The browsers that do not do what the line is for."""
        works = ("deleted",) if self.deletes else ("sent", "changed")
        return [name for name in self.counted if self.columns[name].state not in works]

    @cached_property
    def word(self) -> str:
        """The verdict: never-stored, not-sent, some, changed or sent."""
        states = {self.columns[name].state for name in self.counted}
        if not self.failing:
            return "not-sent" if self.deletes else "changed" if "changed" in states else "sent"
        if len(self.failing) < len(self.counted):
            return "some"
        return "never-stored" if states == {"never-stored"} else "not-sent"

    @cached_property
    def decides(self) -> tuple[str, Step]:
        """The row that decides, "" for none, and the step that says why."""
        wanted = ("no", "changed") if self.deletes else ("no",) if self.failing else ("changed",)
        for name in self.failing or self.counted:
            column = self.columns[name]
            for row, cell in column.cells.items():
                if cell.state in wanted:
                    return row, cell.steps[0]
            if column.behind:
                return "", Step(BEHIND, "warning", {"pair": column.behind.pair})
        # Readings of one browser may refuse a line at different rows: its last step is why.
        return "", self.columns[(self.failing or self.counted)[0]].steps[-1]

    @property
    def behind(self) -> bool:
        """Whether it is sent, and another of its name before it."""
        return self.decides[1].rule is BEHIND

    @property
    def notes(self) -> list[Step]:
        """What else its author may not have meant, or wonder about."""
        steps = [step for name in self.counted for step in self.columns[name].steps if step.kind == "warning"]
        found = {step.rule.key: step for step in steps}
        decided = self.decides[1].rule.key
        hidden = {decided, "longer-path-first", "attribute-unknown" if decided == "semicolon" else ""}
        ports = [Step(PORTS)] if self.ports and self.word != "never-stored" else []
        return [*(step for key, step in found.items() if key not in hidden), *ports]


def diagnose(question: Question, now: datetime) -> Diagnosis:
    """Ask each browser of the model."""
    columns, deletes = {}, False
    for name in BROWSERS:
        first, *others = found = [_read(engine, question, now) for engine in readings(name)]
        cells = dict(first.cells())
        for other in others:
            cells = {
                row: cell if dict(other.cells()).get(row) == cell else Cell("unknown") for row, cell in cells.items()
            }
        state = first.state if len({each.state for each in found}) == 1 else "unknown"
        steps = (*first.verdict.steps, *(first.answer.steps if first.answer and first.verdict.stored else ()))
        near = near_misses(first.behind, first.verdict.cookie) if first.behind and first.verdict.cookie else []
        columns[name] = Column(state, cells, steps, first.behind, tuple(near))
        deletes = deletes or all(each.deletes for each in found)
    setting, to = locate(question.lines[-1][0]), locate(question.to)
    ports = bool(setting and to and setting.host == to.host and setting.port != to.port and setting.scheme == to.scheme)
    return Diagnosis(columns, deletes, ports)


def _read(engine: Engine, question: Question, now: datetime) -> _Reading:
    agent = UserAgent(engine, third_party=question.third_party)
    way, page = question.way, question.page or question.to
    asked = {
        "cross_site": way.cross_site and not agent.is_same_site(page, question.to),
        "top_level": way.top_level,
        "method": way.method,
        "top_level_site": question.to if way.top_level else page,
    }
    setting = asked if question.inside else {}
    *before, verdict = [agent.receive(url, line, now=now, **setting) for url, line in question.lines]
    cookie = verdict.cookie
    if cookie is None:
        return _Reading(verdict, None, (), None, deletes=False, misses=False)
    answer = agent.would_send(cookie, question.to, now=now, **asked)
    # What Chromium lets a cookie do in its first two minutes (RFC 6265bis section 5.6.7.2) is not the answer.
    later = now + engine.lax_allow_unsafe + timedelta(seconds=1)
    young = [step for step in answer.steps if step.rule.key == "lax-allow-unsafe"]
    if young and not (cookie.expires and cookie.expires <= later):
        answer = Answer((*young, *agent.would_send(cookie, question.to, now=later, **asked).steps), cookie)
    others = [each.cookie for each in before if each.cookie and each.cookie.name == cookie.name]
    deletes = cookie.expires is not None and cookie.expires <= now
    misses = bool(others) and verdict.outcome != "deleted"
    sent = [each.cookie for each in agent.explain(question.to, now=now, **asked) if each.sent]
    place = sent.index(cookie) if cookie in sent else 0
    behind = next((each for each in sent[:place] if each.name == cookie.name), None)
    return _Reading(verdict, answer, changes(question.lines[-1][1], verdict), behind, deletes, misses)

"""What a lesson is made of; the files in `course/` are written in these words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from webapp.address import ROLES
from webapp.cookies import bare, pair
from webapp.wire.record.exchange import Exchange, Withheld

Wish = str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one exchange has to show, written as the wire writes it; `*` stands for anything, "" for no wish.

    `sends` and `lacks` are compared with each pair of the Cookie header, with a `;` in them with the whole of it;
    `sets`, `sets_no` and `deletes` with each whole Set-Cookie line, `withholds` with names. Of several wishes all are
    meant. A name prefix that https adds to a name may be left out. `path` is compared with the address with and without
    its query. `cross_site` is what the browser said of where the request came from. Of `either`, if there are any, one
    has to fit as well. `part` names it for the bar where a step has several; else the bar names the request. `late`
    is for how many minutes after the first part it can't be, since the visitor's `remember`, which was replaced, passes
    so long for one that came late; it shows the parts before it, of which the first is there, and the bar counts down.
    Two parts after each other with the same `either` are shown by two of it.
    """

    method: str = ""
    path: str = ""
    status: int | None = None
    sends: Wish = ()
    lacks: Wish = ()
    sets: Wish = ()
    sets_no: Wish = ()
    deletes: Wish = ()
    withholds: Wish = ()
    cross_site: bool | None = None
    either: tuple["Seen", ...] = ()
    part: str = ""
    late: int = 0

    def fits(self, exchange: Exchange) -> bool:
        """Tell whether an exchange shows all of it."""
        sent = [pair(*each) for each in exchange.sent]
        written = [line.text for line in exchange.written if not line.deletes]
        deleted = [line.text for line in exchange.written if line.deletes]
        whole = ["; ".join(sent), "; ".join(map(bare, sent))]
        return (
            self._is_asked_by(exchange)
            and self.status in (None, exchange.status)
            and self.cross_site in (None, exchange.cross_site)
            and all(_any(wish, whole if ";" in wish else sent) for wish in each(self.sends))
            and not any(_any(wish, whole if ";" in wish else sent) for wish in each(self.lacks))
            and all(_any(wish, written) for wish in each(self.sets))
            and not any(_any(wish, written) for wish in each(self.sets_no))
            and all(_any(wish, deleted) for wish in each(self.deletes))
            and all(_any(wish, [line.name for line in exchange.withheld]) for wish in each(self.withholds))
            and (not self.either or any(seen.fits(exchange) for seen in self.either))
        )

    def held_back(self, exchange: Exchange) -> Withheld | None:
        """Return the cookie of a name that is to be set where consent kept it back from the same request."""
        if not self._is_asked_by(exchange):
            return None
        names = [wish.partition("=")[0] for wish in each(self.sets)]
        return next((line for line in exchange.withheld if any(_any(name, [line.name]) for name in names)), None)

    def _is_asked_by(self, exchange: Exchange) -> bool:
        return self.method in ("", exchange.method) and (
            not self.path or _any(self.path, [exchange.path, exchange.path.partition("?")[0]])
        )


def each(wish: Wish) -> tuple[str, ...]:
    """Return the wishes one by one."""
    return (wish,) if isinstance(wish, str) else wish


def _any(pattern: str, texts: list[str]) -> bool:
    pattern = pattern.replace("[", "[[]").replace("?", "[?]")  # letters like any other
    return any(fnmatchcase(text, pattern) or fnmatchcase(bare(text), pattern) for text in texts)


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Something else that learners often do: what it shows on the wire, what it means, and the page to go back to.

    Where it fits, it counts more than what the step waits for, so it leaves that out.
    """

    seen: Seen
    text: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something to predict before the step is done; `right` counts the answers from 0."""

    ask: str
    answers: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Open:
    """Follow the bar's link to an address, a path or whole; `{attacker}` and the other roles stand for their origins.

    It is the first act of a step, or goes back to where that led.
    """

    path: str


@dataclass(frozen=True)
class Follow:
    """Click on the link that says these words, of several the one that stands closest to the words `near`.

    Words, here and of buttons and labels, are those of the source, as a template has them in English: they are looked
    for in the language of the page. A placeholder in them stands for anything.
    """

    words: str
    near: str = ""


@dataclass(frozen=True)
class Pick:
    """Click on any of the links that a CSS selector finds.

    It has no words, since a text can't say which: it leaves to choose among a thread, a thing or a page, which come and
    go, or it means the visitor's own name.
    """

    links: str


@dataclass(frozen=True)
class Send:
    """Fill in fields, by their labels, and press the button that says these words, as `Follow` finds a link.

    Text is typed as the bar says it in its language, or as it stands here; True ticks a box or a radio button by its
    own label; of a list the value is the words of an option.
    """

    words: str
    fields: Mapping[str, str | bool] = field(default_factory=dict)
    near: str = ""


@dataclass(frozen=True)
class Close:
    """Close the browser, start it again, and open a page."""

    path: str


@dataclass(frozen=True)
class Wait:
    """Do nothing here for some minutes."""

    minutes: int


Act = Open | Follow | Pick | Send | Close | Wait


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, and what has to cross the wire for it to count.

    The step begins on the page `at`, which does not do it yet. `acts` do it, for the tests that replay it: `do` or
    `hint` says the words of each, in quotation marks; where the first is an address, the bar has a link to it.
    `seen` is shown by as many exchanges, in this order; `in_engine` has what shows instead in an engine that
    differs (a name in `useragent.ENGINES`), and `watch` says so. `meanwhile` is what may be sent besides, and is
    neither right nor wrong; `undoes` is what ends the parts that are done, so that the step begins again, and a "Not
    this" unless consent is why. `needs`
    are names in `needs.NEEDS`; `hosts` are the roles of the lab's other parties that have to be there, all of them
    where `needs` says "hosts" and no more. `state` are the cookies that stand when the step begins, as Set-Cookie
    lines: who comes here gets those that are missing; `bench` is what the house is asked to set up as well
    (`Feature.benches`). `watch` and the answer are held back while a question waits. `note` is what an instructor
    says.
    """

    do: str
    watch: str
    why: str
    note: str
    at: str
    seen: tuple[Seen, ...]
    acts: tuple[Act, ...]
    in_engine: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)
    question: Question | None = None
    hint: str = ""
    instead: tuple[Instead, ...] = ()
    meanwhile: tuple[Seen, ...] = ()
    undoes: tuple[Seen, ...] = ()
    needs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    bench: str = ""

    def __post_init__(self) -> None:
        if self.hosts and "hosts" not in self.needs:
            object.__setattr__(self, "needs", (*self.needs, "hosts"))
        if "hosts" in self.needs and not self.hosts:
            object.__setattr__(self, "hosts", ROLES)

    def wishes(self, engine: str) -> tuple[Seen, ...]:
        """Return what has to cross the wire in an engine."""
        return self.in_engine.get(engine, self.seen)


CHALLENGE = 9  # the number that stands for a lesson's challenge among its steps


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson of one idea; `key` stands in addresses and cookies, `order` is its place in the course.

    `after` are the keys of lessons that are better done before, `hard` is from 1 to 3. `challenge` is done without
    instructions when the steps are: its `do` is the task, its `watch` says what shows that it is done. `makes` are the
    cookies that its steps make, each as a Set-Cookie line without its value: beginning anew deletes them; how the names
    of a family begin stands for all of it. `elsewhere` are the roles of the lab at whose hosts steps make cookies,
    `stays` says what can't be taken away at the end, why, and when it goes. `needs` says in words what has to be there,
    `troubles` what goes wrong, each with the way round. `exit` is what the hand-out asks at its end.
    """

    key: str
    order: int
    title: str
    idea: str
    minutes: int
    steps: tuple[Step, ...]
    challenge: Step | None = None
    after: tuple[str, ...] = ()
    hard: int = 1
    makes: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()
    exit: str = ""

    def step(self, number: int) -> Step | None:
        """Return a step by its number, from 1, or the challenge; None where there is no such."""
        if number == CHALLENGE:
            return self.challenge
        return self.steps[number - 1] if 1 <= number <= len(self.steps) else None

    def among(self, done: Iterable[int]) -> frozenset[int]:
        """Return those of its steps that are among the numbers done, without the challenge."""
        return frozenset(done) & frozenset(range(1, len(self.steps) + 1))

    def shown(self, done: Iterable[int]) -> frozenset[int]:
        """Return those of its steps that were only shown: in `done` they stand below zero."""
        return self.among(-number for number in done) - self.among(done)

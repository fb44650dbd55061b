"""What a lesson is made of; the files in `course/` are written in these words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from webapp.cookies import bare, pair
from webapp.wire.record.exchange import Exchange, Withheld


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one exchange has to show, written as the wire writes it; `*` stands for anything, "" for no wish.

    `sends` and `lacks` are compared with each pair of the Cookie header, with a `;` in them with the whole of it;
    `sets` and `deletes` with each whole Set-Cookie line, `withholds` with names. A name prefix that https adds to a
    name may be left out. `path`
    is compared with the address with and without its query. `cross_site` is what the browser said of where the request
    came from.
    """

    method: str = ""
    path: str = ""
    status: int | None = None
    sends: str = ""
    lacks: str = ""
    sets: str = ""
    deletes: str = ""
    withholds: str = ""
    cross_site: bool | None = None

    def fits(self, exchange: Exchange) -> bool:
        """Tell whether an exchange shows all of it."""
        sent = [pair(*each) for each in exchange.sent]
        written = [line.text for line in exchange.written if not line.deletes]
        deleted = [line.text for line in exchange.written if line.deletes]
        return (
            self.method in ("", exchange.method)
            and self.status in (None, exchange.status)
            and self.cross_site in (None, exchange.cross_site)
            and (not self.path or _any(self.path, [exchange.path, exchange.path.partition("?")[0]]))
            and (not self.sends or _any(self.sends, ["; ".join(sent)] if ";" in self.sends else sent))
            and (not self.lacks or not _any(self.lacks, ["; ".join(sent)] if ";" in self.lacks else sent))
            and (not self.sets or _any(self.sets, written))
            and (not self.deletes or _any(self.deletes, deleted))
            and (not self.withholds or _any(self.withholds, [line.name for line in exchange.withheld]))
        )

    def held_back(self, exchange: Exchange) -> Withheld | None:
        """Return the cookie of the name that is to be set where consent kept it back."""
        name = self.sets.partition("=")[0]
        return next((line for line in exchange.withheld if name and _any(name, [line.name])), None)


def _any(pattern: str, texts: list[str]) -> bool:
    return any(fnmatchcase(text, pattern) or fnmatchcase(bare(text), pattern) for text in texts)


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Something else that learners often do: what it shows on the wire, what it means, and the page to go back to."""

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
    """Type an address, a path or whole; `{attacker}` and the other roles of the lab stand for their origins."""

    path: str


@dataclass(frozen=True)
class Follow:
    """Click on a link, given by a CSS selector."""

    link: str


@dataclass(frozen=True)
class Send:
    """Fill in a form, given by a CSS selector, and press its button; `button` is its value where it has several."""

    form: str
    fields: Mapping[str, str | bool] = field(default_factory=dict)
    button: str | None = None


@dataclass(frozen=True)
class Close:
    """Close the browser, start it again, and open a page."""

    path: str


Act = Open | Follow | Send | Close


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, and what has to cross the wire for it to count.

    The step begins on the page `at`, which does not do it yet. `acts` do it, for the tests that replay it; where the
    first is an address, the bar has a link to it. `seen` is shown by as many exchanges, in this order; `in_engine` has
    what shows instead in an engine that differs (a name in `useragent.ENGINES`), and `watch` says so. `state` are the
    cookies that stand when the step begins, as Set-Cookie lines: who comes here by a link gets those that are missing.
    `logged_in` says that the step is for somebody who is. `note` is what an instructor says.
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
    state: tuple[str, ...] = ()
    logged_in: bool = False


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson of one idea; `key` stands in addresses and cookies, `order` is its place in the course.

    `makes` are the cookies that its steps make, each as a Set-Cookie line without its value: beginning anew deletes
    them; how the names of a family begin stands for all of it. `needs` says what has to be there, `troubles` what
    goes wrong, each with the way round.
    """

    key: str
    order: int
    title: str
    idea: str
    minutes: int
    steps: tuple[Step, ...]
    makes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()

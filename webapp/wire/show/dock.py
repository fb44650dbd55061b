"""The dock: the exchange of a page, and the redirects that led to it, shown within the page, what is new first."""

from collections import Counter
from dataclasses import dataclass

from flask import current_app, render_template

from webapp.cookies import Cookie, pair, registry
from webapp.wire.record.exchange import Exchange, SetCookie, Withheld
from webapp.wire.record.recorder import latest

from . import explain
from .source import excerpt

MOST = 4  # lines of news that stand in full, of all that a dock shows
_LONGEST = 40  # octets of a value beside what the cookie did


@dataclass(frozen=True)
class Told:
    """An exchange in the order in which the dock tells it: all that is not `aside` by its declaration, then that.

    `news` are the lines of the response and what was held back, `more` those of them that are only named; `made` are
    the cookies that the page was made with, each with its pairs, `idle` the names of the others that came, `strange`
    the pairs of other programs' under a name of ours.
    """

    exchange: Exchange
    news: list[SetCookie | Withheld]
    more: list[SetCookie | Withheld]
    counts: Counter[str]
    made: dict[Cookie, list[tuple[str, str]]]
    idle: list[str]
    strange: list[tuple[str, str]]
    own: list[SetCookie | Withheld]
    own_sent: list[str]

    @property
    def line(self) -> str:
        """Return the `Cookie` line, masked."""
        return "; ".join(pair(*each) for each in self.exchange.sent)


def dock(exchange: Exchange, hides: bool) -> str:
    """Return the dock of a page, with a button that `hides` it or without."""
    told, room = [], MOST
    for each in [*_redirects_before(exchange), exchange]:
        told.append(_tell(each, room))
        room -= len(told[-1].news)
    # Not by render_template: what the page around it needs was asked of its cookies once.
    return current_app.jinja_env.get_template("wire/dock.html").render(
        before=told[:-1],
        page=told[-1],
        find=registry().find,
        explain=explain,
        hides=hides,
        excerpt=excerpt,
        short=_short,
        plain_http=not current_app.config["SECURE"],
    )


def _tell(exchange: Exchange, room: int) -> Told:
    find, read = registry().find, set(exchange.read)
    ours: dict[bool, list[SetCookie | Withheld]] = {False: [], True: []}
    for line in [*exchange.written, *exchange.withheld]:
        cookie = find(line.name)
        ours[cookie is not None and cookie.aside].append(line)
    told = Told(exchange, ours[False][:room], ours[False][room:], Counter(), {}, [], [], ours[True], [])
    told.counts.update(line.kind for line in ours[False])
    for name, value in exchange.sent:
        cookie = find(name)
        if name in exchange.strange:
            told.strange.append((name, value))
        elif cookie is not None and cookie.aside:
            told.own_sent.append(name)
        elif cookie is not None and name in read:
            read.remove(name)  # of several the first is the one that is read
            told.made.setdefault(cookie, []).append((name, value))
        else:
            told.idle.append(name)
    made = sum(map(len, told.made.values()))
    told.counts.update(made=made, sent=made + len(told.idle) + len(told.strange))
    return told


def _short(name: str, value: str) -> str:
    """Return a pair as it crossed the wire, the name alone where the value is long: the whole line has it."""
    return pair(name, value) if len(value) <= _LONGEST else name


def first(exchange: Exchange) -> str:
    """Return the dock of a stranger's first page, which is a part of that page and asks for consent."""
    return render_template("wire/first.html", exchange=exchange)


def _redirects_before(exchange: Exchange) -> list[Exchange]:
    """Return the redirects that led to this exchange, oldest first, at most three."""
    chain: list[Exchange] = []
    # Most pages have none, and then one exchange is read instead of three.
    earlier = latest(3) if any(last.leads_to(exchange) for last in latest(1)) else []
    for before in earlier:
        if not before.leads_to(chain[0] if chain else exchange):
            break
        chain.insert(0, before)
    return chain

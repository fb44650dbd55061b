"""The time machine: what is left of a cookie later on, in the browser by its lifetime, on the server by its age.

The browser's clock can't be moved by a page: there the lifetimes are really short. The server's can: how far it is
moved stands in the address, so it is moved for one visitor and one page.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from itsdangerous import BadData, TimestampSigner
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import site_url
from webapp.cookies import pair
from webapp.i18n import N_
from webapp.lab.cookies import LAB
from webapp.lab.predict import engines
from webapp.security import open_form
from webapp.security.tokens import keys
from webapp.useragent import UserAgent, engine_of, readings

bp = Blueprint("clock", __name__, url_prefix="/lab/clock")

TICKET = "lab-ticket"
GOOD_FOR = timedelta(days=30)
AHEAD = {
    "now": timedelta(0),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=365),
    "more": timedelta(days=401),
    "back": timedelta(hours=-1),
}
TITLES = {
    "now": N_("Now"),
    "minute": N_("In a minute"),
    "hour": N_("In an hour"),
    "day": N_("Tomorrow"),
    "month": N_("In 31 days"),
    "year": N_("In a year"),
    "more": N_("In 401 days"),
    "back": N_("An hour ago: a server whose clock is slow"),
}


@dataclass(frozen=True)
class Ageing:
    """One cookie: its attributes, whether it came with this request, whether it should have, which engines keep it.

    None: nobody knows.
    """

    name: str
    attributes: str
    came: bool
    expected: bool | None
    later: dict[str, bool | None]

    @property
    def otherwise(self) -> bool:
        """Whether the browser did not do what was expected of it."""
        return self.came != self.expected


@bp.get("")
def show() -> str:
    """Show what came, what the server says to the ticket's age, and what browsers would still send."""
    return _page()


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Set the cookies: all at this moment, each with another lifetime."""
    if problem := LAB.send_all(lines(clock.now()).values()):
        return _page(problem), 422
    return redirect(url_for(".show"), 303)


def lines(now: datetime) -> dict[str, str]:
    """Return the lines by name; the ticket's value is signed together with its time."""
    stamp = str(int(now.timestamp()))
    lifetimes = {
        "lab-ten-seconds": "; Max-Age=10",
        "lab-minute": "; Max-Age=60",
        "lab-session": "",
        "lab-two-years": "; Max-Age=63072000",
    }
    return {
        **{name: f"{pair(name, stamp)}; Path=/lab/clock{rest}" for name, rest in lifetimes.items()},
        TICKET: f"{pair(TICKET, _signer(now).sign('rye').decode())}; Path=/lab/clock; Max-Age=63072000",
    }


def signed_at(ticket: str) -> datetime | None:
    """Return when the server signed a ticket; None for one that it never signed."""
    try:
        return _signer(clock.now()).unsign(ticket.encode("latin-1"), return_timestamp=True)[1].astimezone(UTC)
    except BadData:
        return None


def accepts(ticket: str, at: datetime) -> bool:
    """Tell whether a server whose clock shows `at` takes the ticket: not too old, and not of the future."""
    try:
        _signer(at).unsign(ticket.encode("latin-1"), max_age=int(GOOD_FOR.total_seconds()))
    except BadData:
        return False
    return True


def _signer(at: datetime) -> TimestampSigner:
    class Shifted(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(at.timestamp())

    return Shifted(keys(), salt="crumb.lab.ticket")


def _page(problem: str | None = None) -> str:
    came, now = dict(LAB.pairs()), clock.now()
    chosen = request.args.get("at", "now") if request.args.get("at") in AHEAD else "now"
    ticket = came.get(TICKET, "")
    began = signed_at(ticket)
    at = now + AHEAD[chosen]
    return render_template(
        "lab/time_machine/time_machine.html",
        problem=problem,
        titles=TITLES,
        chosen=chosen,
        at=at,
        began=began,
        age=began and int((now - began).total_seconds()),
        accepted=accepts(ticket, at),
        ageing=_ageing(came, began, now, at) if began else [],
        engine=engine_of(request.headers.get("User-Agent", "")),
    )


def _ageing(came: dict[str, str], began: datetime, now: datetime, at: datetime) -> list[Ageing]:
    url = site_url() + url_for(".show")
    engine = engine_of(request.headers.get("User-Agent", ""))
    written = lines(began)

    def kept(engine: str, moment: datetime) -> dict[str, bool | None]:
        told: dict[str, set[bool]] = {name: set() for name in written}
        for agent in map(UserAgent, readings(engine)):
            for line in written.values():
                agent.receive(url, line, now=began)
            sent = {pair.partition("=")[0] for pair in agent.cookie_header(url, now=moment).split("; ")}
            for name, answers in told.items():
                answers.add(name in sent)
        return {name: answers.pop() if len(answers) == 1 else None for name, answers in told.items()}

    expected, later = kept(engine, now), {name: kept(name, max(at, began)) for name in engines(engine)}
    return [
        Ageing(
            name,
            line.partition("; ")[2],
            name in came,
            expected[name],
            {each: answers[name] for each, answers in later.items()},
        )
        for name, line in written.items()
    ]

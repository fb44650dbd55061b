"""The experiment: cookies that differ in SameSite alone, ways to cause a request, and which cookies go along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webapp.i18n import N_
from webapp.useragent import Answer, UserAgent

from .notes import Note

# SameSite of each cookie, and what a line needs for it. None asks for Secure beside it (RFC 6265bis section 5.7).
VICTIMS = {
    "lab-unset": "",
    "lab-lax": "; SameSite=Lax",
    "lab-strict": "; SameSite=Strict",
    "lab-none": "; SameSite=None; Secure",
}


@dataclass(frozen=True)
class Way:
    """One way a page can cause a request to the site."""

    key: str
    title: str
    method: str = "GET"
    cross_site: bool = True
    top_level: bool = True


WAYS = {
    way.key: way
    for way in (
        Way("own", N_("A link on this site itself"), cross_site=False),
        Way("link", N_("A link")),
        Way("get", N_("A form with GET")),
        Way("post", N_("A form with POST"), method="POST"),
        Way("image", N_("A picture"), top_level=False),
        Way("frame", N_("A frame"), top_level=False),
        Way("fetch", N_("A script: fetch()"), top_level=False),
    )
}


def victim_lines(now: datetime) -> list[str]:
    """Return the lines that set the cookies; a new value starts their age again where a browser asks for that."""
    return [f"{name}={int(now.timestamp())}; Path=/lab/cross{rest}" for name, rest in VICTIMS.items()]


def predict(engine: str, site: str, party: str, began: datetime, way: Way, at: datetime) -> dict[str, Answer | None]:
    """Return for each cookie whether a request goes with it, by the model; None for one that was not stored.

    `site` and `party` are origins; the cookies were set when the bench began.
    """
    agent = UserAgent(engine)
    for line in victim_lines(began):
        agent.receive(f"{site}/lab/cross/begin", line, now=began, method="POST")
    answers = agent.explain(
        f"{site}/lab/cross/arrive/{way.key}",
        now=at,
        cross_site=way.cross_site,
        top_level=way.top_level,
        method=way.method,
        top_level_site=site if way.top_level else party,
    )
    found = {answer.cookie.name: answer for answer in answers}
    return {name: found.get(name) for name in VICTIMS}


@dataclass(frozen=True)
class Arrival:
    """The newest request by one way: when, how many seconds after the cookies were set, and which of them came."""

    at: datetime
    age: int
    came: frozenset[str]


def arrivals(notes: Iterable[Note]) -> dict[str, Arrival]:
    """Return the newest arrival by each way; the first note tells when the bench began."""
    began, *rest = notes
    return {
        note.data["way"]: Arrival(note.at, int((note.at - began.at).total_seconds()), frozenset(note.data["came"]))
        for note in rest
        if note.kind == "arrival"
    }


def differs(arrival: Arrival, predicted: dict[str, Answer | None]) -> bool:
    """Tell whether other cookies came than the model says."""
    return arrival.came != {name for name, answer in predicted.items() if answer and answer.sent}

"""The experiment: cookies that differ in SameSite alone, and which of them go along by each way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webapp.cookies import pair
from webapp.lab.notes import Note
from webapp.lab.ways import VICTIMS, Way
from webapp.useragent import Answer, ThirdParty, UserAgent


def victim_lines(now: datetime) -> list[str]:
    """Return the lines that set the cookies; a new value starts their age again where a browser asks for that."""
    value = str(int(now.timestamp()))
    return [f"{pair(name, value)}; Path=/lab/cross{rest}" for name, rest in VICTIMS.items()]


def predict(
    engine: str,
    site: str,
    party: str,
    began: datetime,
    way: Way,
    at: datetime,
    third_party: ThirdParty | None = None,
) -> dict[str, Answer | None]:
    """Return for each cookie whether a request goes with it, by the model; None for one that was not stored.

    `site` and `party` are origins; the cookies were set when the bench began; `third_party` is the visitor's choice.
    """
    agent = UserAgent(engine, third_party=third_party)
    _begin(agent, site, began)
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


def refused(engine: str, site: str, began: datetime) -> list[str]:
    """Return the cookies that the browser refuses at the site's address, by the model: no request can bring them."""
    stored = _begin(UserAgent(engine), site, began)
    return [name for name, is_stored in zip(VICTIMS, stored, strict=True) if not is_stored]


def _begin(agent: UserAgent, site: str, began: datetime) -> list[bool]:
    url = f"{site}/lab/cross/begin"
    return [agent.receive(url, line, now=began, method="POST").stored for line in victim_lines(began)]


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


def sent(answer: Answer | None) -> bool:
    """Tell whether a cookie goes along; one that was not stored does not."""
    return answer is not None and answer.sent


def differs(arrival: Arrival, predicted: dict[str, Answer | None]) -> bool:
    """Tell whether other cookies came than the model says."""
    return arrival.came != {name for name, answer in predicted.items() if sent(answer)}

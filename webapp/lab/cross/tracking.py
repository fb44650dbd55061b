"""What a tracker learns: the same visitor at three sites, or a visitor a site, or a new one each time."""

from collections.abc import Iterable
from datetime import datetime

from webapp.cookies import pair
from webapp.i18n import N_
from webapp.lab.notes import Note
from webapp.useragent import ENGINES, UserAgent, is_secure
from webapp.useragent.urls import locate

MODES = {
    "plain": N_("The tracker's cookie without Partitioned"),
    "apart": N_("The tracker's cookie with Partitioned"),
}
# What browsers do with the cookies of third parties (RFC 6265bis section 7.1 leaves it to them).
POLICIES = {
    "allowed": N_("A browser that lets them through"),
    "partitioned": N_("A browser that keeps them apart"),
    "blocked": N_("A browser that blocks them"),
}
OUTCOMES = {
    "followed": N_("One visitor, followed from site to site"),
    "apart": N_("Known again, but at each site as somebody else"),
    "nothing": N_("A new visitor each time"),
    "refused": N_("A new visitor each time: at this address no cookie with Secure is kept"),
}


def track_line(mode: str, visitor: str) -> str:
    """Return the tracker's line: SameSite=None, so that it may come from within other sites' pages."""
    attributes = "; Path=/; Max-Age=3600; SameSite=None; Secure" + "; Partitioned" * (mode == "apart")
    return pair(f"track-{mode}", visitor) + attributes


def predict(mode: str, policy: str, tracker: str, sites: tuple[str, str], now: datetime) -> str:
    """Return the outcome by the model: a visit to each of two sites and again to the first; all names are origins."""
    if not is_secure(locate(tracker), ENGINES["spec"]):
        return "refused"
    agent, seen = UserAgent(third_party=policy), []
    for number, site in enumerate([*sites, sites[0]]):
        circumstances = {"now": now, "cross_site": True, "top_level": False, "top_level_site": site}
        header = agent.cookie_header(tracker, **circumstances)
        seen.append(header or pair(f"track-{mode}", str(number)))
        if not header:
            agent.receive(tracker, track_line(mode, str(number)), **circumstances)
    first, other, again = seen
    return "followed" if other == first else "apart" if again == first else "nothing"


def diary(notes: Iterable[Note], mode: str) -> dict[str, list[Note]]:
    """Return what the tracker wrote down in a mode, by the name that it gave a visitor."""
    visits: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind == "visit" and note.data["mode"] == mode:
            visits.setdefault(note.data["visitor"], []).append(note)
    return visits


def outcome(visits: dict[str, list[Note]]) -> str | None:
    """Return what a diary shows that this browser does; None where a second site or a second visit is missing."""
    places = [[note.data["place"] for note in notes] for notes in visits.values()]
    if any(len(set(one)) > 1 for one in places):
        return "followed"
    everywhere = [place for one in places for place in one]
    if len(set(everywhere)) < 2 or len(set(everywhere)) == len(everywhere):
        return None
    return "apart" if any(len(one) > 1 for one in places) else "nothing"

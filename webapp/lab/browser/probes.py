"""The probes: lines, where they are set and asked after, and what it means that they come back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from webapp.i18n import N_
from webapp.lab.presets import PRESETS
from webapp.useragent import ThirdParty, UserAgent, readings
from webapp.useragent.urls import locate

RUN = "/lab/browser/run"
CROWD_SIZE = 400
LATE = timedelta(minutes=2, seconds=1)  # at just two minutes a cookie is young still
ANSWERS = ("unknown", "yes", "no", "other")

_EMBEDDED = {"cross_site": True, "top_level": False}


@dataclass(frozen=True)
class Place:
    """Where lines are set and asked after; `crowd` is the other host. Circumstances are those of `UserAgent`.

    `cleared`: an answer in between has the header Clear-Site-Data.
    """

    set_by: str = "site"
    asked_by: str = "site"
    setting: dict[str, Any] = field(default_factory=dict)
    asking: dict[str, Any] = field(default_factory=dict)
    later: timedelta = timedelta(0)
    cleared: bool = False


PLACES = {
    "here": Place(),
    "root": Place("crowd", "crowd"),
    "crowd": Place("crowd", "crowd"),
    "cleared": Place("crowd", "crowd", cleared=True),
    "post": Place(asking={"cross_site": True, "method": "POST"}),
    "late": Place(asking={"cross_site": True, "method": "POST"}, later=LATE),
    "link": Place(asking={"cross_site": True}),
    "picture": Place(asking=_EMBEDDED),
    "embedded": Place(setting=_EMBEDDED, asking=_EMBEDDED),
}


@dataclass(frozen=True)
class Probe:
    """Lines, and the pairs that mean "yes" when just these come back, in this order; none is "no", others "other".

    `{host}` in a line is the site's host. `stage` counts the answers that set lines of "here", each for itself.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    back: tuple[str, ...]
    where: str = "here"
    stage: int = 0

    def lines_for(self, site: str) -> list[str]:
        """Return the lines as they are sent by the site with this address."""
        return [line.replace("{host}", locate(site).host) for line in self.lines]

    def answer(self, came: Iterable[str]) -> str:
        """Return what the pairs of a request mean, one of ANSWERS; pairs of other probes mean nothing."""
        heads = {_head(line.partition(";")[0]) for line in self.lines}
        own = [pair for pair in came if _head(pair) in heads]
        return "yes" if own == list(self.back) else "other" if own else "no"


def _head(pair: str) -> str:
    return pair.strip(" \t").removeprefix("=").partition("=")[0]


def _preset(key: str, stage: int, back: str = "") -> Probe:
    preset = PRESETS[key]
    return Probe(key, preset.title, preset.lines, (back or preset.lines[0].partition(";")[0],), stage=stage)


PROBES = {
    probe.key: probe
    for probe in (
        _preset("plain", 0),
        _preset("nameless", 0),
        # Cookies without a name share an identity unless their paths differ.
        Probe(
            "nameless-twice",
            N_("No name, then an empty name: one cookie"),
            ("lab-first; Path=/lab", "=lab-second; Path=/lab"),
            ("lab-second",),
        ),
        Probe(
            "ambiguous",
            N_("An empty name, and a value with an equals sign"),
            ("=lab-ambiguous=b; Path=/lab/browser/",),
            ("lab-ambiguous=b",),
        ),
        Probe(
            "nameless-prefix",
            N_("An empty name, and a value like a name prefix"),
            ("=__Secure-lab-value; Path=/lab/browser/run",),
            ("__Secure-lab-value",),
        ),
        _preset("tab", 0),
        Probe("latin", N_("Bytes that are no UTF-8"), ("lab-latin=\xf6",), ("lab-latin=\xf6",)),
        _preset("attribute", 0),
        _preset("twice", 0),
        _preset("max-age", 1),
        Probe(
            "plus",
            N_("A Max-Age with a plus sign, against Expires"),
            ("lab-plus=1; Max-Age=+600; Expires=Thu, 01 Jan 1970 00:00:00 GMT",),
            ("lab-plus=1",),
            stage=1,
        ),
        Probe(
            "unread",
            N_("Max-Age=0, then a Max-Age that is no number"),
            ("lab-unread=1; Max-Age=0; Max-Age=ten",),
            ("lab-unread=1",),
            stage=1,
        ),
        Probe(
            "iso",
            N_("A past date in the form of ISO 8601"),
            ("lab-iso=1; Expires=1970-01-01T00:00:00Z",),
            ("lab-iso=1",),
            stage=1,
        ),
        Probe(
            "order",
            N_("The longer path goes first"),
            ("lab-order=short; Path=/lab", "lab-order=long; Path=/lab/browser"),
            ("lab-order=long", "lab-order=short"),
            stage=1,
        ),
        Probe(
            "kept",
            N_("A new value keeps its place in the order"),
            ("lab-kept=old", "lab-other=1", "lab-kept=new"),
            ("lab-kept=new", "lab-other=1"),
            stage=1,
        ),
        Probe("own-domain", N_("Domain of this very host"), ("lab-own=1; Domain={host}",), ("lab-own=1",), stage=1),
        Probe("dot", N_("A Domain of a dot alone"), ("lab-dot=1; Domain=.",), ("lab-dot=1",), stage=1),
        _preset("secure", 1),
        _preset("none", 2),
        _preset("host", 2),
        Probe(
            "host-domain",
            N_("The name prefix __Host- with a Domain"),
            ("__Host-lab-domain=1; Secure; Path=/; Domain={host}",),
            ("__Host-lab-domain=1",),
            stage=2,
        ),
        _preset("secure-prefix", 2),
        Probe(
            "prefix-case",
            N_("The name prefix __Secure- in another case, without Secure"),
            ("__SeCuRe-lab-case=1",),
            ("__SeCuRe-lab-case=1",),
            stage=2,
        ),
        _preset("http-prefix", 2),
        _preset("http-prefix-open", 2),
        _preset("partitioned", 2),
        _preset("4097", 3),
        _preset("4096", 4),
        Probe(
            "host-root",
            N_("The name prefix __Host- without Path, set at the root"),
            ("__Host-root=1; Secure; Max-Age=600",),
            ("__Host-root=1",),
            "root",
        ),
        Probe("empty", N_("Neither a name nor a value"), ("=; Max-Age=600",), ("",), "root"),
        Probe("sent", N_("SameSite=None: a picture on another site"),
              ("lab-sent=1; SameSite=None; Secure",), ("lab-sent=1",), "picture"),
        Probe("set", N_("Set by a picture on another site"),
              ("lab-set=1; SameSite=None; Secure; Max-Age=60",), ("lab-set=1",), "embedded"),
        Probe("set-unset", N_("Set by a picture on another site, without SameSite"),
              ("lab-set-unset=1; Max-Age=60",), ("lab-set-unset=1",), "embedded"),
        Probe("set-lax", N_("Set by a picture on another site, with SameSite=Lax or Strict"),
              ("lab-set-lax=1; SameSite=Lax; Max-Age=60", "lab-set-strict=1; SameSite=Strict; Max-Age=60"),
              ("lab-set-lax=1", "lab-set-strict=1"), "embedded"),
        Probe("part", N_("Set by a picture on another site, with Partitioned"),
              ("lab-apart=1; SameSite=None; Secure; Partitioned; Max-Age=60",), ("lab-apart=1",), "embedded"),
        Probe("post-lax", N_("SameSite=Lax: a form of another site"),
              ("lab-post-lax=1; SameSite=Lax",), ("lab-post-lax=1",), "post"),
        Probe("post", N_("No SameSite: a form of another site, at once"), ("lab-post=1",), ("lab-post=1",), "post"),
        Probe("late", N_("No SameSite: a form of another site, after two minutes"),
              ("lab-late=1",), ("lab-late=1",), "late"),
        Probe("lax", N_("SameSite=Lax: a link of another site"),
              ("lab-lax=1; SameSite=Lax",), ("lab-lax=1",), "link"),
        Probe("strict", N_("SameSite=Strict: a link of another site"),
              ("lab-strictly=1; SameSite=Strict",), ("lab-strictly=1",), "link"),
        Probe(
            "crowd",
            N_("400 cookies of one host"),
            tuple(f"c{number}=1; Max-Age=600" for number in range(CROWD_SIZE)),
            tuple(f"c{number}=1" for number in range(CROWD_SIZE)),
            "crowd",
        ),
        Probe("cleared", N_("All cookies of a host deleted by one header: Clear-Site-Data"),
              ("cleared=1; Max-Age=600",), ("cleared=1",), "cleared"),
    )
}  # fmt: skip
STAGES = 1 + max(probe.stage for probe in PROBES.values())


def of(where: str, stage: int | None = None) -> list[Probe]:
    """Return the probes of a place, for "here" those of a stage."""
    return [probe for probe in PROBES.values() if probe.where == where and stage in (None, probe.stage)]


@lru_cache(maxsize=16)
def expected(engine: str, site: str, crowd: str, third_party: ThirdParty | None = None) -> tuple[dict[str, str], int]:
    """Return the answer of each probe by the model, "unknown" where nobody knows, and how many of the crowd stay.

    `site` and `crowd` are origins; `third_party` is the visitor's choice.
    """
    now, stayed, answers = datetime(2026, 1, 1, tzinfo=UTC), 0, {}
    for probe in PROBES.values():
        told = (_came(probe, UserAgent(each, third_party=third_party), site, crowd, now) for each in readings(engine))
        came = next(told)
        answer = probe.answer(came)
        answers[probe.key] = answer if all(probe.answer(each) == answer for each in told) else "unknown"
        if probe.where == "crowd" and answers[probe.key] != "unknown":
            stayed = len(came)
    return answers, stayed


def _came(probe: Probe, agent: UserAgent, site: str, crowd: str, now: datetime) -> list[str]:
    place, around = PLACES[probe.where], {"top_level_site": crowd}
    origins = {"site": site + RUN, "crowd": crowd + "/"}
    for line in probe.lines_for(site):
        agent.receive(origins[place.set_by], line, now=now, **_around(place.setting, around))
    if place.cleared:
        agent.clear_site_data(origins[place.asked_by])
    header = agent.cookie_header(origins[place.asked_by], now=now + place.later, **_around(place.asking, around))
    return header.split("; ") if header else []


def _around(circumstances: dict[str, Any], around: dict[str, str]) -> dict[str, Any]:
    return {**circumstances, **({} if circumstances.get("top_level", True) else around)}

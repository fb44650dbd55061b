"""What is claimed of browsers: each claim that the model can be asked about is what the model says."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from webapp.useragent import ENGINES, Engine, UserAgent, readings
from webapp.useragent.engines import SAFARI, SPEC
from webapp.useragent.facts import facts

FACTS = facts()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = [fact for fact in FACTS.values() if fact.steps]


def holds(engine: Engine, steps: tuple) -> bool:
    """Tell whether a browser does what the steps of a fact say."""
    agent = UserAgent(engine)
    for kind, *rest in steps:
        options = rest.pop() if isinstance(rest[-1], dict) else {}
        how = {"now": NOW + timedelta(seconds=options.get("at", 0)), **options.get("with", {})}
        if kind == "set":
            verdict = agent.receive(*rest, **how)
            right = verdict.stored == options.get("stored", verdict.stored)
        elif kind == "get":
            header = agent.cookie_header(rest[0], **how)
            right = header == rest[1]
        elif kind == "many":
            for number in range(*rest[2:]):
                agent.receive(rest[0], rest[1].format(i=number), **how)
            right = True
        elif kind == "count":
            right = len(agent.cookies) == rest[0]
        elif kind == "samesite":
            right = agent.is_same_site(*rest[:2]) == rest[2]
        else:
            assert kind == "clear", kind
            agent.clear_site_data(*rest)
            right = True
        if not right:
            return False
    return True


@pytest.mark.parametrize("fact", ASKED, ids=[fact.id for fact in ASKED])
def test_the_model_does_what_is_claimed(fact):
    """The engine that a fact is about, with the knobs of other versions where it names some, does as it says."""
    assert holds(replace(ENGINES[fact.engine], **fact.knobs), fact.steps)


def test_a_fact_says_of_whom_and_from_where():
    """Its engine is one of the model's, its month is written as one, and it says of which versions and by whom."""
    for fact in FACTS.values():
        assert fact.engine in ENGINES and fact.claim.endswith(".") and fact.source and fact.versions, fact.id
        assert re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", fact.date), fact.id
    for engine in ENGINES.values():
        assert re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", engine.source.date)
        assert engine.source.kind in ("measured", "tests", "documents")


KNOBS = {field.name for field in fields(Engine)} - {"name", "title", "unknown", "for_its_own", "finds_localhost"}
DEPARTING = sorted(knob for knob in KNOBS if getattr(SAFARI, knob) != getattr(SPEC, knob))


@pytest.mark.parametrize("knob", DEPARTING)
def test_safari_departs_by_facts_alone(knob):
    """Nobody here has run one: turn a knob back to the standard, and some fact holds no longer."""
    turned = replace(SAFARI, **{knob: getattr(SPEC, knob)})
    of_safari = [fact for fact in ASKED if fact.engine == "safari" and not fact.knobs]
    assert [fact.id for fact in of_safari if not holds(turned, fact.steps)]


def test_what_is_unknown_is_told_by_no_fact():
    """Each reading of an engine agrees with all that is claimed of it, else one of its knobs were known."""
    for engine in ENGINES:
        for reading in readings(engine):
            for fact in ASKED:
                if fact.engine == engine and not fact.knobs:
                    assert holds(reading, fact.steps), (fact.id, reading)

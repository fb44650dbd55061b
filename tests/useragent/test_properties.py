"""What holds for any text and any sequence of lines. CRUMBTEST_HYPOTHESIS_EXAMPLES sets how many lines are tried."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.useragent import ENGINES, RULES, UserAgent

LINES_TRIED = int(os.environ.get("CRUMBTEST_HYPOTHESIS_EXAMPLES", "200"))
many = settings(max_examples=LINES_TRIED, deadline=None)
sequences = settings(max_examples=max(100, LINES_TRIED // 10), deadline=None)  # to draw one takes ten times as long

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATIN_1 = st.text(st.characters(max_codepoint=255), max_size=40)

PAIRS = [
    "n=v",
    "n=w",
    "m=v",
    "=v",
    "v",
    "=a=b",
    "",
    "n=\xe9",
    "__Host-n=v",
    "__Secure-n=v",
    "__http-n=v",
    "__Host-Http-n=v",
]
ATTRIBUTES = [
    "Secure",
    "HttpOnly",
    "Partitioned",
    "Path=/",
    "Path=/docs",
    "Path=x",
    "Domain=example.org",
    "Domain=www.example.org",
    "Domain=org",
    "Domain=",
    "Domain=localhost",
    "SameSite=Strict",
    "SameSite=Lax",
    "SameSite=None",
    "SameSite=x",
    "Max-Age=0",
    "Max-Age=60",
    "Max-Age=" + "9" * 30,
    "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "Expires=Wed, 09 Jun 2027 10:18:14 GMT",
    "Expires=09 Jun 99999 10:18:14",
    "Expires=x",
    "Expires=31 Apr 2027 24:00 PST",
    "Max-Age=-x",
    "Domain=.",
    "Priority=Low",
    "Path=/a\tb",
]
LIKELY_LINES = st.builds(
    lambda pair, attributes: "; ".join([pair, *attributes]),
    st.sampled_from(PAIRS),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=5),
)
LINES = LIKELY_LINES | LATIN_1 | st.builds("{}={}; {}={}".format, LATIN_1, LATIN_1, LATIN_1, LATIN_1)
LIKELY_URLS = st.sampled_from(
    [
        "https://www.example.org/docs/a",
        "http://www.example.org/docs/a",
        "https://example.org/",
        "http://example.org",
        "http://localhost:8000/docs/",
        "http://shop.localhost/",
        "https://127.0.0.1/",
        "http://[::1]/",
    ]
)
URLS = LIKELY_URLS | LATIN_1.map("https://{}/".format) | LATIN_1.map("http://example.org/{}".format) | LATIN_1
CIRCUMSTANCES = st.fixed_dictionaries(
    {},
    optional={
        "cross_site": st.booleans(),
        "top_level": st.booleans(),
        "method": st.sampled_from(["GET", "POST", "get", "HEAD"]),
        "http_api": st.booleans(),
        "top_level_site": LIKELY_URLS | LATIN_1,
    },
)
ENGINE_NAMES = st.sampled_from(sorted(ENGINES))
# Stores that a line may meet: empty, or with the likely cookies of some pages.
STARTS = st.sampled_from(
    [
        [("https://www.example.org/docs/a", f"{pair}; {rest}", {}, 0) for pair in PAIRS] if rest is not None else []
        for rest in (None, "", "Secure; HttpOnly; Path=/", "Domain=example.org; Max-Age=60", "Secure; Partitioned")
    ]
)
SEQUENCES = st.lists(st.tuples(LIKELY_URLS, LIKELY_LINES, CIRCUMSTANCES, st.integers(0, 200)), max_size=8)


def after(engine, sequence):
    """Return a user agent that has received `sequence`, each line some seconds after the start."""
    agent = UserAgent(engine)
    for url, line, circumstances, seconds in sequence:
        agent.receive(url, line, now=NOW + timedelta(seconds=seconds), **circumstances)
    return agent


# In halves, for two workers: each draws cases of its own.
@pytest.mark.parametrize("half", ["one", "other"])
@many
@given(engine=ENGINE_NAMES, start=STARTS, url=URLS, line=LINES, circumstances=CIRCUMSTANCES)
def test_any_line_gets_a_verdict_by_a_rule(half, engine, start, url, line, circumstances):
    """No URL and no line raises; what was decided has a rule of the table, the store says the same; twice is once."""
    agent = after(engine, start)
    verdict = agent.receive(url, line, now=NOW, **circumstances)
    assert verdict.steps
    assert all(RULES[step.rule.key] is step.rule for step in verdict.steps)
    assert all(step.rule.section and str(step) for step in verdict.steps)
    assert bool(verdict.reasons) is (verdict.outcome == "refused")
    assert verdict.stored is (verdict.cookie is not None and verdict.cookie.identity in identities(agent, verdict))
    once = agent.cookies
    agent.receive(url, line, now=NOW, **circumstances)
    assert agent.cookies == once


def identities(agent, verdict):
    """Return the identities in the store; none when the line was refused and what stands there is older."""
    return {cookie.identity for cookie in agent.cookies} if verdict.outcome != "refused" else set()


@sequences
@given(ENGINE_NAMES, SEQUENCES, LIKELY_URLS, LINES, CIRCUMSTANCES)
def test_the_same_line_twice_changes_nothing_more(engine, sequence, url, line, circumstances):
    """The second time a line comes, at the same moment, it leaves the store as the first left it."""
    agent = after(engine, sequence)
    agent.receive(url, line, now=NOW, **circumstances)
    once = agent.cookies
    agent.receive(url, line, now=NOW, **circumstances)
    assert agent.cookies == once


@sequences
@given(ENGINE_NAMES, SEQUENCES, URLS, CIRCUMSTANCES)
def test_the_header_is_what_the_explanation_says(engine, sequence, url, circumstances):
    """The Cookie header is made of the cookies said to be sent, in that order; each answer names its rule."""
    agent = after(engine, sequence)
    answers = agent.explain(url, now=NOW, **circumstances)
    assert len(answers) == len(agent.cookies)
    assert all(answer.steps and answer.sent is not bool(answer.reasons) for answer in answers)
    header = agent.cookie_header(url, now=NOW, **circumstances)
    assert header == "; ".join(answer.cookie.pair for answer in answers if answer.sent)


@sequences
@given(ENGINE_NAMES, SEQUENCES)
def test_what_is_stored_keeps_the_promises_of_its_attributes(engine, sequence):
    """No identity twice; a lifetime within the limit; a Secure cookie never over plain http to another machine."""
    agent = after(engine, sequence)
    cookies = agent.cookies
    assert len({cookie.identity for cookie in cookies}) == len(cookies)
    limit = agent.engine.age_limit
    assert all(
        not limit or not each.expires or each.expires - NOW <= limit + timedelta(seconds=200) for each in cookies
    )
    for answer in agent.explain("http://www.example.org/docs/a", now=NOW):
        assert not (answer.sent and answer.cookie.secure)
    agent.close()
    assert all(cookie.expires for cookie in agent.cookies)

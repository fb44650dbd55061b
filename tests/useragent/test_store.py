"""What is kept: sessions, expiry, eviction, and the parts of a cookie that others read."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from webapp import useragent
from webapp.useragent import Engine, UserAgent, rules

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://www.example.org/docs/a"


def test_a_cookie_shows_all_its_parts():
    """The attributes of a stored cookie, as a page shows them."""
    agent = UserAgent()
    agent.receive(URL, "n=v; Domain=example.org; Secure; HttpOnly; SameSite=lax; Max-Age=60; Partitioned", now=NOW)
    (cookie,) = agent.cookies
    assert (cookie.name, cookie.value, cookie.domain, cookie.host_only) == ("n", "v", "example.org", False)
    assert (cookie.path, cookie.secure, cookie.http_only, cookie.same_site) == ("/docs", True, True, "Lax")
    assert (cookie.partitioned, cookie.partition) == (True, "https://example.org")
    assert (cookie.expires, cookie.creation) == (NOW + timedelta(minutes=1), NOW)


def test_session_cookies_go_when_the_browser_closes():
    """A cookie without a lifetime ends with the session, a persistent one stays (rule 10)."""
    agent = UserAgent()
    for line in ["a=1", "b=2; Max-Age=60", "c=3; Expires=tomorrow"]:
        agent.receive(URL, line, now=NOW)
    agent.close()
    assert agent.cookie_header(URL, now=NOW) == "b=2"


def test_an_expired_cookie_is_neither_sent_nor_kept():
    """At the end of its lifetime a cookie leaves the store."""
    agent = UserAgent()
    agent.receive(URL, "a=1; Max-Age=60", now=NOW)
    agent.receive(URL, "b=2; Max-Age=90", now=NOW)
    assert agent.cookie_header(URL, now=NOW + timedelta(seconds=59)) == "a=1; b=2"
    assert agent.cookie_header(URL, now=NOW + timedelta(seconds=60)) == "b=2"
    agent.sweep(NOW + timedelta(seconds=90))
    assert agent.cookies == ()


def test_an_expired_cookie_gives_its_creation_time_to_none():
    """A cookie that comes after the old one expired is new."""
    agent = UserAgent()
    agent.receive(URL, "a=1; Max-Age=60", now=NOW)
    later = NOW + timedelta(minutes=2)
    assert agent.receive(URL, "a=2", now=later).outcome == "stored"
    assert agent.cookies[0].creation == later


def test_the_lifetime_is_at_most_400_days():
    """The cap counts from the moment the line was received, for Max-Age and for Expires (rule 9)."""
    agent = UserAgent()
    agent.receive(URL, "a=1; Max-Age=99999999999999999999999", now=NOW)
    agent.receive(URL, "b=2; Expires=Fri, 31 Dec 9999 23:59:59 GMT", now=NOW)
    assert {cookie.expires for cookie in agent.cookies} == {NOW + timedelta(days=400)}


def test_identity_is_name_domain_host_only_path_and_partition():
    """Lines that differ in one of these make two cookies; a verdict names what it replaced (rule 22)."""
    agent = UserAgent()
    lines = [
        "n=1",
        "N=2",
        "n=3; Path=/",
        "n=4; Domain=www.example.org",
        "n=5; Domain=example.org",
        "n=6; Secure; Partitioned",
    ]
    assert [agent.receive(URL, line, now=NOW).outcome for line in lines] == ["stored"] * 6
    verdict = agent.receive(URL, "n=7; Secure; HttpOnly; SameSite=Strict; Max-Age=60", now=NOW)
    assert (verdict.outcome, verdict.replaced.value, len(agent.cookies)) == ("replaced", "1", 6)


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_of_400_cookies_152_come_back(engine):
    """As measured in both: above 180 the store is cut to 150 (rule 26)."""
    agent = UserAgent(engine)
    for number in range(400):
        agent.receive(URL, f"n{number}=v", now=NOW + timedelta(seconds=number))
    header = agent.cookie_header(URL, now=NOW + timedelta(seconds=400))
    assert header.split("; ") == [f"n{number}=v" for number in range(248, 400)]


def test_cookies_without_secure_and_unused_ones_go_first():
    """Eviction takes those that are not Secure, and of these the one that was used longest ago."""
    agent = UserAgent(Engine("small", domain_limit=4, domain_keep=2))
    agent.receive(URL, "s=1; Secure; Path=/s", now=NOW)
    agent.receive(URL, "a=1; Path=/a", now=NOW)
    agent.receive(URL, "b=1; Path=/b", now=NOW)
    agent.receive(URL, "c=1; Path=/c", now=NOW)
    agent.cookie_header("https://www.example.org/a", now=NOW + timedelta(seconds=1))
    verdict = agent.receive(URL, "d=1; Secure", now=NOW + timedelta(seconds=2))
    assert [cookie.name for cookie in verdict.evicted] == ["b", "c", "a"]
    assert [cookie.name for cookie in agent.cookies] == ["s", "d"]


def fill(agent, url, letter, count, attributes=""):
    """Set "a0" to "a9" and so on, a second apart, and return the moment after."""
    start = NOW + timedelta(hours=len(agent.cookies))
    for number in range(count):
        agent.receive(url, f"{letter}{number}=v{attributes}", now=start + timedelta(seconds=number))
    return start + timedelta(seconds=count)


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_hosts_of_a_site_share_its_limit_and_partitions_do_not(engine):
    """As measured in both: 100 and 100 on two hosts are too many, and a partition counts for itself."""
    agent = UserAgent(engine)
    fill(agent, "https://a.example.org/", "a", 100)
    fill(agent, "https://a.example.org/", "p", 100, "; Secure; Partitioned")
    now = fill(agent, "https://b.example.org/", "b", 100)
    assert len(agent.cookie_header("https://b.example.org/", now=now).split("; ")) == 100
    names = agent.cookie_header("https://a.example.org/", now=now).split("; ")
    assert len(names) == 69 + 100


@pytest.mark.parametrize(("engine", "left"), [("chromium", 150), ("firefox", 171)])
def test_firefox_evicts_plain_cookies_or_secure_ones_but_not_both(engine, left):
    """With ten that may go first, Chromium goes on to the Secure ones, Firefox stops (measured)."""
    agent = UserAgent(engine)
    fill(agent, URL, "n", 10)
    fill(agent, URL, "s", 171, "; Secure")
    assert len(agent.cookies) == left


def test_chromium_heeds_priorities():
    """Low ones go first, down to thirty; then medium ones without Secure (measured)."""
    agent = UserAgent("chromium")
    for letter, count, attributes in [("h", 40, "; Priority=High"), ("n", 90, ""), ("l", 51, "; Priority=Low")]:
        fill(agent, URL, letter, count, attributes)
    counts = [sum(cookie.name[0] == letter for cookie in agent.cookies) for letter in "hnl"]
    assert counts == [40, 80, 30]


@pytest.mark.parametrize(("engine", "left"), [("chromium", 3), ("firefox", 4)])
def test_a_partition_has_a_limit_of_bytes(engine, left):
    """10 240 in Chromium; Firefox bears a fifth more before it cuts to that (measured)."""
    agent = UserAgent(engine)
    fill(agent, URL, "p", 4, "v" * 2999 + "; Secure; Partitioned")
    assert len(agent.cookies) == left
    fill(agent, URL, "q", 1, "v" * 2999 + "; Secure; Partitioned")
    assert len(agent.cookies) == 3


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_fresh_cookies_do_not_count_for_the_limit_in_all(engine):
    """3500 cookies of one hour are kept (measured); after a month without use the oldest go until 3000 are left."""
    agent = UserAgent(engine)
    for number in range(3500):
        agent.receive(f"https://h{number}.example/", "n=v; Max-Age=9999999", now=NOW + timedelta(seconds=number))
    assert len(agent.cookies) == 3500
    agent.receive("https://h.example/", "n=v", now=NOW + timedelta(days=31))
    hosts = [cookie.domain for cookie in agent.cookies]
    assert (len(hosts), hosts[0], hosts[-1]) == (3000, "h501.example", "h.example")


@pytest.mark.parametrize(
    ("engine", "attributes", "first", "left"),
    [
        ("chromium", "; Secure", "h0.example", 3000),
        ("firefox", "; Secure", "h301.example", 3000),
        ("chromium", "; Secure; Partitioned", "h0.example", 3301),
        ("firefox", "; Secure; Partitioned", "h301.example", 3000),
    ],
)
def test_what_goes_when_there_are_too_many_in_all(engine, attributes, first, left):
    """Chromium lets those with Secure stay, and does not count partitioned ones (read in the browsers' sources)."""
    agent = UserAgent(engine)
    for number in range(3300):
        line = "n=v" + (attributes if number < 100 else "")
        agent.receive(f"https://h{number}.example/", line, now=NOW + timedelta(seconds=number))
    agent.receive("https://h.example/", "n=v", now=NOW + timedelta(days=40))
    assert (len(agent.cookies), agent.cookies[0].domain) == (left, first)


def test_other_domains_are_not_evicted_with_a_full_one():
    """The limit of a domain counts its own cookies only."""
    agent = UserAgent(Engine("small", domain_limit=2, domain_keep=2))
    agent.receive("https://shop.example.org/", "a=1; Path=/", now=NOW)
    for name in "bcd":
        agent.receive(URL, f"{name}=1", now=NOW)
    assert [cookie.name for cookie in agent.cookies] == ["a", "c", "d"]


def test_3000_cookies_fit_in_all():
    """Above the limit in all, the cookie that was used longest ago goes."""
    agent = UserAgent()
    for number in range(3001):
        agent.receive(f"https://h{number}.example/", "n=v", now=NOW + timedelta(seconds=number))
    hosts = [cookie.domain for cookie in agent.cookies]
    assert (len(hosts), hosts[0], hosts[-1]) == (3000, "h1.example", "h3000.example")


def test_asking_for_a_reason_changes_nothing():
    """`explain` judges every cookie, those of other hosts too, and leaves the store as it was."""
    agent = UserAgent()
    agent.receive(URL, "a=1; Path=/", now=NOW)
    agent.receive("https://other.example/", "b=2; Path=/b", now=NOW)
    before = agent.cookies
    answers = agent.explain(URL, now=NOW)
    assert [(each.cookie.name, each.sent) for each in answers] == [("b", False), ("a", True)]
    assert [step.rule for step in answers[0].reasons] == [rules.OTHER_HOST, rules.NOT_ON_PATH]
    assert agent.cookies == before


def test_all_that_is_wrong_with_a_line_is_told():
    """A verdict does not stop at the first refusal, so that one try is enough to mend the line."""
    verdict = UserAgent().receive("http://www.example.org/", "__Host-n=v; Secure; Domain=other.example", now=NOW)
    assert [step.rule for step in verdict.reasons] == [
        rules.DOMAIN_MISMATCH,
        rules.SECURE_FROM_INSECURE,
        rules.HOST_PREFIX,
    ]


@pytest.mark.parametrize(
    ("engine", "url", "left"),
    [
        ("spec", "https://www.example.org/", ["other"]),
        ("spec", "http://www.example.org/", ["here", "beside", "other"]),
        ("spec", "not a url", ["here", "beside", "other"]),
        ("chromium", "http://crowd.localhost/", ["here", "beside", "other"]),
    ],
)
def test_one_header_clears_a_site(engine, url, left):
    """Clear-Site-Data takes the cookies of all hosts of the site, by a secure connection only."""
    agent = UserAgent(engine)
    for host, name in (("www.example.org", "here"), ("a.example.org", "beside"), ("other.example", "other")):
        agent.receive(f"https://{host}/", f"{name}=1; Path=/x", now=NOW)
    agent.receive("http://crowd.localhost/", "crowd=1", now=NOW)
    agent.clear_site_data(url)
    crowd = [] if "crowd" in url else ["crowd"]
    assert [cookie.name for cookie in agent.cookies] == [*left, *crowd]


def test_the_package_stands_alone():
    """It imports neither Flask nor anything else of the site, nor reads a clock."""
    package = Path(useragent.__file__).parent
    program = f"import sys; sys.path.insert(0, {str(package.parent)!r}); import useragent; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"flask", "werkzeug", "webapp"} & {name.partition(".")[0] for name in done.stdout.split()}
    assert not any(".now(" in path.read_text("utf-8") for path in package.glob("*.py"))

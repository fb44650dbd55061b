"""Every rule that the model knows can be tried in the lab, or the lab says why not."""

import itertools
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from tests.lab.test_lab import visitor
from webapp.lab import ways
from webapp.lab.browser.probes import PROBES, expected
from webapp.lab.cross import bench, tracking
from webapp.lab.predict import predict
from webapp.lab.presets import PRESETS
from webapp.lab.schemes import views as schemes
from webapp.lab.scripts import views as scripts
from webapp.useragent import ENGINES, agent
from webapp.useragent.rules import RULES

# What no line of a lab on one host can meet, and where the page speaks of it.
NOT_HERE = {
    "scheme": "a browser asks this site by http or https alone",
    "other-host": "the attacker's page says that it can read no cookie of the site",
    "crowded-out": "the crowd is of one kind; it shows those that are evicted",
    "path-too-long": "no directory of the site is so long",
    "other-ancestor": "no party puts a page of the site into its frame that the site puts into a frame of its own",
}
ATTACKER, TRACKER = "http://127.0.0.1:8000", "http://tracker.localhost:8000"


@pytest.fixture
def met(monkeypatch) -> set[str]:
    """The keys of the rules that the model names, from now on."""
    keys: set[str] = set()

    def noting(kind):
        def made(steps, *rest):
            keys.update(step.rule.key for step in steps)
            return kind(steps, *rest)

        return made

    monkeypatch.setattr(agent, "Verdict", noting(agent.Verdict))
    monkeypatch.setattr(agent, "Answer", noting(agent.Answer))
    return keys


def test_every_rule_can_be_tried(met):
    """Presets, probes, scripts, the bench and the tracker meet each rule but those named, at home and elsewhere."""
    now = datetime.now(UTC)
    expected.cache_clear()
    for site, crowd in (
        ("http://localhost:8000", "http://crowd.localhost:8000"),
        ("https://crumb.example", "https://x.test"),
    ):
        for engine in ENGINES:
            for preset in PRESETS.values():
                predict(list(preset.lines), engine, f"{site}/lab/send", f"{site}/lab/result/{preset.ask}", now)
            # Where the host is a name of its own, which localhost is not, visitors can write this.
            host = f"; Domain={urlsplit(site).hostname}"
            for first, second in (("", host), (host, "")):
                lines = [f"lab-a=1{first}", f"lab-a=; Max-Age=0{second}"]
                predict(lines, engine, f"{site}/lab/send", f"{site}/lab/result/", now)
            expected(engine, site, crowd)
            for act in scripts.ACTS.values():
                scripts.predict(act, engine, site, now)
            for way in ways.WAYS.values():
                for age in (0, 121):
                    bench.predict(engine, site, ATTACKER, now, way, now + timedelta(seconds=age))
            urls = schemes.origins(site)
            schemes.predict_replacement(engine, urls, now)
            for way in schemes.WAYS:
                for home, to in itertools.product(urls, urls):
                    schemes.predict(engine, urls, home, now, to, way, now)
    for mode in tracking.MODES:
        for policy in tracking.POLICIES:
            sites = ("http://social.localhost:8000", "http://shop.localhost:8000")
            tracking.predict(mode, policy, TRACKER, sites, now)
    expected.cache_clear()
    assert set(RULES) - met == set(NOT_HERE)


def test_what_takes_more_than_a_line_is_linked(app):
    """Each link of the lab's page below the presets leads to a page, and to a place on it."""
    browser = visitor(app, "chromium")
    page = browser.get("/lab/send")
    links = [link["href"] for link in page.select("#more ~ ul a")]
    assert len(links) == 10
    for link in links:
        place = urlsplit(link).fragment
        found = browser.get(link)
        assert found.status == 200 and (not place or found.select(f"#{place}")), link
    named = {urlsplit(link).fragment.removeprefix("probe-") for link in links if "probe-" in link}
    assert named <= set(PROBES)

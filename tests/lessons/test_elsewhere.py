"""The course at an address that is not this machine's, over plain http: what can't be done there says so."""

from itertools import product

import pytest

from tests.lessons.playing import LESSONS, begin, play, start
from webapp.address import ROLES
from webapp.lessons.lesson import CHALLENGE

LOCAL = {"crumb": "crumb.local", **{role: f"{role}.local" for role in ROLES if role != "guest"}}
PLACES = {"http://class.test:8000": set(), "http://crumb.local:8000": set(ROLES) - {"guest"}}


@pytest.fixture
def app(make_app):
    """The app as a class on a network finds it."""
    return make_app(URL="http://localhost:8000", TRUSTED_HOSTS="class.test", LOCAL_NAMES=LOCAL)


def steps_of(key):
    """Return the steps of a lesson and its challenge, by number."""
    found = dict(enumerate(LESSONS[key].steps, 1))
    return found | ({CHALLENGE: LESSONS[key].challenge} if LESSONS[key].challenge else {})


def is_done(app, home, key, number, step):
    """Tell whether the acts of a step do it there; that the bar does not judge it counts for nothing."""
    browser = start(app, home=home)
    begin(browser, key, number)
    if browser.page.select('.lesson [data-missing="logged_in"], .lesson [data-missing="remembered"]'):
        browser.follow(".lesson [data-missing] a")
        browser.submit('form[data-demo="mira"]', button="y" if "remembered" in step.needs else None)
    try:
        return play(browser, step.acts)[-1] == "done"
    except (AssertionError, IndexError, KeyError):
        return False


@pytest.mark.parametrize(("home", "key"), list(product(PLACES, LESSONS)))
def test_a_step_needs_what_it_can_not_be_done_without(app, home, key, monkeypatch):
    """Played by the model at a name on the network, just those steps are not done that say what is missing there."""
    monkeypatch.setattr("webapp.lessons.path.is_elsewhere", lambda step: False)
    for number, step in steps_of(key).items():
        lacks = "secure" in step.needs or not set(step.hosts) <= PLACES[home]
        assert is_done(app, home, key, number, step) is not lacks, f"step {number}: {step.do}"

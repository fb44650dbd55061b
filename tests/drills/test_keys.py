"""The key is changed while two processes serve the same visitors: by the two steps of docs/online.md nobody notices."""

from itertools import product

import pytest

from tests.browsing import Browser
from tests.examples import KEY, OLDER
from webapp.cookies import pair, registry
from webapp.lab.trust.views import KINDS

BEFORE, ACCEPTED, AFTER = (
    {"SECRET_KEY": key, "SECRET_KEY_FALLBACKS": also} for key, also in ((OLDER, []), (OLDER, [KEY]), (KEY, [OLDER]))
)


def arrive(app, name: str) -> Browser:
    """Return a browser that registers without being remembered, takes the lab's signed cookies and opens a form."""
    browser = Browser(app)
    browser.get("/register")
    browser.submit("main form", username=name, password="three warm loaves", confirm="three warm loaves")
    browser.get("/lab/trust")
    browser.submit("#begin")
    browser.get("/account/name")
    return browser


def refused(browser: Browser, app, name: str) -> set[str]:
    """Return what an app refuses of a browser that comes from another one: what it holds, then the form that is open.

    At the end the form is open anew.
    """
    browser.app = app
    with app.test_request_context(headers={"Cookie": "; ".join(pair(*each) for each in browser.cookies.items())}):
        declared = {name: registry().find(name) for name in browser.cookies}
        signed = {cookie: name for name, cookie in declared.items() if cookie and (cookie.signed or cookie.library)}
        assert set(signed) == {cookie for cookie in registry() if cookie.signed or cookie.library}
        wrong = {name for cookie, name in signed.items() if not cookie.get()}
    page = browser.submit("main form", username=name)
    if (page.status, page.html.get("data-user")) != (200, name):
        wrong.add("form")
    wrong |= {f"lab-{kind}" for kind in KINDS if browser.get(f"/lab/trust/buy/{kind}").status != 200}
    browser.get("/account/name")
    return wrong


def drill(make_app, steps: list[tuple[dict, dict]]) -> set[str]:
    """Return what is refused while two apps over one database go from step to step, and everybody to either."""
    found, visitors = set(), []
    for number, settings in enumerate(steps):
        apps = [make_app(**each, DEMO_ACCOUNTS=False, DEMO_CONTENT=False) for each in settings]
        visitors += [arrive(app, f"Ada.{number}.{place}") for place, app in enumerate(apps)]
        for (place, app), (who, browser) in product(enumerate(apps), enumerate(visitors)):
            found |= refused(browser, app, f"Ada.{who}.at.{number}.{place}")
    return found


MIXED = [(ACCEPTED, BEFORE), (AFTER, ACCEPTED)]
ALL = [(BEFORE, BEFORE), MIXED[0], (ACCEPTED, ACCEPTED), MIXED[1], (AFTER, AFTER)]


@pytest.mark.parametrize("steps", [MIXED, pytest.param(ALL, marks=pytest.mark.whole("sixty visits"))], ids=len)
def test_in_two_steps_nothing_is_refused(make_app, steps):
    """At each moment each process accepts sessions, open forms and signed cookies of each, from each moment before."""
    assert drill(make_app, steps) == set()


def test_in_one_step_it_is(make_app):
    """What the process with the new key has signed is refused by the one that does not know it: each kind of thing."""
    lost = {"form", "crumb_session", "known", *(f"lab-{kind}" for kind in KINDS if kind != "plain")}
    assert drill(make_app, [(AFTER, BEFORE)]) == lost

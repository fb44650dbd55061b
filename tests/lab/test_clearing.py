"""The way past other hosts: their cookies go there, it leads nowhere else, and it ends where it began."""

from urllib.parse import urlencode

import pytest

from tests.lab.test_lab import visitor
from tests.lessons.playing import SAFARI
from webapp import clock
from webapp.house import house

HOSTS = {"tracker": "http://tracker.localhost:8000", "shop": "http://shop.localhost:8000"}


def held(app, engine: str = "chromium"):
    """Return a browser with cookies of two hosts besides the site's own."""
    browser = visitor(app, engine)
    for url in (*HOSTS.values(), browser.home):
        for line in ("one=1; Path=/", "two=1; Path=/till; Max-Age=3600"):
            browser.agent.receive(f"{url}/till", line, now=clock.now())
    return browser


def hosts(browser) -> set[str]:
    """Return the hosts whose cookies a browser holds."""
    return {cookie.domain for cookie in browser.agent.cookies}


def way(app, *roles: str, back: str = "/jar", **headers: str) -> str:
    """Return the address that the site leads to."""
    with app.test_request_context(base_url="http://localhost:8000", headers=headers):
        return house(app).way_past(roles, back)


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_each_host_takes_its_own_away(app, engine):
    """Those of both hosts go, whatever their path; those of the site stay, and its page is the end."""
    browser = held(app, engine=engine)
    page = browser.get(way(app, "tracker", "shop"))
    assert page.url == "http://localhost:8000/jar"
    assert [each.url.partition("?")[0] for each in page.before] == [f"{url}/clear" for url in HOSTS.values()]
    assert hosts(browser) == {"localhost"}


def test_only_those_that_are_named(app):
    """A host that a lesson has nothing at keeps its cookies."""
    browser = held(app)
    browser.get(way(app, "shop"))
    assert hosts(browser) == {"localhost", "tracker.localhost"}


def test_no_way_for_nobody(app):
    """Without a role the path itself is the way."""
    assert way(app) == "/jar"


def test_a_host_that_may_not_be_found_is_left_out(app):
    """Safari asks the system for names under localhost: a way there could end on the browser's own page."""
    assert way(app, "tracker", **{"User-Agent": SAFARI}) == "http://localhost:8000/jar"


def test_other_programs_keep_theirs(app):
    """Cookies ignore ports: at 127.0.0.1, the attacker's host, are those of other programs, and none of the lab's."""
    browser = visitor(app, "chromium")
    browser.agent.receive("http://127.0.0.1:8000/", "session=of another program; Path=/", now=clock.now())
    browser.get(way(app, "attacker", "shop"))
    browser.get("http://127.0.0.1:8000/clear?then=attacker&back=/jar")
    assert "127.0.0.1" in hosts(browser)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "jar", ""])
def test_it_leads_to_the_site_alone(app, back):
    """What is no path of the site leads to its first page, and roles that there are not to nowhere."""
    browser = visitor(app, "chromium")
    query = urlencode({"then": "evil.shop.shop.x", "back": back})
    page = browser.get(f"{HOSTS['tracker']}/clear?{query}")
    assert page.url == "http://localhost:8000/" and len(page.before) == 2


def test_odd_names_are_no_fault(app):
    """Very many cookies, and names that no library would write, are answered as any other."""
    client = app.test_client(use_cookies=False)
    for header in ("=1; a b=2; é=3; \x01=4", "; ".join(f"c{n}=1" for n in range(400))):
        answer = client.get(f"{HOSTS['shop']}/clear", headers={"Cookie": header})
        assert answer.status_code == 303 and len(answer.headers.getlist("Set-Cookie")) <= 80

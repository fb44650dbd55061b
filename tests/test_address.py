"""Where the site and the lab's other parties are, by the address that a request came to."""

import pytest
from bs4 import BeautifulSoup

from tests.browsing import Browser
from tests.examples import KEY
from webapp.address import ROLES, parties, site_url
from webapp.useragent.urls import locate

LOCAL = {"crumb": "crumb.local", **{role: f"{role}.local" for role in ROLES if role != "guest"}}
ON_LOCALHOST = {role: f"{role}.localhost" for role in ROLES} | {
    "attacker": "127.0.0.1",
    "guest": "guest.shop.localhost",
}
AT_SCHOOL = {"attacker": "attacker.example", "tracker": "tracker.example"}
CLASS = {"URL": "http://localhost:8000", "TRUSTED_HOSTS": "class.test,192.168.7.7", "LOCAL_NAMES": LOCAL}
SCHOOL = {"URL": "http://crumb.school.example", "TRUSTED_HOSTS": "class.test", "LAB_HOSTS": AT_SCHOOL}


@pytest.fixture
def near(make_app):
    """A function that returns the site and the parties for a Host header and settings."""

    def near(host, **settings):
        app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False, **settings)
        with app.test_request_context(headers={"Host": host}):
            return site_url(), parties()

    return near


def at(hosts, port, scheme="http"):
    """Return the origins of hosts."""
    return {role: f"{scheme}://{host}{port}" for role, host in hosts.items() if role != "crumb"}


@pytest.mark.parametrize(
    ("settings", "host", "site", "hosts"),
    [
        ({}, "localhost", "http://localhost", ON_LOCALHOST),
        ({}, "localhost:5000", "http://localhost:5000", ON_LOCALHOST),
        (CLASS, "localhost:8000", "http://localhost:8000", ON_LOCALHOST),
        (CLASS, "localhost:8001", "http://localhost:8001", ON_LOCALHOST),
        (CLASS, "localhost", "http://localhost:8000", ON_LOCALHOST),
        (CLASS, "LOCALHOST:8001", "http://localhost:8001", ON_LOCALHOST),
        *((CLASS, f"{host}:8001", "http://localhost:8001", ON_LOCALHOST) for host in ON_LOCALHOST.values()),
        *((CLASS, f"{host}:8001", "http://crumb.local:8001", LOCAL) for host in LOCAL.values()),
        (CLASS, "crumb.local", "http://crumb.local", LOCAL),
        (CLASS, "class.test:8000", "http://class.test:8000", {}),
        (CLASS, "class.test", "http://class.test", {}),
        (CLASS, "192.168.7.7:8000", "http://192.168.7.7:8000", {}),
        (CLASS, "class.test:99999", "http://localhost:8000", ON_LOCALHOST),
        (CLASS, "strange.example:8001", "http://localhost:8001", ON_LOCALHOST),
        (SCHOOL, "crumb.school.example", "http://crumb.school.example", AT_SCHOOL),
        (SCHOOL, "crumb.school.example:8000", "http://crumb.school.example", AT_SCHOOL),
        (SCHOOL, "attacker.example", "http://crumb.school.example", AT_SCHOOL),
        (SCHOOL, "class.test:8000", "http://class.test:8000", {}),
        (SCHOOL, "localhost:8000", "http://crumb.school.example", AT_SCHOOL),
    ],
)
def test_site_and_parties_follow_the_request(near, settings, host, site, hosts):
    """Localhost is at the port of the request with all roles, a local name with the local ones, another name alone."""
    port = "" if (place := locate(site)).port is None else f":{place.port}"
    assert near(host, **settings) == (site, at(hosts, port))


def test_https_at_localhost_keeps_its_scheme(near):
    """A certificate for localhost gives each party https, at the port of the request."""
    site, found = near("localhost:9443", URL="https://localhost:8443", SECRET_KEY=KEY)
    assert site == "https://localhost:9443"
    assert found == at(ON_LOCALHOST, ":9443", "https")


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "class.test:8000", "crumb.local:8000", *ON_LOCALHOST.values(), *LOCAL.values(), "no.test"],
)
def test_letters_case_is_nothing_to_a_host(make_app, host):
    """The site, however its setting spells it, and each party answer as they do in small letters, links included."""
    client = make_app(**CLASS | {"TRUSTED_HOSTS": "CLASS.test"}).test_client(use_cookies=False)
    headers = {"Origin": f"http://{host}"}
    for method, path in (("GET", "/"), ("GET", "/shop/"), ("POST", "/consent")):
        small, large = (
            client.open(path, method=method, headers={**headers, "Host": spelt}) for spelt in (host, host.upper())
        )
        assert (large.status_code, large.location) == (small.status_code, small.location)
        assert host.upper() not in large.text
    assert (small.status_code == 400) == (host == "no.test")


@pytest.mark.parametrize("role", [role for role in LOCAL if role != "crumb"])
def test_parties_answer_at_their_local_names(make_app, role):
    """Each is there, its front page leads back to the site on the local network, and the site is at none of them."""
    client = make_app(**CLASS).test_client(use_cookies=False)
    home = client.get("/", base_url=f"http://{role}.local:8000")
    assert home.status_code in (302, 303) and home.location.startswith("http://crumb.local:8000/")
    assert client.get("/shop/", base_url=f"http://{role}.local:8000").status_code == 404
    assert client.get("/shop/", base_url="http://crumb.local:8000").status_code == 200
    assert client.get("/shop/", base_url="http://other.local:8000").status_code == 400


def test_a_little_site_knows_itself_by_any_name(make_app):
    """With a number in its name, since another machine had that: it is still the shop."""
    app = make_app(**CLASS | {"LOCAL_NAMES": LOCAL | {"shop": "shop-2.local"}})
    browser = Browser(app, "http://crumb.local:8000", **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/lab/cross")
    bench = browser.submit("#begin").one("#begin a.action")["href"].partition("bench=")[2].partition("&")[0]
    answer = app.test_client(use_cookies=False).get(f"/?bench={bench}", base_url="http://shop-2.local:8000")
    page = BeautifulSoup(answer.data, "html.parser")
    assert page.select_one("[data-town=shop]").get("aria-current") == "page"


@pytest.mark.parametrize(
    "wrong",
    [
        {"attacker": "attacker.local"},
        LOCAL | {"guest": "guest.local"},
        LOCAL | {"baker": "baker.local"},
        LOCAL | {"attacker": "evil.crumb.local"},
        LOCAL | {"crumb": "localhost"},
        LOCAL | {"attacker": "127.0.0.1"},
    ],
)
def test_names_that_can_not_play_stop_the_start(make_app, wrong):
    """The site has one, each party one of another site, none is taken already; under https there are none."""
    with pytest.raises(SystemExit, match="CRUMB_LOCAL_NAMES"):
        make_app(URL="http://localhost", LOCAL_NAMES=wrong)
    with pytest.raises(SystemExit, match="plain http"):
        make_app(URL="https://localhost", SECRET_KEY=KEY, LOCAL_NAMES=LOCAL)

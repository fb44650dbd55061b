"""httpbin's cookie calls: its answers, and nothing of the site's own."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser
from webapp import clock
from webapp.useragent import UserAgent

# (path, Cookie header): status, Location, Set-Cookie lines, JSON; as httpbin 0.10.2 answered, its path `/` apart.
RECORDED = {
    ("/cookies", ""): (200, None, [], {"cookies": {}}),
    ("/cookies", 'a=1; b=two words; c="q"'): (200, None, [], {"cookies": {"a": "1", "c": "q"}}),
    ("/cookies", "a=\xff; b=\xc3\xa9"): (200, None, [], {"cookies": {"a": "\ufffd", "b": "é"}}),  # there: status 500
    ("/cookies", "a=1; a=2; _ga=3"): (200, None, [], {"cookies": {"_ga": "3", "a": "1"}}),
    ("/cookies/set?k1=v1&k2=v2", ""): (302, "/cookies", ["k1=v1; Path=/", "k2=v2; Path=/"], None),
    ("/cookies/set/name/value", ""): (302, "/cookies", ["name=value; Path=/"], None),
    ("/cookies/set?k=a b;c,é", ""): (302, "/cookies", ['k="a b\\073c\\054\\303\\251"; Path=/'], None),
    ("/cookies/set?a=1&a=2", ""): (302, "/cookies", ["a=1; Path=/"], None),
    ("/cookies/set", ""): (302, "/cookies", [], None),
    ("/cookies/delete?k1&k2=", ""): (
        302,
        "/cookies",
        [f"{name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/" for name in ("k1", "k2")],
        None,
    ),
}


@pytest.mark.parametrize(("path", "cookie"), RECORDED)
def test_the_answers_are_httpbins(browser, path, cookie):
    """Status, redirect, lines and JSON, but for the path that the cookies get."""
    status, location, lines, data = RECORDED[path, cookie]
    page = browser.get(f"/httpbin{path}", headers={"Cookie": cookie} if cookie else {}, follow=False)
    assert (page.status, page.headers.get("Location")) == (status, location and f"/httpbin{location}")
    assert page.set_cookie == [line.replace("Path=/", "Path=/httpbin") for line in lines]
    if data is not None:
        assert json.loads(page.body) == data and page.headers["Content-Type"] == "application/json"


def test_names_of_the_site_are_refused(app, browser):
    """Whatever the site declares, with any name prefix and in capitals, is refused with its purpose; nothing is set."""
    for cookie in app.extensions["cookies"].registry:
        for name in [cookie.name + "x" * cookie.many, f"__Host-{cookie.name}" + "x" * cookie.many, cookie.name.upper()]:
            if not cookie.name or (cookie.many and name.isupper()):
                continue
            for call in (f"set/{name}/x", f"set?ok=1&{name}=x", f"delete?{name}"):
                page = browser.get(f"/httpbin/cookies/{call}", follow=False)
                assert page.status == 400 and page.set_cookie == [] and json.loads(page.body)["name"] == name, name
    assert json.loads(browser.get("/httpbin/cookies/set?theme=dark", follow=False).body)["purpose"]


def test_cookies_of_the_site_are_not_listed(app, browser):
    """Somebody who is logged in sees none of it here, and a program learns nothing from a browser's cookies."""
    browser.agree()
    browser.get("/register")
    browser.submit(username="Nora", password="three warm words", confirm="three warm words", remember=True)
    assert {"crumb_session", "remember"} <= set(browser.cookies)
    assert json.loads(browser.get("/httpbin/cookies").body) == {"cookies": {}}
    page = browser.get("/httpbin/cookies/set?mine=1")
    assert json.loads(page.body) == {"cookies": {"mine": "1"}}
    assert "mine" not in {name for name, _ in _sent(browser, "/")}
    page = browser.get("/httpbin")
    assert "mine" in page.one("main ul").get_text() and browser.cookies["crumb_session"] not in page.body.decode()


def _sent(browser, path):
    page = browser.get(path)
    return [(tag["data-sent"], tag) for tag in page.select("[data-exchange]")[-1].select("[data-sent]")]


def test_there_is_a_limit(browser):
    """A hundred calls do not fill the header; the answer says why."""
    for number in range(9):
        page = browser.get(f"/httpbin/cookies/set?name{number}={'x' * 900}", follow=False)
    assert page.status == 400 and "too much" in json.loads(page.body)["error"]
    assert page.set_cookie == []


def test_more_than_twenty_are_refused(app):
    """One address sets or deletes twenty cookies and no more, in one call as in many; the answer says why."""
    for call, problem in ((20, None), (21, "twenty"), (250, "twenty")):
        query = "&".join(f"a{number}=1" for number in range(call))
        for act in ("set", "delete"):
            page = Browser(app).get(f"/httpbin/cookies/{act}?{query}", follow=False)
            assert page.status == (400 if problem else 302) and len(page.set_cookie) == (0 if problem else call)
            assert problem is None or problem in json.loads(page.body)["error"]
    browser = Browser(app)
    for number in range(30):
        browser.get(f"/httpbin/cookies/set?one{number}=1")
    assert len(browser.agent.cookies) == 20


@pytest.mark.parametrize("call", ["set?a=1", "set/a/1", "delete?a"])
def test_a_link_on_another_site_sets_nothing(browser, call):
    """What a browser says comes from elsewhere is refused; who typed it, our own page and a program pass."""
    for told, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 302), ("none", 302), (None, 302)):
        headers = {"Sec-Fetch-Site": told} if told else {}
        page = browser.get(f"/httpbin/cookies/{call}", headers=headers, follow=False)
        assert (page.status, len(page.set_cookie)) == (status, status == 302), told
    assert browser.get("/httpbin/cookies", headers={"Sec-Fetch-Site": "cross-site"}).status == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=30), value=st.text(max_size=60))
def test_any_name_and_value_are_answered(app, name, value):
    """Set and read back as it was, or refused with a reason."""
    client = app.test_client(use_cookies=False)
    response = client.get("/httpbin/cookies/set", query_string={name: value})
    if response.status_code == 400:
        assert response.json["error"] and not response.headers.getlist("Set-Cookie")
        return
    agent, url = UserAgent(), "http://localhost:8000/httpbin/cookies"
    now = clock.now()
    verdicts = [agent.receive(f"{url}/set", line, now=now) for line in response.headers.getlist("Set-Cookie")]
    if not all(verdict.stored for verdict in verdicts):
        # httpbin, too, sends control characters as they are.
        assert {step.rule.key for verdict in verdicts for step in verdict.reasons} == {"control-character"}
        return
    header = agent.cookie_header(url, now=now)
    assert client.get("/httpbin/cookies", headers={"Cookie": header}).json == {"cookies": {name: value}}

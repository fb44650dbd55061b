"""No page shows what somebody could log in with: a crawl with credentials that are known."""

import pytest

from tests.browsing import Browser
from tests.examples import addresses
from webapp.wire.masking import MASK

NAME, PASSWORD = "Marlene", "three warm loaves, and a fourth"


@pytest.fixture
def member(make_app) -> Browser:
    """Somebody who is logged in and remembered, in a town where others have written."""
    browser = Browser(make_app(DEMO_ACCOUNTS=False), **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    browser.agree()
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
    browser.get("/logout")
    browser.submit("main form")
    browser.get("/login")
    browser.submit("#log-in", username=NAME, password=PASSWORD, remember=True)
    return browser


def test_no_page_shows_a_credential(member):
    """Every page, the record of every exchange, every file: no validator, no signature, no token, no password."""
    app = member.app
    registry = app.extensions["cookies"].registry
    known, pages = {PASSWORD}, 0

    def look(path: str) -> None:
        nonlocal pages
        page = member.get(path)
        for each in [*page.before, page]:
            for line in each.set_cookie:
                note(*line.partition(";")[0].partition("=")[::2])
            told = each.body + each.headers.get("Location", "").encode()
            assert not [secret for secret in known if secret.encode() in told], each.url
        pages += 1

    def note(name: str, value: str) -> None:
        cookie = registry.find(name)
        if value and cookie and (cookie.secret or cookie.signed):
            known.add(value.rpartition(".")[2])

    for name, value in member.cookies.items():
        note(name, value)
    assert len(known) == 5
    paths = addresses(app, "GET")
    for path in paths:
        look(path)
    for name in list(member.cookies):
        for how in ("off", "flip", "cut"):
            look(f"/jar/try?name={name}&how={how}&page=/account")
    for link in member.get("/wire?own").select(".exchanges h3 a"):
        look(link["href"])
    page = member.get("/account")
    assert page.html["data-user"] == NAME and MASK in page.soup.get_text()
    assert pages > len(paths) + 20

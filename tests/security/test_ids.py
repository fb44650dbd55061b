"""A number in an address that no row can have: no such page, on SQLite as on PostgreSQL."""

import pytest
from werkzeug.routing import IntegerConverter

from tests.browsing import Browser
from tests.examples import ARGUMENTS, NAME, PASSWORD
from webapp.database.ids import LARGEST_ID

NUMBERS = {"32 bits": LARGEST_ID + 1, "64 bits": 2**63, "10**30": 10**30, "4000 digits": int("9" * 4000)}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_no_such_number(make_app, monkeypatch, number):
    """Each number in an address, by GET and POST of somebody logged in: 404; the largest that fits is looked for.

    Of as many digits as that one, the routing tells by 405 that another method has the address.
    """
    monkeypatch.setitem(ARGUMENTS, "name", NAME)
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    browser, asked = Browser(app), set()
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
    token = browser.get("/account/name").one("[name=csrf_token]")["value"]
    for rule in app.url_map.iter_rules():
        for place in (name for name, kind in rule._converters.items() if isinstance(kind, IntegerConverter)):
            for value, statuses in (
                (number, {404, *([405] if number < 10**10 else [])}),
                (LARGEST_ID, {200, 303, 404, 422}),
            ):
                path = rule.build({**ARGUMENTS, "number": 1, place: value})[1]
                for method in sorted(rule.methods & {"GET", "POST"}):
                    sent = {"data": {"csrf_token": token}} if method == "POST" else {}
                    page = browser.request(
                        method, path, follow=False, headers={"Sec-Fetch-Site": "same-origin"}, **sent
                    )
                    assert page.status in statuses, f"{method} {path[:60]}: {page.status}"
                    asked.add((method, rule.rule))
    assert asked >= {
        ("POST", "/account/devices/<int:device>/end"),
        ("GET", "/wire/<int:id>"),
        ("GET", "/social/<int:id>"),
    }
    assert browser.get("/account").html["data-user"] == NAME

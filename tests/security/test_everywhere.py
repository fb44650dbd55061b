"""The headers on every answer, whoever gives it: pages, files, refusals, and the other parties of the lab."""

import pytest
from flask import Flask

from tests.examples import KEY, address
from webapp.address import ROLES, parties

OPENER = "Cross-Origin-Opener-Policy"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    OPENER: "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "",
}
KINDS = {
    "a page": {},
    "another method": {"method": "DELETE"},
    "a form": {"method": "POST", "data": {}},
    "a part of it": {"headers": {"Range": "bytes=999999999-"}},
    "another host": {"headers": {"Host": "evil.test"}},
    "no host": {"headers": {"Host": "[::1"}},
    "too many cookies": {"headers": {"Cookie": "a=" + "x" * 40_000}},
    "too long an address": {"query_string": "x" * 70_000},
    "too much": {"method": "POST", "data": {"text": "x" * 70_000}},
}


def lacking(app: Flask, path: str, base: str, **kind) -> tuple[int, list[str]]:
    """Return the status of an answer, and the headers that it has not, or not as everywhere."""
    answer = app.test_client(use_cookies=False).open(path, base_url=base, **kind)
    found = list(answer.headers.items())
    wrong = [name for name, value in HEADERS.items() if [value in has for key, has in found if key == name] != [True]]
    if "Host" in kind.get("headers", {}) and OPENER in wrong:  # no host that a browser trusts over plain http
        assert OPENER not in answer.headers
        wrong.remove(OPENER)
    answer.close()
    return answer.status_code, wrong


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_has_the_headers(app, kind):
    """Each address of the site, each file and each that nobody has, asked in each way that goes wrong."""
    with app.test_request_context():
        files = [
            app.jinja_env.globals["asset"](path) for path in ("site.css", "js/back.js", "img/crumb.svg", "none.css")
        ]
    paths = {address(rule) for rule in app.url_map.iter_rules()} | {"/healthz", "/no-such-page", "/static/", *files}
    paths -= {"/lab/cross/arrive/link"}  # the answer that the lesson lets others load: tests/lab/test_cross.py
    seen = {}
    for path in sorted(paths):
        status, wrong = lacking(app, path, "http://localhost:8000", **KINDS[kind])
        assert status < 500 and wrong == [], f"{path}: {status} without {wrong}"
        seen.setdefault(status, path)
    wanted = {"a page": {200, 303, 404}, "another method": {405}, "another host": {200, 400}, "no host": {200, 400}}
    wanted |= {"too many cookies": {200, 431}, "too long an address": {200, 414}, "a part of it": {200, 416}}
    assert set(seen) >= wanted.get(kind, {405, 413 if kind == "too much" else 404})


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_of_another_party_has_them(app, kind):
    """Each host of the lab, right or wrong: the same, but that it tells other sites where it is, as browsers do."""
    with app.test_request_context(base_url="http://localhost:8000"):
        origins = parties()
    given = {name: value for name, value in KINDS[kind].items() if name != "headers"}
    given |= {"headers": {name: value for name, value in KINDS[kind].get("headers", {}).items() if name != "Host"}}
    asked = 0
    for origin in origins.values():
        for page in ("", "advertisement", "start", "seen", "fill", "empty", "wait", "till", "look", "no-such-page"):
            path = f"/{page}"
            status, wrong = lacking(app, path, origin, **given)
            assert status < 500 and set(wrong) <= {"Referrer-Policy"}, f"{origin}{path}: {status} without {wrong}"
            asked += wrong == ["Referrer-Policy"]
    assert len(origins) == len(ROLES) and (asked or kind == "too long an address")


@pytest.mark.parametrize(
    ("origin", "settings", "trusted"),
    [
        ("http://localhost:8000", {}, True),
        ("http://127.0.0.1:8000", {}, True),
        ("http://class.test:8000", {}, False),
        ("http://192.168.7.7:8000", {}, False),
        ("https://crumb.example", {"URL": "https://crumb.example", "SECRET_KEY": KEY}, True),
        ("https://evil.example", {"URL": "https://crumb.example", "SECRET_KEY": KEY}, True),
        ("https://tracker.example", {"URL": "https://crumb.example", "SECRET_KEY": KEY, "PROXY_HOPS": 1}, True),
    ],
)
def test_what_browsers_ignore_over_plain_http_is_not_sent(make_app, origin, settings, trusted):
    """Cross-Origin-Opener-Policy is on each answer at a trustworthy address, of a party too, and on none elsewhere."""
    parties = {"LAB_HOSTS": {"tracker": "tracker.example"}} if settings else {}
    names = {"TRUSTED_HOSTS": "class.test,192.168.7.7", "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    client = make_app(**names, **settings, **parties).test_client(use_cookies=False)
    scheme, _, host = origin.partition("://")
    asked = {"base_url": origin}
    if "PROXY_HOPS" in settings:
        asked = {"base_url": f"http://{host}", "headers": {"X-Forwarded-Proto": scheme}}
    for path in ("/", "/healthz", "/no-such-page"):
        assert client.get(path, **asked).headers.get(OPENER) == ("same-origin" if trusted else None), path


@pytest.mark.parametrize(
    ("url", "asked", "subdomains", "says"),
    [
        ("https://crumb.example", "crumb.example", "no", "max-age=63072000"),
        ("https://crumb.example:8443", "crumb.example:8443", "no", "max-age=63072000"),
        ("https://crumb.example", "crumb.example", "yes", "max-age=63072000; includeSubDomains"),
        ("https://crumb.example", "also.example", "yes", "max-age=63072000; includeSubDomains"),
        ("https://crumb.example", "strange.example", "yes", None),
        *(("https://crumb.example", host, "yes", None) for host in ("localhost", "127.0.0.1:8443")),
        *((f"https://{host}", host, "yes", None) for host in ("localhost:8443", "crumb.localhost", "127.0.0.1")),
        ("http://crumb.example", "crumb.example", "yes", None),
    ],
)
def test_hosts_are_bound_to_https_with_care(make_app, url, asked, subdomains, says):
    """Under https each host of ours is, for two years, those below it only if asked; this machine and others' never."""
    trusted = "also.example,localhost,127.0.0.1"
    settings = {"SECRET_KEY": KEY, "TRUSTED_HOSTS": trusted, "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    client = make_app(URL=url, HSTS_SUBDOMAINS=subdomains, **settings).test_client()
    status = 200 if "strange" not in asked else 400
    answer = client.get("/shop/", base_url=f"{url.partition(':')[0]}://{asked}")
    assert (answer.status_code, answer.headers.get("Strict-Transport-Security")) == (status, says)

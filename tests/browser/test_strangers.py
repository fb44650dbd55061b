"""Other sites that make a visitor's browser send forms to Crumb, and a browser that keeps no cookies at all."""

import re
from urllib.parse import urlencode

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.pages import all_pages
from tests.browser.serving import PASSWORD, stranger
from tests.examples import parts
from tests.serving import wait_until
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


def attacks(url: str, name: str) -> dict[str, str]:
    """Return a stranger's pages, by path: forms to press, and a script that sends the same without asking."""
    wanted = {
        "/preferences": {"theme": "dark", "language": "ar", "presenter": "y"},
        "/login": {"username": name, "password": PASSWORD, "remember": "y"},
        "/logout": {},
        "/shop/recent/clear": {"item": ""},
        "/setcookie": {"title": "planted", "value": "1", "lifetime": "day"},
        "/consent": {"choice": "necessary"},
        "/shop/basket": {"item": next(iter(GOODS))},
        "/social/": {"text": "Planted by a stranger."},
        "/forum/draft": {"place": "n-swap", "title": "planted", "text": "Planted."},
    }
    pages = {}
    for path, fields in wanted.items():
        inputs = "".join(f'<input name="{key}" value="{value}">' for key, value in fields.items())
        pages[f"{path}/form"] = f'<form method="post" action="{url}{path}">{inputs}<button>Win</button></form>'
        call = f'fetch("{url}{path}", {{method: "POST", mode: "no-cors", credentials: "include", body: form}})'
        form = f"const form = new URLSearchParams('{urlencode(fields)}')"
        script = f"{form}; {call}.finally(() => document.body.append('sent'))"
        pages[f"{path}/fetch"] = f"<body><script>{script}</script></body>"
    return pages


def visit(browser, address: str) -> None:
    """Open a stranger's page and let it do what it wants."""
    browser.open(address)
    if address.endswith("/form"):
        browser.press("button")
        assert browser.text("main .muted") == "403", "the form came to the site, and was turned down"
    else:
        wait_until(lambda: "sent" in browser.text("body"))


def state(browser) -> dict[str, object]:
    """Return what the site knows of the visitor."""
    browser.open("/shop/")
    return {
        "user": browser.user,
        "recent": sorted(browser.all("[data-recent] [data-item]", "data-item")),
        **{name: browser.attribute("html", name) for name in ("lang", "data-theme", "data-presenter")},
        "cookies": sorted(cookie.name for cookie in browser.cookies()),
    }


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"], ids=["cross-site", "same-site"])
def test_nothing_changes_by_a_stranger(server, start, host):
    """Forms and scripts of another site, and of another port of this host, change nothing: no log-in, no log-out."""
    name, other = server.new_user(), server.new_user()
    browser = start()
    browser.allow_all()
    browser.log_in(name, PASSWORD, remember=True)
    browser.open("/shop/" + next(iter(GOODS)))
    before = state(browser)
    assert before["user"] == name and before["recent"]
    pages = attacks(server.url, other)
    with stranger(pages) as port:
        for kind in ("/form", "/fetch"):
            for path in pages:
                if path.endswith(kind):
                    visit(browser, f"http://{host}:{port}{path}")
            assert state(browser) == before, kind
    browser.open(f"/social/@{name}")
    assert browser.all("[data-post]", "data-post") == []


def test_nobody_is_logged_in_by_a_stranger(server, start):
    """A stranger can't log a visitor in to the stranger's account."""
    browser = start()
    browser.open("/")
    pages = attacks(server.url, server.new_user())
    with stranger(pages) as port:
        for host in ("127.0.0.1", "localhost"):
            for path in pages:
                visit(browser, f"http://{host}:{port}{path}")
    assert browser.cookies() == []
    browser.open("/account")
    assert browser.user is None


@in_one_browser
@pytest.mark.parametrize("part", parts(3, "a page asks for no cookie by itself: the jar does, and the log-in"))
def test_without_cookies(app_map, made, server, start, part):
    """A browser that keeps no cookies sees every page in a few steps; the log-in page says what is missing."""
    browser = start(block_cookies=True)
    for path in all_pages(app_map, made)[part]:
        assert browser.open(path) == 200, path
        assert browser.text("h1"), path
        assert browser.user is None
    assert browser.cookies() == []
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    assert "cookie" in browser.text(".problems")
    assert browser.attribute("#log-in [name=username]", "value"), "what was typed is kept"


def test_one_link_pushes_no_log_in_out(server, browser):
    """A link on another site to 249 cookies of any name is turned down, and so it is typed: log-in and basket stay.

    By hand twenty can be set, in one call or in thirty, and nothing else is lost by them.
    """
    name = server.new_user()
    browser.log_in(name, PASSWORD, remember=True)
    good = next(iter(GOODS))
    browser.open(f"/shop/{good}")
    browser.press(f"form:has([value='{good}']) button.action")
    many = "&".join(f"a{number}=1" for number in range(1, 250))
    with stranger({"/bait": f'<a href="{server.url}/httpbin/cookies/set?{many}">Win</a>'}) as port:
        browser.open(f"http://127.0.0.1:{port}/bait")
        browser.follow("a")
        assert browser.text("main .muted") == "403"
    browser.open(f"/httpbin/cookies/set?{many}")
    for number in range(30):
        browser.open(f"/httpbin/cookies/set?b{number}=1")
    browser.open("/shop/basket")
    assert browser.user == name and browser.all("[data-basket] [data-item]", "data-item") == [good]
    assert len([cookie for cookie in browser.cookies() if re.fullmatch("[ab][0-9]+", cookie.name)]) == 20

"""Two servers over one database whose clocks really differ, and one of them is set back: nobody notices."""

import shutil
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser, copy_of
from tests.drills.serving import Site
from webapp import clock
from webapp.accounts.tables import DEVICES

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
pytestmark = [
    pytest.mark.skipif(not LIBRARY, reason="needs faketime, as Debian installs it"),
    pytest.mark.parametrize(
        "kind",
        ["sqlite", pytest.param("postgresql", marks=pytest.mark.whole("the clocks are the servers' own"))],
        indirect=True,
    ),
]
LATE, SET_BACK = 100, 5  # seconds


def set_back(site: Site, seconds: int) -> None:
    """Let the site's clock be behind ours by so many seconds from now on, also while it runs."""
    new = site.folder.with_name("clock.new")
    new.write_text(f"-{seconds}")
    new.rename(site.environment["FAKETIME_TIMESTAMP_FILE"])


def behind(site: Site) -> float:
    """Return how many seconds the site's clock is behind ours, by what it says beside an answer: one more at most."""
    said = parsedate_to_datetime(site.browser().get("/healthz").headers["Date"])
    return (clock.now() - said).total_seconds()


@pytest.fixture
def servers(site: Site, folder: Path) -> Iterator[tuple[Site, Site]]:
    """A server whose clock goes right, and one beside it that is behind."""
    late = Site(folder / "late", site.address)
    shutil.copytree(site.folder / "assets", late.folder / "assets")
    for server, seconds in ((site, 0), (late, LATE)):
        # What counts seconds, and no moments, goes on evenly when somebody sets a clock.
        server.environment |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1"}
        file = folder / f"clock.{server.port}"
        server.environment |= {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(file)}
        set_back(server, seconds)
        server.start()
        assert seconds <= behind(server) < seconds + 2
    yield site, late
    late.kill()


def register(server: Site, name: str) -> Browser:
    """Return an open browser that has registered and did not ask to be remembered; it says of no request whence."""
    browser = Browser(server, f"http://localhost:{server.port}", silent=True, Accept="text/html")
    browser.get("/register")
    browser.submit("main form.card", username=name, password=PASSWORD, confirm=PASSWORD)
    assert "remember" not in browser.cookies
    return browser


def remembered(server: Site, name: str) -> Browser:
    """Return an open browser that asked to be remembered."""
    register(server, name)
    return log_in(Browser(server, f"http://localhost:{server.port}", Accept="text/html"), name, remember=True)


def is_known(browser: Browser, *servers: Site) -> bool:
    """Tell whether each of these servers, one after the other, greets a browser by the name of its last page."""
    names = {browser.page.html.get("data-user")}
    for browser.app in servers:
        names.add(user_of(browser))
    return len(names) == 1 and None not in names


def test_nobody_is_logged_out(servers, engine):
    """An open browser is known at both servers, remembered or not, also by the one that was set back just now.

    So is one that was closed, with each of its tabs, whether it comes back at once or last; nothing is taken for theft.
    """
    for (here, there), seconds in ((servers, SET_BACK), (servers[::-1], LATE + SET_BACK)):
        people = [register(here, f"Nora{seconds}"), remembered(here, f"Pia{seconds}")]
        assert all(is_known(browser, there, here, there, here) for browser in people)
        people += [register(here, f"Ole{seconds}"), remembered(here, f"Quin{seconds}")]
        set_back(here, seconds)
        assert seconds <= behind(here) < seconds + 2
        assert all(is_known(browser, here, there, here) for browser in people)
        for browser in people[1::2]:
            for first in ([here, there], [here]):
                browser.close()
                tabs = [copy_of(browser) for _ in range(2)]
                assert is_known(browser, *first) and is_known(tabs[0], there) and is_known(tabs[1], here)
                assert not any("remember" in tab.page.cookies_set for tab in tabs)
                assert is_known(browser, here, there)
    with engine.connect() as connection:
        assert set(connection.scalars(select(DEVICES.c.ended_why))) == {None}


def test_open_forms_are_taken(servers):
    """A page that one server made is sent to the other, and to the same one after it was set back: each is taken."""
    for (here, there), seconds in ((servers, SET_BACK), (servers[::-1], LATE + SET_BACK)):
        browser, name = register(here, f"Nora{seconds}"), f"Pia{seconds}"
        for path, form, fields in [
            ("/account/name", "main form", {"username": name}),
            ("/forum/sourdough/new", "form.drafted", {"title": "Flat", "text": "It does not rise."}),
            ("/logout", "main form", {}),
            ("/login", "#log-in", {"username": name, "password": PASSWORD}),
        ]:
            browser.app = here
            assert browser.get(path).url.endswith(path)
            browser.app = there
            page = browser.submit(form, **fields)
            assert page.before and page.before[0].status == 303 and page.status == 200, path
        browser.app = here
        browser.get("/account/name")
        set_back(here, seconds)
        assert seconds <= behind(here) < seconds + 2
        assert browser.submit(username=f"Quin{seconds}").html["data-user"] == f"Quin{seconds}"

"""Fixtures: the real server, and real browsers that visit it."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask

from tests.browser.browsers import Browser, Chromium, Firefox
from tests.browser.serving import Site, free_port, site, tls_proxy
from tests.browser.town import Made, Town, furnish, town
from webapp import create_app

if os.environ.get("CRUMB_BROWSER_TESTS") == "1":
    import_module("playwright.sync_api")  # without it every module would skip, and the run look green


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site under http://localhost, as `python3 run.py` starts it; it may not have failed once by the end."""
    instance, port = tmp_path_factory.mktemp("site") / "instance", free_port()
    url = f"http://localhost:{port}"
    with site(instance, port, CRUMB_URL=url) as running:
        yield running
    assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture(scope="session")
def others(server: Site) -> Iterator[Town]:
    """Other people on the same site."""
    with town(server) as people:
        yield people


@pytest.fixture(scope="session")
def made(server: Site, others: Town) -> Made:
    """What a member and an admin have made on the site."""
    return furnish(server, others)


@pytest.fixture(scope="session")
def https_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site behind a proxy that speaks TLS."""
    folder, upstream = tmp_path_factory.mktemp("https"), free_port()
    with tls_proxy(folder, upstream) as port:
        url = f"https://localhost:{port}"
        settings = {
            "CRUMB_URL": url,
            "CRUMB_PROXY_HOPS": "1",
            "CRUMB_SECRET_KEY": "only these tests use this key 0123456789",
        }
        with site(folder / "instance", upstream, "--no-clear-untrusted-proxy-headers", **settings) as running:
            yield running
    assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture(scope="session")
def playwright():
    """Playwright, started once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def app_map(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app, to be asked for its map."""
    app = create_app({"INSTANCE": str(tmp_path_factory.mktemp("map")), "DEMO_ACCOUNTS": False})
    app.extensions["crumb.database"].dispose()
    return app


@pytest.fixture(params=["chromium", "firefox"])
def start(request: pytest.FixtureRequest, server: Site, tmp_path: Path) -> Iterator[Callable[..., Browser]]:
    """A function that starts a browser which has never been anywhere; what it started is closed at the end."""
    started: list[Browser] = []

    def start(url: str = server.url, **options) -> Browser:
        profile = tmp_path / f"profile{len(started)}"
        profile.mkdir()
        if request.param == "chromium":
            started.append(Chromium(url, profile, request.getfixturevalue("playwright"), **options))
        else:
            started.append(Firefox(url, profile, **options))
        return started[-1]

    yield start
    for browser in started:
        with suppress(Exception):  # a browser that died has failed its test already
            browser.close()


@pytest.fixture
def browser(start: Callable[..., Browser]) -> Browser:
    """A browser that has never been anywhere."""
    return start()

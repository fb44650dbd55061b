"""Fixtures: the real server, and real browsers that visit it."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module

import pytest
from flask import Flask

from tests.browser.browsers import Browser
from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS, CHROMIUM_SHELL, Chromium
from tests.browser.firefox import Firefox
from tests.browser.pages import all_pages, become, dress
from tests.browser.serving import Site, site, tls_proxy
from tests.browser.town import Made, Town, furnish, town
from tests.serving import free_port
from webapp import create_app
from webapp.database import engines

if os.environ.get("CRUMBTEST_BROWSER_TESTS") == "1":
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
        with site(folder / "instance", upstream, **settings) as running:
            yield running
    assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture(scope="session")
def playwright():
    """Playwright, started once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """One Chromium for the tests that need windows of it, but no profile."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def shell(playwright):
    """Chromium's engine without the program around it, which costs less: for tests that only look at pages."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM_SHELL, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def app_map(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app, to be asked for its map."""
    app = create_app({"INSTANCE": str(tmp_path_factory.mktemp("map")), "DEMO_ACCOUNTS": False})
    engines(app).to_write.dispose()
    return app


@pytest.fixture(scope="session")
def kinds(app_map: Flask, made: Made) -> list[str]:
    """A page of each kind: of every blueprint the first that has no argument, and of those with arguments one more."""
    found: dict[tuple[str, bool], str] = {}
    routes = app_map.url_map.bind("localhost")
    for path in all_pages(app_map, made):
        if "?" not in path:
            endpoint, arguments = routes.match(path)
            found.setdefault((endpoint.partition(".")[0], bool(arguments)), path)
    return sorted(found.values())


@pytest.fixture(scope="session")
def turn_into(server: Site, made: Made) -> Callable:
    """A function that makes a window that of one of VISITORS; the member is told why all devices were ended."""
    server.flask("users", "end-devices", made.member)
    known: dict[str, list[dict]] = {}

    def turn_into(context, who: str) -> None:
        if who in known:
            context.add_cookies(known[who])
        else:
            become(context, server, who, made)
        if who != "returning":  # a remember cookie is good for one return
            known[who] = context.cookies()

    return turn_into


@pytest.fixture
def visit(shell, server: Site, turn_into: Callable) -> Iterator[Callable]:
    """A function that gives a window to one of VISITORS, dressed in a look."""
    contexts = []

    def visit(who: str, look: dict[str, str], **options):
        context = shell.new_context(**options)
        contexts.append(context)
        turn_into(context, who)
        dress(context, server.url, look)
        return context

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def spare(playwright) -> Iterator[dict[str, Browser]]:
    """By engine, the browser that an earlier test has left: to start one takes longer than most tests."""
    browsers: dict[str, Browser] = {}
    yield browsers
    for browser in browsers.values():
        browser.close()


IN_FIREFOX = pytest.mark.whole("what Chromium would do is said by the model, and its engine shows every page")


@pytest.fixture(params=[pytest.param("chromium", marks=IN_FIREFOX), "firefox"])
def start(
    request: pytest.FixtureRequest,
    server: Site,
    playwright,
    spare: dict[str, Browser],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Browser]]:
    """A function that starts a browser which has never been anywhere; what it started is closed at the end."""
    engine, started = request.param, []

    def start(url: str = server.url, **options) -> Browser:
        if engine in spare and not options:
            browser = spare.pop(engine)
            browser.url = url
        elif engine == "chromium":
            browser = Chromium(url, tmp_path_factory.mktemp("profile"), playwright, **options)
        else:
            browser = Firefox(url, tmp_path_factory.mktemp("profile"), **options)
        started.append(browser)
        return browser

    yield start
    for browser in started:
        with suppress(Exception):  # a browser that died has failed its test already
            if browser.is_plain() and engine not in spare:
                browser.renew()
                spare[engine] = browser
        if browser not in spare.values():
            with suppress(Exception):
                browser.close()


@pytest.fixture
def browser(start: Callable[..., Browser]) -> Browser:
    """A browser that has never been anywhere."""
    return start()

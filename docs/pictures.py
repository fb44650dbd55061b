"""Takes the pictures of README and tour anew, from a site of its own: `make pictures`. Needs Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.browsers import PROJECTOR
from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.browser.serving import free_port, site

FOLDER = Path(__file__).parent / "img"
CARD = Path(__file__).parents[1] / "static" / "img" / "card.png"  # what is shown where somebody shares a link
SCREEN = {"width": 1280, "height": 800}


def main() -> None:
    """Start a site and a browser, and take every picture."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        url = f"http://localhost:{port}"
        with site(Path(folder, "instance"), port, CRUMB_URL=url):
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
            with visitor(chromium, url) as page:
                page.goto("/")
                take(page, "home")
                page.set_viewport_size({"width": 1200, "height": 630})
                page.screenshot(path=CARD)
            with visitor(chromium, url) as page:
                shop(page)
                take(page, "shop")
                come_back(page)
                take(page, "social")
                page.goto("/cookies")
                take(page, "policy")
            with visitor(chromium, url) as page:
                prefer(page, "[name=language]", "ar")
                shop(page, "عسل")
                take(page, "arabic")
            with visitor(chromium, url) as page:
                shop(page)
                page.set_viewport_size(PROJECTOR)
                prefer(page, "[name=presenter]")
                page.goto("/shop/")
                take(page, "presenter")
            chromium.close()


@contextmanager
def visitor(chromium: Browser, url: str) -> Iterator[Page]:
    """A browser of somebody new."""
    context = chromium.new_context(base_url=url, viewport=SCREEN, color_scheme="light", locale="en")
    yield context.new_page()
    context.close()


def take(page: Page, name: str) -> None:
    """Write what is to be seen of the page."""
    page.screenshot(path=FOLDER / f"{name}.png")


def allow(page: Page) -> None:
    """Allow all cookies, unless that is done."""
    page.goto("/shop/")
    if page.locator(".ask").count():
        page.click(".ask button[value=all]")


def shop(page: Page, query: str = "honey") -> None:
    """Look at three things and search for something; then the first page of the shop has picked what fits."""
    allow(page)
    for good in ("rye-bread", "pretzel", "speculoos"):
        page.goto(f"/shop/{good}")
    page.goto(f"/shop/search?q={query}")
    page.goto("/shop/")


def come_back(page: Page) -> None:
    """Log in and be remembered, close the browser, and open the social site."""
    page.goto("/login")
    page.fill("#log-in [name=username]", "mira")
    page.fill("#log-in [name=password]", "sourdough-mira")
    page.check("#log-in [name=remember]")
    page.click("#log-in button")
    stay = [cookie for cookie in page.context.cookies() if cookie["expires"] != -1]
    page.context.clear_cookies()
    page.context.add_cookies(stay)
    page.goto("/social/")


def prefer(page: Page, field: str, option: str | None = None) -> None:
    """Choose on the preferences page: an option of a list, or a box to tick."""
    allow(page)
    page.goto("/preferences")
    if option:
        page.select_option(field, option)
    else:
        page.check(field)
    page.click("main form button.action")


if __name__ == "__main__":
    main()

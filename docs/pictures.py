"""Takes the pictures of README and tour anew, from a site of its own: `make pictures`. Needs Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.browsers import PROJECTOR
from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.browser.serving import site
from tests.serving import free_port

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
            take_all(chromium, url, FOLDER, CARD)
            chromium.close()


def take_all(chromium: Browser, url: str, folder: Path, card: Path) -> None:
    """Take every picture of the site at `url`: those of README and tour into `folder`, and the card."""
    with visitor(chromium, url) as page:
        page.goto("/")
        page.screenshot(path=folder / "home.png")
        page.set_viewport_size({"width": 1200, "height": 630})
        page.screenshot(path=card)
    with visitor(chromium, url) as page:
        shop(page)
        page.screenshot(path=folder / "shop.png")
        come_back(page)
        page.screenshot(path=folder / "social.png")
        page.goto("/cookies")
        page.screenshot(path=folder / "policy.png")
    with visitor(chromium, url) as page:
        prefer(page, "[name=language]", "ar")
        shop(page, "عسل")
        page.screenshot(path=folder / "arabic.png")
    with visitor(chromium, url) as page:
        shop(page)
        page.set_viewport_size(PROJECTOR)
        prefer(page, "[name=presenter]")
        page.goto("/shop/")
        page.screenshot(path=folder / "presenter.png")


@contextmanager
def visitor(chromium: Browser, url: str) -> Iterator[Page]:
    """A browser of somebody new."""
    context = chromium.new_context(base_url=url, viewport=SCREEN, color_scheme="light", locale="en")
    yield context.new_page()
    context.close()


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

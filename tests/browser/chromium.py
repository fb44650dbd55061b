"""Chromium, driven by Playwright."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from tests.browser.browsers import PROJECTOR, Browser, Stored

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

CHROMIUM = which("chromium") or "chromium"
CHROMIUM_SHELL = which("chromium-headless-shell") or CHROMIUM
# No sandbox, since tests run as root in containers; and nothing that asks the network by itself.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Chromium(Browser):
    """Chromium, driven by Playwright."""

    def __init__(self, url: str, profile: Path, playwright: "Playwright", **options: Any) -> None:
        self._playwright = playwright
        super().__init__(url, profile, **options)

    def _start(self) -> None:
        # Debian's build blocks third-party cookies unless told otherwise, which Chromium itself does not.
        blocks = self.blocks_third_party
        choices = {"cookie_controls_mode": int(blocks), "block_third_party_cookies": blocks}
        if self.block_cookies:
            choices["default_content_setting_values"] = {"cookies": 2}
        file = self.profile / "Default" / "Preferences"
        file.parent.mkdir(parents=True, exist_ok=True)
        preferences = json.loads(file.read_text("utf-8")) if file.exists() else {}
        preferences["profile"] = preferences.get("profile", {}) | choices
        file.write_text(json.dumps(preferences), "utf-8")
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=CHROMIUM_ARGUMENTS,
            viewport=PROJECTOR,  # lessons are measured as classes see them
            reduced_motion="reduce",  # a click amid a page that scrolls by itself may miss
            ignore_default_args=["--disable-back-forward-cache"],  # people have it, and Back has to be safe with it
            ignore_https_errors=True,
            java_script_enabled=self.scripts,
        )
        self._tabs = self._context.pages

    def _close(self) -> None:
        self._context.close()

    def open(self, path: str) -> int:
        self._opened = self._tabs[0].goto(urljoin(self.url, path))
        return self._opened.status

    def open_all(self, paths: list[str]) -> None:
        while len(self._tabs) < len(paths):
            self._tabs.append(self._context.new_page())
        with ExitStack() as arrivals:
            for tab in self._tabs:
                arrivals.enter_context(tab.expect_navigation())
            for tab, path in zip(self._tabs, paths, strict=True):
                tab.evaluate("url => { setTimeout(() => location.assign(url)) }", self.url + path)

    def press_all(self, selector: str) -> None:
        with ExitStack() as arrivals:
            for tab in self._tabs:
                arrivals.enter_context(tab.expect_navigation())
            for tab in self._tabs:
                tab.evaluate("selector => { setTimeout(() => document.querySelector(selector).click()) }", selector)

    def type_and_close(self, path: str, selector: str, value: str) -> None:
        tab = self._context.new_page()
        tab.goto(self.url + path)
        tab.type(selector, value)
        tab.close(run_before_unload=True)

    def source(self) -> str:
        return self._opened.text()

    def run(self, script: str, argument: Any = None) -> Any:
        return self._tabs[0].evaluate(script, argument)

    def fill(self, selector: str, value: str) -> None:
        self._tabs[0].fill(selector, value)

    def choose(self, selector: str, value: str) -> None:
        self._tabs[0].select_option(selector, value)

    def click(self, selector: str) -> None:
        self._tabs[0].click(selector)

    def press(self, selector: str) -> None:
        with self._tabs[0].expect_navigation():
            self._tabs[0].click(selector)

    def cookies(self) -> list[Stored]:
        return [
            Stored(
                name=cookie["name"],
                value=cookie["value"],
                domain=cookie["domain"],
                path=cookie["path"],
                http_only=cookie["httpOnly"],
                secure=cookie["secure"],
                same_site=cookie["sameSite"],
                expires=cookie["expires"] if cookie["expires"] >= 0 else None,
            )
            for cookie in self._context.cookies()
        ]

    def plant(self, cookies: Iterable[Stored]) -> None:
        self._context.add_cookies(
            [
                {
                    "name": cookie.name,
                    "value": cookie.value,
                    "domain": cookie.domain,
                    "path": cookie.path,
                    "httpOnly": cookie.http_only,
                    "secure": cookie.secure,
                    "sameSite": cookie.same_site,
                    "expires": -1 if cookie.expires is None else cookie.expires,
                }
                for cookie in cookies
            ]
        )

    def forget(self) -> None:
        self._context.clear_cookies()

    def renew(self) -> None:
        self._tabs = [self._context.new_page()]
        for tab in self._context.pages:
            if tab not in self._tabs:
                tab.close()
        self.forget()

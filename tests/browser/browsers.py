"""Real browsers behind one small interface, so that the same scenario runs in Chromium and in Firefox."""

import json
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from tests.serving import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

CHROMIUM = which("chromium") or "chromium"
CHROMIUM_SHELL = which("chromium-headless-shell") or CHROMIUM
FIREFOX = which("firefox-esr") or which("firefox") or "firefox"
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
PROJECTOR = {"width": 1024, "height": 768}
PHONE = {"width": 360, "height": 740}
_FIREFOX_PREFERENCES = {
    "browser.startup.page": 0,
    "browser.sessionstore.resume_from_crash": False,
    "browser.aboutConfig.showWarning": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.prefetch-next": False,
    "services.settings.server": "http://localhost:9",  # the port called "discard"
    "dom.push.connection.enabled": False,
}


@dataclass(frozen=True)
class Stored:
    """A cookie as the browser keeps it; `expires` in seconds since 1970, None for a session cookie."""

    name: str
    value: str
    domain: str
    path: str
    http_only: bool
    secure: bool
    same_site: str
    expires: float | None


class Browser(ABC):
    """One browser with a profile folder; `close` ends the program, `reopen` starts it again with the same profile.

    Selectors are CSS and mean the first element that matches; addresses are paths on the site,
    or whole. Set `scripts` to
    False before `reopen`, and pages can run none; `run` still does. With `gpc` Firefox sends `Sec-GPC: 1`; with
    `blocks_third_party` Chromium does as visitors may tell it.
    """

    def __init__(
        self,
        url: str,
        profile: Path,
        *,
        block_cookies: bool = False,
        blocks_third_party: bool = False,
        gpc: bool = False,
    ) -> None:
        self.url = url
        self.profile = profile
        self.block_cookies = block_cookies
        self.blocks_third_party = blocks_third_party
        self.gpc = gpc
        self.scripts = True
        self.running = False
        self.start()

    def start(self) -> None:
        """Start the program."""
        self._start()
        self.running = True

    def close(self) -> None:
        """Quit as a person does, so that the profile is written."""
        if self.running:
            self.running = False
            self._close()

    def reopen(self) -> None:
        """Quit, and start again with the same profile."""
        self.close()
        self.start()

    def is_plain(self) -> bool:
        """Tell whether `renew` makes it fit for another test: it runs, with the settings that people have, on http."""
        special = self.block_cookies or self.blocks_third_party or self.gpc or not self.scripts
        return self.running and not special and self.url.startswith("http:")

    def text(self, selector: str = "main") -> str:
        """Return the words of an element; empty where nothing matches."""
        return self.run("selector => document.querySelector(selector)?.innerText ?? ''", selector)

    def address(self) -> str:
        """Return the address of the page that is open."""
        return self.run("() => location.href")

    def attribute(self, selector: str, name: str) -> str | None:
        """Return an attribute; None where it or the element is missing."""
        return self.run("([s, n]) => document.querySelector(s)?.getAttribute(n) ?? null", [selector, name])

    def all(self, selector: str, name: str) -> list[str]:
        """Return an attribute of every element that matches."""
        return self.run("([s, n]) => [...document.querySelectorAll(s)].map(e => e.getAttribute(n))", [selector, name])

    @property
    def user(self) -> str | None:
        """Who the site says is logged in, on the page that is open."""
        return self.attribute("html", "data-user")

    def tick(self, selector: str) -> None:
        """Tick a box or choose a radio button, unless it is chosen already."""
        if not self.run("selector => document.querySelector(selector).checked", selector):
            self.click(selector)
        assert self.run("selector => document.querySelector(selector).checked", selector)

    def back(self, steps: int = 1) -> None:
        """Press Back so many times, and wait until the page is there, be it fetched again or kept in memory."""
        self._leave(lambda: self.run("steps => { setTimeout(() => history.go(-steps)) }", steps))

    def follow(self, selector: str) -> None:
        """Click and wait for another address: `press` waits in vain where Firefox goes on to another host or part."""
        self._leave(lambda: self.click(selector))

    def _leave(self, act: Callable[[], object]) -> None:
        before = self.address()
        act()

        def arrived() -> bool:
            try:
                # Firefox shows about:blank for a moment where the next page is another site's.
                there = "old => !['about:blank', old].includes(location.href) && document.readyState === 'complete'"
                return self.run(there, before)
            except Exception:  # the page went away while it was asked
                return False

        wait_until(arrived)

    def log_in(self, name: str, password: str, remember: bool = False) -> None:
        """Log in through the site's form."""
        self.open("/login")
        self.fill("#log-in [name=username]", name)
        self.fill("#log-in [name=password]", password)
        if remember:
            self.tick("#log-in [name=remember]")
        self.press("#log-in button")

    def log_out(self, history: str | None = None) -> None:
        """Log out through the site's form; `history` is `keep`, `clear`, or None for what the form suggests."""
        self.open("/logout")
        if history:
            self.tick(f"[name=history][value={history}]")
        self.press("main form button")

    def allow_all(self) -> None:
        """Press the banner's button that allows every category."""
        self.open("/")
        self.press(".ask button[value=all]")

    @abstractmethod
    def _start(self) -> None: ...

    @abstractmethod
    def _close(self) -> None: ...

    @abstractmethod
    def open(self, path: str) -> int:
        """Open a page in the first tab; return the status of the answer, redirects followed."""

    @abstractmethod
    def open_all(self, paths: list[str]) -> None:
        """Open pages in as many tabs at once: every request leaves before any answer is waited for."""

    @abstractmethod
    def press_all(self, selector: str) -> None:
        """Press the same button in every tab at once, and wait for the pages that it leads to."""

    @abstractmethod
    def type_and_close(self, path: str, selector: str, value: str) -> None:
        """Open a page in a tab of its own, type into a field there, and close the tab at once."""

    @abstractmethod
    def source(self) -> str:
        """Return the page of the last `open` as it came over the wire."""

    @abstractmethod
    def run(self, script: str, argument: Any = None) -> Any:
        """Call a JavaScript function in the page and return what it returns."""

    @abstractmethod
    def fill(self, selector: str, value: str) -> None:
        """Type into a field."""

    @abstractmethod
    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Click on something that stays on the page."""

    @abstractmethod
    def press(self, selector: str) -> None:
        """Click on a button or link and wait for the page that it leads to."""

    @abstractmethod
    def cookies(self) -> list[Stored]:
        """Return everything in the cookie store."""

    @abstractmethod
    def plant(self, cookies: Iterable[Stored]) -> None:
        """Put cookies into the store."""

    @abstractmethod
    def forget(self) -> None:
        """Empty the cookie store."""

    @abstractmethod
    def renew(self) -> None:
        """Be as new but for the cache: no cookies, and one tab that has been nowhere."""


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


class Firefox(Browser):
    """Firefox, driven over WebDriver BiDi by firefox.mjs."""

    _strayed = False
    _travelled = False

    def is_plain(self) -> bool:
        # Of two hosts that somebody has gone to and fro between, Firefox later lets one have its cookies in the other.
        return super().is_plain() and not self._travelled

    def _start(self) -> None:
        self._driver = subprocess.Popen(
            ["node", str(Path(__file__).with_name("firefox.mjs"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        preferences = {
            **_FIREFOX_PREFERENCES,
            "network.cookie.cookieBehavior": 2 if self.block_cookies else 5,
            "javascript.enabled": self.scripts,
            "privacy.globalprivacycontrol.enabled": self.gpc,
        }
        self._do("launch", executable=FIREFOX, profile=str(self.profile), preferences=preferences, insecure=True)

    def _close(self) -> None:
        try:
            self._do("close")
        finally:
            self._driver.stdin.close()
            self._driver.wait(30)
            self._driver.stdout.close()

    def _do(self, name: str, **details: Any) -> Any:
        self._driver.stdin.write(json.dumps({"do": name, "tab": 0, **details}) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline() or '{"error": "the driver has ended"}')
        assert "error" not in answer, f"{name} {details}: {answer['error']}"
        return answer["result"]

    def open(self, path: str) -> int:
        # The driver hears no more of a tab that came back from another host.
        strayed, self._strayed = self._strayed, False
        self._travelled = self._travelled or not urljoin(self.url, path).startswith(self.url)
        return self._do("open", url=urljoin(self.url, path), anew=strayed)

    def follow(self, selector: str) -> None:
        super().follow(selector)
        self._strayed = self._strayed or not self.address().startswith(self.url)
        self._travelled = self._travelled or self._strayed

    def open_all(self, paths: list[str]) -> None:
        self._do("tabs", count=len(paths))
        self._do("openAll", urls=[self.url + path for path in paths])

    def press_all(self, selector: str) -> None:
        self._do("pressAll", selector=selector)

    def type_and_close(self, path: str, selector: str, value: str) -> None:
        self._do("typeAndClose", url=self.url + path, selector=selector, value=value)

    def source(self) -> str:
        return self._do("source")

    def run(self, script: str, argument: Any = None) -> Any:
        return self._do("run", script=script, argument=argument)

    def fill(self, selector: str, value: str) -> None:
        self._do("fill", selector=selector, value=value)

    def choose(self, selector: str, value: str) -> None:
        self._do("choose", selector=selector, value=value)

    def click(self, selector: str) -> None:
        self._do("click", selector=selector, scripts=self.scripts)

    def press(self, selector: str) -> None:
        self._do("press", selector=selector, scripts=self.scripts)

    def cookies(self) -> list[Stored]:
        return [Stored(**cookie) for cookie in self._do("cookies")]

    def plant(self, cookies: Iterable[Stored]) -> None:
        self._do("plant", cookies=[asdict(cookie) for cookie in cookies])

    def forget(self) -> None:
        self._do("forget")

    def renew(self) -> None:
        self._do("renew")
        self._strayed = False
        self.forget()

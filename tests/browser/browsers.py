"""Real browsers behind one small interface, so that the same scenario runs in Chromium and in Firefox."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.serving import wait_until

PROJECTOR = {"width": 1024, "height": 768}
PHONE = {"width": 360, "height": 740}


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

    Selectors are CSS and mean the first element that matches; addresses are paths on the site, or whole. Set `scripts`
    to False before `reopen`, and pages can run none; `run` still does. With `gpc` Firefox sends `Sec-GPC: 1`; with
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

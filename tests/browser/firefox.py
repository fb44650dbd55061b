"""Firefox, driven over WebDriver BiDi by firefox.mjs."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urljoin

from tests.browser.browsers import Browser, Stored

FIREFOX = which("firefox-esr") or which("firefox") or "firefox"
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
            "ui.prefersReducedMotion": 1,  # a click amid a page that scrolls by itself may miss
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

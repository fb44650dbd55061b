"""A browser for tests: it keeps cookies as the user-agent model says, and gives back parsed, checked pages."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag
from flask import Flask

from webapp import clock
from webapp.consent import CONSENT
from webapp.consent.choice import revision
from webapp.consent.cookies import OPTIONAL, Choice
from webapp.cookies import Category, current_jar
from webapp.useragent import UserAgent


@dataclass
class Page:
    """One answer: status, header lines, and the parsed page."""

    url: str
    status: int
    headers: Any
    body: bytes
    set_cookie: list[str]
    before: list["Page"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.soup = BeautifulSoup(self.body, "html.parser")
        if self.status < 300 or self.status >= 400:
            self._check()

    def _check(self) -> None:
        """Hold what every page of the site promises."""
        if not self.headers.get("Content-Type", "").startswith("text/html") or self.soup.html is None:
            return
        tags = self.soup.find_all(True)  # walked once: nearly every test comes by here, for each of its pages
        assert [tag.name for tag in tags].count("h1") == 1, f"{self.url}: one h1"
        assert self.soup.title.get_text(strip=True), f"{self.url}: a title"
        ids = [tag["id"] for tag in tags if tag.has_attr("id")]
        assert len(ids) == len(set(ids)), f"{self.url}: ids are unique: {[id for id in ids if ids.count(id) > 1]}"
        labels = {tag.get("for") for tag in tags if tag.name == "label"}
        for control in self.soup.main.find_all(["input", "select", "textarea"]) if self.soup.main else []:
            hidden = control.name == "input" and (control.get("type") == "hidden" or control.has_attr("hidden"))
            named = hidden or control.get("aria-label") or control.get("id") in labels - {None}
            assert named, f"{self.url}: {control} has a label"
        for tag in tags:
            if tag.get("href", "").startswith("#"):
                assert tag["href"][1:] in ids, f"{self.url}: {tag['href']} leads somewhere"

    def select(self, selector: str) -> list[Tag]:
        """Return every element that matches."""
        return self.soup.select(selector)

    def one(self, selector: str) -> Tag:
        """Return the only element that matches."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{self.url}: {len(found)} elements match {selector}"
        return found[0]

    @property
    def text(self) -> str:
        """The words of the page without the dock."""
        main = self.soup.select_one("main") or self.soup
        return " ".join(main.get_text(" ", strip=True).split())

    @property
    def cookies_set(self) -> dict[str, str]:
        """The header lines by cookie name."""
        return {line.partition("=")[0]: line for line in self.set_cookie}


class Browser:
    """Visits an app as one browser would: cookies by RFC 6265bis, redirects followed, forms filled in."""

    def __init__(self, app: Flask, url: str = "http://localhost:8000", **headers: str) -> None:
        self.app = app
        self.home = url
        self.headers = {
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            **headers,
        }
        self.agent = UserAgent()
        self.page: Page | None = None

    @property
    def cookies(self) -> dict[str, str]:
        """What the browser holds, value by name."""
        return {cookie.name: cookie.value for cookie in self.agent.cookies}

    def agree(self, *categories: Category) -> None:
        """Hold the cookie of somebody who allowed these categories, all optional ones when none is named."""
        with self.app.test_request_context():
            choice = Choice(frozenset(categories or OPTIONAL), revision(), clock.now())
            name = current_jar().wire_name(CONSENT)
        secure = "; Secure" * self.app.config["SECURE"]
        line = f"{name}={CONSENT.codec.encode(choice)}; Path=/; Max-Age=86400{secure}"
        self.agent.receive(self.home, line, now=clock.now(), method="GET")

    def close(self) -> None:
        """Close the browser: session cookies are gone."""
        self.agent.close()

    def request(self, method: str, path: str, follow: bool = True, headers: dict | None = None, **options: Any) -> Page:
        """Send one request; follow redirects as a browser does (303 becomes GET) unless told otherwise."""
        before: list[Page] = []
        url = urljoin(self.page.url if self.page else self.home, path)
        while True:
            sent = {**self.headers, **(headers or {})}
            cookie = self.agent.cookie_header(url, now=clock.now(), method=method)
            if cookie and "Cookie" not in sent:
                sent["Cookie"] = cookie
            response = self.app.test_client(use_cookies=False).open(
                urldefrag(url)[0], method=method, headers=sent, **options
            )
            body, lines = response.data, response.headers.getlist("Set-Cookie")
            for line in lines:
                self.agent.receive(url, line, now=clock.now(), method=method)
            response.close()
            page = Page(url, response.status_code, response.headers, body, lines, list(before))
            if not (follow and 300 <= page.status < 400):
                self.page = page
                return page
            assert len(before) < 10, f"a redirect loop at {url}"
            before.append(page)
            url, method, options = urljoin(url, response.headers["Location"]), "GET", {}

    def get(self, path: str, **options: Any) -> Page:
        """Open a page."""
        return self.request("GET", path, **options)

    def post(self, path: str, data: dict | None = None, **options: Any) -> Page:
        """Send a form by hand, without filling in the page's own."""
        return self.request("POST", path, data=data or {}, **options)

    def submit(
        self, selector: str = "main form", button: str | None = None, follow: bool = True, **fields: Any
    ) -> Page:
        """Fill in the form that matches on the current page and send it, its hidden fields and token included.

        `button` is the value of the submit button to press, where the form has several. A field set to None or
        False is left out (an unticked box).
        """
        assert self.page, "no page is open"
        form = self.page.one(selector)
        data = _values(form)
        for name in fields:
            assert form.select(f'[name="{name}"]'), f"{self.page.url}: the form has no field {name}"
        data.update({name: "y" if value is True else value for name, value in fields.items()})
        if button is not None:
            pressed = next(tag for tag in form.select("button[name]") if tag.get("value") == button)
            data[pressed["name"]] = button
        action = urljoin(self.page.url, form.get("action") or self.page.url)
        data = {name: value for name, value in data.items() if value not in (None, False)}
        if form.get("method", "get").lower() == "get":
            return self.request("GET", action, query_string=data, follow=follow)
        return self.request("POST", action, data=data, follow=follow)


def _values(form: Tag) -> dict[str, str]:
    """Return what a browser would send of a form that nobody touched."""
    data = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        kind = control.get("type")
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            data[control["name"]] = chosen.get("value", chosen.get_text()) if chosen else ""
        elif control.name == "textarea":
            data[control["name"]] = control.get_text().removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                data[control["name"]] = control.get("value", "on")
        elif kind not in ("submit", "button"):
            data[control["name"]] = control.get("value", "")
    return data

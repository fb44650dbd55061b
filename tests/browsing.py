"""A browser for tests: it keeps cookies as the user-agent model says, and gives back parsed, checked pages."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.builder._htmlparser import BeautifulSoupHTMLParser
from flask import Flask

from tests.logbook import SECRETS
from webapp import clock
from webapp.consent import CONSENT
from webapp.consent.choice import revision
from webapp.consent.cookies import OPTIONAL, Choice
from webapp.cookies import Category, current_jar
from webapp.useragent import UserAgent
from webapp.useragent.urls import locate

_TYPED = {"password", "confirm", "current"}
_TAG = re.compile(r"<(\w+)([^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:=\"([^\"]*)\")?")
_HELD = {"h1", "label", "input", "select", "textarea"}
# Most pages have none of these: to look is sooner done than to parse the page.
_PARTS = re.compile(rb"<iframe|<img[^>]* src=[\"']?http|<script(?![^>]* src=)[^>]* nonce", re.IGNORECASE)
_CODE = re.compile(r'<div class="source">.*?</div>', re.DOTALL)
_COLOUR = re.compile(r'<span class="\w{1,2}">([^<]*)</span>')


# Nobody asks in which line a tag stood: to count took a fifth of the time of parsing.
BeautifulSoupHTMLParser.updatepos = lambda self, i, j: j


def _parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser", store_line_numbers=False)


@dataclass
class Page:
    """One answer: status, header lines, the Cookie line that was sent for it, and the parsed page."""

    url: str
    status: int
    headers: Any
    body: bytes
    set_cookie: list[str]
    before: list["Page"] = field(default_factory=list)
    sent: str = ""

    def __post_init__(self) -> None:
        if (self.status < 300 or self.status >= 400) and b"<html" in self.body:
            self._check(self.body.decode())

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The parsed page; of many pages on the way nobody asks for it, and it takes longer than the page itself.

        Our own code that it shows has no colours here: each took an element, and those were most of a page's.
        """
        return _parsed(_CODE.sub(lambda code: _COLOUR.sub(r"\1", code[0]), self.body.decode()))

    @cached_property
    def undocked(self) -> BeautifulSoup:
        """The parsed page without the dock, which has no forms and is most of a page: sooner there than all of it."""
        before, dock, rest = self.body.decode().partition('<aside class="dock"')
        return _parsed(before + rest.partition("</aside>")[2]) if dock else self.soup

    @cached_property
    def html(self) -> dict[str, str]:
        """The attributes of the page's first tag: who is greeted, in what language and colours."""
        return {name: unescape(value) for name, value in _ATTRIBUTE.findall(_TAG.search(self.body.decode())[2])}

    def _check(self, html: str) -> None:
        """Hold what every page of the site promises."""
        found = (tag for tag in _TAG.finditer(html) if tag[1] in _HELD or 'id="' in tag[2] or 'href="#' in tag[2])
        tags = [(tag[1], dict(_ATTRIBUTE.findall(tag[2])), tag.start()) for tag in found]
        ids = [attributes["id"] for _, attributes, _ in tags if "id" in attributes]
        labelled = {attributes.get("for") for name, attributes, _ in tags if name == "label"}
        assert sum(name == "h1" for name, _, _ in tags) == 1, f"{self.url}: one h1"
        assert re.search(r"<title>\s*\S.*</title>", html), f"{self.url}: a title"
        assert len(ids) == len(set(ids)), f"{self.url}: ids are unique: {[id for id in ids if ids.count(id) > 1]}"
        main = range(html.find("<main"), html.find("</main>"))  # empty for pages of one sentence
        for name, attributes, at in tags:
            if attributes.get("href", "").startswith("#"):
                assert attributes["href"][1:] in ids, f"{self.url}: {attributes['href']} leads somewhere"
            if name in ("input", "select", "textarea") and at in main:
                hidden = attributes.get("type") == "hidden" or "hidden" in attributes
                named = attributes.get("aria-label") or attributes.get("id") in labelled
                assert hidden or named, f"{self.url}: {name} {attributes} has a label"

    def select(self, selector: str) -> list[Tag]:
        """Return every element that matches."""
        return self.soup.select(selector)

    def one(self, selector: str) -> Tag:
        """Return the only element that matches."""
        return self._only(self.soup, selector)

    def form(self, selector: str) -> Tag:
        """Return the only element outside the dock that matches, a form say: sooner there than by `one`."""
        found = self._only(self.soup if "soup" in vars(self) else self.undocked, selector)
        assert not found.find_parent("aside", class_="dock"), f"{self.url}: {selector} matches in the dock"
        return found

    def _only(self, soup: BeautifulSoup, selector: str) -> Tag:
        found = soup.select(selector)
        assert len(found) == 1, f"{self.url}: {len(found)} elements match {selector}"
        return found[0]

    @property
    def text(self) -> str:
        """The words of the page without the dock."""
        main = self.undocked.select_one("main") or self.undocked
        return " ".join(main.get_text(" ", strip=True).split())

    @property
    def cookies_set(self) -> dict[str, str]:
        """The header lines by cookie name."""
        return {line.partition("=")[0]: line for line in self.set_cookie}


class Browser:
    """Visits an app as one browser would: cookies by RFC 6265bis, redirects followed, forms filled in.

    It tells which page a form was sent from, unless it is `silent`. With an `engine` it does as that engine: tells
    where each request comes from, keeps other sites' requests apart, and loads the frames and pictures that a page
    takes from another host.
    """

    def __init__(
        self,
        app: Flask,
        url: str = "http://localhost:8000",
        *,
        engine: str | None = None,
        silent: bool = False,
        **headers: str,
    ) -> None:
        self.app = app
        self.home = url
        self.engine = engine
        self.headers = {
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            **headers,
        }
        self.silent = silent
        self.agent = UserAgent(engine or "spec")
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

    def request(
        self,
        method: str,
        path: str,
        follow: bool = True,
        headers: dict | None = None,
        initiator: str | None = None,
        around: str | None = None,
        **options: Any,
    ) -> Page:
        """Send one request; follow redirects as a browser does (all but 307 become GET) unless told otherwise.

        `initiator` is the page that caused it, None for an address that was typed; `around` is the page that a frame
        or a picture stands in.
        """
        before: list[Page] = []
        url = urljoin(self.page.url if self.page else self.home, path)
        while True:
            circumstances = {"method": method, **self._circumstances(url, initiator, around)}
            sent = {**self._told(method, url, initiator, around), **self.headers, **(headers or {})}
            cookie = self.agent.cookie_header(url, now=clock.now(), **circumstances)
            if cookie and "Cookie" not in sent:
                sent["Cookie"] = cookie
            response = self.app.test_client(use_cookies=False).open(
                urldefrag(url)[0], method=method, headers=sent, **options
            )
            body, lines = response.data, response.headers.getlist("Set-Cookie")
            self._keep_secret(options.get("data"), lines)
            for line in lines:
                self.agent.receive(url, line, now=clock.now(), **circumstances)
            if '"cookies"' in response.headers.get("Clear-Site-Data", ""):
                self.agent.clear_site_data(url)
            response.close()
            page = Page(url, response.status_code, response.headers, body, lines, list(before), sent.get("Cookie", ""))
            if not (follow and 300 <= page.status < 400):
                if not around:
                    self.page = page
                self._load_parts(page, around or url)
                return page
            assert len(before) < 20, f"a redirect loop at {url}"
            before.append(page)
            url = urljoin(url, response.headers["Location"])
            if page.status != 307:
                method, options = "GET", {}

    def _keep_secret(self, data: Any, lines: list[str]) -> None:
        """Note the passwords of a form, and of cookies that open doors what stands behind the last dot."""
        if not isinstance(self.app, Flask):
            return  # a server by itself, with a log of its own
        if isinstance(data, dict):
            # What is shorter may well stand in a line by chance.
            SECRETS.update(str(value) for name, value in data.items() if name in _TYPED and len(str(value)) >= 12)
        for name, _, value in (line.partition(";")[0].partition("=") for line in lines):
            cookie = self.app.extensions["cookies"].registry.find(name)
            if value and cookie and (cookie.secret or cookie.signed):
                SECRETS.add(value.rpartition(".")[2])

    def _circumstances(self, url: str, initiator: str | None, around: str | None) -> dict[str, Any]:
        if not self.engine:
            return {}
        # A page inside of another site's stays another site's guest, whoever it asks.
        pages = [initiator, around]
        cross_site = any(locate(page).site != locate(url).site for page in pages if page is not None)
        return {"cross_site": cross_site, "top_level": around is None, "top_level_site": around or url}

    def _told(self, method: str, url: str, initiator: str | None, around: str | None) -> dict[str, str]:
        """Return what a browser says of a request by itself (W3C Fetch Metadata, Referrer-Policy's default)."""
        if not self.engine:
            return {"Sec-Fetch-Site": "same-origin"} if initiator and not self.silent else {}
        told, place = self._from(url, initiator, around), locate(url)
        if place.scheme == "http" and not place.is_loopback:
            told = {name: text for name, text in told.items() if not name.startswith("Sec-")}
        if method == "POST" and initiator:
            told["Origin"] = locate(initiator).origin
        return told

    def _from(self, url: str, initiator: str | None, around: str | None) -> dict[str, str]:
        told = {"Accept": "text/html,*/*", "Sec-Fetch-Dest": "iframe" if around else "document"}
        if initiator is None:
            return told | {"Sec-Fetch-Site": "none"}
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(initiator))
        if url.startswith(f"{origin}/"):
            return told | {"Sec-Fetch-Site": "same-origin", "Referer": initiator}
        cross_site = locate(initiator).site != locate(url).site
        return told | {"Sec-Fetch-Site": "cross-site" if cross_site else "same-site", "Referer": f"{origin}/"}

    def _load_parts(self, page: Page, around: str) -> None:
        if self.engine and _PARTS.search(page.body):
            for part in page.undocked.select("iframe[src], img[src^=http]"):
                self.request("GET", part["src"], initiator=page.url, around=around)
            for script in page.undocked.select("script[nonce]"):
                self._run(script, page)

    def _run(self, script: Tag, page: Page) -> None:
        """Do what the lab's injected script does, where the page's policy lets it: send a request by itself."""
        sends = re.search(r'open\("POST", "(.*?)"( \+ encodeURI\(document\.cookie\))?, false\)', script.get_text())
        if sends and f"'nonce-{script['nonce']}'" in page.headers["Content-Security-Policy"]:
            readable = self.agent.cookie_header(page.url, now=clock.now(), http_api=False) if sends[2] else ""
            path = sends[1] + quote(readable, safe="~()*!.'-_;,/?:@&=+$#")
            self.request("POST", path, initiator=page.url, around=page.url)

    def follow(self, selector: str) -> Page:
        """Click on the link that matches first."""
        return self.click(self.page.select(selector)[0])

    def click(self, link: Tag) -> Page:
        """Click on a link of the current page."""
        return self.request("GET", link["href"], initiator=self.page.url)

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

        `button` is the value of the submit button to press, where the form has several. A field set to None or False is
        left out (an unticked box).
        """
        assert self.page, "no page is open"
        form = self.page.form(selector)
        buttons = (tag for tag in form.select("button[name]") if tag.get("value") == button)
        return self.send(form, next(buttons) if button is not None else None, fields, follow)

    def send(self, form: Tag, pressed: Tag | None, fields: dict[str, Any], follow: bool = True) -> Page:
        """Send a form of the current page by one of its buttons, filled in as by `submit`."""
        data = _values(form)
        for name in fields:
            assert form.select(f'[name="{name}"]'), f"{self.page.url}: the form has no field {name}"
        data.update({name: "y" if value is True else value for name, value in fields.items()})
        address = form.get("action")
        if pressed is not None:
            if pressed.get("name"):
                data[pressed["name"]] = pressed.get("value", "")
            address = pressed.get("formaction", address)
        action = urljoin(self.page.url, address or self.page.url)
        data = {name: value for name, value in data.items() if value not in (None, False)}
        if form.get("method", "get").lower() == "get":
            return self.request("GET", action, query_string=data, follow=follow, initiator=self.page.url)
        return self.request("POST", action, data=data, follow=follow, initiator=self.page.url)


def copy_of(browser: Browser) -> Browser:
    """Return another browser with the same cookies, on the same page: what a thief has, or a second tab."""
    other = Browser(browser.app, **browser.headers)
    other.agent, other.page = deepcopy(browser.agent), browser.page
    return other


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

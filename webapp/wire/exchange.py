"""An exchange: one request and its response, as they crossed the wire."""

import re
import string
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urldefrag

from flask import Request
from werkzeug.urls import iri_to_uri

from webapp.cookies import CallSite, Jar, Registry

from .masking import mask
from .response import Response


@dataclass(frozen=True)
class SetCookie:
    """One `Set-Cookie` line: name, value (credentials masked), attributes in their order, who asked for it."""

    name: str
    value: str
    attributes: list[tuple[str, str]]
    call_site: CallSite | None

    @property
    def text(self) -> str:
        """Return the line again, as far as it may be shown."""
        attributes = [f"{name}={value}" if value else name for name, value in self.attributes]
        return "; ".join([f"{self.name}={self.value}" if self.name else self.value, *attributes])

    @property
    def deletes(self) -> bool:
        """Tell whether the line removes the cookie: Max-Age of zero beats any Expires (RFC 6265bis section 5.7)."""
        return bool(re.fullmatch("0+|-[0-9]+", dict(self.attributes).get("Max-Age", "")))

    @property
    def lasts(self) -> bool:
        """Tell whether the line names an end; without one it makes a session cookie."""
        return not {"Max-Age", "Expires"}.isdisjoint(dict(self.attributes))


@dataclass(frozen=True)
class Withheld:
    """A cookie that the visitor's consent kept back."""

    name: str
    category: str
    call_site: CallSite | None


@dataclass(frozen=True)
class Exchange:
    """What one request sent and its response set; every value is masked before it gets here.

    `engine` is a name in `useragent.ENGINES`, `cross_site` and `top_level` are what the browser said of the request in
    its Sec-Fetch headers, `vary` is the answer's Vary header; older records have none of the four.
    """

    at: datetime
    method: str
    path: str
    status: int
    location: str
    sent: list[tuple[str, str]]
    written: list[SetCookie]
    withheld: list[Withheld]
    engine: str = "spec"
    cross_site: bool = False
    top_level: bool = True
    vary: str = ""

    def leads_to(self, following: "Exchange") -> bool:
        """Tell whether this response sent the browser on to the request of `following`."""
        return bool(self.location) and unquote(urldefrag(self.location).url) == unquote(following.path)

    def to_json(self) -> dict[str, Any]:
        """Return the exchange as plain data, without its time."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "written": [_plain(line) for line in self.written],
            "withheld": [_plain(line) for line in self.withheld],
        }

    @classmethod
    def from_json(cls, at: datetime, data: dict[str, Any]) -> "Exchange":
        """Return the exchange that `to_json` wrote down."""
        written = [SetCookie(**_typed(line)) for line in data["written"]]
        withheld = [Withheld(**_typed(line)) for line in data["withheld"]]
        return cls(at=at, **{**data, "written": written, "withheld": withheld})


_PLAIN = ("method", "path", "status", "location", "sent", "engine", "cross_site", "top_level", "vary")


def _plain(line: SetCookie | Withheld) -> dict[str, Any]:
    return {**vars(line), "call_site": line.call_site and vars(line.call_site)}


def _typed(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "call_site": line["call_site"] and CallSite(**line["call_site"])}


def observe(request: Request, response: Response, jar: Jar, registry: Registry, at: datetime) -> Exchange:
    """Return the exchange of a complete response; the truth is its final header lines."""
    sites = dict(response.call_sites)
    return Exchange(
        at=at,
        method=request.method,
        path=_target(request),
        status=response.status_code,
        location=iri_to_uri(response.headers.get("Location", "")),  # as Werkzeug sends it
        sent=[(name, mask(registry, name, value)) for name, value in jar.received],
        written=[_read(line, sites.get(line), registry) for line in response.headers.getlist("Set-Cookie")],
        withheld=[Withheld(name, write.cookie.category.value, write.call_site) for name, write in jar.withheld.items()],
        engine=engine_of(request.headers.get("User-Agent", "")),
        cross_site=request.headers.get("Sec-Fetch-Site") == "cross-site",
        top_level=request.headers.get("Sec-Fetch-Dest", "document") == "document",
        vary=response.headers.get("Vary", ""),
    )


def _target(request: Request) -> str:
    """Return path and query as they crossed the wire; WSGI hands the path on without its percent-encoding."""
    path = quote(request.environ["PATH_INFO"].encode("latin-1"), safe="!$&'()*+,/:;=@~")
    query = quote(request.query_string, safe=string.punctuation)
    return f"{path}?{query}" if query else path


def engine_of(user_agent: str) -> str:
    """Return the name in `useragent.ENGINES` that a User-Agent line speaks of, "spec" for none; iOS is all WebKit."""
    if "Firefox/" in user_agent:
        return "firefox"
    if "Chrome/" in user_agent:
        return "chromium"
    return "webkit" if "AppleWebKit/" in user_agent else "spec"


def _read(line: str, site: CallSite | None, registry: Registry) -> SetCookie:
    pair, *attributes = [part.strip(" \t") for part in line.split(";")]
    name, _, value = pair.partition("=") if "=" in pair else ("", "", pair)
    parted = [attribute.partition("=") for attribute in attributes if attribute]
    return SetCookie(name, mask(registry, name, value), [(name, value) for name, _, value in parted], site)

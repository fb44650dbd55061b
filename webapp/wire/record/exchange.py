"""An exchange: one request and its response, as they crossed the wire."""

import json
import re
import string
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import quote, unquote, urldefrag

from flask import Request
from werkzeug.urls import iri_to_uri

from webapp.cookies import CallSite, Jar, Registry, pair
from webapp.useragent import ENGINES, engine_of
from webapp.useragent.urls import locate

from .masking import mask
from .response import Response


@dataclass(frozen=True)
class SetCookie:
    """One `Set-Cookie` line as it crossed the wire (credentials masked), and who asked for it."""

    text: str
    call_site: CallSite | None

    @cached_property
    def _pair(self) -> tuple[str, str]:
        name, equals, value = self.text.partition(";")[0].partition("=")
        return (name.strip(" \t"), value.strip(" \t")) if equals else ("", name.strip(" \t"))

    @property
    def name(self) -> str:
        """Return the name, "" where there is none (RFC 6265bis section 5.6, step 3)."""
        return self._pair[0]

    @property
    def value(self) -> str:
        """Return the value."""
        return self._pair[1]

    @cached_property
    def attributes(self) -> list[tuple[str, str]]:
        """Return the attributes as (name, value), in their order."""
        parts = [part.strip(" \t").partition("=") for part in self.text.split(";")[1:]]
        return [(name, value) for name, equals, value in parts if name or equals]

    @property
    def deletes(self) -> bool:
        """Tell whether the line removes the cookie: Max-Age of zero beats any Expires (RFC 6265bis section 5.7)."""
        return bool(re.fullmatch("0+|-[0-9]+", dict(self.attributes).get("Max-Age", "")))

    @property
    def kind(self) -> str:
        """Return what the line does: `set` or `deleted`."""
        return "deleted" if self.deletes else "set"

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

    kind = "withheld"


@dataclass(frozen=True)
class Exchange:
    """What one request sent and its response set; every value is masked before it gets here.

    `engine` is a name in `useragent.ENGINES`, `cross_site` and `top_level` are what the browser said of the request in
    its Sec-Fetch headers or its Referer, `vary` is the answer's Vary header; `strange` are the names of the site's
    under which another program's cookie was sent; `read` are those of what was sent that the answer was made with;
    `ahead` says that the browser fetched it ahead. Older records have none of the seven, or another engine.
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
    strange: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    ahead: bool = False

    def shortened(self) -> "Exchange":
        """Return the exchange as it is recorded, of a bounded size: long values are cut, each end says of how much.

        What a program sends beyond what browsers do is left out.
        """
        sent = _as_fit(24, [(shorten(name, _LONGEST_NAME), shorten(value)) for name, value in self.sent])
        names = {name for name, _ in sent}
        return replace(
            self,
            method=shorten(self.method),
            path=shorten(self.path, _LONGEST_ADDRESS),
            location=shorten(self.location if len(self.location) <= _LONGEST_ADDRESS else self._to, _LONGEST_ADDRESS),
            sent=sent,
            written=_as_fit(16, [SetCookie(_shorten_parts(line.text), line.call_site) for line in self.written]),
            read=_as_fit(4, [name for name in self.read if name in names]),
            strange=_as_fit(4, [name for name in self.strange if name in names]),
        )

    @cached_property
    def title(self) -> str:
        """What was asked for, cut where it is very long."""
        asked = f"{self.method} {self.path}"
        return asked if len(asked) <= _LONGEST_TITLE else f"{asked[: _LONGEST_TITLE - 1]}…"

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of what was `sent`, `set`, `deleted` and `withheld`; of a kind that there was none of, no entry."""
        found = {"sent": [name for name, _ in self.sent], "set": [], "deleted": [], "withheld": []}
        for line in (*self.written, *self.withheld):
            found[line.kind].append(line.name)
        each_once = {kind: names if kind == "sent" else dict.fromkeys(names) for kind, names in found.items()}
        return {kind: tuple(names) for kind, names in each_once.items() if names}

    @property
    def unseen(self) -> bool:
        """Tell whether nobody looks at the answer: it was fetched ahead, or is header lines alone."""
        return self.ahead or self.method == "HEAD"

    @cached_property
    def _to(self) -> str:
        return urldefrag(self.location).url

    def leads_to(self, following: "Exchange") -> bool:
        """Tell whether this response sent the browser on to the request of `following`."""
        if not self._to:
            return False
        to, asked = (shorten(each, _LONGEST_ADDRESS) for each in (self._to, following.path))
        return unquote(to) == unquote(asked)

    def to_json(self) -> dict[str, Any]:
        """Return the exchange as plain data, without its time."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "written": [{"text": line.text, "call_site": _plain(line.call_site)} for line in self.written],
            "withheld": [{**vars(line), "call_site": _plain(line.call_site)} for line in self.withheld],
        }

    @classmethod
    def from_json(cls, at: datetime, data: dict[str, Any]) -> "Exchange":
        """Return the exchange that `to_json` wrote down."""
        written = [SetCookie(line.get("text") or _put_together(line), _site(line)) for line in data["written"]]
        withheld = [Withheld(line["name"], line["category"], _site(line)) for line in data["withheld"]]
        engine = engine if (engine := data.get("engine")) in ENGINES else "spec"
        sent = [(name, value) for name, value in data["sent"]]
        return cls(at=at, **{**data, "sent": sent, "written": written, "withheld": withheld, "engine": engine})


_PLAIN = (
    *("method", "path", "status", "location", "sent", "engine", "cross_site", "top_level", "vary"),
    *("strange", "read", "ahead"),
)


LEFT_OUT = "…+"  # what follows is how many octets; no header holds this sign
_LONGEST, _LONGEST_NAME, _LONGEST_ADDRESS, _LONGEST_TITLE = 512, 1024, 2048, 200


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return the beginning of a long text, and how many octets of it are left out."""
    return text if len(text) <= longest or LEFT_OUT in text else f"{text[:longest]}{LEFT_OUT}{len(text) - longest}"


def lengthen(text: str) -> str:
    """Return a text as long as it was before `shorten`, for whoever has to judge by its length."""
    return re.sub(rf"{re.escape(LEFT_OUT)}([0-9]{{1,5}})", lambda found: "." * int(found[1]), text)


def _shorten_parts(line: str) -> str:
    parts = [part.partition("=") for part in line.split(";")]
    return ";".join(shorten(name, _LONGEST_NAME) + equals + shorten(value) for name, equals, value in parts)


def _as_fit(room: int, entries: list[Any]) -> list[Any]:
    """Return as many entries as `room` has, in KB of a record, from the first."""
    if len(json.dumps(entries, default=vars)) <= room * 1024:  # but for what was made up, all of them
        return entries
    sizes = accumulate(len(json.dumps(entry, default=vars)) for entry in entries)
    return [entry for entry, size in zip(entries, sizes, strict=True) if size <= room * 1024]


def _plain(site: CallSite | None) -> dict[str, Any] | None:
    return site and vars(site)


def _site(line: dict[str, Any]) -> CallSite | None:
    return line["call_site"] and CallSite(**line["call_site"])


def _put_together(line: dict[str, Any]) -> str:
    """Return the line of a record that was made by 0.1, which kept its parts."""
    attributes = [pair(name, value) if value else name for name, value in line["attributes"]]
    return "; ".join([pair(line["name"], line["value"]), *attributes])


def fetched_ahead(request: Request) -> bool:
    """Tell whether the browser says that it fetches for later (`Sec-Purpose`, HTML's; before that `Purpose`)."""
    return any("prefetch" in request.environ.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE"))


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
        cross_site=_is_cross_site(request),
        top_level=request.headers.get("Sec-Fetch-Dest", "document") == "document",
        vary=response.headers.get("Vary", ""),
        ahead=fetched_ahead(request),
        read=[name for name in dict(jar.received) if name in jar.reads],
        strange=[
            name for name, text in jar.received if (cookie := registry.find(name)) and not jar.wrote(cookie, name, text)
        ],
    )


def _is_cross_site(request: Request) -> bool:
    """Tell whether another site caused a request: by Fetch Metadata, which no browser sends to plain http elsewhere
    than on this machine, there by the Referer.
    """
    said, page = request.headers.get("Sec-Fetch-Site"), locate(request.headers.get("Referer", ""))
    if said is not None or page is None:
        return said == "cross-site"
    here = locate(f"{request.scheme}://{request.host}")
    return here is not None and page.site != here.site


def _target(request: Request) -> str:
    """Return path and query as they crossed the wire; WSGI hands the path on without its percent-encoding."""
    path = quote(request.environ["PATH_INFO"].encode("latin-1"), safe="!$&'()*+,/:;=@~")
    query = quote(request.query_string, safe=string.punctuation)
    return f"{path}?{query}" if query else path


def _read(text: str, site: CallSite | None, registry: Registry) -> SetCookie:
    line = SetCookie(text, site)
    shown = mask(registry, line.name, line.value)
    _, semicolon, attributes = text.partition(";")
    return line if shown == line.value else SetCookie(pair(line.name, shown) + semicolon + attributes, site)

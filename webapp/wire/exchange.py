"""An exchange: one request and its response, as they crossed the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Request

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
    def deletes(self) -> bool:
        """Tell whether the line removes the cookie: Max-Age of zero beats any Expires (RFC 6265bis section 5.7)."""
        return dict(self.attributes).get("Max-Age") == "0"

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
    """What one request sent and its response set; every value is masked before it gets here."""

    at: datetime
    method: str
    path: str
    status: int
    location: str
    sent: list[tuple[str, str]]
    written: list[SetCookie]
    withheld: list[Withheld]

    def to_json(self) -> dict[str, Any]:
        """Return the exchange as plain data, without its time."""
        return {
            **{name: getattr(self, name) for name in ("method", "path", "status", "location", "sent")},
            "written": [_plain(line) for line in self.written],
            "withheld": [_plain(line) for line in self.withheld],
        }

    @classmethod
    def from_json(cls, at: datetime, data: dict[str, Any]) -> "Exchange":
        """Return the exchange that `to_json` wrote down."""
        written = [SetCookie(**_typed(line)) for line in data["written"]]
        withheld = [Withheld(**_typed(line)) for line in data["withheld"]]
        return cls(at=at, **{**data, "written": written, "withheld": withheld})


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
        path=request.full_path.rstrip("?"),
        status=response.status_code,
        location=response.headers.get("Location", ""),
        sent=[(name, mask(registry, name, value)) for name, value in jar.received],
        written=[_read(line, sites.get(line), registry) for line in response.headers.getlist("Set-Cookie")],
        withheld=[Withheld(name, write.cookie.category.value, write.call_site) for name, write in jar.withheld.items()],
    )


def _read(line: str, site: CallSite | None, registry: Registry) -> SetCookie:
    pair, *attributes = line.split("; ")
    name, _, value = pair.partition("=")
    parted = [attribute.partition("=") for attribute in attributes]
    return SetCookie(name, mask(registry, name, value), [(name, value) for name, _, value in parted], site)

"""How a class gets in: where other devices reach this site, and the relay, which makes it their own localhost."""

import json
from dataclasses import replace
from pathlib import Path

from flask import current_app

from webapp.address import location
from webapp.useragent.urls import Location, is_address, locate

from . import join
from .cookies import TRIED

_RELAY = Path(join.__file__).read_text("utf-8")


def class_url() -> str | None:
    """Return the origin at which another device reaches this site, such as `http://192.168.1.5:8000`; None for none."""
    known = (current_app.config["CLASS_URL"], current_app.config["URL"], location().origin)
    return next((url for url in known if url and not locate(url).is_loopback), None)


def name_url() -> str | None:
    """Return that origin by the name that this machine has announced on its network; None where it has none."""
    url, name = class_url(), current_app.config["LOCAL_NAMES"].get("crumb")
    return replace(locate(url), host=name).origin if url and name else None


def door(at: Location) -> str:
    """Return by which door a visitor came in: `https`, `localhost`, `name` or `address`."""
    if at.scheme == "https":
        return "https"
    if at.is_loopback:
        return "localhost"
    return "address" if is_address(at.host) else "name"


def relay(url: str) -> bytes:
    """Return the relay as a file that leads to the origin `url`."""
    return _RELAY.replace(json.dumps(join.LAPTOP), json.dumps(url)).encode()


def try_secure() -> str | None:
    """Set two cookies that differ in one attribute; return what is wrong where their place is full."""
    line = "join-plain=here; Path=/join; SameSite=Lax"
    return TRIED.send_all([line, line.replace("plain", "secure") + "; Secure"])


def tried() -> set[str]:
    """Return which of the two came back: `plain`, `secure`."""
    return {name.removeprefix(TRIED.name) for name, _ in TRIED.pairs()}

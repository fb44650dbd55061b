"""What belongs to the current app and the current request: the registry, and the jar."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

from .callsite import Finder
from .declaration import Category
from .direct import this_app, this_g, this_request
from .jar import Consent, Jar
from .registry import Registry
from .signing import Signer

KEY = "cookies"  # under which an app holds its parts, in `app.extensions`


@dataclass(frozen=True)
class Parts:
    """What an app hands to each of its jars, and its declarations."""

    allowed: Callable[[Category], Consent]
    secure: bool
    salt: str
    find_call_site: Finder
    registry: Registry = field(default_factory=Registry)


def parts() -> Parts:
    """Return what the current app handed in."""
    found: Parts = this_app().extensions[KEY]
    return found


def registry() -> Registry:
    """Return the declarations of the current app."""
    found: Registry = this_app().extensions[KEY].registry
    return found


def current_jar() -> Jar:
    """Return the jar of this request."""
    try:
        jar: Jar = this_g().jar
    except AttributeError:
        ours, config, known, request = parts(), this_app().config, this_g(), this_request()
        jar = known.jar = Jar(
            request.environ.get("HTTP_COOKIE", ""),
            signer=Signer([*(config["SECRET_KEY_FALLBACKS"] or ()), config["SECRET_KEY"]], ours.salt),
            allowed=ours.allowed,
            secure=ours.secure,
            safe=request.method in ("GET", "HEAD", "OPTIONS", "TRACE"),
            find_call_site=ours.find_call_site,
            root=request.script_root,
            closed="jar_is_late" in known,  # nobody asked for it while the response could still be written
        )
    return jar


class Request(flask.Request):
    """A request whose cookies are read once, by the jar."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies as they came, the first of several with one name in front."""
        return ImmutableMultiDict(current_jar().received)

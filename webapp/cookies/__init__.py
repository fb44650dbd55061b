"""The centre of Crumb: a cookie is declared once, and everything about it derives from the declaration.

THEME = Cookie(name="theme", purpose=N_("Your colours"), category=Category.PREFERENCES, ...)

THEME.get()        # the default when absent, forged, malformed or expired; never raises
THEME.set("dark")  # read-your-writes within the request
THEME.delete()
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g

from . import codecs
from .callsite import CallSite, find_call_site
from .declaration import Category, Cookie, Family
from .header import LARGEST, TOKEN, bare, pair
from .jar import Jar, Request, Write, current_jar
from .registry import Registry
from .signing import Signer

__all__ = [
    "LARGEST", "TOKEN", "CallSite", "Category", "Cookie", "Family", "Jar", "Registry", "Request", "Signer", "Write",
    "bare", "codecs", "current_jar", "declare", "find_call_site", "forget", "forget_traces", "init_app", "pair",
    "registry",
]  # fmt: skip


@dataclass(frozen=True)
class _Parts:
    signer: Signer
    allowed: Callable[[Category], bool]
    registry: Registry = field(default_factory=Registry)


def init_app(app: Flask, allowed: Callable[[Category], bool]) -> None:
    """Give each request a jar; `allowed` answers whether the visitor's consent covers a category."""
    signer = Signer([*app.config["SECRET_KEY_FALLBACKS"], app.config["SECRET_KEY"]])
    app.extensions["crumb.cookies"] = _Parts(signer, allowed)
    from .commands import cookies_command

    app.cli.add_command(cookies_command)
    app.after_request(_apply)


def _apply(response: Response) -> Response:
    return g.jar.apply(response) if "jar" in g else response


def declare(app: Flask, owner: str, *cookies: Cookie) -> None:
    """Make declarations known to the app; `owner` is the declaring package's `__name__`."""
    app.extensions["crumb.cookies"].registry.declare(owner, *cookies)


def registry() -> Registry:
    """Return the declarations of the current app."""
    return current_app.extensions["crumb.cookies"].registry


def forget(category: Category) -> None:
    """Take back every cookie of a category that this browser holds."""
    current_jar().forget(lambda cookie: cookie.category is category, registry())


def forget_traces() -> None:
    """Take back whatever tells the next person at this browser what was done here: history, and private cookies."""
    current_jar().forget(lambda cookie: cookie.private or cookie.category is Category.HISTORY, registry())

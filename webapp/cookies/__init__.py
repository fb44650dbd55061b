"""A cookie is declared once, and everything about it derives from the declaration.

THEME = Cookie(name="theme", purpose=N_("Your colours"), category=Category.PREFERENCES, ...)

THEME.get()        # the default when absent, forged, malformed or expired; never raises
THEME.set("dark")  # read-your-writes within the request
THEME.delete()
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response

from . import codecs
from .callsite import CallSite, Finder
from .commands import cookies_command
from .cookie import Cookie, Family
from .current import KEY, Parts, Request, current_jar, registry
from .declaration import LONGEST, Category, Declaration
from .direct import this_g
from .header import LARGEST, TOKEN, bare, pair
from .jar import Consent, Jar, Write
from .registry import Registry
from .signing import LEEWAY, Signer, counts

__all__ = [
    "LARGEST", "LEEWAY", "LONGEST", "TOKEN", "CallSite", "Category", "Consent", "Cookie", "Declaration", "Family",
    "Jar", "Registry", "Request", "Signer", "Write", "bare", "codecs", "counts", "current_jar", "declare", "forget",
    "forget_traces", "init_app", "is_trace", "ours_came", "page_made", "pair", "registry", "whose",
]  # fmt: skip


def init_app(
    app: Flask,
    *,
    allowed: Callable[[Category], Consent] = lambda category: "yes",
    secure: bool = False,
    salt: str = "cookie.",
    passing_on: Sequence[str] = (),
) -> None:
    """Give each request a jar.

    `allowed` answers whether the visitor's consent covers a category, if only until the browser's session ends;
    `secure` says that the site answers under https; `salt` begins the salts of signatures; `passing_on` names modules
    of the app that only pass on what others ask for.
    """
    find = Finder(app.import_name.partition(".")[0], app.root_path, passing_on)
    app.extensions[KEY] = Parts(allowed, secure, salt, find)
    app.cli.add_command(cookies_command)
    # Flask goes through these from the last to the first: so all others have set their cookies by then, whenever they
    # were registered.
    app.after_request_funcs.setdefault(None, []).insert(0, _apply)


def page_made() -> None:
    """Say that the page is there: what is read of cookies from here on did nothing to it."""
    if "jar" in this_g():
        current_jar().page_made = True


def _apply(response: Response) -> Response:
    if "jar" in this_g():
        return current_jar().apply(response)
    this_g().jar_is_late = True
    return response


def declare(app: Flask, owner: str, *cookies: Declaration[Any]) -> None:
    """Make declarations known to the app; `owner` is the declaring package's `__name__`."""
    app.extensions[KEY].registry.declare(owner, *cookies)


def whose(name: str, text: str) -> Declaration[Any] | None:
    """Return the declaration that a cookie of this request belongs to, None for one that the app never wrote."""
    cookie = registry().find(name)
    return cookie if cookie and current_jar().wrote(cookie, name, text) else None


def ours_came() -> bool:
    """Tell whether a cookie of the app came with this request: other programs of this host have theirs come too."""
    return any(whose(name, text) for name, text in current_jar().received)


def forget(category: Category) -> None:
    """Take back every cookie of a category that this browser holds."""
    current_jar().forget(lambda cookie: cookie.category is category, registry())


def is_trace(cookie: Declaration[Any]) -> bool:
    """Tell whether a cookie tells the next person at this browser what was done here: history, and what is private."""
    return cookie.private or cookie.category is Category.HISTORY


def forget_traces() -> None:
    """Take back every trace that this browser holds."""
    current_jar().forget(is_trace, registry())

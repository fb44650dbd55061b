"""The order of a list: chosen by `sort` in the address, and remembered in a cookie of the site."""

from flask import request

from webapp.cookies import Cookie
from webapp.security import same_origin


def order(cookie: Cookie[str]) -> str:
    """Return the order that the address asks for, else the one that was chosen before.

    It is remembered where a page of ours asked: anybody can write a link. The links between the pages of a list only
    carry its order, which nobody has chosen by them.
    """
    chosen, asked = cookie.get(), request.args.get("sort", "")
    if asked not in cookie.codec.options or asked == chosen:
        return chosen
    if same_origin() and "page" not in request.args:
        cookie.set(asked)
    return asked

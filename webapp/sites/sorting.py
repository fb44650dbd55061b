"""The order of a list: chosen by `sort` in the address, and remembered in a cookie of the site."""

from flask import request

from webapp.cookies import Cookie


def order(cookie: Cookie[str]) -> str:
    """Return the order that the address asks for, which is then remembered, else the one that was chosen before."""
    chosen, asked = cookie.get(), request.args.get("sort", "")
    if asked not in cookie.codec.options or asked == chosen:
        return chosen
    cookie.set(asked)
    return asked

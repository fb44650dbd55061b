"""Somebody else's key: a guest below the shop's host fixes the key under which its visitors log in."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench
from webapp.lab.hosts import lead_home, party, play

from .parties import stall, till
from .views import TILL, bp, set_up


def init_app(app: Flask) -> Bench:
    """Open the shop at its host, and let the guest stand at the host below it."""
    guest = party(app, stall)
    guest.before_request(lead_home)
    play(app, "guest", guest)
    play(app, "shop", party(app, till), part=till.url_prefix.removeprefix("/"))
    return Bench(
        blueprints=(bp,),
        cookies=(TILL,),
        benches={bp.name: set_up},
        title=N_("Somebody else's key"),
        description=N_("a sister host that gives you a key before you log in, and what stops it"),
        endpoint=f"{bp.name}.show",
        order=8,
        picture="M16 24a7 7 0 1 0-.1 0zM21 22l19 0v7M33 22v6",
        shows={"": N_("Cookies from a sister host, and whose cookie a server reads")},
    )

"""The cross-site bench: an attacker and a tracker under hosts of their own, and what arrives from them."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench
from webapp.lab.hosts import lead_home, party, play

from . import attacker, tracker
from .cookies import BENCH
from .views import bp, set_up


def init_app(app: Flask) -> Bench:
    """Let the other parties play their roles."""
    for pages, *roles in (
        (attacker.bp, "attacker"),
        (tracker.bp, "tracker"),
        (tracker.town, *tracker.TOWN),
    ):
        other = party(app, pages)
        other.before_request(lead_home)
        for role in roles:
            play(app, role, other)
    return Bench(
        blueprints=(bp,),
        cookies=(BENCH,),
        title=N_("The cross-site bench"),
        description=N_("what goes along when another site asks"),
        benches={bp.name: set_up},
        endpoint=f"{bp.name}.cross",
        order=2,
        picture="M6 12h14v24H6zM28 12h14v24H28zM20 24h8m-3-3 3 3-3 3",
        shows={
            "begin": N_("Requests that another site causes, and the two minutes"),
            "tracker": N_("Cookies of third parties, and who is followed by them"),
        },
    )

"""The lab: write a Set-Cookie line, predict what browsers do with it, send it, and see what this browser did."""

from flask import Flask, current_app

from webapp.house import Feature, Place, always
from webapp.i18n import N_

from . import browser, cross, hosts, schemes, scripts, stolen, time_machine, trust
from .cookies import LAB
from .views import bp

__all__ = ["LAB", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the lab's pages."""
    hosts.init_app(app)
    benches = (time_machine, trust, stolen, schemes, scripts)
    return Feature(
        name=bp.name,
        title=N_("The lab"),
        blueprints=(bp, *(bench.bp for bench in benches)),
        cookies=(LAB, stolen.INBOX),
        parts=(cross.init_app(app), browser.init_app(app)),
        places=(Place(endpoint="lab.lab", title=N_("The lab"), menu=always),),
        roles=lambda: current_app.extensions["crumb.lab.hosts"],
    )

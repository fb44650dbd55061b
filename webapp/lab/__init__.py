"""The lab: write a Set-Cookie line, predict what browsers do with it, send it, and see what this browser did."""

from flask import Flask

from webapp.cookies import declare

from . import browser, cross, hosts, schemes, scripts, stolen, time_machine, trust
from .cookies import LAB
from .views import bp

__all__ = ["LAB", "init_app"]


def init_app(app: Flask) -> None:
    """Register the lab's pages."""
    declare(app, __name__, LAB, stolen.INBOX)
    app.register_blueprint(bp)
    app.register_blueprint(time_machine.bp)
    app.register_blueprint(trust.bp)
    app.register_blueprint(stolen.bp)
    app.register_blueprint(schemes.bp)
    app.register_blueprint(scripts.bp)
    hosts.init_app(app)
    cross.init_app(app)
    browser.init_app(app)

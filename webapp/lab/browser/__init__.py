"""Your browser: live probes, run by plain navigation, beside what the model says of each engine."""

from flask import Flask

from webapp.house import Feature
from webapp.lab.hosts import party, play

from . import away, crowd
from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> Feature:
    """Register the page, and let the other host play its part."""
    other = party(app, crowd.bp)
    other.register_blueprint(away.bp)
    play(app, "crowd", other)
    return Feature(name=bp.name, blueprints=(bp,))

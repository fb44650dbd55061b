"""Paste what you have: header lines, commands and files of other tools, each cookie in them explained."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        title=N_("Paste what you have"),
        description=N_("header lines, a curl command, a file: each cookie in it explained"),
        endpoint=f"{bp.name}.show",
        order=0,
        feeds=True,
    )

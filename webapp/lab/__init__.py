"""The lab: ask why a cookie is not sent; write a Set-Cookie line, predict, send it, and see what this browser did.

Each package in this folder is a bench, found by looking: a page of its own for what one line can't show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from webapp.house import Feature, Group, Place
from webapp.i18n import N_

from . import clearing, hosts
from .cookies import LAB
from .views import bp

__all__ = ["LAB", "Bench", "init_app"]


@dataclass(frozen=True, kw_only=True)
class Bench(Feature):
    """One bench as the lab's first page lists it; `endpoint` is its page.

    `shows` is what it shows that one line can't, each by the anchor on its page, "" for the page itself. `picture` is
    the path of its drawing, in a square of 48 units. One that `feeds` leads to questions: its link stands beside them.
    """

    description: str
    endpoint: str
    order: int
    picture: str = "M12 10h24v32H12zM19 6h10v8H19zM18 22h12M18 29h12M18 36h8"
    feeds: bool = False
    shows: Mapping[str, str] = field(default_factory=dict)


def init_app(app: Flask) -> Feature:
    """Open the hosts of the other parties; hand over the lab's own pages, and every bench found, in their order."""
    hosts.init_app(app)
    clearing.init_app(app)
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.ispkg]
    return Feature(
        title=N_("The lab"),
        blueprints=(bp,),
        cookies=(LAB,),
        parts=tuple(sorted((module.init_app(app) for module in modules), key=lambda bench: bench.order)),
        places=(Place(endpoint="lab.lab", title=N_("Lab"), menu=Group.COURSE),),
        clears=clearing.way,
        style="course.css",
    )

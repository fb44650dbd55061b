"""The little sites, found by looking: each package in this folder is one, and none knows another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


@dataclass(frozen=True, kw_only=True)
class Recent:
    """One thing that the visitor looked at; `title` is in their language, `url` and `picture` are addresses.

    `cookie` and `value` are what told us, as they stand in the `Cookie` header; `at` is the moment they name.
    """

    id: str
    title: str
    url: str
    picture: str
    cookie: str
    value: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Site:
    """One site as the rest of the house sees it; `name` is its blueprint, `recent` what the visitor looked at last.

    `draw` makes the pictures of the site, by their path below `static/`.
    """

    name: str
    title: str
    description: str
    order: int
    recent: Callable[[], list[Recent]]
    draw: Callable[[], Mapping[str, bytes]] = dict

    @property
    def endpoint(self) -> str:
        """Return the endpoint of the site's first page."""
        return f"{self.name}.index"


def init_app(app: Flask) -> None:
    """Register every site found, in their order."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.ispkg]
    found = sorted((module.init_app(app) for module in modules), key=lambda site: site.order)
    app.extensions["crumb.sites"] = found
    app.jinja_env.globals["sites"] = lambda: found


def draw(app: Flask) -> dict[str, bytes]:
    """Return the pictures of all sites."""
    return {path: content for site in app.extensions["crumb.sites"] for path, content in site.draw().items()}

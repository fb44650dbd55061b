"""The little sites, found by looking: each package in this folder is one, and none knows another.

What all of them share stands beside them: `recents`, `written`, `postings`, `people`, `words`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.cookies import Family
from webapp.database import writing

_log = logging.getLogger(__name__)


class Recent(NamedTuple):
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
    """One site as the rest of the house sees it; `name` is its blueprint.

    `viewed` are the cookies that remember what was looked at, `recent` returns it, the newest first. `draw` makes the
    pictures of the site, by their path below `static/`; `fill` writes what stands there before anybody came.
    """

    name: str
    title: str
    description: str
    order: int
    viewed: Family | None = None
    recent: Callable[[], list[Recent]] = list
    draw: Callable[[], Mapping[str, bytes]] = dict
    fill: Callable[[Session], None] = lambda session: None

    @property
    def endpoint(self) -> str:
        """Return the endpoint of the site's first page."""
        return f"{self.name}.index"


def init_app(app: Flask) -> None:
    """Register every site found, in their order."""
    from . import postings  # noqa: F401 - its table belongs to the schema, whatever sites there are
    from .views import bp

    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.ispkg]
    found = sorted((module.init_app(app) for module in modules), key=lambda site: site.order)
    app.extensions["crumb.sites"] = {site.name: site for site in found}
    app.jinja_env.globals["sites"] = lambda: found
    app.register_blueprint(bp)


def draw(app: Flask) -> dict[str, bytes]:
    """Return the pictures of all sites."""
    return {path: content for site in app.extensions["crumb.sites"].values() for path, content in site.draw().items()}


def fill(app: Flask) -> None:
    """Let each site write its first content, where the setting asks for it; of several processes one does it."""
    if not app.config["DEMO_CONTENT"]:
        return
    with app.app_context():
        try:
            with writing() as session:
                if session.get_bind().dialect.name == "postgresql":
                    session.execute(select(func.pg_advisory_xact_lock(0xC0011E)))
                for site in app.extensions["crumb.sites"].values():
                    site.fill(session)
        except SQLAlchemyError as error:
            _log.warning("the sites stay as they are: %s", error.__class__.__name__)

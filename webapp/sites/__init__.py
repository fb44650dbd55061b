"""The little sites, found by looking: each package in this folder is one, and none knows another.

What all of them share stands beside them: `recents`, `written`, `reports`, `postings`, `people`, `portraits`, `words`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from flask import Flask
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from webapp.cookies import Family
from webapp.database import writing
from webapp.database.migrate import first_line
from webapp.house import Feature, Group, Place, house

from .portraits import portraits

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Site(Feature):
    """One site; it stands in the menu by its `order`, its first page is the view `index`.

    `viewed` are the cookies that remember what was looked at. `draw` makes the pictures of the site, by their path
    below `static/`; `fill` writes what stands there before anybody came. `texts` are the tables of what people write
    there, each with what takes a text down, by its id and its author's.
    """

    order: int
    places: tuple[Place, ...] = field(init=False)
    viewed: Family | None = None
    draw: Callable[[], Mapping[str, bytes]] = dict
    fill: Callable[[Connection], None] = lambda db: None
    texts: Mapping[Table, Callable[[int, int | None], None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        page = Place(endpoint=f"{self.name}.index", title=self.title, menu=Group.SITES, trial=True)
        object.__setattr__(self, "places", (page,))


def init_app(app: Flask) -> Feature:
    """Hand over every site found, in their order, and what all of them share."""
    from . import postings  # noqa: F401 - its table belongs to the schema, whatever sites there are
    from .reporting import feature
    from .views import bp

    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.ispkg]
    found = sorted((module.init_app(app) for module in modules), key=lambda site: site.order)
    return Feature(blueprints=(bp,), parts=(*found, feature()))


def sites(app: Flask | None = None) -> list[Site]:
    """Return the sites of an app, else of the current one, in their order."""
    return [feature for feature in house(app).features.values() if isinstance(feature, Site)]


def draw(app: Flask) -> dict[str, bytes]:
    """Return the pictures of the people, and those of all sites."""
    return portraits() | {path: content for site in sites(app) for path, content in site.draw().items()}


def fill(app: Flask) -> None:
    """Let each site write its first content, where the setting asks for it; of several processes one does it."""
    if not app.config["DEMO_CONTENT"]:
        return
    with app.app_context():
        try:
            with writing() as db:
                if db.dialect.name == "postgresql":
                    db.execute(select(func.pg_advisory_xact_lock(0xC0011E)))
                for site in sites():
                    site.fill(db)
        except SQLAlchemyError as error:
            _log.warning("the sites stay as they are: %s", first_line(error))

"""What the visitor looked at in the forum."""

import logging
from collections.abc import Mapping

from flask import current_app, url_for
from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from webapp.cookies import current_jar
from webapp.database.ids import LARGEST_ID
from webapp.database.migrate import first_line
from webapp.house import Recent
from webapp.sites import recents

from . import threads
from .cookies import RECENT
from .town import BOARDS

_log = logging.getLogger(__name__)


def recently_viewed() -> list[Recent]:
    """Return the threads that this browser opened, the newest first; none while the database is down."""
    try:
        return listed(threads.find(opened())) if recents.views(RECENT) else []
    except SQLAlchemyError as error:
        _log.error("the database does not answer: %s", first_line(error))
        return []


def opened() -> list[int]:
    """Return the ids that this browser says it opened, of those that a thread may have."""
    return [int(id) for id, *_ in recents.views(RECENT) if int(id) <= LARGEST_ID]


def listed(found: Mapping[int, Row]) -> list[Recent]:
    """Return which of the threads `found` this browser opened; a cookie for one that is gone is deleted."""
    rows = {str(id): row for id, row in found.items() if row.title}
    seen = recents.views(RECENT)
    recents.drop(RECENT, [id for id, *_ in seen if id not in rows])
    forum, pictures = url_for("forum.index"), current_app.jinja_env.globals["asset"]("")
    cookie = current_jar().wire_name(RECENT)
    return [
        Recent(
            id=id,
            title=threads.title_of(rows[id].title, rows[id].ours),
            url=f"{forum}{rows[id].board}/{id}",
            picture=pictures + BOARDS[rows[id].board].picture,
            cookie=cookie + id,
            value=RECENT.codec.encode((at, post)),
            at=at,
        )
        for id, at, post in seen
        if id in rows
    ]

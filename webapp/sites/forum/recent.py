"""What the visitor looked at in the forum."""

import logging

from flask import current_app, url_for
from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from webapp.cookies import current_jar
from webapp.database import reading
from webapp.house import Recent
from webapp.sites import recents

from .cookies import RECENT
from .models import Thread
from .threads import LARGEST_ID, title_of
from .town import BOARDS

_NAMED = select(Thread.id, Thread.board, Thread.title, Thread.ours).where(
    Thread.id.in_(bindparam("ids", expanding=True)), Thread.title != ""
)
_log = logging.getLogger(__name__)


def recently_viewed() -> list[Recent]:
    """Return the threads that this browser opened, the newest first; a cookie for one that is gone is deleted."""
    seen = recents.views(RECENT)
    if not seen:
        return []
    try:
        ids = [int(id) for id, *_ in seen if int(id) <= LARGEST_ID]
        found = {str(row.id): row for row in reading().execute(_NAMED, {"ids": ids})}
    except SQLAlchemyError as error:
        _log.error("the database does not answer: %s", error.__class__.__name__)
        return []
    recents.drop(RECENT, [id for id, *_ in seen if id not in found])
    forum, asset, cookie = (
        url_for("forum.index"),
        current_app.jinja_env.globals["asset"],
        current_jar().wire_name(RECENT),
    )
    return [
        Recent(
            id=id,
            title=title_of(found[id].title, found[id].ours),
            url=f"{forum}{found[id].board}/{id}",
            picture=asset(BOARDS[found[id].board].picture),
            cookie=cookie + id,
            value=RECENT.codec.encode((at, post)),
            at=at,
        )
        for id, at, post in seen
        if id in found
    ]

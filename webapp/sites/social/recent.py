"""Whom and what the visitor looked at on the social site."""

from flask import current_app, url_for
from sqlalchemy import bindparam, false, literal, select, union_all
from sqlalchemy.exc import SQLAlchemyError

from webapp.cookies import current_jar
from webapp.database import reading
from webapp.database.ids import LARGEST_ID
from webapp.house import Recent
from webapp.i18n import gettext as _
from webapp.sites import recents
from webapp.sites.people import USERS
from webapp.sites.portraits import portrait_of
from webapp.sites.written import shown

from .cookies import RECENT
from .tables import POSTS

_LONGEST_TITLE = 40

_SEEN = union_all(
    select(literal("p").label("kind"), POSTS.c.id, USERS.c.id.label("person"), USERS.c.name, POSTS.c.text, POSTS.c.ours)
    .join_from(POSTS, USERS, USERS.c.id == POSTS.c.author_id)
    .where(POSTS.c.id.in_(bindparam("posts", expanding=True)), POSTS.c.removed_at.is_(None)),
    select(literal("u"), USERS.c.id, USERS.c.id, USERS.c.name, literal(""), false()).where(
        USERS.c.id.in_(bindparam("people", expanding=True))
    ),
)


def recently_viewed() -> list[Recent]:
    """Return what this browser looked at, the newest first; a cookie for what is gone is deleted.

    Nothing while the database is down; the cookies stay then.
    """
    seen = recents.views(RECENT)
    if not seen:
        return []
    ids = [(key[0], int(key[1:])) for key, _at in seen if int(key[1:]) <= LARGEST_ID]
    wanted = {name: [id for kind, id in ids if kind == letter] for name, letter in (("posts", "p"), ("people", "u"))}
    try:
        found = {f"{kind}{id}": rest for kind, id, *rest in reading().execute(_SEEN, wanted)}
    except SQLAlchemyError:
        return []
    recents.drop(RECENT, [key for key, _at in seen if key not in found])
    site, pictures = url_for("social.index"), current_app.jinja_env.globals["asset"]("")
    cookie = current_jar().wire_name(RECENT)
    return [
        Recent(
            id=key,
            title=name if key[0] == "u" else _("%(name)s: %(words)s", name=name, words=_short(shown(text, ours))),
            url=f"{site}@{name}" if key[0] == "u" else f"{site}{key[1:]}",
            picture=pictures + portrait_of(person),
            cookie=cookie + key,
            value=RECENT.codec.encode(at),
            at=at,
        )
        for key, at in seen
        if key in found
        for person, name, text, ours in [found[key]]
    ]


def _short(text: str) -> str:
    """Return the first words of a text."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"

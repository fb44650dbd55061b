"""Devices: a row for each log-in in a browser; its session token is renewed at every log-in."""

import logging
import math
import secrets
from datetime import datetime, timedelta

from flask import Flask, current_app, g, request, session
from flask_login import current_user, login_user, logout_user
from sqlalchemy import ColumnElement, Connection, Executable, Row, Update, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.database import note, reading, writing
from webapp.database.bounds import too_many
from webapp.database.migrate import first_line
from webapp.database.question import Question
from webapp.i18n import N_
from webapp.security.tokens import token_hash
from webapp.signals import browser_resetting

from . import browsers, throttle, tokens
from .closing import close
from .cookies import LAST_LOGIN, REMEMBER
from .lifetimes import DRAWN, KEPT, SEEN_EVERY, bounded, remember_end, session_end, standing
from .tables import DEVICES, RETIRED_VALIDATORS, USERS
from .tokens import Tokens
from .visitor import Visitor, login

REASONS = {
    "ended": N_("This browser was logged out from another one, on the page “Your devices”."),
    "password": N_("The password of your account was changed, which logged out your other browsers."),
    "admin": N_("Somebody who looks after this site logged out all of your browsers."),
    "stolen": N_(
        "An old copy of your remember-me cookie was used. Somebody else may have it, so we logged you out everywhere. "
        "If you did not copy the cookie yourself, please change your password."
    ),
    "copied": N_(  # the same, of an account whose password nobody can change
        "An old copy of your remember-me cookie was used. Somebody else may have it, so we logged you out everywhere."
    ),
}

_log = logging.getLogger(__name__)
ROW = select(
    DEVICES.c.id.label("device_id"),
    *DEVICES.c["selector", "validator_hash", "previous_hash", "seen", "rotated_at", "created_at", "last_seen_at"],
    *DEVICES.c["ended_at", "ended_why"],
    *USERS.c["id", "name", "key", "known_as", "demo", "admin", "drawn"],
    USERS.c.created_at.label("since"),
).join_from(DEVICES, USERS)

_by_session = Question(ROW.where(DEVICES.c.session_hash == bindparam("hash")))


def visitor_of(row: Row, known_by: str, token: str = "") -> Visitor:
    """Return who a row of `ROW` is, told by one of the cookies; `token` is the one of the session."""
    return Visitor(
        id=row.id, name=row.name, key=row.key, known_as=row.known_as, demo=row.demo, admin=row.admin,
        since=row.created_at if row.demo else row.since, ends=row.since + DRAWN if row.drawn else None,
        device_id=row.device_id, known_by=known_by, token=token,
        session_ends=bounded(row, session_end(bool(row.selector), row.rotated_at, clock.now(), row.created_at)),
        remembered_until=bounded(row, remember_end(row.rotated_at, row.created_at)) if row.selector else None,
    )  # fmt: skip


def _session_end(row: Row) -> datetime:
    return session_end(bool(row.selector), row.rotated_at, row.last_seen_at, row.created_at)


def find(token: object) -> Visitor | None:
    """Return who a session token belongs to, None when it names no live device."""
    if not isinstance(token, str):
        return None
    row = next(iter(_by_session(hash=token_hash(token))), None)
    if row is None:
        return None
    now = clock.now()
    word = standing(row, bounded(row, _session_end(row)), now, current_app.config["DEMO_ACCOUNTS"])
    if word == "ended":
        login().ended_why = row.ended_why
    if word != "live":
        return None
    if not row.seen or now - row.last_seen_at > SEEN_EVERY:
        try:
            note(update(DEVICES).where(DEVICES.c.session_hash == token_hash(token)).values(seen=True, last_seen_at=now))
        except SQLAlchemyError as error:
            _log.warning("could not note that a device was seen: %s", first_line(error))
    return visitor_of(row, "session", token)


def begin_session(visitor: Visitor, fresh: bool) -> None:
    """Begin the session of somebody who was just let in."""
    # Nothing of a session that somebody may have planted is kept, its CSRF token included.
    session.clear()
    g.pop("csrf_token", None)
    login().keep_session = False
    login_user(visitor, fresh=fresh)
    del session["_id"]  # 128 characters for Flask-Login's session protection, which is off: nobody would read them


def remember(visitor: Visitor, drawn: Tokens, now: datetime) -> None:
    """Give the browser of a remembered device its cookie, for as long as it is remembered."""
    if drawn.selector:
        REMEMBER.set(drawn.cookie, max_age=_whole_minutes(visitor.remembered_until - now))


def replace_tokens(
    db: Connection, device_id: int, drawn: Tokens, now: datetime, *unchanged: ColumnElement[bool], **columns: object
) -> Row | None:
    """Write new tokens into the row of a device and return it; None where it is not as `unchanged` says."""
    changed = db.execute(
        update(DEVICES)
        .where(DEVICES.c.id == device_id, *unchanged)
        .values(**drawn.columns, rotated_at=now, last_seen_at=now, **columns)
    ).rowcount
    return db.execute(ROW.where(DEVICES.c.id == device_id)).one() if changed else None


def _whole_minutes(time: timedelta) -> timedelta:
    # Of a day that began a moment ago "a day" is left, not 86399 seconds; the server holds to its own end.
    return timedelta(minutes=math.ceil(time / timedelta(minutes=1)))


def log_in(user: Row, wanted: bool) -> str | None:
    """Log a user in on a new device, remembered if `wanted`, and return the notice that waits: a key of `REASONS`.

    A log-in that this browser still had ends: its cookies are about to be overwritten. So does an account with a drawn
    name, but for the one that is logged in to: nobody could come back to it.
    """
    now, drawn = clock.now(), tokens.draw(secrets.token_urlsafe(12) if wanted else None)
    with writing() as db:
        if current_user.is_authenticated:
            _end_here(db, "replaced", stays=current_user.id == user.id)
        throttle.forget(db, user.key, throttle.bucket(user.known_as))
        db.execute(delete(DEVICES).where(DEVICES.c.user_id == user.id, DEVICES.c.last_seen_at < now - KEPT))
        notice = db.scalar(select(USERS.c.notice).where(USERS.c.id == user.id))
        if notice:
            db.execute(update(USERS).where(USERS.c.id == user.id).values(notice=None))
        device_id = db.scalar(
            insert(DEVICES)
            .values(
                **drawn.columns,
                user_id=user.id,
                seen=True,
                rotated_at=now,
                created_at=now,
                last_seen_at=now,
                browser=browsers.describe(request.user_agent.string, request.headers.get("Sec-CH-UA", "")),
            )
            .returning(DEVICES.c.id)
        )
        db.execute(delete(DEVICES).where(too_many(DEVICES, user.id)))
        row = db.execute(ROW.where(DEVICES.c.id == device_id)).one()
    visitor = visitor_of(row, "session", drawn.session)
    begin_session(visitor, fresh=True)
    lasts = _whole_minutes(visitor.ends - now) if visitor.ends else LAST_LOGIN.max_age
    LAST_LOGIN.set("remembered" if wanted else "session", max_age=lasts)
    REMEMBER.delete()
    remember(visitor, drawn, now)
    if user.password_hash and not user.demo:
        throttle.make_known(user.known_as)
    return notice


def renew(visitor: Visitor, *statements: Executable) -> None:
    """Give this device new tokens and a fresh session, after the password was asked; `statements` join the transaction.

    Copies of the old tokens are dead at once; using one is refused, without alarm.
    """
    now = clock.now()
    with writing() as db:
        for statement in statements:
            db.execute(statement)
        db.execute(delete(RETIRED_VALIDATORS).where(RETIRED_VALIDATORS.c.device_id == visitor.device_id))
        drawn = tokens.draw(db.scalar(select(DEVICES.c.selector).where(DEVICES.c.id == visitor.device_id)))
        row = replace_tokens(db, visitor.device_id, drawn, now, previous_hash=None, seen=True)
    renewed = visitor_of(row, "session", drawn.session)
    begin_session(renewed, fresh=True)
    remember(renewed, drawn, now)


@browser_resetting.connect
def _log_out_for_good(sender: Flask) -> None:
    if current_user.is_authenticated:
        log_out()
    session.clear()


def log_out() -> None:
    """End this device and take its cookies back; `known` stays, so that the owner is never locked out here.

    An account with a drawn name ends with it.
    """
    with writing() as db:
        _end_here(db, "logout")
    forget_here()


def _end_here(db: Connection, why: str, stays: bool = False) -> None:
    if current_user.ends and not stays:
        close(db, current_user.id, current_user.key, throttle.DRAWN)
    else:
        db.execute(ending(current_user.id, why, DEVICES.c.id == current_user.device_id))


def forget_here() -> None:
    """Make this browser anonymous."""
    logout_user()
    session.clear()
    login().keep_session = False
    REMEMBER.delete()
    LAST_LOGIN.delete()


def reason() -> str | None:
    """Return why this browser is not logged in any more, to be translated; None when there is nothing to explain."""
    return None if current_user.is_authenticated else REASONS.get(login().ended_why or session.get("ended"))


def ending(user_id: int, why: str, *which: ColumnElement[bool]) -> Update:
    """Return the statement that ends a user's devices, all of them or those that match `which`."""
    return (
        update(DEVICES)
        .where(DEVICES.c.user_id == user_id, DEVICES.c.ended_at.is_(None), *which)
        .values(ended_at=clock.now(), ended_why=why)
    )


def living(user_id: int) -> list[Row]:
    """Return the devices that are logged in, at most a hundred, the one seen last first."""
    now = clock.now()
    rows = reading().execute(
        select(*DEVICES.c["id", "browser", "selector", "created_at", "rotated_at", "last_seen_at"])
        .where(
            DEVICES.c.user_id == user_id, DEVICES.c.ended_at.is_(None), DEVICES.c.last_seen_at > now - REMEMBER.max_age
        )
        .order_by(DEVICES.c.last_seen_at.desc(), DEVICES.c.id.desc())
        .limit(100)
    )
    return [
        row
        for row in rows
        if _session_end(row) > now or (row.selector and remember_end(row.rotated_at, row.created_at) > now)
    ]

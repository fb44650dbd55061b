"""Devices: a row for each log-in in a browser, and the two tokens that lead to it.

The session token is renewed at every log-in and lives in Flask's session. The remember cookie is a selector and a
validator, redeemed when the session names no live device any more, and then replaced. A validator that turns up
after its replacement was in use is a copy in other hands (B. Jaspan, Improved Persistent Login Cookie Best Practice).
Browsers send several requests at once with the same cookie, and answers get lost: neither may look like theft.
"""

import hmac
import logging
import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Flask, current_app, g, request, session
from flask_login import current_user, login_user, logout_user
from sqlalchemy import ColumnElement, Executable, Row, Update, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock, trial
from webapp.database import reading, writing
from webapp.i18n import N_
from webapp.signals import browser_resetting

from . import browsers, throttle
from .cookies import LAST_LOGIN, REMEMBER
from .models import Device, RetiredValidator, User
from .visitor import Visitor

IDLE = timedelta(hours=24)
LONGEST = timedelta(days=30)
# Shorter than the remember cookie lives, else the cookie that could renew the session would end together with it.
LONGEST_REMEMBERED = timedelta(days=15)
REMEMBERED = timedelta(days=90)
GRACE = timedelta(seconds=60)
SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)

REASONS = {
    "ended": N_("This browser was logged out from another one, on the page “your devices”."),
    "password": N_("The password of your account was changed, which logged out your other browsers."),
    "admin": N_("Somebody who looks after this site logged out all of your browsers."),
    "stolen": N_(
        "An old copy of your remember-me cookie was used. Somebody else may have it, so we logged you out everywhere. "
        "If you did not copy the cookie yourself, please change your password."
    ),
}

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_log = logging.getLogger(__name__)
_ROW = select(
    Device.id.label("device_id"), Device.selector, Device.validator_hash, Device.previous_hash, Device.seen,
    Device.rotated_at, Device.created_at, Device.last_seen_at, Device.ended_at, Device.ended_why,
    User.id, User.name, User.key, User.known_as, User.demo, User.admin, User.created_at.label("since"),
).join_from(Device, User)  # fmt: skip

_BY_SESSION = _ROW.where(Device.session_hash == bindparam("hash"))


def _hash(token: str) -> str:
    return sha256(token.encode("ascii")).hexdigest()


def session_end(remembered: bool, rotated_at: datetime, last_seen_at: datetime, created_at: datetime) -> datetime:
    """Return when the session of a device ends if nothing more is heard of it."""
    longest = LONGEST_REMEMBERED if remembered else LONGEST
    return min(last_seen_at + IDLE, rotated_at + longest, created_at + REMEMBERED)


def remember_end(rotated_at: datetime, created_at: datetime) -> datetime:
    """Return when the remember cookie of a device ends: 30 days from its last renewal, 90 from the log-in."""
    return min(rotated_at + REMEMBER.max_age, created_at + REMEMBERED)


def _visitor(row: Row, known_by: str, token: str = "", rotated_at: datetime | None = None) -> Visitor:
    rotated_at = rotated_at or row.rotated_at
    return Visitor(
        id=row.id, name=row.name, key=row.key, known_as=row.known_as, demo=row.demo, admin=row.admin, since=row.since,
        device_id=row.device_id, known_by=known_by, token=token,
        session_ends=session_end(bool(row.selector), rotated_at, clock.now(), row.created_at),
        remembered_until=remember_end(rotated_at, row.created_at) if row.selector else None,
    )  # fmt: skip


def _session_end(row: Row) -> datetime:
    return session_end(bool(row.selector), row.rotated_at, row.last_seen_at, row.created_at)


def _is_live(row: Row, end: datetime) -> bool:
    if row.ended_at:
        g.ended_why = row.ended_why
        return False
    return clock.now() < end and (not row.demo or current_app.config["DEMO_ACCOUNTS"])


def find(token: object) -> Visitor | None:
    """Return who a session token belongs to, None when it names no live device."""
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return None
    row = reading().execute(_BY_SESSION, {"hash": _hash(token)}).one_or_none()
    if row is None or not _is_live(row, _session_end(row)):
        return None
    now = clock.now()
    if not row.seen or now - row.last_seen_at > SEEN_EVERY:
        try:
            with writing() as db:
                db.execute(
                    update(Device).where(Device.session_hash == _hash(token)).values(seen=True, last_seen_at=now)
                )
        except SQLAlchemyError:
            _log.exception("could not note that a device was seen")
    return _visitor(row, "session", token)


def redeem() -> Visitor | None:
    """Return whom the remember cookie brings back, None for nobody; the log-in is not a fresh one.

    The cookie is replaced, and so is the session. Only a request that was sent before its browser can have had the
    replacement is let in by the old one, for this once and without any `Set-Cookie`.
    """
    cookie = REMEMBER.get()
    if cookie is None:
        return None
    selector, _, validator = cookie.partition(".")
    digest = _hash(validator)
    for _attempt in range(5):  # again when another request renewed the tokens in between
        row = reading().execute(_ROW.where(Device.selector == selector)).one_or_none()
        if row is None or not _is_live(row, remember_end(row.rotated_at, row.created_at)):
            break
        now = clock.now()
        replaced_at = _replaced_at(row, digest)
        if hmac.compare_digest(row.validator_hash, digest):
            renewed = _renew(row, digest)
        elif replaced_at is None:
            break
        elif now - replaced_at <= GRACE:
            return _let_in_once(row)
        elif row.previous_hash == digest and not row.seen:
            renewed = _renew(row, digest)  # the answer with the replacement never arrived
        else:
            if not trial.under_way():
                _log.warning("an old remember cookie of user %d was used: all devices ended", row.id)
            with writing() as db:
                db.execute(ending(row.id, "stolen"))
                db.execute(update(User).where(User.id == row.id).values(notice="stolen"))
            g.ended_why = "stolen"
            break
        if renewed:
            return renewed
    else:
        return None
    REMEMBER.delete()
    if g.get("ended_why") in REASONS:
        session["ended"] = g.ended_why  # the cookie that would tell the log-in page is gone by then
    return None


def _replaced_at(row: Row, digest: str) -> datetime | None:
    """Return when a validator was replaced, None when the device never had it."""
    if row.previous_hash and hmac.compare_digest(row.previous_hash, digest):
        return row.rotated_at
    return reading().scalar(
        select(RetiredValidator.at).where(RetiredValidator.hash == digest, RetiredValidator.device_id == row.device_id)
    )


def _let_in_once(row: Row) -> Visitor:
    # A session written now would overwrite the one that the faster request has just begun.
    g.keep_session = True
    if "_fresh" in session:
        modified = session.modified
        session["_fresh"] = False
        session.modified = modified
    return _visitor(row, "remember")


def _renew(row: Row, digest: str) -> Visitor | None:
    """Give the device new tokens and begin its session; None when another request was faster."""
    now = clock.now()
    token, validator = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    retired = {row.validator_hash, row.previous_hash} - {digest, None}
    with writing() as db:
        changed = db.execute(
            update(Device)
            .where(
                Device.id == row.device_id,
                Device.validator_hash == row.validator_hash,
                Device.seen == row.seen,
                Device.ended_at.is_(None),
            )
            .values(
                session_hash=_hash(token),
                validator_hash=_hash(validator),
                previous_hash=digest,
                seen=False,
                rotated_at=now,
                last_seen_at=now,
            )
        ).rowcount
        if changed and retired:
            # The one before was replaced when the last renewal was; it must not get a new time of grace by this one.
            since = {row.previous_hash: row.rotated_at}
            rows = [{"hash": old, "device_id": row.device_id, "at": since.get(old, now)} for old in retired]
            db.execute(insert(RetiredValidator), rows)
    if not changed:
        return None
    visitor = _visitor(row, "remember", token, rotated_at=now)
    _begin_session(visitor, fresh=False)
    REMEMBER.set(f"{row.selector}.{validator}", max_age=visitor.remembered_until - now)
    return visitor


def _begin_session(visitor: Visitor, fresh: bool) -> None:
    # Nothing of a session that somebody may have planted is kept, its CSRF token included.
    session.clear()
    g.pop("csrf_token", None)
    g.pop("keep_session", None)
    login_user(visitor, fresh=fresh)
    del session["_id"]  # 128 characters for Flask-Login's session protection, which is off: nobody would read them


def log_in(user: Row, remember: bool) -> str | None:
    """Log a user in on a new device and return the notice that waits for them, a key of `REASONS`.

    A log-in that this browser still had ends: its cookies are about to be overwritten.
    """
    now = clock.now()
    token, selector, validator = secrets.token_urlsafe(16), secrets.token_urlsafe(12), secrets.token_urlsafe(16)
    with writing() as db:
        if current_user.is_authenticated:
            db.execute(ending(current_user.id, "replaced", Device.id == current_user.device_id))
        throttle.forget(db, user.key, throttle.bucket(user.known_as))
        db.execute(delete(Device).where(Device.user_id == user.id, Device.last_seen_at < now - KEPT))
        notice = db.scalar(select(User.notice).where(User.id == user.id))
        if notice:
            db.execute(update(User).where(User.id == user.id).values(notice=None))
        device_id = db.scalar(
            insert(Device)
            .values(
                user_id=user.id,
                session_hash=_hash(token),
                selector=selector if remember else None,
                validator_hash=_hash(validator) if remember else None,
                seen=True,
                rotated_at=now,
                created_at=now,
                last_seen_at=now,
                browser=browsers.describe(request.user_agent.string),
            )
            .returning(Device.id)
        )
        row = db.execute(_ROW.where(Device.id == device_id)).one()
    _begin_session(_visitor(row, "session", token), fresh=True)
    LAST_LOGIN.set("remembered" if remember else "session")
    if remember:
        REMEMBER.set(f"{selector}.{validator}")
    else:
        REMEMBER.delete()
    if not user.demo:
        throttle.make_known(user.known_as)
    return notice


def renew(visitor: Visitor, *statements: Executable) -> None:
    """Give this device new tokens and a fresh session, after the password was asked; `statements` join the transaction.

    Copies of the old tokens are dead at once; using one is refused, without alarm.
    """
    now = clock.now()
    token, validator = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    with writing() as db:
        for statement in statements:
            db.execute(statement)
        db.execute(delete(RetiredValidator).where(RetiredValidator.device_id == visitor.device_id))
        selector = db.scalar(select(Device.selector).where(Device.id == visitor.device_id))
        db.execute(
            update(Device)
            .where(Device.id == visitor.device_id)
            .values(
                session_hash=_hash(token),
                validator_hash=_hash(validator) if selector else None,
                previous_hash=None,
                seen=True,
                rotated_at=now,
                last_seen_at=now,
            )
        )
        row = db.execute(_ROW.where(Device.id == visitor.device_id)).one()
    renewed = _visitor(row, "session", token)
    _begin_session(renewed, fresh=True)
    if selector:
        REMEMBER.set(f"{selector}.{validator}", max_age=renewed.remembered_until - now)


@browser_resetting.connect
def _log_out_for_good(sender: Flask) -> None:
    if current_user.is_authenticated:
        log_out()
    session.clear()


def log_out() -> None:
    """End this device and take its cookies back; `known` stays, so that the owner is never locked out here."""
    with writing() as db:
        db.execute(ending(current_user.id, "logout", Device.id == current_user.device_id))
    forget_here()


def forget_here() -> None:
    """Make this browser anonymous."""
    logout_user()
    session.clear()
    g.pop("keep_session", None)
    REMEMBER.delete()
    LAST_LOGIN.delete()


def reason() -> str | None:
    """Return why this browser is not logged in any more, to be translated; None when there is nothing to explain."""
    return None if current_user.is_authenticated else REASONS.get(g.get("ended_why") or session.get("ended"))


def ending(user_id: int, why: str, *which: ColumnElement[bool]) -> Update:
    """Return the statement that ends a user's devices, all of them or those that match `which`."""
    return (
        update(Device)
        .where(Device.user_id == user_id, Device.ended_at.is_(None), *which)
        .values(ended_at=clock.now(), ended_why=why)
    )


def living(user_id: int) -> list[Row]:
    """Return the devices that are logged in, at most a hundred, the one seen last first."""
    now = clock.now()
    rows = reading().execute(
        select(Device.id, Device.browser, Device.selector, Device.created_at, Device.rotated_at, Device.last_seen_at)
        .where(Device.user_id == user_id, Device.ended_at.is_(None), Device.last_seen_at > now - REMEMBER.max_age)
        .order_by(Device.last_seen_at.desc(), Device.id.desc())
        .limit(100)
    )
    return [
        row
        for row in rows
        if _session_end(row) > now or (row.selector and remember_end(row.rotated_at, row.created_at) > now)
    ]

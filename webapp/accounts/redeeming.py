"""The remember cookie, redeemed when the session names no live device any more, and then replaced.

A validator that turns up after its replacement was in use is a copy in other hands (B. Jaspan, Improved Persistent
Login Cookie Best Practice). Browsers send several requests at once with the same cookie, and answers get lost: neither
may look like theft.
"""

import hmac
import logging
from dataclasses import replace
from datetime import datetime
from typing import Literal

from flask import current_app, request, session
from sqlalchemy import Row, and_, bindparam, delete, insert, update

from webapp import clock, trial
from webapp.database import reading, writing
from webapp.database.bounds import too_many
from webapp.house import house
from webapp.security.tokens import token_hash

from . import tokens
from .cookies import REMEMBER
from .devices import REASONS, ROW, begin_session, ending, remember, replace_tokens, visitor_of
from .lifetimes import GRACE, bounded, remember_end, standing
from .tables import DEVICES, RETIRED_VALIDATORS, USERS
from .visitor import Visitor, login

_log = logging.getLogger(__name__)
_BY_SELECTOR = (
    ROW.add_columns(RETIRED_VALIDATORS.c.at.label("retired_at"))
    .outerjoin(
        RETIRED_VALIDATORS,
        and_(RETIRED_VALIDATORS.c.device_id == DEVICES.c.id, RETIRED_VALIDATORS.c.hash == bindparam("digest")),
    )
    .where(DEVICES.c.selector == bindparam("selector"))
)

Verdict = Literal["unknown", "ended", "over", "foreign", "current", "late", "lost", "stolen"]


def verdict(row: Row | None, digest: str, now: datetime, demo_accounts: bool) -> Verdict:
    """Return what a remember cookie is, by the row that its selector names and the hash of its validator.

    `unknown`: there is no such device. `ended`, `over`: it does not live any more. `foreign`: it never had this
    validator. `current`: its own. `late`: replaced a moment ago, by a request that was sent beside this one. `lost`:
    replaced, but the answer with the replacement never arrived. `stolen`: replaced, and the replacement was used.
    """
    if row is None:
        return "unknown"
    lives = standing(row, bounded(row, remember_end(row.rotated_at, row.created_at)), now, demo_accounts)
    if lives != "live":
        return lives
    if hmac.compare_digest(row.validator_hash, digest):
        return "current"
    if (late_until := _late_until(row, digest)) is None:
        return "foreign"
    if now <= late_until:
        return "late"
    return "lost" if _was_last(row, digest) and not row.seen else "stolen"


def _was_last(row: Row, digest: str) -> bool:
    return row.previous_hash is not None and hmac.compare_digest(row.previous_hash, digest)


def _late_until(row: Row, digest: str) -> datetime | None:
    replaced_at = row.rotated_at if _was_last(row, digest) else row.retired_at
    return replaced_at and replaced_at + GRACE


def redeem() -> Visitor | None:
    """Return whom the remember cookie brings back, None for nobody; the log-in is not a fresh one.

    The cookie is replaced, and so is the session. A request that was sent before its browser can have had the
    replacement is let in by the old one, for this once and without any `Set-Cookie`; so is one for a page aside, where
    the browser never got the replacement.
    """
    cookie = REMEMBER.get()
    if cookie is None:
        return None
    selector, _, validator = cookie.partition(".")
    digest = token_hash(validator)
    for _attempt in range(5):  # again when another request renewed the tokens in between
        row = reading().execute(_BY_SELECTOR, {"selector": selector, "digest": digest}).one_or_none()
        word = verdict(row, digest, clock.now(), current_app.config["DEMO_ACCOUNTS"])
        # A page aside may be a frame, or come again by itself: the next cookie waits for a page that tells of it.
        if word == "late" or (word == "lost" and house().is_aside(request.path)):
            return _let_in_once(row, _late_until(row, digest))
        if word not in ("current", "lost"):
            return _refuse(row, word)
        if renewed := _renew(row, digest):
            return renewed
    return None


def _refuse(row: Row | None, word: Verdict) -> None:
    if word == "ended":
        login().ended_why = row.ended_why
    if word == "stolen":
        why = login().ended_why = "copied" if row.demo or row.drawn else "stolen"
        if not trial.under_way():
            _log.warning("an old remember cookie of user %d was used: all devices ended", row.id)
        with writing() as db:
            db.execute(ending(row.id, why))
            db.execute(update(USERS).where(USERS.c.id == row.id).values(notice=why))
    if house().is_aside(request.path):
        return  # such a page may be a frame, or come again by itself: the cookie stays for one that tells what happened
    REMEMBER.delete()
    if login().ended_why in REASONS:
        session["ended"] = login().ended_why  # the cookie that would tell the log-in page is gone by then


def _let_in_once(row: Row, late_until: datetime) -> Visitor:
    # A session written now would overwrite the one that the faster request has just begun.
    login().keep_session = True
    if "_fresh" in session:
        modified = session.modified
        session["_fresh"] = False
        session.modified = modified
    return replace(visitor_of(row, "remember"), late_until=late_until)


def _renew(row: Row, digest: str) -> Visitor | None:
    """Give the device new tokens and begin its session; None when another request was faster."""
    now, drawn = clock.now(), tokens.draw(row.selector)
    retired = {row.validator_hash, row.previous_hash} - {digest, None}
    unchanged = DEVICES.c.validator_hash == row.validator_hash, DEVICES.c.seen == row.seen, DEVICES.c.ended_at.is_(None)
    with writing() as db:
        renewed = replace_tokens(db, row.device_id, drawn, now, *unchanged, previous_hash=digest, seen=False)
        if renewed and retired:
            # The one before was replaced when the last renewal was; it must not get a new time of grace by this one.
            since = {row.previous_hash: row.rotated_at}
            rows = [{"hash": old, "device_id": row.device_id, "at": since.get(old, now)} for old in retired]
            db.execute(insert(RETIRED_VALIDATORS), rows)
            db.execute(delete(RETIRED_VALIDATORS).where(too_many(RETIRED_VALIDATORS, row.device_id)))
    if not renewed:
        return None
    visitor = visitor_of(renewed, "remember", drawn.session)
    begin_session(visitor, fresh=False)
    remember(visitor, drawn, now)
    return visitor

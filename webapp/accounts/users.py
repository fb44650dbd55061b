"""Accounts: their names, registering, checking a password, closing; the demo accounts."""

import logging
import re
import secrets
import unicodedata

from flask import Flask, current_app
from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from webapp import clock
from webapp.database import reading, release, writing
from webapp.database.migrate import first_line
from webapp.i18n import N_
from webapp.invisible import is_invisible

from . import closing, devices, passwords, throttle
from .tables import DEVICES, USERS
from .visitor import Visitor

DEMO_ACCOUNTS = {"mira": "sourdough-mira", "oskar": "baguette-oskar", "layla": "flatbread-layla"}

# The people of the town, who write in the social site and the forum; no password is theirs, so nobody logs in as them.
TOWNSPEOPLE = (
    "Marta", "Agnieszka", "Youssef", "Salma", "Tomás", "Hannes", "Lucía", "Mei-Ling", "Mairi", "Priya", "Abeba", "Piet",
    "Nell",
)  # fmt: skip

_NAME = re.compile(r"[LN][LNM._-]{2,29}")
_log = logging.getLogger(__name__)


def clean_name(name: str) -> str:
    """Return a name the way it is kept and shown: trimmed, one code point for each letter where there is one (NFKC)."""
    return unicodedata.normalize("NFKC", name).strip()


def key_of(name: str) -> str:
    """Return what is the same for every way of writing a name."""
    return unicodedata.normalize("NFKC", clean_name(name).casefold())


def name_problem(name: str) -> str | None:
    """Return why a name can't be taken, to be translated; None when it can."""
    name = clean_name(name)
    kinds = "".join(map(_kind, name))
    if not _NAME.fullmatch(kinds) or "MMMM" in kinds or any(map(is_invisible, name)):
        return N_(
            "A name has 3 to 30 letters or digits of any script; dots, hyphens and underscores may follow the first."
        )
    return None


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return character if character in "._-" else "N" if category == "Nd" else category[0] if category[0] in "LM" else "?"


def find(name: str) -> Row | None:
    """Return the account of a name, None where nobody has it."""
    if name_problem(name):
        return None
    return reading().execute(select(USERS).where(USERS.c.key == key_of(name))).one_or_none()


def authenticate(name: str, password: str) -> Row | None:
    """Return the user whose name and password these are, None else; the caller learns not which of them was wrong.

    TooManyError when too many were tried.
    """
    user = find(name)
    demo = bool(user and user.demo and user.password_hash)
    if demo and not current_app.config["DEMO_ACCOUNTS"]:
        user = None
    throttle.count(key_of(name), throttle.DEMO if demo else throttle.bucket(user and user.known_as))
    release()  # a class that logs in at once waits here for its turn, and must not hold every connection meanwhile
    if not passwords.is_right(user and user.password_hash, password):
        return None
    if passwords.is_outdated(user.password_hash):
        password_hash = passwords.hash_password(password)
        with writing() as db:
            db.execute(update(USERS).where(USERS.c.id == user.id).values(password_hash=password_hash))
    return user


def confirm(visitor: Visitor, password: str) -> bool:
    """Tell whether somebody who is logged in knows the account's password; counted like a log-in."""
    if not authenticate(visitor.name, password):
        return False
    with writing() as db:
        throttle.forget(db, visitor.key, throttle.bucket(visitor.known_as))
    return True


def sign_up(name: str, password: str) -> Row | None:
    """Make an account for a visitor and return it; None when the name is taken, by an account with another password.

    TooManyError when too many were made from their network.
    """
    if not find(name):
        throttle.count(key_of(name), throttle.NEWCOMER)
        if user := register(name, password):
            return user
    return authenticate(name, password)  # sent twice, the second finds the account that the first has made


def register(name: str, password: str | None, *, demo: bool = False, admin: bool = False) -> Row | None:
    """Make an account and return it, None when the name is taken; without a password nobody can log in to it."""
    name = clean_name(name)
    release()
    password_hash = "" if password is None else passwords.hash_password(password)
    try:
        with writing() as db:
            return make(db, name, password_hash=password_hash, demo=demo, admin=admin)
    except IntegrityError:
        return None


def make(db: Connection, name: str, **columns: object) -> Row:
    """Write the row of an account and return it; IntegrityError when the name is taken."""
    columns = {"password_hash": "", "demo": False, "admin": False, "created_at": clock.now(), **columns}
    values = {"name": name, "key": key_of(name), "known_as": secrets.token_urlsafe(12), **columns}
    return db.execute(insert(USERS).values(values).returning(USERS)).one()


def rename(visitor: Visitor, name: str) -> bool:
    """Give an account another name; False when somebody else has it."""
    name = clean_name(name)
    try:
        with writing() as db:
            db.execute(update(USERS).where(USERS.c.id == visitor.id).values(name=name, key=key_of(name)))
    except IntegrityError:
        return False
    return True


def change_password(visitor: Visitor, password: str) -> None:
    """Change the password and end the visitor's other devices; this one gets new tokens."""
    password_hash = passwords.hash_password(password)
    devices.renew(
        visitor,
        update(USERS).where(USERS.c.id == visitor.id).values(password_hash=password_hash),
        devices.ending(visitor.id, "password", DEVICES.c.id != visitor.device_id),
    )


def close(visitor: Visitor) -> None:
    """Delete the account and everything that belongs to it, and make this browser anonymous."""
    with writing() as db:
        closing.close(db, visitor.id, visitor.key, throttle.bucket(visitor.known_as))
    devices.forget_here()


def demo_accounts() -> list[str]:
    """Return the names of the demo accounts that can be used; none while the database is down."""
    if not current_app.config["DEMO_ACCOUNTS"]:
        return []
    try:
        found = set(reading().scalars(select(USERS.c.key).where(USERS.c.key.in_(DEMO_ACCOUNTS), USERS.c.demo)))
    except SQLAlchemyError:
        return []
    return [name for name in DEMO_ACCOUNTS if name in found]


def add_demo_accounts(app: Flask) -> None:
    """Make the demo accounts and townspeople that are missing; a name that somebody registered stays theirs."""
    wanted = dict.fromkeys(TOWNSPEOPLE) if app.config["DEMO_CONTENT"] else {}
    if app.config["DEMO_ACCOUNTS"]:
        wanted |= DEMO_ACCOUNTS
    keys = [key_of(name) for name in wanted]
    with app.app_context():
        try:
            found = set(reading().scalars(select(USERS.c.key).where(USERS.c.key.in_(keys)))) if keys else set()
            for name, password in wanted.items():
                if key_of(name) not in found:
                    register(name, password, demo=True)
        except SQLAlchemyError as error:
            _log.warning("no demo accounts were added: %s", first_line(error))

"""The toy app: who somebody is, it believes of a session that its own key signed. The key is weak, or it is not."""

import re
import secrets

from webapp.lab import flask_session
from webapp.security.tokens import keyed_hash

# Each stands in many apps: the first four in Flask's documentation, the next two in tutorials that many began with.
KEYS = (
    "dev",
    "development key",
    b'_5#y2L"F4Q8z\n\xec]/',
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    "you-will-never-guess",
    "hard to guess string",
    "secret",
    "supersecretkey",
    "changeme",
    "mysecretkey",
)


def new(kind: str) -> str:
    """Return what the app of one visitor is known by; of a `weak` key it tells no more than that it is one."""
    return f"{kind}.{secrets.token_hex(4)}"


def key_of(app: str) -> str | bytes | None:
    """Return the key of an app, for a `weak` one some of KEYS; None for what `new` never wrote."""
    if not re.fullmatch(r"(weak|strong)\.[0-9a-f]{8}", app, re.ASCII):
        return None
    random = keyed_hash("lab.secret", app)
    return KEYS[int(random, 16) % len(KEYS)] if app.startswith("weak") else random


def found(session: str) -> str | bytes | None:
    """Return the one of KEYS that a session was signed with, None for another key."""
    return next((key for key in KEYS if flask_session.opens(session, key)), None)


def who(session: str, key: str | bytes) -> str | None:
    """Return whom the app takes somebody with this session for; None for nobody."""
    held = flask_session.read(session) if flask_session.opens(session, key) else None
    name = held and held.content.get("name")
    return name if isinstance(name, str) else None


def signed(name: str, key: str | bytes) -> str:
    """Return the session of somebody, as the app writes it."""
    return flask_session.signer(key).dumps({"name": name})


def changed(session: str, name: str) -> str:
    """Return a session with another name in it, and the moment and the signature that it had."""
    return ".".join([signed(name, "none").rsplit(".", 2)[0], *session.rsplit(".", 2)[1:]])

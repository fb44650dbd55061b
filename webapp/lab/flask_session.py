"""Flask's own session on the wire: what it says to everybody, and what only its key can tell or write."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from flask.sessions import SecureCookieSessionInterface, session_json_serializer
from itsdangerous import BadData, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode

_LONGEST = 1000  # characters: it may be compressed, to a thousandth


@dataclass(frozen=True)
class Session:
    """What a session says without a key: its content, as JSON too, the moment it was signed, and the signature."""

    content: dict[str, Any]
    json: str
    signed_at: datetime
    signature: str


def signer(key: str | bytes) -> URLSafeTimedSerializer:
    """Return what a Flask app whose SECRET_KEY this is writes its session with, and reads it."""
    app = SimpleNamespace(secret_key=key, config={"SECRET_KEY_FALLBACKS": None})
    return SecureCookieSessionInterface().get_signing_serializer(app)


def read(text: str) -> Session | None:
    """Return what a value says to everybody, whoever signed it; None for what is no session, or a very long one."""
    if len(text) > _LONGEST:
        return None
    try:
        payload, stamp, signature = text.rsplit(".", 2)
        content = signer("none").load_payload(payload.encode("ascii"))
        signed_at = datetime.fromtimestamp(int.from_bytes(base64_decode(stamp)), UTC)
    except (BadData, ValueError, OverflowError, OSError):
        return None
    if not isinstance(content, dict):
        return None
    return Session(content, json.dumps(session_json_serializer.tag(content), ensure_ascii=False), signed_at, signature)


def opens(text: str, key: str | bytes) -> bool:
    """Tell whether a value was signed with this key."""
    try:
        signer(key).loads(text.encode("latin-1"))
    except BadData:
        return False
    return True

"""Tokens: of a random one a browser holds the text, the database only its hash; what is signed needs no database."""

import hmac
from hashlib import sha256

from flask import Flask, current_app, request

from webapp.address import network


def token_hash(token: str) -> str:
    """Return what the database knows a token by; a fast hash is enough for what nobody can try through."""
    return sha256(token.encode()).hexdigest()


def keyed_hash(kind: str, text: str) -> str:
    """Return what stands for an account or an address that is only counted; without the key none can be tried."""
    message = f"{kind}:{text}".encode("utf-8", "surrogatepass")
    return hmac.new(current_app.config["SECRET_KEY"].encode(), message, sha256).hexdigest()


def address_hash() -> str:
    """Return what stands for everybody behind the address of the current request."""
    return keyed_hash("address", network(request.remote_addr or ""))


def keys(app: Flask | None = None) -> list[str]:
    """Return what an app, else the current one, signs by: the last is in use, those before it are still accepted."""
    config = (app or current_app).config
    return [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]

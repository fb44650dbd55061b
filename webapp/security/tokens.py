"""Tokens: of a random one a browser holds the text, the database only its hash; what is signed needs no database."""

from hashlib import sha256

from flask import Flask, current_app


def token_hash(token: str) -> str:
    """Return what the database knows a token by; a fast hash is enough for what nobody can try through."""
    return sha256(token.encode()).hexdigest()


def keys(app: Flask | None = None) -> list[str]:
    """Return what an app, else the current one, signs by: the last is in use, those before it are still accepted."""
    config = (app or current_app).config
    return [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]

"""Random tokens: a browser holds one, the database only its hash."""

from hashlib import sha256


def token_hash(token: str) -> str:
    """Return what the database knows a token by; a fast hash is enough for what nobody can try through."""
    return sha256(token.encode()).hexdigest()

"""Signatures for the cookies whose value the server must trust."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadData, TimestampSigner


class Signer:
    """Signs text for one cookie name; the last of `keys` is the current one, those before it are still accepted.

    Each name has a salt of its own, so that a value signed for one cookie is never accepted in another.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys

    def _signer(self, name: str) -> TimestampSigner:
        return TimestampSigner(self._keys, salt=f"crumb.cookie.{name}", key_derivation="hmac", digest_method=sha256)

    def sign(self, name: str, text: str) -> str:
        """Return the text followed by its time and signature, parted by dots."""
        return self._signer(name).sign(text).decode("ascii")

    def unsign(self, name: str, text: str, max_age: timedelta | None) -> str:
        """Return the text that was signed; ValueError when it was forged, changed or is older than `max_age`."""
        seconds = None if max_age is None else int(max_age.total_seconds())
        try:
            return self._signer(name).unsign(text.encode("latin-1"), max_age=seconds).decode("latin-1")
        except BadData as error:
            raise ValueError(str(error)) from error

"""Signatures for the cookies whose value the server must trust."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadData, TimestampSigner, want_bytes


class Signer:
    """Signs text for one cookie name; the last of `keys` is the current one, those before it are still accepted.

    Each name has a salt of its own, begun by `salt`: a value signed for one cookie is never accepted in another.
    """

    def __init__(self, keys: Sequence[str | bytes | None], salt: str = "cookie.") -> None:
        self._keys, self._salt = keys, salt

    def _signer(self, name: str) -> TimestampSigner:
        keys = [want_bytes(key) for key in self._keys if key]
        if not keys:
            raise RuntimeError(f"{name!r} is signed, and the app has no SECRET_KEY to sign with: set one")
        return TimestampSigner(keys, salt=self._salt + name, key_derivation="hmac", digest_method=sha256)

    def sign(self, name: str, text: str) -> str:
        """Return the text followed by its time and signature, parted by dots."""
        return self._signer(name).sign(text).decode("ascii")

    def unsigned(self, text: str) -> str:
        """Return what stands before time and signature, whatever these are; ValueError where there is nothing such."""
        payload, *signed = text.rsplit(".", 2)
        if len(signed) < 2:
            raise ValueError(f"{text[:40]!r} has no signature")
        return payload

    def unsign(self, name: str, text: str, max_age: timedelta | None) -> str:
        """Return the text that was signed; ValueError when it was forged, changed or is older than `max_age`."""
        seconds = None if max_age is None else int(max_age.total_seconds())
        try:
            return self._signer(name).unsign(text.encode("latin-1"), max_age=seconds).decode("latin-1")
        except BadData as error:
            raise ValueError(str(error)) from error

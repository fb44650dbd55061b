"""Signatures for the cookies whose value the server must trust."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, TimestampSigner, want_bytes

LEEWAY = timedelta(seconds=120)  # by which the clocks of servers behind one balancer may differ


def counts(signed_at: datetime, max_age: timedelta) -> bool:
    """Tell whether what was signed then still counts, or already: the clock of the server that did may be ahead."""
    age = int(time.time()) - signed_at.timestamp()  # as the signer reckons
    return -LEEWAY.total_seconds() <= age <= max_age.total_seconds()


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
        try:
            payload, signed_at = self._signer(name).unsign(text.encode("latin-1"), return_timestamp=True)
        except BadData as error:
            raise ValueError(str(error)) from error
        if max_age is not None and not counts(signed_at, max_age):
            raise ValueError(f"signed at {signed_at}")
        return payload.decode("latin-1")

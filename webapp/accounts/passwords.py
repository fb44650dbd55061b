"""Passwords: Argon2id hashes, and which passwords are too weak to take (OWASP Password Storage, NIST SP 800-63B)."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from webapp.i18n import N_

from .hashing import hashed

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 8  # characters
LONGEST = 1024  # bytes


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # slow to import, and most processes' first pages need no password

    return PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)  # OWASP's first choice for Argon2id


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash("nobody has this password")


def _bytes(password: str) -> bytes:
    # Keyboards type the same letter as one code point or as two.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def hash_password(password: str) -> str:
    """Return the hash to keep."""
    return hashed(_hasher().hash, _bytes(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the one that was hashed; no hash, for nobody's, takes as long and is never right."""
    return hashed(_verify, password_hash, _bytes(password))


def _verify(password_hash: str | None, password: bytes) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    nobodys = _hash_of_nobody()  # for known names as well, or the first unknown one would take twice as long
    try:
        return _hasher().verify(password_hash or nobodys, password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


@cache
def _common() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "common_passwords.txt").read_text("utf-8").split())


def weakness(password: str, name: str) -> str | None:
    """Return why this password can't be taken for the account `name`, to be translated; None when it can."""
    if len(password) < SHORTEST:
        return N_("This password is too short: please take 8 characters or more.")
    if len(_bytes(password)) > LONGEST:
        return N_("This password is too long: please stay below 1024 bytes.")
    folded = password.casefold()
    only_name = re.fullmatch(rf"[\W\d_]*{re.escape(name.casefold())}[\W\d_]*", folded) if name else None
    if folded in _common() or len(set(folded)) < 3 or only_name:
        return N_("Others would guess this password first. Please take another one: three words, say.")
    return None

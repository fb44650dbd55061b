"""The tokens of a device: what its browser holds of them, and what its row does."""

import secrets
from typing import NamedTuple

from webapp.security.tokens import token_hash


class Tokens(NamedTuple):
    """A session's token and, of a remembered device, selector and validator of its remember cookie."""

    session: str
    selector: str | None
    validator: str

    @property
    def cookie(self) -> str:
        """What the remember cookie says."""
        return f"{self.selector}.{self.validator}"

    @property
    def columns(self) -> dict[str, str | None]:
        """What the row of the device keeps."""
        return {
            "session_hash": token_hash(self.session),
            "selector": self.selector,
            "validator_hash": token_hash(self.validator) if self.selector else None,
        }


def draw(selector: str | None) -> Tokens:
    """Return new tokens; the selector of a device stays, it is None where nothing is remembered."""
    return Tokens(secrets.token_urlsafe(16), selector, secrets.token_urlsafe(16))

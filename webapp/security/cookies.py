"""Flask's session cookie, declared here and written by Flask."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.cookies import Category, Cookie, counts
from webapp.cookies.direct import this_app
from webapp.i18n import N_, gettext

from .who import this_user


class SessionCodec:
    """The session as Flask signs it by the keys of the current app; its age counts as that of what the jar signs."""

    def encode(self, value: dict[str, Any]) -> str:
        """Return the text for the wire."""
        return self._serializer().dumps(value)

    def decode(self, text: str) -> dict[str, Any]:
        """Return what the session holds; ValueError when no key of ours signed it, or too long ago."""
        try:
            content, signed_at = _read(self._serializer(), text)
        except BadData as error:
            raise ValueError(str(error)) from error
        if not counts(signed_at, this_app().permanent_session_lifetime):
            raise ValueError(f"signed at {signed_at}")
        return deepcopy(content)

    def payload(self, text: str) -> Mapping[str, Any]:
        """Return what stands before moment and signature, whatever these are; ValueError where nothing does."""
        try:
            return dict(self._serializer().load_payload(text.rsplit(".", 2)[0].encode("latin-1")))
        except (BadData, ValueError, TypeError, AttributeError) as error:
            raise ValueError(f"{text[:40]!r} is no session") from error

    def _serializer(self) -> URLSafeTimedSerializer:
        return this_app().session_interface.get_signing_serializer(this_app())


@lru_cache(maxsize=512)  # the same text comes with page after page; what does not count is an error, and not kept
def _read(serializer: URLSafeTimedSerializer, text: str) -> tuple[dict[str, Any], datetime]:
    """Return what a text says, and when it was signed; BadData where no key of the serializer did."""
    return serializer.loads(text, return_timestamp=True)


def _says(key: str, shown: str) -> str:
    """Return whom the session names, and the names of what it holds: signed is not encrypted, so anyone can read it."""
    try:
        held = SESSION.codec.payload(shown)
    except ValueError:
        return ""
    names = ", ".join(sorted(map(str, held)))[:200]
    if "_user_id" not in held:
        return gettext("Nobody is logged in by it. It holds: %(names)s.", names=names)
    if (user := this_user()).is_authenticated and user.get_id() == held["_user_id"]:
        return gettext("You are %(name)s. It holds: %(names)s.", name=user.name, names=names)
    return gettext("Somebody was logged in by it. It holds: %(names)s.", names=names)


SESSION = Cookie(
    name="session",
    purpose=N_("Keeps you logged in until you close the browser, and protects the forms you send."),
    does=N_("who you are, and that forms are yours"),
    says=_says,
    category=Category.NECESSARY,
    codec=SessionCodec(),
    secret=True,
    library="Flask",
    apart="crumb_",  # every Flask app calls it `session` that does not say otherwise
)

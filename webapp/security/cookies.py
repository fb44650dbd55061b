"""Flask's session cookie, declared here and written by Flask."""

from typing import Any

from flask import current_app
from itsdangerous import BadData

from webapp.cookies import Category, Cookie
from webapp.i18n import N_


class SessionCodec:
    """The session as Flask signs it by the keys of the current app; its age is checked as Flask does."""

    def encode(self, value: dict[str, Any]) -> str:
        """Return the text for the wire."""
        return self._serializer().dumps(value)

    def decode(self, text: str) -> dict[str, Any]:
        """Return what the session holds; ValueError when no key of ours signed it, or too long ago."""
        age = int(current_app.permanent_session_lifetime.total_seconds())
        try:
            return self._serializer().loads(text, max_age=age)
        except BadData as error:
            raise ValueError(str(error)) from error

    def _serializer(self) -> Any:
        return current_app.session_interface.get_signing_serializer(current_app)


SESSION = Cookie(
    name="session",
    purpose=N_("Keeps you logged in until you close the browser, and protects the forms you send."),
    category=Category.NECESSARY,
    codec=SessionCodec(),
    secret=True,
    library="Flask",
    apart="crumb_",  # every Flask app calls it `session` that does not say otherwise
)

"""Flask's session, which also remembers the line of ours that changed it."""

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from webapp.cookies import current_jar

from .cookies import SESSION


class Session(SecureCookieSession):
    """The session; Flask writes its cookie long after the view returned, so the call site is noted at the change."""

    def __init__(self, initial: Any = None) -> None:
        super().__init__(initial)
        save = self.on_update

        def noted(session: Session) -> None:
            save(session)
            jar = current_jar()
            jar.note_call_site(jar.wire_name(SESSION))

        self.on_update = noted


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own way to keep the session, with our session class; each app has one of its own."""

    session_class = Session
    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the app's serializer; making one anew for each request takes longer than reading a session."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

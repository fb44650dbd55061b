"""Flask's session, which also remembers the line of ours that changed it."""

from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from webapp.cookies import current_jar

from .cookies import SESSION

_FORMER = "session"  # its name on plain http before it had one that no other program of this host has


class Session(SecureCookieSession):
    """The session; Flask writes its cookie long after the view returned, so the call site is noted at the change.

    `came_as` is the name that it came under, `moves` says that this is the one that it had before.
    """

    came_as = ""
    moves = False

    def __init__(self, initial: Any = None) -> None:
        super().__init__(initial)
        save = self.on_update

        def noted(session: Session) -> None:
            save(session)
            jar = current_jar()
            jar.note_call_site(jar.wire_name(SESSION))
            if session.moves:
                session.moves = False
                jar.add_line(f"{_FORMER}=; Max-Age=0; {'; '.join(SESSION.attributes(secure=False))}")

        self.on_update = noted


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own way to keep the session, with our session class; each app has one of its own."""

    session_class = Session
    _serializer: URLSafeTimedSerializer | None = None

    def open_session(self, app: Flask, request: Request) -> Session:
        """Return the session, on plain http also one that began under the former name, until its signature ends.

        Other programs of this host may use that name: only a signature of ours counts. At the first change the session
        goes on under the name of today.
        """
        name = self.get_cookie_name(app)
        moves = not app.config["SECURE"] and name not in request.cookies
        came_as = _FORMER if moves else name
        text = request.cookies.get(came_as)
        if not text:
            return Session()
        try:
            session = Session(SESSION.codec.decode(text))
        except ValueError:
            return Session()
        session.came_as, session.moves = came_as, moves
        return session

    def save_session(self, app: Flask, session: Session, response: Response) -> None:
        """Write the session as Flask does, and note where the request made use of the one that came."""
        if session.accessed and session.came_as:
            current_jar().reads.add(session.came_as)
        super().save_session(app, session, response)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the app's serializer; making one anew for each request takes longer than reading a session."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

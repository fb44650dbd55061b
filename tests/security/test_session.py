"""The session: what is remembered of a text is what it says, never whether it counts."""

import time

import pytest
from flask import Flask, session

from webapp.security.session import SessionInterface


@pytest.fixture
def app() -> Flask:
    """A plain app with our session."""
    app = Flask(__name__)
    app.secret_key = "a key of thirty-two letters or so"
    app.config["SECURE"] = False
    app.session_interface = SessionInterface()
    return app


def opened(app: Flask, text: str) -> dict:
    """Return the session of a request with this cookie."""
    with app.test_request_context(headers={"Cookie": f"session={text}"}):
        return dict(session)


def signed(app: Flask, **content: object) -> str:
    """Return the text of a session."""
    return app.session_interface.get_signing_serializer(app).dumps(content)


def test_a_forged_text_never_counts(app):
    """A changed signature, payload or moment is refused before and after the true text was read."""
    text = signed(app, name="ada")
    head, moment, mac = text.split(".")
    forged = (f"{head}.{moment}.{mac[:-4]}AAAA", f"{head[:-2]}AA.{moment}.{mac}", f"{head}.AAAAAA.{mac}", head, ".")
    for _ in range(2):
        assert [opened(app, each) for each in forged] == [{}] * len(forged)
        assert opened(app, text) == {"name": "ada"}


def test_the_age_is_checked_each_time(app, monkeypatch):
    """A text that was read a moment ago is refused once it is too old, and when it is of a time well to come."""
    text = signed(app, name="ada")
    assert opened(app, text) == {"name": "ada"}
    life, now = app.permanent_session_lifetime.total_seconds(), time.time()
    for later, counts in ((life - 2, True), (life + 2, False), (-118, True), (-122, False)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        assert opened(app, text) == ({"name": "ada"} if counts else {}), later


def test_requests_share_nothing(app):
    """What one request changes deep inside, no other sees."""
    text = signed(app, names=["ada"])
    with app.test_request_context(headers={"Cookie": f"session={text}"}):
        session["names"].append("eve")
    assert opened(app, text) == {"names": ["ada"]}


def test_another_key_opens_nothing(app):
    """A text that one app has read says nothing to an app with another key."""
    text = signed(app, name="ada")
    assert opened(app, text) == {"name": "ada"}
    app.secret_key, app.session_interface = "another key of thirty-two letters", SessionInterface()
    assert opened(app, text) == {}

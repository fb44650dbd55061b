"""Who is asking: `current_user` of Flask-Login, and what this request found out on the way."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_login import UserMixin

from webapp.cookies.direct import this_g


@dataclass(frozen=True, eq=False, kw_only=True)
class Visitor(UserMixin):
    """Somebody who is logged in, on one device; plain values, so that a page asks the database once.

    `known_by` is the cookie that told who this is: `session`, or `remember` in the request that it brought back.
    `since` is when the account began, for this browser where a demo account is everybody's. `ends` is when it goes by
    itself, None for one that stays: an account with a drawn name is for a day, and has no password. `late_until` is how
    long a remember cookie that was replaced is still taken for one that came late; None where it was not.
    """

    id: int
    name: str
    key: str
    known_as: str
    demo: bool
    admin: bool
    since: datetime
    ends: datetime | None
    device_id: int
    known_by: str
    session_ends: datetime
    remembered_until: datetime | None
    token: str = field(default="", repr=False)
    late_until: datetime | None = None

    def get_id(self) -> str:
        """Return the token of this device's session: Flask-Login keeps it in the `session` cookie."""
        return self.token


@dataclass
class Login:
    """What a request found out about its log-in: why it is over, as the row says; whether the session has to stay as it
    came; whether the database could not be asked.
    """

    ended_why: str | None = None
    keep_session: bool = False
    database_down: bool = False


def login() -> Login:
    """Return what this request found out so far."""
    known = this_g()
    if "login" not in known:
        known.login = Login()
    return known.login

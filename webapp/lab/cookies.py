"""The cookies of the lab: visitors write their lines, and none reaches a cookie of the site."""

from webapp.cookies import Category, codecs
from webapp.i18n import N_, gettext, moment
from webapp.sandbox import Sandbox, says

from . import flask_session


def _says(key: str, value: str) -> str:
    """Return what a value says; Flask's own session is read as anybody can read it."""
    session = flask_session.read(value)
    if session is None:
        return says(key, value)
    return gettext(
        "Flask's own session, which anybody can read: %(content)s, signed %(moment)s (UTC).",
        content=session.json[:200],
        moment=moment(session.signed_at),
    )


LAB = Sandbox(
    name="lab-",
    purpose=N_("Cookies that you make yourself in the lab, to see what your browser does with them."),
    does=N_("what the lab found"),
    says=_says,
    category=Category.NECESSARY,
    codec=codecs.Opaque(),
    path="/lab",
)

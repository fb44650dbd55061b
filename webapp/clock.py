"""The one clock: everything that asks the time asks here, so that a test (or a lesson) can move it."""

from datetime import UTC, datetime

from webapp.cookies import LEEWAY


def now() -> datetime:
    """Return the current time as an aware datetime in UTC."""
    return datetime.now(UTC)


def is_made_up(at: datetime) -> bool:
    """Tell whether a moment of a cookie is still to come, and so was never written here."""
    return at > now() + LEEWAY

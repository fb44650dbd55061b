"""The one clock: everything that asks the time asks here, so that a test (or a lesson) can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current time as an aware datetime in UTC."""
    return datetime.now(UTC)

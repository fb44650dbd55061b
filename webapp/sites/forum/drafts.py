"""The draft: what is written but not posted, in one cookie."""

from .cookies import DRAFT, Draft


def keep(place: str, text: str) -> bool:
    """Keep a text as the draft for a place; an empty one deletes it. False when it does not fit a cookie.

    ValueError for a place that is none.
    """
    text = text.replace("\r\n", "\n")
    DRAFT.codec.encode(Draft(place, "x"))
    if not text.strip():
        forget(place)
        return True
    try:
        DRAFT.set(Draft(place, text))
    except ValueError:
        return False
    return True


def kept(place: str) -> str | None:
    """Return the draft for a place."""
    draft = DRAFT.get()
    return draft.text if draft and draft.place == place else None


def forget(place: str) -> None:
    """Delete the draft for a place; one for another place stays."""
    if kept(place) is not None:
        DRAFT.delete()

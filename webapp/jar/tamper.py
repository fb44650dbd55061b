"""Ways to spoil a value, such as somebody at the browser could."""

from webapp.i18n import N_

_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def flip(value: str) -> str:
    """Return the value with the lowest bit of its middle character flipped, or another letter where that is no text."""
    middle = len(value) // 2
    flipped = chr(ord(value[middle]) ^ 1) if value else ""
    if flipped not in _ALPHABET:
        flipped = "a" if value[middle : middle + 1] != "a" else "b"
    return value[:middle] + flipped + value[middle + 1 :]


def swap(value: str) -> str:
    """Return the value with the first two neighbours swapped that differ; flipped where there are none."""
    for place in range(len(value) - 1):
        if value[place] != value[place + 1] and not {value[place], value[place + 1]} & set(" \t"):
            return value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    return flip(value)


def cut(value: str) -> str:
    """Return the value without its last quarter, one character at least."""
    return value[: len(value) - max(1, len(value) // 4)]


# What the button says, what the page then says of itself, and what becomes of the value.
WAYS = {
    "off": (N_("Leave it out"), N_("The page as it looks without %(cookie)s."), None),
    "flip": (N_("Flip a bit in the middle"), N_("The page as it looks when one bit of %(cookie)s is flipped."), flip),
    "swap": (
        N_("Swap two neighbours"),
        N_("The page as it looks when two letters of %(cookie)s are swapped."),
        swap,
    ),
    "cut": (N_("Cut off the end"), N_("The page as it looks when the end of %(cookie)s is cut off."), cut),
}

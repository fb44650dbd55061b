"""How a page shows what crossed the wire: letter for letter, the name in bold."""

from markupsafe import Markup, escape


def named(text: str) -> Markup:
    """Return a pair, or a whole Set-Cookie line, with the name in bold where it has one."""
    shown, end = escape(text), text.find("=")
    if end < 1 or ";" in text[:end]:
        return shown
    # Methods of `str`: a page may show two hundred pairs, and Markup's own would make new Markup of each part.
    name = str.partition(shown, "=")[0]
    return Markup(f"<b>{name}</b>{str.removeprefix(shown, name)}")

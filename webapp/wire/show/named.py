"""How a page shows what crossed the wire: letter for letter, the name in bold."""

import re

from markupsafe import Markup, escape

from webapp.cookies import current_jar, registry


def named(text: str) -> Markup:
    """Return a pair, or a whole Set-Cookie line, with the name in bold where it has one."""
    shown, end = escape(text), text.find("=")
    if end < 1 or ";" in text[:end]:
        return shown
    # Methods of `str`: a page may show two hundred pairs, and Markup's own would make new Markup of each part.
    name = str.partition(shown, "=")[0]
    return Markup(f"<b>{name}</b>{str.removeprefix(shown, name)}")


def on_wire(name: str) -> str:
    """Return what a declared cookie is called on the wire of this site."""
    return current_jar().wire_name(registry().find(name))


def with_names(text: str) -> str:
    """Return a text with what its cookies are called on the wire in the place of `%(name)s`."""
    return re.sub(r"%\(([a-z_]+)\)s", lambda found: on_wire(found[1]), text)

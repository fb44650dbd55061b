"""How a page shows what crossed the wire: letter for letter, the name in bold."""

from markupsafe import Markup, escape


def named(text: str) -> Markup:
    """Return a pair, or a whole Set-Cookie line, with the name in bold where it has one."""
    name, equals, _ = text.partition(";")[0].partition("=")
    return Markup(f"<b>{escape(name)}</b>{escape(text[len(name) :])}") if name and equals else escape(text)

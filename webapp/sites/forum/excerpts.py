"""What a search shows of a text: the part round the words that were found, and these marked."""

from markupsafe import Markup, escape

from .index import terms

_BEFORE, _LENGTH = 8, 36  # words
_MARK = Markup("<mark>%s</mark>")


def excerpt(text: Markup, query: str) -> Markup:
    """Return some words of a rendered text, those in <mark> that the query found."""
    plain, wanted = text.striptags().split(), terms(query)
    hits = [_fits(word, wanted) for word in plain]
    first = hits.index(True) if True in hits else 0
    begin = max(0, min(first - _BEFORE, len(plain) - _LENGTH))
    end = begin + _LENGTH
    shown = [_MARK % word if hit else escape(word) for word, hit in zip(plain[begin:end], hits[begin:end], strict=True)]
    return Markup(" ").join([*["…"][: bool(begin)], *shown, *["…"][: end < len(plain)]])


def marked(title: str, query: str) -> Markup:
    """Return a title with the words in <mark> that the query found."""
    wanted = terms(query)
    return Markup(" ").join(_MARK % word if _fits(word, wanted) else escape(word) for word in title.split())


def _fits(word: str, wanted: list[str]) -> bool:
    found = terms(word)
    return any(one in wanted or one.startswith(wanted[-1]) for one in found)

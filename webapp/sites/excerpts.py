"""What a search shows of a text: the part round the words that were found, and these marked."""

from collections.abc import Callable

from markupsafe import Markup, escape

_MARK = Markup("<mark>%s</mark>")


def excerpt(text: Markup, fits: Callable[[str], bool], *, before: int, length: int) -> Markup:
    """Return `length` words of a rendered text from `before` the first hit on, those in <mark> that `fits` says."""
    plain = text.striptags().split()
    hits = list(map(fits, plain))
    begin = max(0, min((hits.index(True) if True in hits else 0) - before, len(plain) - length))
    end = begin + length
    shown = [_MARK % word if hit else escape(word) for word, hit in zip(plain[begin:end], hits[begin:end], strict=True)]
    return Markup(" ").join([*["…"][: bool(begin)], *shown, *["…"][: end < len(plain)]])


def marked(title: str, fits: Callable[[str], bool]) -> Markup:
    """Return a title with the words in <mark> that `fits` says."""
    return Markup(" ").join(_MARK % word if fits(word) else escape(word) for word in title.split())

"""A page that Back brings from the browser's memory: nothing crosses the wire, and what it shows may be out of date."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from webapp.cookies import Registry, current_jar, pair, registry

from .exchange import SetCookie


def held(lines: Iterable[str] = ()) -> str:
    """Return what stands for the site's cookies that this browser holds, once it has got these `Set-Cookie` lines.

    Those of a narrower path count for nothing: other pages don't see them.
    """
    return _digest(tuple(current_jar().received), tuple(lines), registry())


@lru_cache(maxsize=256)  # page after page brings the same cookies
def _digest(received: tuple[tuple[str, str], ...], lines: tuple[str, ...], declared: Registry) -> str:
    cookies = dict(reversed(received))
    for line in (SetCookie(text, None) for text in lines):
        cookies[line.name] = line.value
        if line.deletes:
            del cookies[line.name]
    find = declared.find
    ours = (pair(*each) for each in sorted(cookies.items()) if (cookie := find(each[0])) and cookie.path == "/")
    return blake2b("; ".join(ours).encode(), digest_size=8).hexdigest()

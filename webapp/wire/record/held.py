"""A page that Back brings from the browser's memory: nothing crosses the wire, and what it shows may be out of date."""

from collections.abc import Iterable
from hashlib import blake2b

from webapp.cookies import current_jar, pair, registry

from .exchange import SetCookie


def held(lines: Iterable[str] = ()) -> str:
    """Return what stands for the site's cookies that this browser holds, once it has got these `Set-Cookie` lines.

    Those of a narrower path count for nothing: other pages don't see them.
    """
    cookies = dict(reversed(current_jar().received))
    for line in (SetCookie(text, None) for text in lines):
        cookies[line.name] = line.value
        if line.deletes:
            del cookies[line.name]
    find = registry().find
    ours = (pair(*each) for each in sorted(cookies.items()) if (cookie := find(each[0])) and cookie.path == "/")
    return blake2b("; ".join(ours).encode(), digest_size=8).hexdigest()

"""The jar: what one request received and what its response is to write, keyed by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from flask import Response
from werkzeug.http import dump_cookie, http_date

from .callsite import CallSite
from .declaration import Category, Declaration, T
from .header import LARGEST, TOKEN, parse
from .registry import Registry
from .signing import Signer

Consent = Literal["yes", "session", "no"]
_PAST = http_date(0)  # when what is deleted ended: written once, a forged header may ask for fifty deletions


@dataclass(frozen=True)
class Write:
    """One cookie that the response writes (`text`) or deletes (`text` None), or that consent held back."""

    cookie: Declaration[Any]
    text: str | None
    max_age: timedelta | None
    call_site: CallSite | None


class Jar:
    """The only writer of the site's cookies: at most one line a name (RFC 6265bis section 4.1.1).

    The jar keeps encoded text and decodes on every read, so that a value just set reads exactly as the next
    request will read it. `allowed` is the consent question: yes, until the browser's session ends, or no; `secure` adds
    the attribute and the name prefix; `root` is the path that the site stands under.
    The jar closes when it is applied: what is asked for later could not be written any more, and raises.

    Cookies ignore ports, so one of a declared name may be another program's. What this site never wrote stays as it is:
    nothing deletes it unasked, and a request that only reads (`safe`, RFC 9110 section 9.2.1) never replaces it.
    """

    def __init__(
        self,
        header: str,
        *,
        signer: Signer,
        allowed: Callable[[Category], Consent],
        secure: bool,
        safe: bool = False,
        find_call_site: Callable[[], CallSite | None] = lambda: None,
        closed: bool = False,
        root: str = "",
    ) -> None:
        self._signer = signer
        self._allowed = allowed
        self._secure = secure
        self._safe = safe
        self._find_call_site = find_call_site
        self._closed = closed
        self._root = root
        self.received = parse(header)
        # The same name twice: the first came from the longer path (RFC 6265bis section 5.8.3), as Flask reads it.
        self._texts = dict(reversed(self.received))
        self.writes: dict[str, Write] = {}
        self.withheld: dict[str, Write] = {}
        self.reads: set[str] = set()  # the names of what came and was asked for, as long as the page was being made
        self.page_made = False
        self._noted: dict[str, CallSite | None] = {}
        self.lines: list[tuple[str, CallSite | None]] = []

    def wire_name(self, cookie: Declaration[Any]) -> str:
        """Return the name on the wire: with a name prefix where the site answers under https."""
        return cookie.wire_names[self._secure]

    def get(self, cookie: Declaration[T]) -> T | None:
        """Return the decoded value, or the default; what the site wrote itself and can't use any more is deleted."""
        name = self.wire_name(cookie)
        if name in self._texts and name not in self.writes and not self.page_made:
            self.reads.add(name)
        text = self.writes[name].text if name in self.writes else self._texts.get(name)
        if text is None:
            return cookie.default
        try:
            return self.decode(cookie, text)
        except ValueError:
            if not self._closed:
                self.delete(cookie)  # nothing where it is a stranger's
            return cookie.default

    def decode(self, cookie: Declaration[T], text: str) -> T:
        """Return what a text says as the value of a cookie; ValueError when forged, malformed or expired."""
        if cookie.signed:
            text = self._signer.unsign(cookie.name, text, cookie.max_age)
        return cookie.codec.decode(text)

    def wrote(self, cookie: Declaration[Any], name: str, text: str) -> bool:
        """Tell whether the site may have written what came under a name that `cookie` answers to.

        What the codec refuses it never wrote, unless the name tells (a family's). Of a signed cookie what stands before
        the signature counts, so that one that was forged, damaged or has ended is still ours; under a name that it had
        before, only a good signature.
        """
        names = cookie.wire_names
        try:
            if name not in names and not (cookie.many and name.startswith(names)):
                self.decode(cookie, text)
            elif not (cookie.library or cookie.tells):
                cookie.codec.decode(self._signer.unsigned(text) if cookie.signed else text)
        except ValueError:
            return False
        return True

    def strange(self, cookie: Declaration[Any]) -> bool:
        """Tell whether another program's cookie came under the name of this one."""
        name = self.wire_name(cookie)
        return name in self._texts and not self.wrote(cookie, name, self._texts[name])

    def keys(self, family: Declaration[Any]) -> list[str]:
        """Return the keys of a family's members, received or written and not deleted; nothing about them is checked."""
        prefix, writes = self.wire_name(family), self.writes
        names = {**self._texts, **writes} if writes else self._texts
        ours = [name for name in names if name.startswith(prefix)]
        return [name[len(prefix) :] for name in ours if name not in writes or writes[name].text is not None]

    def set(self, cookie: Declaration[T], value: T, max_age: timedelta | None) -> None:
        """Note the line to write; as withheld where the category is refused, or a stranger's cookie is not to be lost.

        ValueError for an impossible value.
        """
        self._ask_in_time(cookie.name)
        if cookie.library or cookie.former:
            raise ValueError(f"{cookie.name!r} is written by {cookie.library or 'earlier versions alone'}")
        if cookie.max_age is not None and max_age is not None and max_age > cookie.max_age:
            raise ValueError(f"{cookie.name!r} may live {cookie.max_age} at most: change its declaration")
        text = cookie.codec.encode(value)
        if cookie.signed:
            text = self._signer.sign(cookie.name, text)
        name = self.wire_name(cookie)
        if len(name) + len(text) > LARGEST:
            raise ValueError(f"{name!r} and its value are longer than {LARGEST} octets: browsers would drop the cookie")
        answer = self._allowed(cookie.category)
        write = Write(cookie, text, None if answer == "session" else max_age, self._find_call_site())
        if answer == "no" or (self._safe and self.strange(cookie)):
            self.withheld[name] = write
        else:
            self.writes[name] = write

    def delete(self, cookie: Declaration[Any], *, strange: bool = False) -> None:
        """Note the line that deletes the cookie; nothing where the browser holds none of ours, or any if `strange`.

        Of a cookie with a narrower path this request can't know, so its line is written, but for a former one's.
        """
        self._ask_in_time(cookie.name)
        name = self.wire_name(cookie)
        there = name in self._texts or cookie.unseen
        if there and (strange or not self.strange(cookie)):
            self.writes[name] = Write(cookie, None, None, self._find_call_site())
        else:
            self.writes.pop(name, None)

    def forget(self, wanted: Callable[[Declaration[Any]], bool], registry: Registry) -> None:
        """Note the lines that delete every cookie of ours whose declaration is `wanted`, under its declared path.

        Names with and without a name prefix are found: the site may have answered under http and https. Of a family
        below a narrower path the index tells the names. A former cookie goes where it comes.
        """
        found = {name: registry.find(name) for name, _ in self.received if TOKEN.fullmatch(name)}
        narrow = (member for cookie in registry if cookie.unseen for member in cookie.members(self.keys))
        found |= {self.wire_name(cookie): cookie for cookie in narrow}
        for name, cookie in found.items():
            if cookie and wanted(cookie) and (name not in self._texts or self.wrote(cookie, name, self._texts[name])):
                self._ask_in_time(cookie.name)
                self.writes[name] = Write(cookie, None, None, self._find_call_site())

    def add_line(self, line: str) -> None:
        """Note a whole `Set-Cookie` line that is sent as it stands: whoever calls this has to know that it may be."""
        self._ask_in_time(line)
        self.lines.append((line, self._find_call_site()))

    def note_call_site(self, name: str) -> None:
        """Remember who made a library write `name`; the library itself only writes when the response is complete."""
        self._noted.setdefault(name, self._find_call_site())

    def call_site(self, name: str) -> CallSite | None:
        """Return who made a library write `name`: as noted, else whoever is calling now."""
        return self._noted.get(name) or self._find_call_site()

    def apply(self, response: Response) -> Response:
        """Add the header lines to the response, and close.

        A response that has a method `set_cookie_line(line, call_site)` is told of each line who asked for it.
        """
        self._closed = True
        lines = [(self._line(name, write), write.call_site) for name, write in self.writes.items()]
        hand_over = getattr(response, "set_cookie_line", lambda line, _: response.headers.add("Set-Cookie", line))
        for line, call_site in lines + self.lines:
            hand_over(line, call_site)
        response.vary.add("Cookie")
        return response

    def _line(self, name: str, write: Write) -> str:
        return dump_cookie(
            name,
            write.text or "",
            max_age=0 if write.text is None else write.max_age,
            expires=_PAST if write.text is None else None,
            path=write.cookie.path if write.cookie.path == "/" else self._root + write.cookie.path,
            secure=self._secure or name.startswith("__"),  # else the browser would refuse what its prefix asks for
            httponly=write.cookie.http_only,
            samesite=write.cookie.same_site,
            max_size=0,  # Werkzeug would count the whole line; `set` counts name and value, as browsers do
        )

    def _ask_in_time(self, what: str) -> None:
        if self._closed:
            raise RuntimeError(
                f"{what!r} comes too late, the cookies of this response are written: set and delete them in the view, "
                "or in a function registered by after_request"
            )

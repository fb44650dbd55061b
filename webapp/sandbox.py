"""Cookies that visitors make themselves, as whole `Set-Cookie` lines that no library would write."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from webapp.address import location
from webapp.cookies import TOKEN, Cookie, bare, current_jar, pair, registry
from webapp.cookies.header import parse
from webapp.i18n import N_, gettext

LONGEST_LINE = 8192
MOST = 20  # Chromium keeps 180 cookies of a site, and lets the oldest go first: a log-in
_QUOTED = re.compile('[^;]*"[^"]*"')


def says(key: str, value: str) -> str:
    """Return what a value says that visitors wrote themselves."""
    return gettext("You wrote: “%(value)s”.", value=value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sandbox(Cookie):
    """The declaration of cookies whose lines visitors write: every name begins with `name`, every path with `path`.

    `name` "" allows every name that no other declaration answers to. `most` is how many octets of them a browser may
    hold for one page, in MOST cookies; no answer has more lines. Whatever a line says, no browser's reading of it
    reaches another cookie: so a line is judged by its text, more strictly than any browser reads it.
    """

    most: int = 6 * 1024

    many = True

    def __post_init__(self) -> None:
        if self.name:
            super().__post_init__()
        if self.path == "/":
            raise ValueError(f"{self.name!r}: the cookies that visitors make have a path of their own")

    def prefix(self, secure: bool) -> str:
        """Return "": whoever writes a line writes its prefix."""
        return ""

    def attributes(self, secure: bool) -> list[str]:
        """Return what every line has in common, however it was written."""
        return [f"Path={self.path}"]

    def problem(self, line: str) -> str | None:
        """Return why this line may not be sent, a text to be translated; None for one that may."""
        if len(line) > LONGEST_LINE:
            return N_("The line is longer than 8192 characters, more than a header should be.")
        if re.search("[\r\n\0]", line):
            return N_("A header line can't hold a line break or a zero byte: it would end the header.")
        if not _is_latin(line):
            return N_("A header line holds bytes: letters beyond ÿ have to be escaped, such as %E2%82%AC for €.")
        pair, *attributes = line.split(";")
        # One browser lets quotes hold semicolons, and sends each part back as if it were a cookie of its own.
        quoted = _QUOTED.match(line)
        for part in quoted[0].split(";") if quoted else [pair]:
            if problem := self._name_problem(part):
                return problem
        at_root = _sent_back(pair).lower().startswith("__host-")
        for attribute in attributes:
            path = _path(attribute)
            if path and not self._covers(path) and not (at_root and path == "/"):
                return N_("That path leads out of the place for such cookies, so that they disturb no other page.")
        # A line takes the place of one cookie of its name at most: of others its path or its domain may be another.
        new = [name for line, _ in (*current_jar().lines, (line, None)) for name, _ in parse(line.partition(";")[0])]
        if (Counter(name for name, _ in self.pairs()) - Counter(set(new))).total() + len(new) > MOST:
            return N_(
                "More than twenty such cookies could push others of this site out of your browser. Delete some first."
            )
        held = sum(len(name) + len(value) + 3 for name, value in self.pairs() if not pair.startswith(f"{name}="))
        if held + sum(len(line.partition(";")[0]) + 2 for line, _ in current_jar().lines) + len(pair) > self.most:
            return N_("Together with the cookies that are there already this would be too much. Delete some first.")
        return None

    def send(self, line: str) -> None:
        """Ask for this very `Set-Cookie` line, beside others of the same name; ValueError for one with a `problem`."""
        if problem := self.problem(line):
            raise ValueError(problem)
        named = any(map(_path, line.split(";")[1:]))
        if not named and not request.path.startswith(self.path + "/"):
            raise ValueError(f"{request.path}: a line without a path would get one outside {self.path}")
        current_jar().add_line(line)

    def send_all(self, lines: Iterable[str]) -> str | None:
        """Ask for all of these lines; where one has a `problem`, for none of them, and return that."""
        asked = len(current_jar().lines)
        for line in lines:
            if problem := self.problem(line):
                del current_jar().lines[asked:]
                return problem
            self.send(line)
        return None

    def pairs(self) -> list[tuple[str, str]]:
        """Return the (name, value) pairs of this request that are of this kind, in order, untouched."""
        found = [each for each in current_jar().received if self._is_ours(pair(*each))]
        current_jar().reads.update(name for name, _ in found)
        return found

    def clear(self) -> None:
        """Ask for the lines that delete all of them that came with this request, wherever on its path they stand.

        A request does not tell path, domain or partition of a cookie, so each is tried (RFC 6265bis section 5.7).
        """
        folders = [self.path]
        for part in request.path.removeprefix(self.path).split("/")[1:]:
            folders += [folders[-1] + "/", f"{folders[-1]}/{part}"]
        folders = [folder for folder in dict.fromkeys(folders) if re.fullmatch(r"[!-:<-~]+", folder)]
        for name in dict.fromkeys(name for name, _ in self.pairs()[:80]):
            # Without a name it takes a value to make a line at all.
            start = f"{name}=; Max-Age=0; " if name else f"{self.name}gone; Max-Age=0; "
            if name.startswith("__"):
                self._delete(start + "Secure; HttpOnly; ", name, folders)
            # Not every browser knows each prefix, in any letters: there it may stand without Secure.
            if not name.startswith(("__Secure-", "__Host-")):
                self._delete(start, name, folders)

    def _delete(self, start: str, name: str, folders: list[str]) -> None:
        if name.lower().startswith("__host-"):
            current_jar().add_line(start + "Path=/")
            current_jar().add_line(start + "Path=/; Partitioned")
        if name.startswith("__Host-"):
            return
        for folder in folders:
            current_jar().add_line(f"{start}Path={folder}")
        current_jar().add_line(f"{start}Path={self.path}; Domain={location().host}")
        current_jar().add_line(f"{start}Path={self.path}; Secure; Partitioned")

    def _covers(self, path: str) -> bool:
        return path == self.path or path.startswith(self.path + "/")

    def _name_problem(self, pair: str) -> str | None:
        if self.name:
            if self._is_ours(pair):
                return None
            return N_("Here every name has to begin with lab-, so that no cookie of the site is touched.")
        name, equals, _ = pair.partition("=")
        if not equals or not TOKEN.fullmatch(name):
            return N_("A name has only letters, digits and a few signs such as - _ and the dot.")
        if not self._is_ours(pair):
            return N_("That name belongs to a cookie of this site itself.")
        return None

    def _is_ours(self, pair: str) -> bool:
        """Tell whether a pair, however a browser reads it, goes back under a name of this kind."""
        back = _sent_back(pair)
        if self.name:
            return bare(back).startswith(self.name)
        return registry().find(bare(back.partition("=")[0]).lower()) is None


def _sent_back(pair: str) -> str:
    """Return the pair as the most lenient browser would send it: without white space, controls, or a name."""
    return re.sub("[\x00-\x20\x7f]", "", pair).lstrip("=")


def _path(attribute: str) -> str:
    """Return the path that an attribute names, "" where browsers would take the default."""
    name, _, value = (text.strip(" \t") for text in attribute.partition("="))
    return value if name.lower() == "path" and value.startswith("/") else ""


def _is_latin(line: str) -> bool:
    try:
        line.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True

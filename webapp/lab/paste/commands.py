"""Commands and code that send a request: curl for both kinds of shells, and programs with a `Cookie` among headers."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, takewhile

from .found import Found, Source, address, octets, sent
from .headers import COOKIES, exchanges, unfolded

_CURL = re.compile(r"^(?:[$>#%] ?)?curl(?:\.exe)?\s", re.MULTILINE)
_ANSWER = re.compile(r"^(?=HTTP/[0-9.]+ [0-9]{3}\b)", re.MULTILINE)
_POSIX = re.compile(
    r"""\$'(?P<ansi>(?:[^'\\]|\\.)*+)(?:'|\\?\Z)|'(?P<single>[^']*)'?|"(?P<double>(?:[^"\\]|\\.)*+)(?:"|\\?\Z)"""
    r"""|\\(?P<escaped>\r?\n|.)|(?P<plain>[^\s'"\\$]+|\$)|(?P<gap>\s+)""",
    re.DOTALL,
)
_CMD = re.compile(r'"(?P<double>(?:[^"\\]|\\.|"")*+)(?:"|\\?\Z)|(?P<plain>[^\s"]+)|(?P<gap>\s+)', re.DOTALL)
_CARET = re.compile(r"\^(\r?\n\r?\n|\r?\n|.)")
# What tells the shell, outside of what double quotes hold and not behind a backslash. Two quotes in one are cmd's, and
# a caret before a quote or the end of a line; an apostrophe quotes in bash alone, and a line goes on by a backslash.
_TELLS = re.compile(
    r"""(?P<bash>'|\\\r?\n)|(?P<cmd>\^["\r\n]|"(?:[^"\\]|\\.)++"")|"(?:[^"\\]|\\.)*+"?|\\.""", re.DOTALL
)
_ESCAPE = re.compile(
    r"\\(?:x(?P<octet>[0-9A-Fa-f]{1,2})|[uU](?P<letter>[0-9A-Fa-f]{1,8})|(?P<octal>[0-7]{1,3})|(?P<rest>.))", re.DOTALL
)
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_TAKES = {
    *(f"-{letter}" for letter in "ACDEFHKPQTUXYbcdemortuwxyz"),
    *("--connect-timeout", "--cookie", "--cookie-jar", "--data", "--data-ascii", "--data-binary", "--data-raw"),
    *("--data-urlencode", "--form", "--header", "--max-time", "--output", "--proxy", "--referer", "--request"),
    *("--resolve", "--url", "--user", "--user-agent", "--write-out"),
}
# None begins behind a backslash: each of many would be read to the end of the text.
_LITERAL = re.compile(r"""(?<!\\)'((?:[^'\\\n]|\\.)*+)'|(?<!\\)"((?:[^"\\\n]|\\.)*+)\"""")


def curl(source: Source) -> list[Found] | None:
    """Read curl commands, as `Copy as cURL` writes them for bash and for cmd, and the answers behind one."""
    if not _CURL.search(source.text):
        return None
    text, *answers = _ANSWER.split(source.octets, maxsplit=1)
    if first := _CURL.search(text):
        text = text[first.start() :]  # what somebody wrote above it may have an apostrophe
    words = _cmd(text) if _is_cmd(text) else _posix(text)
    found: list[Found] = []
    command: list[str] = []
    url = ""
    for word in [*words, "curl"]:
        if word in ("curl", "curl.exe", "--next"):
            cookies, url = _cookies(command)
            found += cookies
            command = []
        else:
            command.append(word)
    return found + [each for answer in answers for each in exchanges(answer.splitlines(), source, url)]


def _cookies(command: list[str]) -> tuple[list[Found], str]:
    """Return what a command sends, and its first address, to which it goes."""
    headers, url, words = [], "", iter(command)
    for word in words:
        option, value = _option(word)
        if option in _TAKES and not value:
            value = next(words, "")
        if option in ("-b", "--cookie") and "=" in value:  # without one it is the name of a file
            headers.append(value)
        elif option in ("-H", "--header") and re.match("cookie:", value, re.IGNORECASE):
            headers.append(value.partition(":")[2])
        elif option == "--url" and not url:
            plain = re.sub(r"\\([\[\]{}])", r"\1", value)  # a bracket would be a pattern to curl
            url = address(plain if "://" in plain else f"http://{plain}")
    return [found for header in headers for found in sent(header, url)], url


def _option(word: str) -> tuple[str, str]:
    """Return an option and the value that stands in the same word; of joined ones (`-sb`) the last, which takes it."""
    if not word.startswith("-"):
        return "--url", word
    if word.startswith("--"):
        return word, ""
    takes = next((place for place, letter in enumerate(word) if f"-{letter}" in _TAKES), len(word))
    return f"-{word[takes : takes + 1]}", word[takes + 1 :]


def _is_cmd(text: str) -> bool:
    return next((found.lastgroup for found in _TELLS.finditer(text) if found.lastgroup), "bash") == "cmd"


def _posix(text: str) -> list[str]:
    """Return the words of a command as bash parts them."""
    return _words(_POSIX.finditer(text), lambda inner: re.sub(r"\\([\\\"$`])", r"\1", inner))


def _cmd(text: str) -> list[str]:
    """Return the words of a command for cmd: a caret takes the letter behind it as it is, also the end of a line."""
    if '^"' in text:
        text = _CARET.sub(lambda found: found[1].replace("\r", "")[1:] if found[1].endswith("\n") else found[1], text)
    else:
        text = re.sub(r"\^\r?\n", "", text)
    return _words(_CMD.finditer(text), lambda inner: re.sub(r'\\([\\"])|""', lambda found: found[1] or '"', inner))


def _words(parts: Iterator[re.Match[str]], quoted: Callable[[str], str]) -> list[str]:
    words, open_word = [], False
    for part in parts:
        kind, inner = part.lastgroup, part[part.lastgroup]
        if kind == "gap":
            open_word = False
            continue
        if kind == "ansi":
            inner = unescaped(inner, octets)
        elif kind == "double":
            inner = quoted(inner)
        elif kind == "escaped" and inner.endswith("\n"):  # the command goes on
            continue
        if open_word:
            words[-1].append(inner)
        else:
            words.append([inner])
        open_word = True
    return ["".join(word) for word in words]


def unescaped(text: str, wide: Callable[[str], str]) -> str:
    """Return a text of `$'...'`, Python or JavaScript without its escapes; `wide` writes a letter that has a number."""

    def letter(found: re.Match[str]) -> str:
        if found["letter"]:
            number = int(found["letter"], 16)
            return wide(chr(number)) if number <= 0x10FFFF else ""
        if found["rest"]:
            return _NAMED.get(found["rest"], found["rest"])
        return chr(int(found["octet"], 16) if found["octet"] else int(found["octal"], 8) & 0xFF)

    return _ESCAPE.sub(letter, text)


def code(source: Source) -> list[Found] | None:
    """Read a program that sends a request, or headers as JSON. Texts are Latin-1 where they can be."""
    found = list(_LITERAL.finditer(source.text))
    texts = [unescaped(each[1] or each[2] or "", str) for each in found]
    between = [source.text[before.end() : after.start()] for before, after in pairwise(found)]
    gaps = ["".join(gap.split()) for gap in between]
    places = [place for place, gap in enumerate(gaps) if texts[place].lower() in COOKIES and gap in (":", ":[")]
    if not places:
        return None
    url = next(filter(None, map(address, texts)), "")
    cookies = []
    for place in places:
        first = place + 1
        listed = gaps[place] == ":["
        if texts[first] == "; " and gaps[first : first + 1] == [".join(["]:
            first, listed = first + 1, True
        more = sum(1 for _ in takewhile(lambda gap: gap == ",", gaps[first:])) if listed else 0
        for text in map(_latin, texts[first : first + 1 + more]):
            if texts[place].lower() == "cookie":
                cookies += sent(text, url)
            else:
                cookies += [Found("set", line, url) for line in unfolded(text, source)]
    return cookies


def _latin(text: str) -> str:
    return text if all(letter < "\u0100" for letter in text) else octets(text)

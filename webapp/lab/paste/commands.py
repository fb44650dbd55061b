"""Commands and code that send a request: curl for both kinds of shells, and programs with a `Cookie` among headers."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from .found import Found, Source, address, octets, sent

_CURL = re.compile(r"^(?:[$>#%] ?)?curl(?:\.exe)?\s", re.MULTILINE)
_POSIX = re.compile(
    r"""\$'(?P<ansi>(?:[^'\\]|\\.)*+)(?:'|\\?\Z)|'(?P<single>[^']*)'?|"(?P<double>(?:[^"\\]|\\.)*+)(?:"|\\?\Z)"""
    r"""|\\(?P<escaped>\r?\n|.)|(?P<plain>[^\s'"\\$]+|\$)|(?P<gap>\s+)""",
    re.DOTALL,
)
_CMD = re.compile(r'"(?P<double>(?:[^"\\]|\\.|"")*+)(?:"|\\?\Z)|(?P<plain>[^\s"]+)|(?P<gap>\s+)', re.DOTALL)
_CARET = re.compile(r"\^(\r?\n\r?\n|\r?\n|.)")
_ESCAPE = re.compile(
    r"\\(?:x(?P<octet>[0-9A-Fa-f]{1,2})|[uU](?P<letter>[0-9A-Fa-f]{1,8})|(?P<octal>[0-7]{1,3})|(?P<rest>.))", re.DOTALL
)
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_TAKES = {
    *("-A", "-b", "-c", "-d", "-e", "-F", "-H", "-m", "-o", "-u", "-w", "-x", "-X"),
    *("--connect-timeout", "--cookie", "--cookie-jar", "--data", "--data-ascii", "--data-binary", "--data-raw"),
    *("--data-urlencode", "--form", "--header", "--max-time", "--output", "--proxy", "--referer", "--request"),
    *("--resolve", "--url", "--user", "--user-agent", "--write-out"),
}
_LITERAL = re.compile(r"""'((?:[^'\\\n]|\\.)*+)'|"((?:[^"\\\n]|\\.)*+)\"""")


def curl(source: Source) -> list[Found] | None:
    """Read curl commands, as `Copy as cURL` writes them for bash and for cmd."""
    if not _CURL.search(source.text):
        return None
    text = source.octets
    words = _cmd(text) if re.search(r'\^["\r\n]|[^\s"]""', text) else _posix(text)
    found: list[Found] = []
    command: list[str] = []
    for word in [*words, "curl"]:
        if word in ("curl", "curl.exe"):
            found += _cookies(command)
            command = []
        else:
            command.append(word)
    return found


def _cookies(command: list[str]) -> list[Found]:
    """Return what a command sends, to its first address."""
    headers, url, words = [], "", iter(command)
    for word in words:
        if word in _TAKES:
            option, value = word, next(words, "")
        elif word[:2] in _TAKES:
            option, value = word[:2], word[2:]
        else:
            option, value = ("", "") if word.startswith("-") else ("--url", word)
        if option in ("-b", "--cookie") and "=" in value:  # without one it is the name of a file
            headers.append(value)
        elif option in ("-H", "--header") and re.match("cookie:", value, re.IGNORECASE):
            headers.append(value.partition(":")[2])
        elif option == "--url" and not url:
            plain = re.sub(r"\\([\[\]{}])", r"\1", value)  # a bracket would be a pattern to curl
            url = address(plain) or address(f"http://{plain}")
    return [found for header in headers for found in sent(header, url)]


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
    """Read a program that sends a request: Python, or JavaScript's `fetch`. Its texts are Latin-1 where they can be."""
    found = list(_LITERAL.finditer(source.text))
    texts = [unescaped(each[1] or each[2] or "", str) for each in found]
    gaps = [source.text[before.end() : after.start()] for before, after in pairwise(found)]
    places = [place for place, gap in enumerate(gaps) if texts[place].lower() == "cookie" and gap.strip() == ":"]
    if not places:
        return None
    url = next(filter(None, map(address, texts)), "")
    cookies = []
    for place in places:
        values = [texts[place + 1]]
        if values == ["; "] and gaps[place + 1].strip() == ".join([":
            values = [texts[place + 2]]
            for gap, text in zip(gaps[place + 2 :], texts[place + 3 :], strict=False):
                if gap.strip() != ",":
                    break
                values.append(text)
        cookies += [each for value in values for each in sent(_latin(value), url)]
    return cookies


def _latin(text: str) -> str:
    return text if all(letter < "\u0100" for letter in text) else octets(text)

"""What is read in what people paste: each tool's samples, and texts that are none."""

import itertools
import json
import re
import shlex
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.lab.samples import (
    BASH,
    CMD,
    HAR,
    SAMPLES,
)
from tests.wire.test_copies import exchange
from webapp.lab.paste.reading import READERS, Paste, read
from webapp.wire.show import copies


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_format_is_recognised_and_read(sample):
    """Of each sample the format is known without being told, and each cookie with its address."""
    text, name, cookies = SAMPLES[sample]
    pasted = read(text)
    assert (pasted.format, list(pasted.cookies)) == (name, cookies)
    assert read(f"\ufeff\n  {text.strip()}\n\n") == pasted


@pytest.mark.parametrize("sample", SAMPLES)
def test_half_a_sample_is_read(sample):
    """Wherever a text is cut off, what is left is read, or has a word for why not."""
    text = SAMPLES[sample][0]
    for end in range(len(text)):
        pasted = read(text[:end])
        assert bool(pasted.cookies) != bool(pasted.problem), text[:end]


def test_the_readers_have_this_order():
    """A file comes before lines, what names its cookies before what is only pairs; each has a sample."""
    files, lines = ["har", "state", "objects", "netscape"], ["verbose", "curl", "headers", "code", "values", "pairs"]
    assert list(READERS) == [*files, *lines]
    assert {name for _, name, _ in SAMPLES.values()} == set(READERS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", "binary"),
        ("\ufffdPNG\n\ufffd\ufffd\ufffdrIHDR", "binary"),
        ('{"log": {"entries": []}}', "har-empty"),
        ('{"log": {"entries": [{"request": {"url": "https://a.example/", "headers": []}}]}}', "har-clean"),
        (json.dumps(HAR)[:-9], "json"),
        ("[" * 60_000, "json"),
        ('{"a":' * 12_000, "json"),
        ('[{"name": "a", "value": "b", "expires": ' + "9" * 5000 + "}]", "json"),
        ("[]", "none"),
        ("Host: shop.example\nAccept: */*", "none"),
        ("GET / HTTP/1.1\nHost: shop.example\nAccept: */*", "none"),
        ("# Netscape HTTP Cookie File\n", "none"),
        ('{"theme": "dark"}', "unknown"),
        ("My cookie is not sent. Why? See https://shop.example/?a=1", "unknown"),
    ],
)
def test_where_no_cookie_is_it_is_said_why(text, problem):
    """Nothing, bytes, files without one, half a file, nests, prose: each has its word, and no cookie."""
    assert (read(text).problem, read(text).cookies) == (problem, ())


@pytest.mark.parametrize(
    ("line", "lines", "notes"),
    [
        ("a=1; Path=/, b=2", ["a=1; Path=/", "b=2"], ("folded",)),
        ("a=1; Secure,b=2,c=3; Path=/", ["a=1; Secure", "b=2", "c=3; Path=/"], ("folded",)),
        (
            "a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT, b=2; Expires=Wed, 09-Jun-2027 10:18:14 GMT",
            ["a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT", "b=2; Expires=Wed, 09-Jun-2027 10:18:14 GMT"],
            ("folded",),
        ),
        ("a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Path=/", None, ()),
        ("a=1, b=2; Path=/", None, ("comma",)),
        ("a=1,2; Path=/", None, ()),
    ],
)
def test_lines_that_were_joined_are_parted_where_that_is_safe(line, lines, notes):
    """A comma behind an attribute with a name after it parts two lines; within a date or a value it does not."""
    for text, name in ((f"Set-Cookie: {line}", "headers"), (line, "values")):
        pasted = read(text)
        assert (pasted.format, [each.line for each in pasted.cookies]) == (name, lines or [line])
        assert pasted.notes == notes


@pytest.mark.parametrize(
    ("text", "url", "notes"),
    [
        ("Host: shop.example\nCookie: a=1", "https://shop.example/", ("scheme",)),
        ("Host: localhost:8000\nCookie: a=1", "http://localhost:8000/", ("scheme",)),
        ("GET http://shop.example/x HTTP/1.1\nHost: shop.example\nCookie: a=1", "https://shop.example/", ("scheme",)),
        (":authority: shop.example:8443\n:scheme: http\n:path: /../x?y\ncookie: a=1", "http://shop.example:8443/x", ()),
        ("Request URL: https://u:p@shop.example/x?token=1#y\nCookie: a=1", "https://shop.example/x", ()),
        ("Host: not a host\nCookie: a=1", "", ("scheme",)),
        ("> GET /x HTTP/1.1\n> Host: shop.example\n> Cookie: a=1", "https://shop.example/x", ("scheme",)),
        (
            "* Connected to a.example (::1) port 4430\n> GET / HTTP/1.1\n> Host: a.example\n> Cookie: a=1",
            "http://a.example/",
            (),
        ),
        ("* TLSv1.3 (OUT)\n> GET / HTTP/1.1\n> Host: a.example:8443\n> Cookie: a=1", "https://a.example:8443/", ()),
        ("curl -b a=1 shop.example/x", "http://shop.example/x", ()),
        ("curl -b a=1 --url https://shop.example/\\[x\\]", "https://shop.example/[x]", ()),
        ("curl -b a=1 'http://[shop.example/'", "", ()),
        ('[{"name": "a", "value": "1", "domain": "[::1]"}]', "http://[::1]/", ()),
        ('[{"name": "a", "value": "1", "domain": "no host"}]', "", ()),
    ],
)
def test_the_address_is_told_without_what_may_be_secret(text, url, notes):
    """It is taken from the paste, without its query and its user; where no scheme is told, the likely one is noted."""
    pasted = read(text)
    assert [each.url for each in pasted.cookies] == [url]
    assert pasted.notes == notes


def test_each_command_has_its_own_address():
    """What one curl command sends goes to its first address, and behind `--next` begins another."""
    one = "curl -b a=1 http://a.example/ http://b.example/ --next -b b=1 http://c.example/\ncurl -b c=1 d.example"
    found = [(each.line, each.url) for each in read(one).cookies]
    assert found == [("a=1", "http://a.example/"), ("b=1", "http://c.example/"), ("c=1", "http://d.example/")]


def test_a_cookie_is_told_once():
    """One that went to several addresses is one; a line counts again at another address."""
    block = "GET /{0} HTTP/2\nHost: a.example\nCookie: a=1; b={0}\nSet-Cookie: c=1\n"
    cookies = read(block.format(1) + block.format(2) + block.format(2)).cookies
    assert [(each.line, each.url[-1]) for each in cookies] == [
        ("c=1", "1"), ("c=1", "2"), ("a=1", "1"), ("b=1", "1"), ("b=2", "2"),
    ]  # fmt: skip


VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters=";\x7f"), min_size=1)


@pytest.mark.parametrize("command", [CMD, BASH])
def test_what_stands_above_a_command_quotes_nothing(command):
    """An apostrophe in what somebody wrote above is no part of the command, for whichever shell that is."""
    assert read(f"It's what Chrome copied:\n{command}").cookies == read(command).cookies != []


def test_no_repeats_take_long():
    """16 KB of any two signs of a command or a program, again and again, are no work: nothing grows in squares."""
    signs = ["\\", "'", '"', "^", "$'", "\n", " ", "=", ";", "{", "curl ", "a"]
    for repeated in itertools.product(signs, repeat=2):
        for begun in ("", "curl '"):
            text = begun + "".join(repeated) * (16_000 // len("".join(repeated)))
            began = time.process_time()
            read(text)
            assert time.process_time() - began < 0.25, (begun, repeated)


@pytest.mark.parametrize("write", [copies.curl, copies.requests])
@given(value=VALUES.filter(lambda text: text == text.strip(" \t")))
@example(value='""')
@example(value='^"')
def test_our_own_copies_are_read_back(write, value):
    """What an exchange is copied as, for a shell or in Python, has the same cookies, octet for octet."""
    sent = [("first", "1"), ("lab-value", value), ("last", "2")]
    pasted = read(write(exchange(sent=sent, path="/shop/?q=1"), "http://localhost:8000"))
    assert [(each.line, each.url) for each in pasted.cookies] == [
        (f"{name}={text}", "http://localhost:8000/shop/") for name, text in sent
    ]


def _double(text: str) -> str:
    return '"{}"'.format(re.sub(r'([\\"$`])', r"\\\1", text))


def _chrome(text: str) -> str:
    return '^"{}^"'.format(re.sub(r"([^a-z0-9 ,:;/=.])", r"^\1", re.sub(r'([\\"])', r"\\\1", text)))


def _plain(text: str) -> str:
    return re.sub(r"([^a-z0-9:/=.])", r"\\\1", text)


_BASH = [_single := lambda text: "'{}'".format(text.replace("'", r"'\''")), _double, _plain, shlex.quote]
_ONE = st.lists(st.sampled_from("ab=\"'^\\$ :"), max_size=6).map("".join)


@given(
    st.lists(st.tuples(st.sampled_from(_BASH), _ONE), min_size=1, max_size=4),
    st.sampled_from([" ", " \\\n  "]),
)
@example([(_single, 'a=""b')], " ")
@example([(_double, "it's"), (_single, '""')], " ")
@example([(_double, ""), (_single, 'a""')], " ")
def test_a_command_for_bash_is_read_as_bash_reads_it(parts, gap):
    """Each word may be quoted in its own way, or in several: what the shell makes of it is what counts."""
    value, word = "".join(text for _, text in parts), "".join(quote(text) for quote, text in parts)
    commands = [f"curl \"http://x.example/\"{gap}-H 'cookie: a=x'{word}x"]
    if '""' not in word:  # else it may as well be cmd's
        commands.append(f"curl http://x.example/{gap}-b a=x{word}x{gap}-s")
    for command in commands:
        assert [each.line for each in read(command).cookies] == [f"a=x{value}x"]


@given(st.lists(_ONE, min_size=1, max_size=3), st.booleans())
def test_a_command_for_cmd_is_read_as_cmd_reads_it(values, gap):
    """As Chrome writes it, each word in carets and quotes, whatever the cookies hold."""
    goes_on = " ^\n  " if gap else " "
    header = "; ".join(f"c{number}=x{value}x" for number, value in enumerate(values))
    command = f"curl {_chrome('http://x.example/')}{goes_on}-b {_chrome(header)}"
    assert [each.line for each in read(command).cookies] == header.split("; ")


PIECES = st.sampled_from(
    ["curl ", "'", '"', "\\", "^", "^\"", "$'", " -b ", "-H", "Cookie: ", "cookie:\n", "Set-Cookie: ", "a=1", ";", ",",
     "\n", "\r\n", "\t", "> ", "< ", "* Connected to ", "GET / HTTP/1.1\n", "Host: a.example\n", ":path:", "TRUE", "0",
     "{", "}", "[", "]", '"name":', '"value":', '"log":', '"entries":', '"cookies":', "\ud800", "\0", "é", "Path=/",
     "Expires=Wed, ",
     "# Netscape HTTP Cookie File\n", "#HttpOnly_", "\\u0041", "\\xff", "\\uffffffff", "1e999", "null", "NaN"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner)
    | st.dictionaries(
        st.text()
        | st.sampled_from(
            ["log", "entries", "request", "response", "headers", "cookies", "url", "name", "value", "domain", "path",
             "expires", "expirationDate", "sameSite", "origins"]
        ),
        inner,
    ),
)  # fmt: skip


@given(st.text() | st.lists(PIECES).map("".join) | JSON.map(json.dumps))
def test_no_text_raises(text):
    """Whatever is pasted is read, or has a word for why not; each line is octets, and no line is empty."""
    pasted = read(text)
    assert isinstance(pasted, Paste) and bool(pasted.cookies) != bool(pasted.problem)
    for each in pasted.cookies:
        assert each.line and max(each.line) < "\u0100"


WORST = {
    "quotes": "curl " + "'\"" * 32_000,
    "escapes": "curl $'" + "\\'" * 32_000,
    "backslashes": "'cookie': '" + "\\" * 64_000,
    "carets": 'curl ^"' + "^" * 64_000,
    "commas": "Set-Cookie: a=1; b" + ",b" * 32_000,
    "names": "Set-Cookie: a=1; b" + ", a" * 21_000,
    "attributes": "Set-Cookie: a=1" + ";b" * 32_000,
    "pairs": "a=1;" * 16_000,
    "requests": "GET / HTTP/1.1\n" * 4_200,
    "marks": "> a\n" + "<>" * 32_000,
    "names alone": "cookie\n" * 9_000,
    "literals": "'cookie':" * 7_000,
    "spaces": "a" + " " * 64_000 + "b",
    "hosts": "Host: " + "." * 64_000 + "\nCookie: a=1",
    "nests": "[" * 64_000,
}


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_is_read_in_no_time(kind):
    """64 KB of what would lead a careless reader astray take a tenth of a second at most."""
    begun = time.process_time()
    read(WORST[kind])
    assert time.process_time() - begun < 0.3

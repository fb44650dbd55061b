"""An exchange to take along: as a curl command, as Python, as Flask code, as a test.

Header text comes as WSGI has it, one character an octet. Masked values stay masked; what a form held is not recorded.
"""

import codecs
import re
import shlex
from urllib.parse import unquote

from webapp.cookies import pair
from webapp.wire.record.exchange import Exchange, SetCookie


def curl(exchange: Exchange, origin: str) -> str:
    """Return the command that sends the request again, for a POSIX shell; `origin` is scheme and host."""
    url = origin + exchange.path
    options = ["--include"]
    if exchange.method == "HEAD":
        options = ["--head"]
    elif exchange.method != "GET":
        options.append(f"--request {shlex.quote(exchange.method)}")
    if re.search(r"[\[\]{}]", url):
        options.append("--globoff")
    if re.search(r"/\.\.?(?:[/?]|$)", url):
        options.append("--path-as-is")
    if exchange.sent:
        options.append(f"--header {_shell('Cookie: ' + '; '.join(_pairs(exchange)))}")
    return " \\\n  ".join(["curl", *options, _quoted(url)])


def requests(exchange: Exchange, origin: str) -> str:
    """Return the lines of Python that send the request again by the library requests."""
    return "\n".join(
        [
            "import requests",
            "",
            "response = requests.request(",
            f"    {_python(exchange.method)},",
            f"    {_python(origin + exchange.path)},",
            *_cookie_header(exchange),
            "    allow_redirects=False,",
            ")",
            "print(response.status_code)",
            'print(response.raw.headers.getlist("Set-Cookie"))',
        ]
    )


def flask(exchange: Exchange) -> str:
    """Return a Flask app with a view that answers as this response did; only the page itself is left out."""
    path, bracket, _ = unquote(exchange.path.partition("?")[0]).partition("<")  # a bracket would start a converter
    rule, argument = (path + "<path:rest>", "rest") if bracket else (path, "")
    if exchange.location and 300 <= exchange.status < 400:
        imports, response = "redirect", f"redirect({_python(exchange.location)}, {exchange.status})"
    else:
        imports, response = "make_response", f'make_response("", {exchange.status})'
    return "\n".join(
        [
            f"from flask import Flask, {imports}",
            "",
            "app = Flask(__name__)",
            "",
            "",
            f"@app.route({_python(rule)}, methods=[{_python(exchange.method)}])",
            f"def view({argument}):",
            f"    response = {response}",
            *[row for line in exchange.written for row in _call(line)],
            "    return response",
        ]
    )


def pytest(exchange: Exchange, origin: str) -> str:
    """Return a test that sends the request to a Flask app and looks at its status and its Set-Cookie lines."""
    names = [line.text.partition("=")[0] for line in exchange.written]
    return "\n".join(
        [
            "from yourapp import app",
            "",
            "",
            "def test_exchange():",
            "    client = app.test_client(use_cookies=False)",
            "    response = client.open(",
            f"        {_python(exchange.path)},",
            f"        base_url={_python(origin)},",
            f"        method={_python(exchange.method)},",
            *[f"    {row}" for row in _cookie_header(exchange)],
            "    )",
            f"    assert response.status_code == {exchange.status}",
            *([f"    assert response.location == {_python(exchange.location)}"] if exchange.location else []),
            '    lines = response.headers.getlist("Set-Cookie")',
            f'    assert [line.partition("=")[0] for line in lines] == [{", ".join(map(_python, names))}]',
            *[
                f'    assert set({_python(_lasting(line))}) <= set(lines[{place}].split("; "))'
                for place, line in enumerate(exchange.written)
            ],
        ]
    )


def _pairs(exchange: Exchange) -> list[str]:
    return [pair(name, value) for name, value in exchange.sent]


def _cookie_header(exchange: Exchange) -> list[str]:
    """Return the argument that holds the Cookie line, a cookie a row."""
    if not exchange.sent:
        return []
    rows = [f"            {_python(pair)}," for pair in _pairs(exchange)]
    return ["    headers={", '        "Cookie": "; ".join([', *rows, "        ]),", "    },"]


def _call(line: SetCookie) -> list[str]:
    """Return the call that adds a Set-Cookie line; Flask makes Expires of max_age by itself."""
    attributes = dict(line.attributes)
    arguments = [_python(line.name)]
    if line.deletes:
        call = "delete_cookie"
    else:
        call = "set_cookie"
        arguments.append(_python(line.value))
        if re.fullmatch("-?[0-9]{1,15}", attributes.get("Max-Age", "")):
            arguments.append(f"max_age={int(attributes['Max-Age'])}")
        elif "Expires" in attributes:
            arguments.append(f"expires={_python(attributes['Expires'])}")
    arguments.append(f"path={_python(attributes['Path']) if 'Path' in attributes else None}")
    if "Domain" in attributes:
        arguments.append(f"domain={_python(attributes['Domain'])}")
    arguments += [f"{word.lower()}=True" for word in ("Secure", "HttpOnly", "Partitioned") if word in attributes]
    if "SameSite" in attributes:
        arguments.append(f"samesite={_python(attributes['SameSite'])}")
    return [f"    response.{call}(", *[f"        {argument}," for argument in arguments], "    )"]


def _lasting(line: SetCookie) -> list[str]:
    """Return the parts of a line that are the same whenever it is set."""
    return [part for part in line.text.split("; ") if not part.startswith("Expires=")]


def _python(value: str | list[str]) -> str:
    """Return text, or a list of texts, as Python writes it, in double quotes where that needs nothing else."""
    if isinstance(value, list):
        return f"[{', '.join(map(_python, value))}]"
    written = repr(value)
    return written if '"' in written else f'"{written[1:-1]}"'


# What stands for a masked value is no header text.
codecs.register_error("as utf-8", lambda error: (error.object[error.start : error.end].encode(), error.end))


def _shell(text: str) -> str:
    """Return header text as one word of a shell that writes UTF-8.

    Octets that are no text there are escaped as bash, zsh and POSIX.1-2024 know it.
    """
    octets = text.encode("latin-1", "as utf-8")
    try:
        readable = octets.decode()
    except UnicodeDecodeError:
        readable = ""
    if readable.isprintable() and readable:
        return _quoted(readable)
    plain = (chr(octet) if 32 <= octet < 127 and chr(octet) not in "\\'" else f"\\x{octet:02x}" for octet in octets)
    return f"$'{''.join(plain)}'"


def _quoted(text: str) -> str:
    # shlex.quote writes five characters for an apostrophe, and a page that shows them more than twice as many.
    return "'{}'".format(text.replace("'", r"'\''")) if "'" in text else shlex.quote(text)

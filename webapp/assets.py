"""Styles, scripts and pictures: served before Flask, so that they carry no cookie, and cached for good.

All of them stand under one digest of all of them, `/static/<digest>/site.css`: a change is a new address. While one
version takes the place of another, pages of each ask any process: what another version has laid out in this instance
folder is served as its own, and where it is not, this version's file is better than none.
"""

import hashlib
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from webapp.cookies.direct import this_request
from webapp.logs import progress
from webapp.settings import writable

_STATIC = Path(__file__).resolve().parents[1] / "static"
_SITES = Path(__file__).resolve().parent / "sites"
_FOR_WRITERS = re.compile(rb"/\*.*?\*/\s*|(?m:^ +)", re.DOTALL)
_CODINGS = ("zstd", "br", "gzip", "deflate", "identity")
_ADDRESS = re.compile("/static/([0-9a-f]{12})/(.*)")
_ANY = "/static/any/"  # this version's files for the pages of another, which may not keep them
_HOUR = 60 * 60
_KEPT = 7 * 24 * _HOUR  # how long a folder stays that nobody asks for
_log = logging.getLogger(__name__)


def init_app(app: Flask, draw: Callable[[], Mapping[str, bytes]]) -> None:
    """Serve `static/` and what `draw` makes (path to content); offer `asset(path)` to templates.

    The digest is taken from `static/` and from the code that draws and joins, so that nothing is made at a later start.
    """
    sources = sorted(
        file for folder in (_STATIC, _SITES) for file in folder.rglob("*.*") if file.parent.name != "__pycache__"
    )
    sources.append(Path(__file__))
    digest = hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in sources)).hexdigest()[:12]
    folder = Path(app.instance_path, "assets", digest)
    white_noise = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=lambda path, url: not url.startswith(_ANY),
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    base, known = f"/static/{digest}/", {folder}

    def lay_out() -> None:
        if not _in_use(folder):
            files = {file.relative_to(_STATIC).as_posix(): file.read_bytes() for file in _STATIC.rglob("*.*")}
            others = {path: content for path, content in files.items() if not path.startswith("css/")}
            _write(folder, {**_sheets(), **others, **draw()})
        white_noise.add_files(folder, base)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if found := _ADDRESS.fullmatch(environ["PATH_INFO"]):
            asked, ours = folder.with_name(found[1]), _ANY + found[2]
            if not _in_use(folder):  # whoever cleaned up here did not know of this process
                lay_out()
            if _in_use(asked):
                if asked not in known:
                    white_noise.add_files(asked, f"/static/{found[1]}/")
                    known.add(asked)
            else:
                if _ANY not in known:  # seldom asked for, so not at each start
                    white_noise.add_files(folder, _ANY)
                    known.add(_ANY)
                if ours in white_noise.files:
                    environ["PATH_INFO"] = ours
        return white_noise(environ, start_response)

    with writable():
        lay_out()
        _clear_out(folder.parent)
    app.wsgi_app = _negotiated(_fresh(answer, base) if app.debug else answer)
    app.jinja_env.globals["asset"] = lambda path: this_request().script_root + base + path


def _sheets() -> dict[str, bytes]:
    """Return each style sheet by its name: one file a component to write, one a folder to load.

    Comments and indentation are for whoever writes: an eighth of what a first visit loads.
    """
    folders = {"site.css": _STATIC / "css"}
    folders |= {f"{folder.name}.css": folder for folder in folders["site.css"].iterdir() if folder.is_dir()}
    sheets = {
        name: b"\n".join(file.read_bytes() for file in sorted(folder.glob("*.css"))) for name, folder in folders.items()
    }
    return {name: _FOR_WRITERS.sub(b"", sheet) for name, sheet in sheets.items()}


def _in_use(folder: Path) -> bool:
    """Tell whether a folder is there, and note in its own time that it is asked for."""
    try:
        age = time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return False
    if age > _HOUR:
        with suppress(OSError):  # laid out by somebody else, who clears it out too
            os.utime(folder)
    return True


def _clear_out(assets: Path) -> None:
    """Remove the folders that nobody asked for in the last days, and what a start that was cut off has left."""
    for folder in assets.iterdir():
        with suppress(FileNotFoundError):  # another process was faster
            if time.time() - folder.stat().st_mtime > _KEPT:
                shutil.rmtree(folder, ignore_errors=True)


def _negotiated(site: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the site with each coding in `Accept-Encoding` that the client takes, and no other.

    WhiteNoise and Flask-Compress look for names, also where `;q=0` refuses one (RFC 9110 section 12.5.3).
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["HTTP_ACCEPT_ENCODING"] = _taken(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return site(environ, start_response)

    return answer


@lru_cache(200)
def _taken(accept_encoding: str) -> str:
    accept = parse_accept_header(accept_encoding, Accept)
    qualities = ((coding, accept.quality(coding)) for coding in _CODINGS)
    return ", ".join(f"{coding};q={quality:g}" for coding, quality in qualities if quality)


def _fresh(site: Callable[..., Iterable[bytes]], base: str) -> Callable[..., Iterable[bytes]]:
    """Return the site with the styles as they are now in front: whoever edits one sees it at the next load."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        name = environ["PATH_INFO"].removeprefix(base)
        if name not in (sheets := _sheets()):
            return site(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/css; charset=utf-8"), ("Cache-Control", "no-store")])
        return [sheets[name]]

    return answer


def _add_headers(headers, path: str, url: str) -> None:
    if url.startswith(_ANY):
        headers["Cache-Control"] = "no-store"
    else:
        # One for all codings of a file, and so a weak one (RFC 9110 section 8.8.1).
        headers["ETag"] = f'W/"{url.split("/")[2]}"'
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    # Several workers may start at once: each writes aside, the first to rename wins.
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    compressor = Compressor(quiet=True)  # brotli, which Flask-Compress brings along, and gzip
    tell = progress(_log, "packing styles and pictures, once for this version: %d of %d")
    for number, (path, content) in enumerate(files.items()):
        tell(number, len(files))
        (aside / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).write_bytes(content)
        compressor.compress(str(aside / path))
    try:
        os.replace(aside, folder)
    except OSError:
        shutil.rmtree(aside)

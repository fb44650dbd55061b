"""Styles, scripts and pictures: served before Flask, so that they carry no cookie, and cached for good.

All of them stand under one digest of all of them, `/static/<digest>/site.css`: a change is a new address.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, request
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from webapp.settings import writable

_STATIC = Path(__file__).resolve().parents[1] / "static"
_SITES = Path(__file__).resolve().parent / "sites"


def init_app(app: Flask, draw: Callable[[], Mapping[str, bytes]]) -> None:
    """Serve `static/` and what `draw` makes (path to content); offer `asset(path)` to templates.

    The digest is taken from `static/` and from the code that draws, so that nothing is drawn at a later start.
    """
    sources = sorted(file for folder in (_STATIC, _SITES) for file in folder.rglob("*.*") if file.suffix != ".pyc")
    digest = hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in sources)).hexdigest()[:12]
    folder = Path(app.instance_path) / "assets" / digest
    if not folder.exists():
        files = {file.relative_to(_STATIC).as_posix(): file.read_bytes() for file in _STATIC.rglob("*.*")}
        # One file a component to write, one file for all of them to load.
        styles = sorted(path for path in files if path.startswith("css/"))
        drawn = {"site.css": b"\n".join(files.pop(path) for path in styles), **files, **draw()}
        with writable():
            _write(folder, drawn)
    base = f"/static/{digest}/"
    white_noise = WhiteNoise(
        app.wsgi_app,
        root=folder,
        prefix=base,
        immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    app.wsgi_app = _fresh(white_noise, base) if app.debug else white_noise
    app.jinja_env.globals["asset"] = lambda path: request.script_root + base + path


def _fresh(site: Callable[..., Iterable[bytes]], base: str) -> Callable[..., Iterable[bytes]]:
    """Return the site with the styles as they are now in front: whoever edits one sees it at the next load."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != f"{base}site.css":
            return site(environ, start_response)
        styles = b"\n".join(file.read_bytes() for file in sorted((_STATIC / "css").iterdir()))
        start_response("200 OK", [("Content-Type", "text/css; charset=utf-8"), ("Cache-Control", "no-store")])
        return [styles]

    return answer


def _add_headers(headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    # Several workers may start at once: each writes aside, the first to rename wins.
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent))
    compressor = Compressor(quiet=True)  # brotli, which Flask-Compress brings along, and gzip
    for path, content in files.items():
        (aside / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).write_bytes(content)
        compressor.compress(str(aside / path))
    try:
        os.replace(aside, folder)
    except OSError:
        shutil.rmtree(aside)

"""Reading `config.py` and the environment, and what follows from them."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

ROOT = str(Path(__file__).resolve().parents[1])
_SHORTEST_KEY = 32


def instance_folder() -> str:
    """Return the folder for key, database and assets: `instance/`, or CRUMB_INSTANCE."""
    return os.path.abspath(os.environ.get("CRUMB_INSTANCE") or os.path.join(ROOT, "instance"))


def init_app(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Settle every setting; SystemExit with a sentence for one that would be unsafe or can't be understood."""
    app.config.from_object("config")
    app.config.from_prefixed_env("CRUMB")
    app.config.update(overrides)
    config = app.config

    url = urlsplit(str(config["URL"]))
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SystemExit(f"CRUMB_URL is {config['URL']!r}: write it like https://cookies.example.org")
    config["SECURE"] = url.scheme == "https"
    others = config["TRUSTED_HOSTS"].split(",") if isinstance(config["TRUSTED_HOSTS"], str) else config["TRUSTED_HOSTS"]
    config["TRUSTED_HOSTS"] = list(dict.fromkeys([url.hostname, *(host.strip() for host in others if host.strip())]))

    os.makedirs(app.instance_path, exist_ok=True)
    config["SECRET_KEY"] = str(config["SECRET_KEY"]) or _local_key(app, config["SECURE"])
    if not isinstance(config["SECRET_KEY_FALLBACKS"], list):
        raise SystemExit('CRUMB_SECRET_KEY_FALLBACKS is a JSON list of old keys: ["older", "old"]')
    for key in [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]:
        if not isinstance(key, str) or len(key) < _SHORTEST_KEY or len(set(key)) < 8:
            raise SystemExit(
                f"CRUMB_SECRET_KEY and its fallbacks need {_SHORTEST_KEY} random characters or more: "
                "python -c 'import secrets; print(secrets.token_hex())' makes one"
            )
    config["DATABASE_URL"] = config["DATABASE_URL"] or f"sqlite:///{os.path.join(app.instance_path, 'crumb.sqlite3')}"
    if config["PROXY_HOPS"]:
        from werkzeug.middleware.proxy_fix import ProxyFix

        hops = int(config["PROXY_HOPS"])
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)


def _local_key(app: Flask, secure: bool) -> str:
    if secure:
        raise SystemExit("CRUMB_SECRET_KEY is not set: under https the key is yours to make and to keep")
    path = Path(app.instance_path, "secret_key")
    if not path.exists():
        # Several workers may start at once: each writes aside, and only the first can link its file into place.
        aside = path.with_name(f"secret_key.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex())
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text("ascii").strip()

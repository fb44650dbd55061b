"""What Crumb is compared with: a bare Flask app, and Flaskr, the blog of Flask's tutorial."""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

from flask import Flask
from werkzeug.security import generate_password_hash

from run import ROOT

NAME, PASSWORD = "baker", "flour and water"


def bare(size: int) -> Flask:
    """Return a Flask app whose only page is a constant of `size` bytes."""
    app = Flask("bare")
    body = "x" * size
    app.add_url_rule("/", "index", lambda: body)
    return app


def fetch_flaskr() -> None:
    """Take Flaskr out of the source distribution of our own Flask, which the lock knows by its hash.

    It is kept in the instance folder. CalledProcessError where no package index answers.
    """
    folder = Path(os.environ["CRUMB_INSTANCE"])
    [lines] = re.findall(r"^flask==(?:.*\\\n)+", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE)
    (folder / "flask.txt").write_text(lines.rstrip("\\\n"))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=flask", "--require-hashes"]
    subprocess.run([*command, f"--dest={folder}", f"--requirement={folder / 'flask.txt'}"], check=True)
    with tarfile.open(next(folder.glob("flask-*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")


def flaskr() -> Flask:
    """Return Flaskr, fetched before, with 20 posts by NAME."""
    folder = Path(os.environ["CRUMB_INSTANCE"])
    sys.path.insert(0, str(next(folder.glob("flask-*/examples/tutorial"))))
    from flaskr import create_app
    from flaskr.db import get_db, init_db

    app = create_app({"SECRET_KEY": "only for measuring", "DATABASE": str(folder / "flaskr.sqlite")})
    with app.app_context():
        init_db()
        words = [NAME, generate_password_hash(PASSWORD)]
        get_db().execute("INSERT INTO user (username, password) VALUES (?, ?)", words)
        get_db().executemany(
            "INSERT INTO post (author_id, created, title, body) VALUES (1, ?, ?, ?)",
            [(f"2026-11-{day:02} 08:00:00", f"Loaf {day}", "Flour, water, salt, time. " * 4) for day in range(1, 21)],
        )
        get_db().commit()
    return app

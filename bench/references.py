"""What Crumb is compared with: a bare Flask app, and the index page of a small blog."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from flask import Flask, g, render_template, session

_FOLDER = Path(__file__).parent


def bare(size: int) -> Flask:
    """Return a Flask app whose only page is a constant of `size` bytes."""
    app = Flask("bare")
    body = "x" * size
    app.add_url_rule("/", "index", lambda: body)
    return app


def blog() -> Flask:
    """Return a blog that lists its 20 posts to somebody who is logged in.

    A stand-in of our own for Flaskr, the app of Flask's tutorial, made to do the same work: the session is opened, the
    user looked up in SQLite, the posts joined with their authors, and a template rendered that asks `url_for` for
    each link. It is the lighter of the two by a twentieth, which makes the comparison a little stricter.
    """
    app = Flask("blog", root_path=str(_FOLDER), instance_path=os.environ["CRUMB_INSTANCE"])
    app.config["SECRET_KEY"] = "only for measuring"
    database = str(Path(app.instance_path) / "blog.sqlite3")
    _fill(database)

    @app.before_request
    def load_user() -> None:
        g.user = _connection(database).execute("SELECT * FROM user WHERE id = ?", (session.get("user"),)).fetchone()

    @app.get("/")
    def index() -> str:
        posts = _connection(database).execute(
            "SELECT post.id, title, body, written, author_id, name FROM post JOIN user ON author_id = user.id"
            " ORDER BY written DESC"
        )
        return render_template("blog.html", posts=posts.fetchall())

    @app.get("/log-in")
    def log_in() -> str:
        session["user"] = 1
        return "in"

    for path in ("/log-out", "/register", "/write", "/<int:post>/change"):
        app.add_url_rule(path, path.rpartition("/")[2].replace("-", "_"), lambda post=0: "")

    @app.teardown_appcontext
    def close(error: BaseException | None) -> None:
        if "connection" in g:
            g.connection.close()

    return app


def _connection(database: str) -> sqlite3.Connection:
    if "connection" not in g:
        sqlite3.register_converter("timestamp", lambda text: datetime.fromisoformat(text.decode()))
        g.connection = sqlite3.connect(database, detect_types=sqlite3.PARSE_DECLTYPES)
        g.connection.row_factory = sqlite3.Row
    return g.connection


def _fill(database: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.executescript(
            "DROP TABLE IF EXISTS post; DROP TABLE IF EXISTS user;"
            "CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER, written TIMESTAMP, title TEXT, body TEXT);"
        )
        connection.executemany("INSERT INTO user (name) VALUES (?)", [(f"baker {number}",) for number in range(5)])
        connection.executemany(
            "INSERT INTO post (author_id, written, title, body) VALUES (?, ?, ?, ?)",
            [
                (day % 5 + 1, f"2026-11-{day:02} 08:00:00", f"Loaf {day}", "Flour, water, salt and time. " * 4)
                for day in range(1, 21)
            ],
        )

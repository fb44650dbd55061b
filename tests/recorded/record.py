"""Records some visitors of the site as it is now: what their browsers send, the database, and what pages tell them.

    .venv/bin/python -m tests.recorded.record

writes a folder named as the commit is. tests/test_recorded.py lets these visitors return under any later code.
"""

import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browsing import Browser, Page
from tests.lessons.playing import CHROMIUM, LESSONS, play
from webapp import Crumb, clock, create_app
from webapp.cookies import Cookie
from webapp.database import dispose
from webapp.sandbox import Sandbox

HERE = Path(__file__).parent
KEY = "a test key, for this recording alone"
BEGIN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LATER = timedelta(minutes=10)  # as long as an update may take: then the visitors come back
PASSWORD = "three brown loaves"
# The lab's cookies last as long as its experiment, and nobody returns for them.
OF_THE_MOMENT = {"bench", "inbox"}

# What pages tell those who come back: a CSS selector and the attribute that says it, or a selector whose text does.
TELLING = {
    "/": (
        "html[data-user]@data-user", "html@data-theme", "html@lang", "html[data-presenter]@data-presenter",
        "[data-last-visit]@data-last-visit", "[data-recent] [data-item]@data-item",
    ),
    "/preferences": (
        "main [type=checkbox][checked]@name", ".lesson@data-lesson", ".lesson@data-step", ".lesson@data-state",
    ),
    "/consent": ("[data-choice]@data-choice",),
    "/shop/": (
        "[data-recent] [data-item]@data-item", "[data-searches] [data-item] bdi", "[data-searches] [name=pause]@value",
    ),
    "/shop/basket": ("[data-basket] [data-item]@data-item", "[data-basket] [type=number]@value"),
    "/shop/orders": ("[data-order]@data-order",),
    "/forum/": ("[data-recent] [data-item]@data-item", "[data-board][data-unread]@data-board", "[data-draft] a@href"),
    "/forum/ovens": (".sorting [aria-current]@href", "[data-thread][data-unread]@data-thread"),
    "/forum/ovens/1": ("form.drafted textarea",),
    "/social/": ("[data-recent] [data-item]@data-item", "#write textarea", "[data-why-unknown]@data-why-unknown"),
    "/getcookie": (".own bdi.value",),
    "/learn": (
        "[data-under-way]@data-under-way",
        "[data-done]:not([data-done='0'])@data-lesson", "[data-done]:not([data-done='0'])@data-done",
    ),
    "/teach": ("[data-room]@data-room",),
    "/teach/student": ("[data-engine]@data-engine",),
    "/teach/student/store": ("[data-cookie]@data-cookie",),
}  # fmt: skip


@contextmanager
def standing_clock(at: datetime) -> Iterator[Callable[..., None]]:
    """Stop every clock, that of signatures as well; gives a function that moves them on."""
    moved = [at]

    def go(**time: float) -> None:
        moved[0] += timedelta(**time)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moved[0])
        patch.setattr("time.time", lambda: moved[0].timestamp())
        yield go


def told(browser: Browser, telling: Mapping[str, Iterable[str]]) -> tuple[dict[str, dict[str, list[str]]], list[Page]]:
    """Let a browser open pages; return by page and wording what they told, and every answer on the way."""
    said, answers = {}, []
    for path, words in telling.items():
        page = browser.get(path)
        answers += [*page.before, page]
        said[path] = {}
        for word in words:
            selector, _, attribute = word.partition("@")
            if tags := page.select(selector):
                said[path][word] = [tag[attribute] if attribute else tag.get_text().strip() for tag in tags]
    return said, answers


def visitor(app: Crumb, headers: Mapping[str, str]) -> Browser:
    """Return a browser that holds what these Cookie headers say, by the path that each was sent to."""
    browser = Browser(app, **{"User-Agent": CHROMIUM, "Sec-Fetch-Site": "same-origin"})
    everywhere = set(headers["/"].split("; "))
    for path, header in headers.items():
        for pair in header.split("; "):
            if path == "/" or pair not in everywhere:
                browser.agent.receive(browser.home + path, f"{pair}; Path={path}", now=clock.now(), method="GET")
    return browser


def read_headers(file: Path) -> dict[str, str]:
    """Return the Cookie headers of a visitor by the path they were sent to."""
    requests = [request.splitlines() for request in file.read_text("ascii").split("\n\n") if request.strip()]
    return {line.split()[1]: cookie.removeprefix("Cookie: ") for line, cookie in requests}


def restore(recording: Path, database: Path) -> None:
    """Make a SQLite file of the recorded database."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript((recording / "database.sql").read_text("utf-8"))


def _dump(database: Path) -> str:
    """Return a SQLite file as SQL; an index of words is written as the rows it is made of."""
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        virtual = [name for name, sql in tables if sql.startswith("CREATE VIRTUAL")]
        tables = [(name, sql) for name, sql in tables if not any(name.startswith(f"{each}_") for each in virtual)]
        lines = [f"{sql};" for _name, sql in tables]
        for name, sql in tables:
            if sql.startswith("CREATE INDEX"):
                continue
            columns = [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{name}")')]
            columns = ["rowid", *columns] if name in virtual else columns
            quoted = " || ', ' || ".join(f"quote({column})" for column in columns)
            lines += [
                f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({row});"
                for (row,) in connection.execute(f'SELECT {quoted} FROM "{name}"')
            ]
    return "\n".join(["BEGIN;", *lines, "COMMIT;", ""])


def _headers(browser: Browser) -> str:
    """Return what a browser sends, as text: to every path that a cookie of ours is for."""
    sent = {}
    for path in sorted({cookie.path for cookie in _lasting(browser.app)}):
        sent[path] = browser.agent.cookie_header(browser.home + path, now=clock.now(), method="GET")
    sent = {path: header for path, header in sent.items() if path == "/" or header != sent["/"]}
    return "\n".join(f"GET {path} HTTP/1.1\nCookie: {header}\n" for path, header in sent.items())


class _Town:
    """The visitors as they go about, on one database."""

    def __init__(self, app: Crumb, go: Callable[..., None]) -> None:
        self.app, self.go = app, go

    def come(self, choice: str | None = None) -> Browser:
        """Return a browser that comes for the first time, and says this to the banner."""
        browser = Browser(self.app, **{"User-Agent": CHROMIUM, "Sec-Fetch-Site": "same-origin"})
        browser.get("/")
        if choice:
            browser.submit("section.ask form", button=choice)
        return browser

    def walk(self, browser: Browser, *paths: str) -> None:
        """Open pages, a minute each."""
        for path in paths:
            browser.get(path)
            self.go(minutes=1)

    def do(self, browser: Browser, path: str, form: str, button: str | None = None, **fields: str | bool) -> None:
        """Fill in the form of a page and send it."""
        browser.get(path)
        assert browser.submit(form, button=button, **fields).status == 200, path
        self.go(minutes=1)

    def register(self, name: str, **fields: bool) -> Browser:
        """Return the browser of somebody who made an account."""
        browser = self.come("all")
        form = {"username": name, "password": PASSWORD, "confirm": PASSWORD}
        self.do(browser, "/register", "main form.card", **form, **fields)
        return browser


def visitors(app: Crumb, go: Callable[..., None]) -> dict[str, Browser]:
    """Let everybody do what a later version has to remember of them; return their browsers."""
    town = _Town(app, go)

    paul = town.register("Paul")
    for title in ("Rye in a cold oven", "Steam without a pan"):
        town.do(paul, "/forum/ovens/new", "form.drafted", title=title, text="How do you do it?")
    for text in ("The rye is out.", "The bagels are gone."):
        town.do(paul, "/social/", "#write", text=text)

    guest = town.come("all")
    town.do(guest, "/preferences", "main form", theme="dark", language="de")
    town.walk(guest, "/shop/rye-bread", "/shop/bagel", "/shop/search?q=honey", "/shop/search?q=rye+bread")
    for good in ("rye-bread", "bagel", "bagel"):
        town.do(guest, f"/shop/{good}", "[data-add]", button=good)
    town.walk(guest, "/forum/ovens?sort=new", "/forum/ovens/1", "/social/1", "/social/@Paul")
    guest.close()
    go(hours=1)

    member = town.register("Nora", remember=True)
    town.do(member, "/preferences", "main form", theme="biscuit", language="ar")
    town.do(member, "/shop/croissant", "[data-add]", button="croissant")
    town.do(member, "/shop/checkout", "#checkout", name="Nora")
    town.do(member, "/shop/rye-bread", "[data-add]", button="rye-bread")
    town.walk(member, "/forum/ovens/2", "/social/2")
    member.close()
    go(hours=1)
    town.walk(member, "/", "/shop/")  # the remember cookie was redeemed, and the new one arrived

    writer = town.register("Ole")
    town.do(writer, "/forum/ovens/1", "form.drafted", button="draft", text="With a stone, and\na little patience")
    writer.get("/social/")
    writer.agent.receive(writer.home, "session=; Path=/; Max-Age=0", now=clock.now(), method="GET")
    writer.submit("#write", text="Typed over lunch")
    writer.submit("#log-in", follow=False, username="Ole", password=PASSWORD)

    learner = town.come("all")
    for number, step in enumerate(LESSONS["first"].steps[:3], 1):
        town.do(learner, f"/learn/first/{number}", f'main form[action$="/first/{number}"]')
        if step.question:
            learner.submit(".lesson-question", button="1")
        play(learner, step.acts)

    refuser = town.come("necessary")
    town.do(refuser, "/setcookie", "main form", title="Flavour", value="rye & honey", lifetime="month")
    town.do(refuser, "/shop/bagel", "[data-add]", button="bagel")

    teacher = town.come("all")
    town.do(teacher, "/preferences", "main form", dock=False, presenter=True)
    town.walk(teacher, "/shop/search?q=honey")
    town.do(teacher, "/shop/search", "[data-searches] form", button="on")
    town.do(teacher, "/teach", "#open-notes")
    town.do(teacher, "/teach/student", "#begin", engine="firefox")
    town.walk(teacher, "/teach/student/at/setcookie")

    # All are here shortly before the update; the guest marks as read what was written within the minute of `seen`.
    for browser in (member, writer, learner, refuser, teacher):
        town.walk(browser, "/")
    town.do(paul, "/forum/ovens/1", "form.drafted", text="On the lowest rack.")
    guest.get("/forum/ovens")
    go(seconds=20)
    paul.get("/forum/ovens/2")
    paul.submit("form.drafted", text="With a bowl of water.")
    go(seconds=20)
    guest.submit("form.mark-read")
    go(seconds=20)
    town.do(paul, "/forum/ovens/1", "form.drafted", text="An hour or so.")

    return {
        "guest": guest, "member": member, "writer": writer, "learner": learner, "refuser": refuser, "teacher": teacher,
    }  # fmt: skip


def record(folder: Path) -> None:
    """Write a recording into a new folder."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as instance, standing_clock(BEGIN) as go:
        database = Path(instance, "crumb.sqlite3")

        def start() -> Crumb:
            address = {"INSTANCE": instance, "DATABASE_URL": f"sqlite:///{database}"}
            return create_app({**address, "SECRET_KEY": KEY, "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False})

        app = start()
        brought = set()
        for name, browser in visitors(app, go).items():
            brought |= {app.extensions["cookies"].registry.find(cookie).name for cookie in browser.cookies}
            (folder / f"{name}.txt").write_text(_headers(browser), "ascii")
            browser.close()
            (folder / f"{name}-closed.txt").write_text(_headers(browser), "ascii")
        missing = {cookie.name for cookie in _lasting(app)} - brought
        assert missing <= OF_THE_MOMENT, f"nobody brings {missing}"
        dispose(app)
        (folder / "database.sql").write_text(_dump(database), "utf-8")
        go(minutes=LATER.total_seconds() / 60)
        said = {}
        for file in sorted(folder.glob("*.txt")):
            database.unlink()
            restore(folder, database)
            app = start()
            said[file.stem], _ = told(visitor(app, read_headers(file)), TELLING)
            dispose(app)
        recording = {"key": KEY, "at": clock.now().isoformat(), "told": said}
    (folder / "recording.json").write_text(json.dumps(recording, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _lasting(app: Crumb) -> list[Cookie]:
    return [one for one in app.extensions["cookies"].registry if not isinstance(one, Sandbox)]


if __name__ == "__main__":
    commit = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"], cwd=HERE, capture_output=True, check=True, text=True
    )
    record(HERE / commit.stdout.strip())

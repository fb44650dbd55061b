"""What `flask lessons check` does: each step of an instructor's own lessons, by the browser of the tests."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from tests.lessons.playing import bring, do, say, start
from webapp import create_app
from webapp.database import dispose
from webapp.house import house
from webapp.lessons.lesson import Lesson


def replay(folder: str) -> Iterator[tuple[str, bool]]:
    """Yield a line for each step of the lessons in a folder, and whether it works; SystemExit where one can't be read.

    They are tried on a site of their own, which is thrown away.
    """
    with TemporaryDirectory() as place:
        settings = {"INSTANCE": place, "DATABASE_URL": f"sqlite:///{place}/crumb.sqlite3", "TESTING": True}
        app = create_app({**settings, "MIGRATE_ON_START": True, "LESSONS": folder})
        try:
            lessons = [lesson for key, lesson in house(app).lessons.items() if (Path(folder) / f"{key}.py").exists()]
            for lesson in lessons:
                yield from _try(app, lesson)
        finally:
            dispose(app)


def _try(app: Flask, lesson: Lesson) -> Iterator[tuple[str, bool]]:
    for number, step in enumerate(lesson.steps, 1):
        name = f"{lesson.key}.py, step {number}"
        browser = start(app)
        try:
            browser.get(f"/learn/{lesson.key}/{number}")
            browser.submit(f'main form[action$="/{lesson.key}/{number}"]')
            bring(browser)
            do(browser, step)
        except AssertionError as problem:
            yield f"{name}: {problem} {say(browser)}".rstrip(), False
        else:
            yield f"{name}: done, as it should be", True

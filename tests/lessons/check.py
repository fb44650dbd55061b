"""What `flask lessons check` does: each step of an instructor's own lessons, by the browser of the tests."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from tests.lessons.controls import unnamed
from tests.lessons.playing import begin, bring, do, say, start
from webapp import create_app
from webapp.database import dispose
from webapp.house import house
from webapp.lessons.lesson import CHALLENGE, Lesson


def replay(folder: str) -> Iterator[tuple[str, bool]]:
    """Yield a line for each step of the lessons in a folder, and whether it works; SystemExit where one can't be read.

    They are tried on a site of their own, which is thrown away.
    """
    with TemporaryDirectory() as place:
        settings = {"INSTANCE": place, "DATABASE_URL": f"sqlite:///{place}/crumb.sqlite3", "TESTING": True}
        app = create_app({**settings, "MIGRATE_ON_START": True, "LESSONS": folder})
        try:
            lessons = [lesson for key, lesson in house(app).lessons.items() if (Path(folder) / f"{key}.py").exists()]
            if not lessons:
                yield f"There is no lesson in {folder}: a lesson is a file such as rye.py.", False
            for lesson in lessons:
                yield from _name_cookies(app, lesson)
                yield from _try(app, lesson)
        finally:
            dispose(app)


def _name_cookies(app: Flask, lesson: Lesson) -> Iterator[tuple[str, bool]]:
    find = app.extensions["cookies"].registry.find
    states = [(f"step {number}", line) for number, step in enumerate(lesson.steps, 1) for line in step.state]
    for where, line in [*states, *(("makes", line) for line in lesson.makes)]:
        name = line.partition(";")[0].partition("=")[0]
        if find(name) is None:
            yield f"{lesson.key}.py, {where}: nobody sets a cookie {name!r} here; take a name of this site's", False
    for number, step in enumerate(lesson.steps, 1):
        if step.bench and step.bench not in house(app).benches:
            names = ", ".join(house(app).benches)
            yield f"{lesson.key}.py, step {number}: bench={step.bench!r} is no bench; there are {names}", False


def _try(app: Flask, lesson: Lesson) -> Iterator[tuple[str, bool]]:
    steps = {f"step {number}": (number, step) for number, step in enumerate(lesson.steps, 1)}
    if lesson.challenge:
        steps["challenge"] = (CHALLENGE, lesson.challenge)
    for where, (number, step) in steps.items():
        name, browser = f"{lesson.key}.py, {where}", start(app, language=lesson.title.language)
        try:
            begin(browser, lesson.key, number)
            bring(browser)
            missing = [] if number == CHALLENGE else unnamed(step, browser.page.html["lang"])
            assert not missing, (
                f"neither do nor hint says {missing[0]!r} in quotation marks: write it as the page has it;"
            )
            do(browser, step)
        except Exception as problem:  # whatever an act of somebody else's leads to
            words = str(problem) if isinstance(problem, AssertionError) else f"{type(problem).__name__}: {problem}"
            yield f"{name}: {words} {say(browser)}".rstrip(), False
        else:
            yield f"{name}: done, as it should be", True

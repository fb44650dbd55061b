"""A class on a network, over plain http: what Chromium does at names that are not this machine's, and what is told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.browsers import Browser
from tests.browser.chromium import CHROMIUM_ARGUMENTS, Chromium
from tests.browser.serving import Site, site
from tests.lessons.playing import LESSONS
from tests.lessons.test_elsewhere import LOCAL
from tests.serving import free_port
from webapp.lessons.lesson import CHALLENGE, Lesson, Step
from webapp.lessons.recorded import recorded

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")
from tests.browser import lesson_record
from tests.browser.test_lessons import play, reach

# One of each lesson in every run, and the rest with them in the whole.
STEPS = list(lesson_record.steps())
FIRST = {lesson.key: number for lesson, number, _ in reversed(STEPS)}
REST = pytest.mark.whole("a step of each lesson is recorded anew in every run")


@pytest.fixture(scope="module")
def recorder() -> Iterator[tuple[lesson_record.Recorder, str]]:
    """The site at localhost, and what notes its requests."""
    with lesson_record.site() as found:
        yield found


@in_one_browser
@pytest.mark.parametrize(
    ("lesson", "number", "step"),
    [
        pytest.param(*each, id=f"{each[0].key}-{each[1]}", marks=() if FIRST[each[0].key] == each[1] else REST)
        for each in STEPS
    ],
)
def test_a_recording_says_what_chromium_does(recorder, start, lesson, number, step):
    """Done anew at localhost, a step makes the exchanges that other addresses show, attribute for attribute."""
    told = lesson_record.record(start(recorder[1]), recorder[0], lesson, number, step)
    assert sorted(map(repr, told)) == sorted(map(repr, recorded(lesson.key, number)))  # frames come in any order


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as the laptop of a class runs it."""
    port = free_port()
    settings = {"CRUMB_TRUSTED_HOSTS": "class.test", "CRUMB_LOCAL_NAMES": json.dumps(LOCAL)}
    with site(
        tmp_path_factory.mktemp("network") / "instance", port, CRUMB_URL=f"http://localhost:{port}", **settings
    ) as ours:
        yield ours


# Every lesson is played at one of the names in every run, and at each in the whole.
NAMES = ["class.test", "crumb.local"]
PLAYED = [
    pytest.param(name, key, marks=() if (at + number) % 2 == 0 else REST)
    for at, name in enumerate(NAMES)
    for number, key in enumerate(["forged", "locks", "followed", "size", "gone", "scope"])
]


@pytest.fixture
def student(request, network, playwright, tmp_path: Path, monkeypatch) -> Iterator[Browser]:
    """A browser on the network, to which the laptop has these names."""
    rules = "--host-resolver-rules=MAP class.test 127.0.0.1, MAP *.local 127.0.0.1"
    monkeypatch.setattr("tests.browser.chromium.CHROMIUM_ARGUMENTS", [*CHROMIUM_ARGUMENTS, rules])
    browser = Chromium(network.url.replace("localhost", request.param), tmp_path, playwright)
    browser.allow_all()
    yield browser
    browser.close()


def can_be_done(browser: Browser, step: Step) -> bool:
    """Tell whether a step needs nothing that is missing there."""
    there = set(LOCAL) if "crumb.local" in browser.url else set()
    return "secure" not in step.needs and set(step.hosts) <= there


@pytest.mark.parametrize(("student", "key"), PLAYED, indirect=["student"])
def test_each_step_is_done_or_explained(student, key):
    """At a name of the network Chromium does each step that needs no more; the others say what is missing."""
    lesson: Lesson = LESSONS[key]
    for number in (*range(1, len(lesson.steps) + 1), CHALLENGE):
        step = lesson.step(number)
        student.open(f"/learn/{key}/{'end' if number == CHALLENGE else number}")
        student.press(f'main form[action$="/{number}"] button')
        reach(student, number, "waiting")
        if not can_be_done(student, step):
            assert student.text("[data-recorded]")
            continue
        if student.all('.lesson [data-missing="logged_in"]', "data-missing"):
            student.follow('.lesson [data-missing="logged_in"] a')
            student.press('form[data-demo="mira"] button')
        play(student, step.acts)
        reach(student, number, "done")


@pytest.mark.parametrize("student", NAMES, indirect=True)
def test_the_benches_predict_what_chromium_does_there(student):
    """No field of the cross-site bench and no answer of "Your browser" differs from what the model says."""
    student.open("/lab/cross")
    student.press("#begin button")
    student.press("#way-own a")
    if "crumb.local" in student.url:
        for way in ("link", "get", "post"):
            student.follow("#begin a.action")
            student.follow(f"[data-way={way}] a" if way == "link" else f"[data-way={way}] button")
            assert student.address().startswith(student.url)
    assert student.all("main [data-difference]", "data-difference") == []
    student.open("/lab/browser")
    student.press("[data-run-now]")
    if "crumb.local" in student.url:
        student.follow("main form button")
    assert student.text("main [data-own]") and student.all("main .differs", "class") == []

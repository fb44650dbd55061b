"""Lessons of an instructor's own: a folder outside, one language, and what is said where something is wrong."""

import re

import pytest
from click.testing import CliRunner

from tests.lessons.playing import begin, say, start
from webapp.lessons.commands import lessons_commands
from webapp.lessons.own import load

LESSON = """
from webapp.lessons.lesson import Instead, Lesson, Open, Pick, Question, Seen, Send, Step

LANGUAGE = "de"
LESSON = Lesson(
    key="roggen",
    order=30,
    title="Was sucht ihr?",
    idea="Der Shop merkt sich, was ihr sucht.",
    minutes=5,
    needs=("Etwas Hunger.",),
    steps=(
        Step(
            do="Sucht im Shop nach `roggen`: Drückt „Suchen“.",
            watch="Was setzt die Antwort?",
            why="Ein Cookie hat es sich gemerkt.",
            note="Laut vorlesen.",
            at="/shop/",
            seen=(Seen(method="GET", path="/shop/search?q=roggen", sets="search_shop.*"),),
            acts=(Open("/shop/"), Send("Suchen", {"Im Shop suchen": "roggen"})),
            needs=("history",),
            question=Question(ask="Wo steht es dann?", answers=("Im Browser", "Im Server"), right=0),
        ),
    ),
)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one lesson that works."""
    (tmp_path / "roggen.py").write_text(LESSON)
    return tmp_path


def test_it_is_a_lesson_like_any_other(make_app, folder):
    """It stands in the course and in /teach, its texts in its own language on pages of every other."""
    browser = start(make_app(LESSONS=str(folder)))
    for page in ("/learn", "/learn/roggen", "/teach/roggen"):
        browser.get(page, headers={"Accept-Language": "ar"})
        said = [tag for tag in browser.page.select('main [lang="de"]') if tag.get_text() == "Was sucht ihr?"]
        assert said and all(tag["dir"] == "ltr" for tag in said), page
    assert "Change one word" in browser.get("/teach/roggen/handout").text
    begin(browser, "roggen", 1)
    assert browser.page.one('.lesson-do [lang="de"] code').get_text() == "roggen"
    browser.submit("form.search", q="roggen")
    assert browser.page.one(".lesson")["data-state"] == "done"
    assert say(browser).startswith("✓ Done. Wo steht es dann? Im Browser")


def test_what_its_address_lacks_is_shown_without_a_recording(make_app, folder):
    """Nobody has recorded its steps: the bar says why it would go so, the step counts as shown, the lesson finishes."""
    (folder / "roggen.py").write_text(LESSON.replace('("history",)', '("secure",)'))
    browser = start(make_app(LESSONS=str(folder), TRUSTED_HOSTS="class.test"), home="http://class.test:8000")
    begin(browser, "roggen", 1)
    more = browser.page.one(".lesson-more")
    assert more.has_attr("open") and "Ein Cookie hat es sich gemerkt." in more.get_text()
    assert not more.select("[data-recorded]")
    browser.submit(".lesson-moves form:has([data-key=next])")
    assert browser.page.url.endswith("/learn/roggen/end")
    assert "0 of 1 steps done · 1 shown" in browser.page.text and "only shown" in browser.page.text
    assert browser.get("/learn/certificate").select("[data-certified=roggen]")


def test_it_is_checked_by_doing_it(folder):
    """A line a step; where its acts do not do it, the file, the step and the remedy."""
    said = CliRunner().invoke(lessons_commands, ["check", str(folder)])
    assert (said.exit_code, said.output.strip()) == (0, "roggen.py, step 1: done, as it should be")
    (folder / "roggen.py").write_text(LESSON.replace('sets="search_shop.*"', 'sets="search_forum.*"'))
    said = CliRunner().invoke(lessons_commands, ["check", str(folder)])
    assert said.exit_code == 1
    assert "roggen.py, step 1: its acts are over, and it is not done: compare seen with" in said.output


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('Open("/shop/")', "Pick('a[[bad')", "step 1: SelectorSyntaxError: "),
        ("„Suchen“", "mit „Los“", "step 1: neither do nor hint says 'Suchen' in quotation marks"),
        ("Suchen", "Finden", "step 1: http://localhost:8000/shop/: nothing to press says “Finden”"),
        ('"Im Shop suchen"', '"Wonach"', "step 1: http://localhost:8000/shop/: 0 fields are called “Wonach”"),
        ('needs=("history",)', "state=('nosuch=1',)", "step 1: nobody sets a cookie 'nosuch' here"),
        ('needs=("history",)', "bench='nosuch'", "step 1: bench='nosuch' is no bench; there are "),
        ("minutes=5", "minutes=5, makes=('nosuch',)", "makes: nobody sets a cookie 'nosuch' here"),
    ],
)
def test_what_only_the_doing_shows_is_said(drill, folder, old, new, sentence):
    """By the check, with the step; the site does without what is not there."""
    (folder / "roggen.py").write_text(LESSON.replace(old, new))
    said = CliRunner().invoke(lessons_commands, ["check", str(folder)])
    assert said.exit_code == 1 and f"roggen.py, {sentence}" in said.output


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('key="roggen"', 'key="weizen"', "roggen.py: its key is 'weizen'; write key='roggen', as the file is called"),
        ('LANGUAGE = "de"', 'LANGUAGE = "xx-no"', "LANGUAGE = 'xx-no' is no language; write its code, such as 'de'"),
        ("LESSON = Lesson(", "LESSONS = Lesson(", "a lesson's file says LESSON = Lesson(...)"),
        ('at="/shop/"', 'at="//shop"', "step 1: at='//shop' is no page of this site; begin it with one /"),
        ('needs=("history",)', 'needs=("login",)', "step 1: needs='login' is no need; there are logged_in, "),
        ("right=0", "right=2", "step 1: right=2 is none of its answers; they are counted from 0"),
        ('("Im Browser", "Im Server")', '("Im Browser",)', "step 1: its question has 1 answers; write 2 to 4"),
        (
            'needs=("history",)',
            'needs="history"',
            "step 1: needs is 'history', and has to be a tuple, such as (one,) or (one, two)",
        ),
        ("acts=(Open", "acts=Open('/') or (Open", "step 1: acts is Open(path='/'), and has to be a tuple"),
        ('method="GET"', "method=5", "step 1: seen 1: method is 5, and has to be of the kind <class 'str'>"),
        ("seen=(Seen(", "in_engine={'chromium': ()}, seen=(Seen(", "step 1: it waits for nothing;"),
        (
            'Seen(method="GET", path="/shop/search?q=roggen", sets="search_shop.*")',
            'Seen(part="x")',
            "it waits for nothing;",
        ),
        ("minutes=5", "minutes='5'", "minutes is '5', and has to be of the kind <class 'int'>"),
        ("minutes=5", "minutes=5, hard=7", "hard=7 is none of 1, 2 and 3"),
        ('LANGUAGE = "de"', "raise SystemExit(3)", "it can't be read: SystemExit: 3"),
        ("do=", "does=", "it can't be read: TypeError: "),
        ("import Instead", "import Instead, Fellow", "it can't be read: ImportError: "),
        ("acts=(Open", "acts=() and (Open", "step 1: nothing does it; write into acts what a learner does"),
    ],
)
def test_what_is_wrong_is_said(folder, old, new, sentence):
    """The file, the step, and what to write; the site does not start with a lesson that can't be shown."""
    assert old in LESSON
    (folder / "roggen.py").write_text(LESSON.replace(old, new))
    with pytest.raises(SystemExit, match=re.escape(sentence)) as stopped:
        load(str(folder), {})
    assert str(stopped.value).startswith("roggen.py: ")


def test_each_wrong_thing_is_said_at_once(folder):
    """Of two files, and of two steps."""
    (folder / "roggen.py").write_text(LESSON.replace("right=0", "right=7"))
    (folder / "first.py").write_text(LESSON.replace('"roggen"', '"first"'))
    with pytest.raises(SystemExit) as stopped:
        load(str(folder), {"first": None})
    assert [line.partition(":")[0] for line in str(stopped.value).split("\n")] == ["first.py", "roggen.py"]


def test_a_folder_that_is_not_there_stops_the_start(make_app):
    """As any setting that can't be used."""
    with pytest.raises(SystemExit, match="CRUMB_LESSONS is '/nowhere': there is no such folder"):
        make_app(LESSONS="/nowhere")

"""Every lesson is played through, with the user-agent model as the browser."""

from itertools import product
from urllib.parse import urlsplit

import pytest

from tests.browsing import Browser
from tests.lessons.controls import told, unnamed
from tests.lessons.playing import LESSONS, SAFARI, begin, bring, do, play, shown, start, state
from webapp.cookies import bare
from webapp.i18n import LANGUAGES, speaker
from webapp.lessons.cookies import MOST_STEPS
from webapp.lessons.judge import judge
from webapp.lessons.lesson import CHALLENGE, Follow, Open, Seen

WAYS = {
    "all allowed": {"choice": "all"},
    "only necessary": {"choice": "necessary"},
    "unanswered": {"choice": ""},
}


OF_THE_SITE = {"lesson", "learnt", "wire", "consent", "visit", "seen", "crumb_session"}
OF_A_LOG_IN = {"remember", "known", "last_login"}


def log_in(browser) -> None:
    """Log in as mira."""
    browser.get("/login")
    browser.submit('form[data-demo="mira"]')


def ways_of_each():
    """Yield each lesson with each of six ways, two in each language; in every run it has one of them."""
    for number, key in enumerate(LESSONS):
        for turn, (way, logged_in) in enumerate(product(WAYS, (False, True))):
            language = ("en", "de", "ar")[turn % 3]
            marks = () if turn == number % 6 else pytest.mark.whole("each of these ways has other lessons in every run")
            yield pytest.param(key, logged_in, way, language, marks=marks)


@pytest.mark.parametrize(("key", "logged_in", "way", "language"), list(ways_of_each()))
def test_a_lesson_can_be_played_through(app, key, logged_in, way, language):
    """From the bar alone each step waits, is done by its acts and not before, and so is the challenge at the end.

    Whatever somebody allowed, logged in or not, by the words of the pages in a language. Then its cookies can be taken
    away, on every host: what stays is named.
    """
    lesson, browser = LESSONS[key], start(app, language=language, **WAYS[way])
    if logged_in:
        log_in(browser)
    before = set(browser.cookies)
    begin(browser, key, 1)
    for number, step in enumerate(lesson.steps, 1):
        assert browser.page.one(".lesson")["data-step"] == str(number)
        do(browser, step)
        browser.submit(".lesson-moves form:has([data-key=next])")
    assert browser.page.url.endswith(f"/learn/{key}/end") and not browser.page.select(".lesson")
    if lesson.challenge:
        browser.submit(f'main form[action$="/{CHALLENGE}"]')
        do(browser, lesson.challenge)
        browser.submit(".lesson-moves form:has([data-key=next])")
        assert browser.page.one("[data-challenge]")["data-challenge"] == "done"
    left = browser.page.one("section[aria-labelledby=leaves]")
    if left.select("form"):
        browser.submit('main form[action$="/clean"]')
        assert urlsplit(browser.page.url)._replace(query="") == urlsplit(f"{browser.home}/learn/{key}/end")
        left = browser.page.one("section[aria-labelledby=leaves]")
        assert left.select("[role=status]")
    named = {code.get_text() for code in left.select("p > code")}
    said = [text for text in lesson.stays if told(speaker(language).gettext(text)) in left.get_text()]
    log_in_stays = OF_A_LOG_IN if "log-in" in " ".join(said) else set()
    assert set(browser.cookies) <= before | OF_THE_SITE | named | log_in_stays
    browser.get(f"/learn/{key}")
    assert {tag["data-state"] for tag in browser.page.select("main [data-step]")} == {"done"}


@pytest.mark.parametrize("key", LESSONS)
def test_each_step_can_be_the_first(drill, app, key):
    """A link opens any step, with what stands when it begins, and no backtick in its bar; its acts do it."""
    for number, step in enumerate(LESSONS[key].steps, 1):
        browser = start(app)
        browser.get(f"/learn/{key}/{number}")
        assert not {"lesson", "learnt"} & set(browser.page.cookies_set), "a link alone changes nothing"
        begin(browser, key, number)
        assert "`" not in browser.page.one(".lesson").get_text(), f"step {number}"
        do(browser, step)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LESSONS)
def test_the_bar_says_the_words_of_each_act(key, language):
    """In each language, and in its quotation marks; an address is opened by the bar's one link.

    A challenge is done without instructions: that its words stand on the pages is enough.
    """
    for number, step in enumerate(LESSONS[key].steps, 1):
        assert unnamed(step, language) == [], f"step {number}: {step.do}"
    for step in filter(None, (*LESSONS[key].steps, LESSONS[key].challenge)):
        opened = [act for act in step.acts if isinstance(act, Open)]
        assert opened == [step.acts[0]] * len(opened), f"a link of a page leads there: {step.do}"


@pytest.mark.parametrize(("language", "word"), [("en", "honey"), ("de", "Honig"), ("ar", "عسل")])
def test_what_is_typed_is_what_the_bar_says(app, language, word):
    """A search goes by the word of the visitor's language, as the bar has it."""
    browser = start(app, language=language)
    begin(browser, "shop", 1)
    play(browser, LESSONS["shop"].steps[0].acts)
    assert state(browser) == "done" and browser.page.one("[name=q]")["value"] == word


@pytest.mark.parametrize("key", LESSONS)
def test_two_tabs_in_two_lessons_do_not_mix(app, key):
    """Who answers in a tab is in that tab's lesson: the answer counts there, and the other lesson has none."""
    other = next(each for each in LESSONS if each != key)
    browser, number = start(app), next(n for n, step in enumerate(LESSONS[key].steps, 1) if step.question)
    begin(browser, key, number)
    bring(browser)
    tab = browser.page
    begin(browser, other, 1)
    browser.page = tab
    browser.submit(".lesson-question", button="1")
    bar = browser.page.one(".lesson")
    assert (bar["data-lesson"], bar["data-step"]) == (key, str(number))
    assert browser.cookies["lesson"].rpartition("~")[2] == "-" * (number - 1) + "1"


def all_insteads():
    for key, lesson in LESSONS.items():
        for number, step in enumerate([*lesson.steps, *filter(None, [lesson.challenge])], 1):
            for place, instead in enumerate(step.instead):
                yield pytest.param(step, instead, id=f"{key}-{number}-{place}")


@pytest.mark.parametrize(("step", "instead"), list(all_insteads()))
def test_each_instead_can_be_reached(step, instead):
    """What a lesson says of something else is said when that happens, whatever other sentences it has."""
    judgement = judge(step, [shown(instead.seen)])
    assert judgement.instead is instead


IN_THE_LAB = [key for key, lesson in LESSONS.items() if any(step.at.startswith("/lab") for step in lesson.steps)]


@pytest.mark.parametrize("key", IN_THE_LAB)
def test_safari_does_each_step_that_no_trouble_excepts(drill, app, key):
    """Played by what is known of Safari, a step of the lab is done, unless it needs what is not there at localhost."""
    for number, step in enumerate(LESSONS[key].steps, 1):
        if "logged_in" in step.needs or not step.at.startswith("/lab"):
            continue
        browser = start(app, "safari", SAFARI)
        begin(browser, key, number)
        acts = list(step.acts)
        now = Follow("Try it with this browser")
        if now in acts:  # it waits there, since it may not find the other host
            acts.insert(acts.index(now) + 1, Follow("Go on at the other host"))
        play(browser, tuple(acts))
        done = browser.page.form(".lesson")["data-state"] == "done"
        assert done == ("secure" not in step.needs), f"step {number}: {step.do}"


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_has_the_right_form(key):
    """Five to eight steps of one idea in five to ten minutes; a question has an answer, and no step is empty."""
    lesson = LESSONS[key]
    assert lesson.key == key and 5 <= lesson.minutes <= 10
    assert 5 <= len(lesson.steps) <= MOST_STEPS
    assert any(step.question for step in lesson.steps), "something to predict"
    assert lesson.troubles, "what goes wrong, and the way round"
    for step in lesson.steps:
        assert step.seen and step.acts
        assert Seen() not in step.seen
        if step.question:
            assert 2 <= len(step.question.answers) <= 4 and step.question.right < len(step.question.answers)
    for step in filter(None, (*lesson.steps, lesson.challenge)):
        for wishes in (step.seen, *step.in_engine.values()):
            assert len(wishes) == 1 or all(seen.part for seen in wishes), f"name the parts of: {step.do}"


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_never_touches_the_log_in(app, key):
    """No cookie that a lesson sets or deletes has to do with being logged in, or is anything but plain."""
    lines = [*LESSONS[key].makes, *(line for step in LESSONS[key].steps for line in step.state)]
    for line in lines:
        cookie = app.extensions["cookies"].registry.find(line.partition(";")[0].partition("=")[0])
        assert cookie is not None, line
        assert not (cookie.signed or cookie.secret or cookie.library), line
        assert bare(cookie.name) not in ("lesson", "learnt", "wire", "consent"), line


def test_each_has_its_own():
    """Each lesson has a place of its own, and a question of its own to go home with."""
    assert sorted(lesson.order for lesson in LESSONS.values()) == list(range(1, len(LESSONS) + 1))
    assert len({lesson.exit for lesson in LESSONS.values()}) == len(LESSONS)
    assert all("?" in lesson.exit for lesson in LESSONS.values())


@pytest.mark.parametrize("key", LESSONS)
def test_no_backtick_is_shown(app, key):
    """What stands in backticks is shown as code, in answers, instructor's notes and hand-outs too."""
    browser = Browser(app)
    for path in (f"/learn/{key}", f"/teach/{key}/handout"):
        assert "`" not in browser.get(path).text, path

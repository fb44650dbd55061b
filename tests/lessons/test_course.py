"""The pages of the course, the bar on the real pages, and what a learner's browser keeps of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.lessons.controls import told
from tests.lessons.playing import LESSONS, begin, bring, do, logged_in, play, start, state
from webapp.lessons.cookies import LEARNT, LESSON, DoneCodec, Place
from webapp.lessons.lesson import Send

FIRST = LESSONS["first"]


@pytest.fixture
def learner(app) -> Browser:
    """Somebody in the first step of the first lesson."""
    browser = start(app)
    browser.get("/learn/first")
    browser.submit('main form[action$="/1"]')
    return browser


def on(browser: Browser, number: int) -> Browser:
    """Go to a step of the first lesson by its link."""
    browser.get(f"/learn/first/{number}")
    browser.submit(f'main form[action$="/first/{number}"]')
    return browser


def test_the_course_is_found_from_every_page(browser):
    """The navigation leads to it, it lists all lessons, those that stand on others last; to look sets nothing."""
    page = browser.get("/")
    page = browser.get(page.one("nav a[href='/learn']")["href"])
    assert [tag["data-lesson"] for tag in page.select("[data-lesson]")] == sorted(
        LESSONS, key=lambda key: bool(LESSONS[key].after)
    )
    assert page.set_cookie == [] and not page.select(".lesson")


def test_the_bar_is_on_every_page_but_those_of_the_course(learner):
    """It says which step it is wherever the learner goes, errors included."""
    for path in ("/", "/shop/", "/login", "/no-such-page", "/jar"):
        assert learner.get(path).one(".lesson")["data-step"] == "1", path
    assert not learner.get("/learn").select(".lesson")
    learner.submit("[data-under-way]")
    assert learner.page.one(".lesson")["data-step"] == "1"


def test_the_bar_is_on_a_trial_too(learner):
    """A page as it looks with another cookie has the bar as it stands, and the trial itself counts for the step."""
    on(learner, 1)
    page = learner.get("/jar/try?name=consent&how=off&page=/shop/")
    assert page.select("[data-trial]") and page.one(".lesson")["data-state"] == "waiting"
    steps = LESSONS["look"].steps
    number = next(number for number, step in enumerate(steps, 1) if "/jar/try" in step.seen[0].path)
    learner.get(f"/learn/look/{number}")
    learner.submit(f'main form[action$="/{number}"]')
    learner.submit(".lesson-question", button="0")
    play(learner, steps[number - 1].acts[:-1])
    assert learner.page.select("[data-trial]") and len(learner.page.select("[data-part=done]")) == 1


def test_a_lesson_needs_the_dock(app):
    """Whoever hid the dock sees it while a lesson is under way: without the wire there is nothing to watch."""
    browser = start(app)
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    assert not browser.get("/").select("[data-wire]")
    on(browser, 1)
    assert browser.page.select("[data-wire]")
    browser.submit(".lesson form[action$='/leave']")
    assert not browser.get("/").select("[data-wire]")


def test_only_the_wire_makes_a_step_done(learner):
    """Skip goes on, and the step is not done; Back goes back to it."""
    learner.submit(".lesson-moves form:has([data-key=next])")
    assert learner.page.one(".lesson")["data-step"] == "2"
    assert "learnt" not in learner.cookies
    learner.submit(".lesson-moves form:has([data-key=previous])")
    assert learner.page.one(".lesson")["data-step"] == "1"
    play(learner, FIRST.steps[0].acts)
    learner.submit(".lesson-moves form:has([data-key=next])")
    assert learner.cookies["learnt"] == "first.01"
    page = learner.get("/learn/first")
    assert [tag["data-state"] for tag in page.select("main [data-step]")] == ["done", *["waiting"] * 4]


def test_another_thing_is_named_and_leads_back(learner):
    """Something else that learners do is said by the lesson, anything else by its exchange; the way back is a link."""
    on(learner, 1)
    learner.get("/setcookie")
    learner.submit("main form.card", title="Flavour", value="wheat")
    bar = learner.page.one(".lesson")
    assert bar["data-state"] == "other" and "this lesson goes on" in bar.get_text()
    learner.get("/preferences")
    learner.submit("main form", theme="dark")
    bar = learner.page.one(".lesson")
    assert bar["data-state"] == "other" and "You sent a form to /preferences." in bar.get_text()
    learner.get(bar.select_one(".lesson-now a")["href"])
    learner.submit("main form.card", title="Flavour", value="rye")
    assert learner.page.one(".lesson")["data-state"] == "done"


def now(browser: Browser) -> str:
    """Return what the bar says of how the step stands."""
    return " ".join(browser.page.one(".lesson-now").get_text().split())


def test_the_question_comes_first(learner):
    """It stands alone until there is an answer; then comes what to watch, and in the end the right one.

    A made-up answer is no answer.
    """
    step = FIRST.steps[2]
    on(learner, 3)
    assert step.question.ask in now(learner) and "Watch" not in now(learner) and step.watch not in now(learner)
    learner.post("/learn/first/3/said", {"answer": "7"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "~" not in learner.cookies["lesson"]
    learner.get("/setcookie")
    learner.submit(".lesson-question", button="1")
    assert learner.page.url.endswith("/setcookie")
    assert now(learner) == f"You said: {step.question.answers[1]}. Watch: {step.watch}"
    play(learner, step.acts)
    assert now(learner) == (
        f"✓ Done. {step.question.ask} {step.question.answers[0]}. You had said: “{step.question.answers[1]}”."
    )


def test_an_answer_belongs_to_its_step(learner):
    """Sent from a tab that stayed at another step of the lesson, it is that step's, and the lesson goes on there."""
    on(learner, 3)
    tab = learner.page
    on(learner, 4)
    learner.page = tab
    learner.submit(".lesson-question", button="1")
    assert learner.page.one(".lesson")["data-step"] == "3" and learner.cookies["lesson"].endswith("~--1")


def test_an_answer_need_not_be_given(learner):
    """Who does the step without an answer is told the right one; who asks to be shown sees what it waits for."""
    step = FIRST.steps[2]
    on(learner, 3)
    learner.submit(".lesson-moves form:has([name=answer])", button="show")
    assert now(learner) == f"Watch: {step.watch}"
    assert learner.page.one(".lesson-more")["open"] == "" and "GET /shop/" in learner.page.one(".wishes").get_text()
    assert not learner.page.select(".lesson-moves [name=answer]")
    play(learner, step.acts)
    assert now(learner) == f"✓ Done. {step.question.ask} {step.question.answers[0]}."


def test_a_lesson_ends_with_what_one_can_say(learner):
    """Each question with its right answer, and what was said of it; the way on; and no bar any more."""
    asked = {number: step.question for number, step in enumerate(FIRST.steps, 1) if step.question}
    said = {}
    for number, question in list(asked.items())[:2]:
        on(learner, number)
        said[number] = (question.right + number % 2) % len(question.answers)
        learner.submit(".lesson-question", button=str(said[number]))
    on(learner, len(FIRST.steps))
    learner.submit(".lesson-moves form:has([data-key=next])")
    assert learner.page.url.endswith("/learn/first/end") and not learner.get("/").select(".lesson")
    page = learner.get("/learn/first/end")
    assert [tag.get_text() for tag in page.select(".answers dt")] == [told(each.ask) for each in asked.values()]
    assert [tag.get_text() for tag in page.select("[data-right]")] == [
        told(each.answers[each.right]) for each in asked.values()
    ]
    for tag, (number, question) in zip(page.select(".answers dd"), asked.items(), strict=True):
        words = " ".join(tag.get_text(" ").split())
        if number not in said:
            assert words.endswith("You did not guess.")
        elif said[number] == question.right:
            assert words.endswith("As you said.")
        else:
            assert f"You had said: “{told(question.answers[said[number]])}”." in words.replace(" ”", "”").replace(
                "“ ", "“"
            )


def test_an_end_without_a_beginning_leads_to_the_beginning(app):
    """Whoever has done nothing of a lesson reads what it is about; its answers are folded; one button begins it."""
    browser = start(app)
    page = browser.get("/learn/first/end")
    assert told(FIRST.idea) in page.text and page.one("h1").get_text() != "What you can say now"
    assert len(page.select("[data-right]")) == len(page.select("main details:not([open]) [data-right]")) > 0
    assert [button.find_parent("form")["action"] for button in page.select("main button.action")] == ["/learn/first/1"]
    browser.submit("main form:has(button.action)")
    assert browser.cookies["lesson"].startswith("first.1.")
    page = browser.get("/learn/first/end")
    assert page.one("h1").get_text() == "What you can say now" and not page.select("main details [data-right]")


def test_either_way_is_shown_by_its_own_address(app):
    """Where one of several requests does it, each stands there as the wire writes it; none is made up for both."""
    browser = start(app)
    begin(browser, "return", 7)
    bring(browser)
    browser.submit(".lesson-moves form:has([value=show])", button="show")
    shown = [code.get_text() for code in browser.page.select(".wishes code") if "/" in code.get_text()]
    assert shown == ["GET /…", "POST /jar/delete"]


def test_its_cookies_can_be_taken_away_at_the_end(learner):
    """Those that it made go, by name; what was done stays, and so does every other cookie."""
    on(learner, 3)
    play(learner, FIRST.steps[2].acts)
    learner.submit(".lesson-moves form:has([data-key=next])")
    learner.get("/learn/first/end")
    assert "tutorial.Flavour" in learner.cookies
    learner.submit("main form[action$='/clean']")
    assert "tutorial.Flavour" not in learner.cookies
    assert learner.cookies["learnt"] == "first.04" and "consent" in learner.cookies


@pytest.mark.parametrize("key", [key for key, lesson in LESSONS.items() if lesson.challenge])
def test_a_challenge_is_judged_as_a_step_is(app, key):
    """It waits, its acts do it, the bar leads back to the end, and there it stands; it is no step among the others."""
    lesson, browser = LESSONS[key], start(app)
    browser.get(f"/learn/{key}/end")
    assert browser.page.one("[data-challenge]")["data-challenge"] == "waiting"
    browser.submit(f"main form[action$='/{key}/9']")
    do(browser, lesson.challenge)
    browser.submit(".lesson-moves form:has([data-key=next])")
    assert browser.page.url.endswith(f"/learn/{key}/end")
    assert browser.page.one("[data-challenge]")["data-challenge"] == "done"
    assert browser.get("/learn").one(f"[data-lesson={key}]")["data-done"] == "0"


def test_what_a_step_ends_is_not_asked_for_again(app):
    """After a log-out that is a part of a step, the bar does not send anybody to log in."""
    number, step = next(
        (number, step) for number, step in enumerate(LESSONS["forum"].steps, 1) if step.seen[0].path == "/logout"
    )
    browser = start(app)
    begin(browser, "forum", number)
    bring(browser)
    play(browser, step.acts[: next(at for at, act in enumerate(step.acts) if isinstance(act, Send)) + 1])
    assert not logged_in(browser) and not browser.page.select(".lesson [data-missing]")
    assert browser.page.one(".lesson")["data-state"] == "waiting"


def test_the_bar_leads_below_the_path_that_the_site_stands_under(app):
    """Its links and what it tells other pages to come back to."""
    browser = start(app)
    begin(browser, "first", 1)
    begin(browser, "return", 2)
    page = browser.get("/", environ_overrides={"SCRIPT_NAME": "/pre"})
    assert page.select(".lesson")
    for tag in page.select(".lesson a[href^='/'], .lesson form"):
        address = tag.get("href") or tag["action"]
        assert address.startswith("/pre/") and "next=/social" not in address, address


def test_the_course_is_parted_by_what_is_done(browser):
    """A lesson that stands on another comes later, until that one is done to its last step."""
    needing = next((key for key, lesson in LESSONS.items() if lesson.after), None)
    before = LESSONS[needing].after

    def part(learnt: dict) -> str:
        page = browser.get("/learn", headers={"Cookie": f"learnt={LEARNT.codec.encode(learnt)}"})
        return page.one(f"main li[data-lesson={needing}]").find_parent("section").h3.get_text()

    whole = {key: frozenset(range(1, len(LESSONS[key].steps) + 1)) for key in before}
    assert part({}) == part({key: steps - {1} for key, steps in whole.items()}) == "Later"
    assert part(whole) == "Open to you now"
    assert part({**whole, needing: frozenset(range(1, len(LESSONS[needing].steps) + 1))}) == "✓ Done"


def test_a_lesson_begins_anew_without_its_cookies(learner):
    """What was done and what it made is gone; the other lessons and cookies stay."""
    on(learner, 5)
    play(learner, (*FIRST.steps[1].acts, *FIRST.steps[0].acts))
    on(learner, 1)
    play(learner, FIRST.steps[0].acts)
    learner.get("/learn/first")
    assert "tutorial.Flavour" in learner.cookies
    learner.submit("main form[action$='/restart']")
    assert "tutorial.Flavour" not in learner.cookies and learner.cookies.get("learnt", "") == ""
    assert learner.page.one(".lesson")["data-step"] == "1"
    assert "consent" in learner.cookies


def test_progress_travels_by_a_link(app, learner):
    """The link of one browser adds its steps to those of another, after a button; all can be forgotten."""
    play(learner, FIRST.steps[0].acts)
    learner.submit(".lesson-moves form:has([data-key=next])")
    link = learner.get("/learn").one("main a[href*='/carry/']")["href"]
    other = start(app)
    other.get("/learn/carry/first.04~scope.02")
    other.submit("main form")
    page = other.get(link)
    assert page.select("main [data-lesson=first]") and other.cookies["learnt"] == "first.04~scope.02"
    page = other.submit("main form")
    assert other.cookies["learnt"] == "first.05~scope.02"
    assert page.one("[data-lesson=first]")["data-done"] == "2"
    other.submit("main form[action$='/restart']")
    assert other.cookies.get("learnt", "") == ""


@pytest.mark.parametrize(
    "path", ["/learn/nothing/1", "/learn/first/6", "/learn/first/8", "/learn/carry/first", "/learn/%00/1"]
)
def test_what_is_not_there_is_404(browser, path):
    """A lesson, a step or a progress that nobody made."""
    assert browser.get("/learn/nothing").status == browser.get(path).status == 404
    assert browser.post(path, headers={"Sec-Fetch-Site": "same-origin"}).status == 404


def test_without_a_word_of_the_browser_the_page_asks_once_more(app):
    """A browser that says nothing of where a form comes from gets it back with a token, and then it counts."""
    browser = Browser(app, silent=True)
    for path, form in (("/learn/first", 'main form[action$="/2"]'), ("/learn/carry/first.01", "main form")):
        browser.get(path)
        assert browser.submit(form).status == 422
        assert browser.submit("[data-once-more]").status == 200
    assert {"lesson", "learnt"} <= set(browser.cookies)
    for path in (
        "/learn/first/1/said",
        "/learn/leave",
        "/learn/first/end",
        "/learn/first/clean",
        "/learn/restart",
        "/learn/first/restart",
    ):
        assert browser.post(path).status == 422


@pytest.mark.parametrize(
    "value",
    ["first.0.0", "first.1", "first.1.x", "nothing.1.0", "first.8.0", "first.1.0.9", "first.1.0~", "first.1.0~z", ""],
)
def test_a_forged_place_is_no_lesson(browser, value):
    """A lesson that is not there, a step that it does not have, or no place at all: no bar, and the page works."""
    page = browser.get("/", headers={"Cookie": f"lesson={value}"})
    assert page.status == 200 and not page.select(".lesson")
    assert browser.get("/learn", headers={"Cookie": f"lesson={value}"}).status == 200


_STEPS = st.frozensets(st.integers(-9, 9).filter(bool), min_size=1)


@given(st.dictionaries(st.from_regex("[a-z]{2,12}", fullmatch=True), _STEPS))
def test_done_is_one_text(done):
    """What was done reads as it was written, and so does what was shown, but of what was done as well."""
    read = {key: frozenset(step for step in steps if -step not in steps or step > 0) for key, steps in done.items()}
    assert LEARNT.codec.decode(LEARNT.codec.encode(done)) == read


@pytest.mark.parametrize("text", ["first.01.01", "first.01.00", "first.00.00", "first.01.02.04", "first.01.2"])
def test_one_progress_has_one_text(text):
    """Done and shown at once, or shown without a step, is no text of ours."""
    with pytest.raises(ValueError):
        LEARNT.codec.decode(text)


def test_a_step_counts_when_it_is_done(learner):
    """The certificate, the course and the lesson's page state it before one goes on; the cookie follows with that."""
    pages = ("/learn/certificate", "/learn", "/learn/first", "/learn/first/end")
    steps = f"of {len(FIRST.steps)} steps done"
    assert not any(f"1 {steps}" in learner.get(path).text for path in pages)
    begin(learner, "first", 1)
    play(learner, FIRST.steps[0].acts)
    assert state(learner) == "done"
    for path in pages[:2] + pages[3:]:
        page = learner.get(path)
        assert f"1 {steps}" in page.text and page.set_cookie == []
    assert learner.get("/learn/first").one("#step-1")["data-state"] == "done"
    assert learner.page.select("[data-state=done]") and "learnt" not in learner.cookies
    learner.get("/")
    learner.submit(".lesson-moves form:has([data-key=next])")
    assert learner.cookies["learnt"] == "first.01"


@given(st.one_of(st.text(max_size=40), st.from_regex(r"([a-z]{2,4}\.[0-9a-f]{2}~?){1,3}", fullmatch=True)))
def test_any_text_is_read_or_refused(text):
    """Whatever a cookie or an address says: the one text of some progress, or a ValueError."""
    for codec in (LEARNT.codec, LESSON.codec):
        try:
            assert codec.encode(codec.decode(text)) == text
        except ValueError:
            continue


def test_a_whole_course_fits():
    """All lessons done take less than 250 octets, half of each shown less than 300."""
    assert len(DoneCodec().encode({key: frozenset(range(1, 10)) for key in LESSONS})) < 250
    assert len(DoneCodec().encode({key: frozenset([1, 2, 3, 4, -5, -6, -7, -8, -9]) for key in LESSONS})) < 300
    assert LESSON.codec.decode("first.3.17.2") == Place("first", 3, 17, "--2")

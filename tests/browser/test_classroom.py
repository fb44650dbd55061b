"""The instructor's side in real browsers: the projector, the clicker, the notes, and a whole hour."""

import re
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest

from tests.browser.browsers import PHONE, PROJECTOR, Browser
from tests.browser.chromium import Chromium
from tests.browser.measures import SMALL, UNSEEN, WHOLE, WIDE, axe
from tests.browser.pages import BY_LENGTH, dress
from tests.browser.serving import Site, site
from tests.browser.test_lessons import play, state
from tests.lessons.playing import LESSONS
from tests.serving import free_port, wait_until

# How much of the second browser's page is seen, from below the bar to the dock at the foot.
ROOM = """() => {
    const [bar, page, dock] = [".lesson", ".student-page", ".dock"].map(
        (selector) => document.querySelector(selector).getBoundingClientRect());
    const foot = document.documentElement.dataset.presenter === undefined ? innerHeight : dock.top;
    return Math.min(page.bottom, foot) - Math.max(page.top, bar.bottom);
}"""
# What an hour is taught with.
TAUGHT = "return"


@pytest.fixture
def window(chromium, server) -> Iterator[Callable]:
    """A function that opens a tab in a window of its own, of somebody who allowed all."""
    contexts = []

    def window(presenter: bool = True, **options):
        contexts.append(chromium.new_context(viewport=PROJECTOR, **options))
        tab = contexts[-1].new_page()
        tab.goto(server.url)
        tab.click(".ask button[value=all]")
        if presenter:
            tab.context.add_cookies([{"name": "presenter", "value": "on", "url": server.url}])
        return tab

    yield window
    for context in contexts:
        context.close()


def test_a_clicker_turns_the_steps(window, server):
    """Page Down and the arrow go on, Page Up goes back, two presses at once are one, and fields keep their keys."""
    tab = window()
    tab.goto(f"{server.url}/learn/first/1")
    with tab.expect_navigation():
        tab.click('main form[action$="/1"] button')

    def press(key: str, step: int) -> None:
        with tab.expect_navigation():
            tab.keyboard.press(key)
        assert tab.get_attribute(".lesson", "data-step") == str(step)

    press("PageDown", 2)
    tab.focus("main form input[name=title]")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.type(".b")
    assert ".b" in tab.input_value("main form input[name=title]")
    tab.wait_for_timeout(300)
    assert tab.get_attribute(".lesson", "data-step") == "2"
    tab.evaluate("document.activeElement.blur()")
    press("ArrowRight", 3)
    press("PageUp", 2)
    press("ArrowLeft", 1)
    with tab.expect_navigation():
        tab.evaluate(
            """() => { for (const _ of [1, 2])
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "PageDown", bubbles: true})); }"""
        )
    tab.wait_for_timeout(300)
    assert tab.get_attribute(".lesson", "data-step") == "2"


def test_a_clicker_blanks_the_screen(window, server):
    """The dot and b make it black and show it again, Escape shows it; with Control they are somebody else's."""
    tab = window()
    tab.goto(f"{server.url}/shop/")

    def seen() -> bool:
        return tab.evaluate("getComputedStyle(document.body).visibility === 'visible'")

    for key, after in (
        (".", False),
        ("b", True),
        ("b", False),
        ("Escape", True),
        ("Escape", True),
        ("Control+b", True),
    ):
        tab.keyboard.press(key)
        assert seen() is after, key
    tab.keyboard.press(".")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"


def test_a_clicker_blanks_the_screen_on_every_keyboard(window, server):
    """The black-screen key is known by its place: on Arabic, Cyrillic, Greek, AZERTY keyboards, and with Caps Lock."""
    tab = window()
    tab.goto(f"{server.url}/shop/")
    press = """event => { document.body.dispatchEvent(new KeyboardEvent("keydown", {...event, bubbles: true}));
        return document.documentElement.hasAttribute("data-blank"); }"""
    for code, signs in (("KeyB", "Bﻻиβ"), ("Period", "ز:"), ("Semicolon", ".")):
        for sign in signs:
            assert [tab.evaluate(press, {"code": code, "key": sign}) for _ in range(2)] == [True, False], (code, sign)
    assert not tab.evaluate(press, {"code": "KeyN", "key": "n"})


def test_a_clicker_turns_pages_with_links(window, server):
    """Where no lesson is under way, the keys follow the page's own links to what comes next and before."""
    tab = window()
    tab.goto(f"{server.url}/social/")
    with tab.expect_navigation():
        tab.keyboard.press("PageDown")
    assert "before=" in tab.url


def test_everything_works_without_scripts(window, server):
    """With scripts off the buttons do what the keys do, and reset and room work too."""
    tab = window(presenter=False, java_script_enabled=False)
    tab.goto(f"{server.url}/teach")
    tab.click("#open-notes button")
    tab.click("#presenter button")
    assert tab.locator("[data-room]").count() == 1
    tab.click("[data-lesson=first] a")
    tab.click("#begin button")
    tab.click(".lesson-moves [data-key=next]")
    assert tab.get_attribute(".lesson", "data-step") == "2"
    tab.goto(f"{server.url}/teach")
    tab.locator("#reset button").click()
    tab.locator("[data-reset]").wait_for()
    assert {cookie["name"] for cookie in tab.context.cookies()} == {"presenter", "room"}


def test_the_notes_are_good_on_a_phone(window, chromium, server):
    """They follow by themselves, fit 320 px, have large targets, and axe finds nothing."""
    tab, phone = window(presenter=False), chromium.new_page(viewport={"width": 320, "height": 640})
    tab.goto(f"{server.url}/teach")
    tab.click("#open-notes button")
    phone.goto(tab.get_attribute("[data-room] a", "href"))
    tab.click("#presenter button")
    tab.click("[data-lesson=first] a")
    tab.click("#begin button")
    phone.wait_for_selector("[data-now='1']", timeout=15_000)
    assert axe(phone, WHOLE) == []
    assert phone.evaluate(WIDE) + phone.evaluate(SMALL) == []
    tab.keyboard.press("PageDown")
    phone.wait_for_selector("[data-now='2']", timeout=15_000)
    assert phone.context.cookies() == []
    phone.close()


def test_a_student_beside_the_instructor(window, server):
    """In the frame somebody logs in; the store beside it shows the cookie, and the instructor's window has none."""
    tab = window(presenter=False)
    name = server.new_user()
    tab.goto(f"{server.url}/teach/student")
    tab.click("#begin button")
    tab.fill("#address [name=at]", "/login")
    tab.click("#address button")
    page, store = tab.frame_locator(".student-page"), tab.frame_locator(".student-store")
    page.locator("#log-in [name=username]").fill(name)
    page.locator("#log-in [name=password]").fill("three warm loaves")
    page.locator("#log-in button").click()
    page.locator(f"html[data-user='{name}']").wait_for(state="attached")
    store.locator("[data-cookie=crumb_session]").wait_for(timeout=15_000)
    assert tab.get_attribute("html", "data-user") is None
    page.locator("nav summary").click()
    page.locator("nav a[href$='/shop/']").click()
    page.locator("nav a[href$='/shop/'][aria-current=true]").wait_for(state="attached")
    page.locator("nav summary").click()
    page.locator("nav a[href$='/shop/'][aria-current=true]").wait_for()
    assert all(frame.url.startswith(f"{server.url}/teach/student") for frame in tab.frames)


@pytest.mark.parametrize("presenter", [True, False])
@pytest.mark.parametrize("language", BY_LENGTH)
def test_the_second_browser_has_room_in_a_lesson(window, server, presenter, language):
    """On a projector and on a phone a good part of its page is seen at once, and the bar counts three minutes down."""
    tab = window(presenter)
    tab.set_viewport_size(PROJECTOR if presenter else PHONE)
    dress(tab.context, server.url, {"language": language})
    tab.goto(f"{server.url}/learn/return/5")
    tab.click('main form[action$="/5"] button')
    tab.click(".lesson form[data-draw] button")
    if not presenter:
        tab.click(".lesson-fold summary")
    tab.click(".lesson-question button")
    tab.goto(f"{server.url}/teach/student")
    tab.click("#copy button")
    for path in ("/social/", "/shop/"):
        tab.goto(f"{server.url}/teach/student/copied?at={path}")
    assert tab.evaluate(ROOM) >= 270
    assert tab.evaluate(WIDE) == []
    timer = tab.locator(f".{'lesson-now' if presenter else 'lesson-fold'} [role=timer]")
    assert timer.is_visible()
    begun = timer.inner_text()
    assert begun == "3:00" or begun.startswith("2:5")
    wait_until(lambda: timer.inner_text() != begun)


@pytest.fixture(scope="module")
def classroom(tmp_path_factory) -> Iterator[Site]:
    """The site as `HOST=0.0.0.0 python3 run.py` starts it, with the longest address that a class can have."""
    port = free_port()
    settings = {"CRUMB_URL": f"http://localhost:{port}", "CRUMB_CLASS_URL": f"http://192.168.100.200:{port}"}
    with site(tmp_path_factory.mktemp("class") / "instance", port, **settings) as running:
        yield running


@pytest.mark.parametrize("place", ["server", "classroom"])
@pytest.mark.parametrize("language", BY_LENGTH)
def test_the_overview_fits_a_screen(window, request, place, language):
    """At 1280x800 all lessons and all that helps before a class are seen at once, in every language, notes open."""
    server = request.getfixturevalue(place)
    tab = window(presenter=False)
    tab.set_viewport_size({"width": 1280, "height": 800})
    dress(tab.context, server.url, {"language": language})
    tab.goto(f"{server.url}/teach")
    with tab.expect_navigation():
        tab.click("#open-notes button")
    cards = ["#presenter button", ".with-picture", "#close-notes button", "#reset button", ".with-picture summary"]
    lessons = [f"[data-lesson={key}]" for key in LESSONS]
    assert tab.evaluate(UNSEEN, cards + lessons) == []
    tab.set_viewport_size({"width": 1280, "height": 500})
    assert tab.evaluate(UNSEEN, lessons) != []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_student_sees_which_hosts_answer(chromium, classroom, scripts):
    """A tick for each that does, and of one that does not its text; a script mends the text of those that do."""
    context = chromium.new_context(java_script_enabled=scripts)
    tab = context.new_page()
    tab.route("http://shop.localhost:*/**", lambda route: route.abort())
    tab.goto(f"{classroom.url}/join")
    pictures = tab.locator("img[data-there]")
    seen = [each.bounding_box()["width"] for each in pictures.all()]
    said = [each.get_attribute("alt") for each in pictures.all()]
    place = [each.get_attribute("src").startswith("http://shop.") for each in pictures.all()].index(True)
    lost = "✕ does not answer"
    assert said == [lost if number == place or not scripts else "✓ answers" for number in range(7)]
    assert all((width > 30) == (number == place) for number, width in enumerate(seen)), seen
    tab.click("#try button")
    assert tab.get_attribute("[data-tried]", "data-tried") == "kept"
    assert axe(tab, WHOLE) == [] if scripts else True
    context.close()


def test_a_handout_is_printed(window, server):
    """The print has neither menu, dock nor banner; answers begin a sheet of their own."""
    tab = window(presenter=False)
    tab.goto(f"{server.url}/teach/first/handout")
    tab.emulate_media(media="print")
    hidden = (".top", ".dock", ".foot", ".no-print")
    assert not any(tab.locator(selector).first.is_visible() for selector in hidden)
    assert tab.locator(".handout-name").is_visible()
    assert tab.evaluate("getComputedStyle(document.querySelector('.handout-solution')).breakBefore") == "page"
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_handout_wastes_no_sheet(window, server):
    """In German, which is longest, seven steps and what ends them fit on two sheets, and all answers on one more."""
    tab = window(presenter=False)
    dress(tab.context, server.url, {"language": "de"})

    def sheets() -> int:
        return len(re.findall(rb"/Type /Page\b", tab.pdf(prefer_css_page_size=True)))

    for key, lesson in LESSONS.items():
        tab.goto(f"{server.url}/teach/{key}/handout")
        whole = sheets()
        tab.evaluate("document.querySelector('.handout-solution').remove()")
        assert (key, whole - sheets()) == (key, 1)
        assert (key, whole) <= (key, 3 if len(lesson.steps) < 8 else 4)


def test_an_instructors_whole_hour(playwright, server, tmp_path):
    """Open, teach a lesson with notes on another device, reset, teach it again to the next group: the same happens."""
    chromium = Chromium(server.url, tmp_path, playwright)
    try:
        chromium.allow_all()
        chromium.open("/teach")
        chromium.press("#open-notes button")
        notes = chromium.attribute("[data-room] a", "href")
        chromium.press("#presenter button")
        teach(chromium, notes, server.pass_time)
        chromium.open("/teach")
        chromium.press("#reset button")
        assert {cookie.name for cookie in chromium.cookies()} == {"presenter", "room"}
        assert chromium.user is None and chromium.attribute("html", "data-presenter") == ""
        chromium.open("/learn")
        assert set(chromium.all("[data-lesson]", "data-done")) == {"0"}
        chromium.press(".ask button[value=all]")
        teach(chromium, notes, server.pass_time)
    finally:
        chromium.close()


def teach(chromium: Browser, notes: str, wait: Callable[[int], None]) -> None:
    """Teach the lesson from the instructor's page to its end; the notes are looked at on every step.

    `wait` lets minutes pass.
    """
    lesson = LESSONS[TAUGHT]
    chromium.open("/teach")
    chromium.press(f"[data-lesson={TAUGHT}] a")
    chromium.press("#begin button")
    for number, step in enumerate(lesson.steps, 1):
        if "logged_in" in step.needs and not chromium.user:
            chromium.log_in("mira", "sourdough-mira")
            chromium.open(step.at)
        if "own" in step.needs:
            chromium.press(".lesson form[data-draw] button")
        assert state(chromium) == [str(number), "waiting"], f"step {number} begins"
        with urlopen(notes) as answer:
            assert f'data-now="{number}"' in answer.read().decode()
            assert answer.headers.get_all("Set-Cookie") is None
        play(chromium, step.acts, wait)
        assert state(chromium) == [str(number), "done"], f"step {number}: {step.do}"
        chromium.press(".lesson-moves [data-key=next]")
    wait_until(lambda: chromium.attribute(f"[data-lesson={TAUGHT}][data-done]", "data-done") == str(len(lesson.steps)))

"""Other ways through a lesson than its acts: what is right is not refused, what is not yet done is not done."""

from tests.lessons.playing import LESSONS, begin, bring, logged_in, play, start, state
from webapp import clock
from webapp.lessons.course import send_line
from webapp.lessons.lesson import CHALLENGE

RETURN = LESSONS["return"]


def bar(browser) -> str:
    """Return what the bar says of how the step stands."""
    return browser.page.one(".lesson-now").get_text(" ", strip=True)


def test_a_newcomer_sees_that_nothing_is_sent(app):
    """Who begins the first lesson before any choice sees an exchange that sent and set nothing but the course's own."""
    browser = start(app, choice="")
    begin(browser, "first", 1)
    assert browser.page.select('[data-exchange^="GET /setcookie"] .nothing')
    play(browser, LESSONS["first"].steps[0].acts)
    assert not browser.page.select('[data-exchange^="GET /setcookie"] .nothing')


def test_a_browser_that_restores_its_session_is_not_stuck(app):
    """Where `Bun` survives the closing the bar says so, and to delete it by hand does the step; the log-in likewise."""
    browser = start(app)
    begin(browser, "lifetimes", 1)
    for step in LESSONS["lifetimes"].steps[:2]:
        play(browser, step.acts)
        browser.submit(".lesson-moves form:has([data-key=next])")
    browser.get("/getcookie")
    assert "Bun is still there" in " ".join(bar(browser).split())
    browser.submit("main form.own", button="Loaf")
    assert state(browser) != "done"
    begin(browser, "lifetimes", 3)
    browser.get("/getcookie?title=Bun")
    browser.submit("main form.own", button="Bun")
    assert state(browser) == "done"

    begin(browser, "return", 7)
    bring(browser)
    browser.get("/jar")
    assert state(browser) == "waiting"
    browser.follow('[data-cookie$="session"] h2 a')
    browser.submit("#delete")
    assert state(browser) == "done"


def test_any_account_does_and_only_a_remembered_one(app):
    """To be remembered as oskar does the step; not to be remembered does not, and the bar says why."""
    browser = start(app)
    begin(browser, "return", 1)
    browser.get("/login")
    browser.submit('form[data-demo="oskar"]')
    assert state(browser) == "other" and "not remembered" in bar(browser)
    browser.get("/login")
    browser.submit('form[data-demo="oskar"]', button="y")
    assert state(browser) == "done"


def test_the_bar_gives_a_name(app):
    """Where a step wants a log-in or a remembered one, one button of the bar brings it, and the step still waits."""
    for key, number, button in (("forum", 3, None), ("return", 2, "y")):
        browser = start(app)
        begin(browser, key, number)
        at = browser.page.url
        browser.submit(".lesson form[data-draw]", button)
        assert logged_in(browser) and browser.page.url == at
        assert state(browser) == "waiting" and not browser.page.select(".lesson div > [data-missing]")


def test_a_name_for_a_day_does_the_steps_on_logging_in(app):
    """Remembered it does what a remembered account does, else not; its log-out and return count like any other's."""
    browser = start(app)
    begin(browser, "return", 1)
    browser.get("/login")
    browser.submit("form[data-draw]")
    assert state(browser) == "other" and "not remembered" in bar(browser)
    name = browser.page.html["data-user"]
    begin(browser, "return", 2)
    assert f"Remember {name}" in bar(browser)
    browser.submit(".lesson form[data-draw]", "y")
    assert browser.page.html["data-user"] == name
    assert play(browser, RETURN.steps[1].acts) == ["done"]
    begin(browser, "return", 4)
    assert play(browser, RETURN.steps[3].acts)[-1] == "done"
    begin(browser, "return", 6)
    for button, says in (("y", "other"), (None, "done")):
        browser.get("/login")
        browser.submit("form[data-draw]", button)
        assert state(browser) == says
        if button:
            browser.get("/logout")
            browser.submit("main form")
            assert state(browser) == "other" and "without it" in bar(browser)
    begin(browser, "return", 7)
    assert play(browser, RETURN.steps[6].acts) == ["done"]


def test_a_step_that_asks_for_a_password_says_so_where_there_is_none(app):
    """With a drawn name it asks for another account first; with one that has a password it is done."""
    browser = start(app)
    begin(browser, "return", 3)
    browser.submit(".lesson form[data-draw]", "y")
    assert browser.page.select('.lesson [data-missing="password"]') and "your account has none" in bar(browser)
    browser.follow('.lesson [data-missing="password"] a')
    browser.submit('form[data-demo="mira"]', button="y")
    assert not browser.page.select(".lesson div > [data-missing]")
    assert play(browser, RETURN.steps[2].acts)[-1] == "done"


def test_to_be_nobody_is_not_done_by_being_nobody(app):
    """The last step begun logged out waits, and asks to log in; who comes back by `remember` is told so."""
    browser = start(app)
    begin(browser, "return", 7)
    browser.get("/social/")
    assert state(browser) == "waiting" and browser.page.select('[data-missing="logged_in"]')
    browser.get("/login")
    browser.submit('form[data-demo="mira"]', button="y")
    browser.close()
    browser.get("/social/")
    assert state(browser) == "other" and "brought you back" in bar(browser)


def test_a_list_that_opens_is_said(app):
    """Who has just typed the password sees the list at once: the bar says why, and after closing it can be done."""
    browser = start(app)
    begin(browser, "return", 3)
    bring(browser)
    browser.get("/account/devices")
    assert state(browser) == "other" and "just typed the password" in bar(browser)
    assert play(browser, RETURN.steps[2].acts)[-1] == "done"


def test_what_was_never_refused_is_no_no(app):
    """Before any choice the shop withholds too, but that is not the step of saying no."""
    browser = start(app, choice="")
    begin(browser, "consent", 2)
    browser.get("/shop/")
    browser.follow(".goods li a")
    assert state(browser) == "other" and "not said no yet" in bar(browser)
    browser.get("/consent")
    browser.submit("form.choose", "necessary")
    browser.get("/shop/")
    browser.follow(".goods li a")
    assert state(browser) == "done"


def test_a_copy_is_not_sent_before_the_log_out(app):
    """The copying alone shows no page of the second browser; after the log-out it is asked, and knows nobody."""
    browser = start(app)
    begin(browser, "return", 4)
    bring(browser)
    browser.submit(".lesson-question", button="1")
    browser.get("/teach/student")
    browser.submit("#copy")
    assert not browser.page.select(".student-page") and browser.page.select(".student-store")
    assert browser.page.one(".lesson [data-part=done]").get_text().startswith("✓ 1")
    browser.get("/logout")
    browser.submit("main form")
    assert state(browser) == "waiting"
    page = browser.get("/teach/student/copied?at=/social/")
    assert state(browser) == "done"
    assert "data-user" not in browser.get(page.one(".student-page")["src"]).html


OPEN = {"rule": "bare", "name": ""}


def set_out(browser, key: str, number: int) -> None:
    """Begin a step, and guess: before that the bar ticks nothing."""
    begin(browser, key, number)
    browser.submit(".lesson-question", button="0")


def ticked(browser) -> int:
    """Return how many parts the bar ticks."""
    return len(browser.page.select(".lesson [data-part=done]"))


def shop(browser, *asks: str, **chosen: str) -> None:
    """Open the shop before the cache, and let these ask it, in their order."""
    browser.get("/lab/cached")
    browser.submit("#begin", **{**OPEN, **chosen})
    for who in asks:
        ask(browser, who)


def ask(browser, who: str) -> None:
    """Let `you` or the `second` browser ask for the page of the shop."""
    browser.get("/lab/cached")
    browser.follow("#open") if who == "you" else browser.submit("#second")


def test_who_asks_first_counts(app):
    """Where the second browser is to ask first, nobody who asked before it is done; the bar says what to do."""
    for number, rule in ((3, "bare"), (5, "vary"), (6, "private")):
        browser = start(app)
        set_out(browser, "cached", number)
        shop(browser, "you", "second", rule=rule)
        assert state(browser) == "waiting" and ticked(browser) == 2
        ask(browser, "you")
        assert state(browser) == "other" and "let the second browser ask first" in bar(browser)
        shop(browser, rule=rule)
        assert state(browser) == "waiting" and ticked(browser) == 1
        for who in ("second", "you"):
            ask(browser, who)
        assert state(browser) == "done"


def test_a_shop_that_is_opened_anew_begins_the_step(app):
    """What was done under one line does not count under another, nor in two tabs; what was asked of it is forgotten."""
    browser = start(app)
    set_out(browser, "cached", 4)
    shop(browser, "you", rule="vary", name="Ada")
    assert ticked(browser) == 2
    shop(browser, "second", rule="bare", name="Ada")
    assert state(browser) == "other" and "Vary: Cookie" in bar(browser)
    ask(browser, "you")
    assert state(browser) != "done"
    shop(browser, "you", "second", rule="vary", name="Ada")
    assert state(browser) == "done"

    begin(browser, "cached", 9)
    shop(browser, "second", rule="ours")
    shop(browser, "you", rule="bare")
    assert state(browser) == "waiting" and not ticked(browser)
    shop(browser, "second", "you", rule="no-store")
    assert state(browser) == "done"


def test_an_empty_cache_has_nobody_s_page(app):
    """Who opens the shop anew where the second browser is to get their page is told to ask for it first."""
    browser = start(app)
    begin(browser, "cached", 2)
    shop(browser)
    assert state(browser) == "other" and "empty now" in bar(browser)
    for rule, asks in (("bare", ("second",)), ("private", ("you", "second"))):
        shop(browser, *asks, name="Ada", rule=rule)
        assert state(browser) == "other" and "empty now" in bar(browser), "the shop answered, not the cache"
    shop(browser, "you", name="Ada")
    browser.get("/lab/cached")
    browser.submit("#second")
    assert state(browser) == "done"


def guest_writes(browser, entry: str, shown: str) -> None:
    """Let the guest write, and do what its script does on the page, where it runs."""
    browser.get("/lab/stolen")
    browser.submit("#write", entry=entry, shown=shown)
    if shown == "raw" and entry != "kind":
        name, _, value = browser.agent.cookie_header(browser.page.url, now=clock.now(), http_api=False).partition("=")
        pass_ = f"?{name}={value}" if name == "lab-pass" else ""
        browser.post("/lab/stolen/order" if entry == "order" else f"/lab/stolen/inbox{pass_}")


def test_a_theft_begins_the_step_again(app):
    """Where nothing is to be lost, what was done before the pass was stolen does not count, nor what another did."""
    browser = start(app)
    begin(browser, "stolen", 9)
    guest_writes(browser, "thief", "text")
    assert ticked(browser) == 1
    guest_writes(browser, "thief", "raw")
    browser.get("/lab/stolen/inbox")
    assert state(browser) == "other" and "The thief has your pass" in bar(browser)
    guest_writes(browser, "thief", "policy")
    browser.get("/lab/stolen/inbox")
    assert state(browser) == "done"

    set_out(browser, "stolen", 3)
    browser.submit("#pass", http_only=True)
    assert ticked(browser) == 1
    browser.submit("#pass", http_only=False)
    guest_writes(browser, "thief", "raw")
    browser.get("/lab/stolen/inbox")
    assert state(browser) == "waiting" and not ticked(browser) and "begin it again" in bar(browser)

    set_out(browser, "stolen", 6)
    guest_writes(browser, "order", "policy")
    guest_writes(browser, "order", "raw")
    browser.get("/lab/stolen/inbox")
    assert state(browser) == "waiting" and not ticked(browser)


def test_a_page_that_comes_again_tells_nothing(app):
    """Back, or a reload, of the bench's page from before a step began is no news, neither right nor wrong."""
    browser, fixed = start(app), LESSONS["fixed"].steps
    begin(browser, "fixed", 1)
    assert play(browser, fixed[0].acts)[-1] == "done"
    safe = browser.page.url
    begin(browser, "fixed", 3)
    assert play(browser, fixed[2].acts)[-1] == "done"
    stolen = browser.page.url
    begin(browser, "fixed", 3)
    for url in (safe, stolen):
        browser.get(url)
        assert browser.page.url.endswith("/lab/fixation") and state(browser) == "waiting"
    assert play(browser, fixed[2].acts)[-1] == "done"


def test_in_means_in_until_the_tills_open_anew(app):
    """Who begins anew on the bench between being in and being locked out is not done by a log-in with the wrong key."""
    browser = start(app)
    begin(browser, "fixed", 9)
    play(browser, LESSONS["fixed"].challenge.acts[:4])
    assert ticked(browser) == 1
    browser.submit("#begin")
    assert state(browser) == "waiting" and not ticked(browser)
    assert play(browser, LESSONS["fixed"].challenge.acts)[-1] == "done"


def test_not_this_goes_with_what_it_was_said_of(app):
    """Who came back before the guest had looked is told so, until the bench is begun anew; then nothing is wrong."""
    browser, step = start(app), LESSONS["fixed"].steps[0]
    begin(browser, "fixed", 1)
    play(browser, (*step.acts[:3], step.acts[-1]))
    assert state(browser) == "other" and "has not looked yet" in bar(browser)
    browser.submit("#begin")
    assert state(browser) == "waiting" and not browser.page.select(".lesson [data-undone]")
    assert play(browser, step.acts)[-1] == "done"


def test_what_a_step_left_does_no_challenge(app):
    """Of the two that are to be noted one came already, from step 3: it counts when it is written anew.

    The same once more is not the other, at a second go neither; and where they are kept does not matter.
    """
    browser, size = start(app), LESSONS["size"]
    begin(browser, "size", 3)
    assert play(browser, size.steps[2].acts)[-1] == "done"
    begin(browser, "size", CHALLENGE)
    opened, bun, again, cake = size.challenge.acts
    other = send_line("lab-other=1")
    assert play(browser, (opened, bun, again, other, again, bun)) == ["waiting"] * 6 and ticked(browser) == 1
    assert play(browser, (again, cake)) == ["waiting", "done"]
    begin(browser, "size", CHALLENGE)
    assert play(browser, (opened, cake, again, cake)) == ["waiting"] * 4 and ticked(browser) == 1
    assert play(browser, (again, bun)) == ["waiting", "done"]
    begin(browser, "size", CHALLENGE)
    here, there = send_line("lab-bun=1; Path=/lab/result"), send_line("lab-cake=1; Path=/lab/result")
    assert play(browser, (opened, here, again, there))[-1] == "done"

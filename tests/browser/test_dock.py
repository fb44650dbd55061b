"""What is new stands in sight: of a dock with 13 cookies sent and 1, 4 or 12 lines set or deleted."""

from collections.abc import Iterator

import pytest

from tests.browser.pages import BY_LENGTH, dress
from webapp import create_app
from webapp.accounts.cookies import LAST_LOGIN
from webapp.clock import now
from webapp.consent.choice import revision
from webapp.consent.cookies import CONSENT, OPTIONAL, Choice
from webapp.preferences import LANGUAGE, PRESENTER, THEME
from webapp.sites.shop.cookies import BASKET, RECENT
from webapp.sites.shop.goods import GOODS
from webapp.visits import SEEN, VISIT

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# Of the lines that stand in full, in their order, those that are not whole in sight; and how many rows the names of the
# others take, 0 where they are not in sight.
SIGHT = """() => {
    const whole = element => {
        const {left, top, bottom} = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && [top + 2, bottom - 2].every(
            y => element.contains(document.elementFromPoint(left + 9, y)));
    };
    const news = [...document.querySelectorAll(".news summary")].filter(each => !each.closest(".own-lines, .more"));
    const more = document.querySelector(".more > summary");
    const rows = more && whole(more) ? Math.round(more.offsetHeight / 44) : 0;
    return [news.map(whole), rows, scrollY || document.querySelector(".dock").scrollTop];
}"""
NEWS = [1, 4, 12]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Twelve cookies of somebody who has allowed everything; their language is the thirteenth."""
    with create_app({"INSTANCE": str(tmp_path_factory.mktemp("dock")), "URL": "http://localhost"}).app_context():
        kept = revision()
    values = [
        (CONSENT, Choice(frozenset(OPTIONAL), kept, now())), (THEME, "light"), (LAST_LOGIN, "logged-out"),
        (SEEN, (now(), 6)), (VISIT, now()), *((RECENT[slug], now()) for slug in list(GOODS)[:6]),
        (BASKET["pretzel.ab12"], 1),
    ]  # fmt: skip
    return {cookie.name: cookie.codec.encode(value) for cookie, value in values}


@pytest.fixture
def docked(shell, server, held) -> Iterator:
    """A function that opens a window in which so many lines have just been set or deleted."""
    contexts = []

    def open_(lines: int, width: int, height: int, *presenting: str, language: str = "en"):
        context = shell.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        dress(context, server.url, {**held, LANGUAGE.name: language, **dict.fromkeys(presenting, "on")})
        tab = context.new_page()
        if lines == 12:  # nine of history and two preferences go, the choice comes
            tab.goto(f"{server.url}/consent?next=/shop/")
            with tab.expect_navigation():
                tab.click("main [name=choice][value=necessary]")
        else:
            tab.goto(f"{server.url}/lab/send")
            tab.fill("#lab textarea", "\n".join(f"lab-{number}=rye; Path=/lab; Max-Age=60" for number in range(lines)))
            with tab.expect_navigation():
                tab.click("#lab .action")
        return tab

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", BY_LENGTH)
@pytest.mark.parametrize("lines", NEWS)
def test_beside_the_page(docked, lines, language):
    """At 1280 x 800 the first four lines stand in full and the rest as names in one row, nothing scrolled."""
    tab = docked(lines, 1280, 800, language=language)
    news, rows, scrolled = tab.evaluate(SIGHT)
    assert (news, rows, scrolled) == ([True] * min(lines, 4), int(lines > 4), 0)


@pytest.mark.parametrize("lines", NEWS)
def test_on_a_projector(docked, lines):
    """At 1024 x 768, presenting, the first two lines stand in full below what says how many there are."""
    tab = docked(lines, 1024, 768, PRESENTER.name)
    news, _, scrolled = tab.evaluate(SIGHT)
    assert (news[:2], scrolled) == ([True] * min(lines, 2), 0)
    summary = tab.locator(".before[open] > summary")
    assert summary.bounding_box()["y"] >= 768 * 0.55
    counted = summary.locator("b:not(.sent)").all_inner_texts()
    assert sum(int(text.split()[1]) for text in counted) == lines


@pytest.mark.parametrize("lines", NEWS)
def test_on_a_phone(docked, lines):
    """At 360 x 740 the bar at the foot says how many there are, and one tap on it shows the first three in full."""
    tab = docked(lines, 360, 740)
    bar = tab.locator(".dock-jump")
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] == pytest.approx(740, abs=1)
    counted = sum(int(text.split()[1]) for text in bar.locator("b:not(.sent)").all_inner_texts())
    assert (
        counted == tab.locator(".news > li:not(.own-lines *)").count() >= lines
    )  # what the page itself held back counts too
    bar.click()
    news, _, _ = tab.evaluate(SIGHT)
    assert news[:3] == [True] * min(lines, 3)


def test_a_link_leads_to_the_dock(docked):
    """The second thing that Tab reaches is a link past the page, to the dock."""
    tab = docked(1, 1280, 800)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#dock-title")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.dock') !== null")

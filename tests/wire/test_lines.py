"""Header lines are shown as they crossed the wire, letter for letter, however odd they are."""

import re
from datetime import UTC, datetime

import pytest
from bs4 import Tag

from tests.browsing import Browser, Page
from tests.examples import turns
from webapp.lab.presets import PRESETS
from webapp.useragent import ENGINES, UserAgent
from webapp.wire.record.exchange import Exchange
from webapp.wire.record.masking import MASK
from webapp.wire.show.named import named

SECRET = re.compile(r"\b((?:session|wire)=(?:[^;]*\.)?)[^.;]+")


def crossed(page: Page) -> list[str]:
    """Return the Cookie line of an exchange and its Set-Cookie lines, credentials masked as pages show them."""
    return [SECRET.sub(rf"\1{MASK}", line) for line in [page.sent, *page.set_cookie]]


def recorded(page: Page) -> list[str]:
    """Return the same as the record has it: of each value the first 512 octets, and how many more there were."""
    long = re.compile(r"(?<==)([^=;]{512})([^;]+)")
    return [long.sub(lambda found: f"{found[1]}…+{len(found[2])}", line) for line in crossed(page)]


def shown(part: Tag) -> list[str]:
    """Return the Cookie line and the Set-Cookie lines that a part of a page shows."""
    if cookies := part.select("[data-whole=cookie]"):
        sent = cookies[0].get_text().removeprefix("Cookie: ")
    else:
        sent = "; ".join(tag.select_one("code").get_text() for tag in part.select("[data-sent]"))
    written = [tag.select_one("[data-whole]").get_text() for tag in part.select("[data-set], [data-deleted]")]
    return [sent, *(line.removeprefix("Set-Cookie: ") for line in written)]


@pytest.mark.parametrize(("engine", "part"), turns(ENGINES, "no page asks which engine it is"))
def test_every_preset_is_shown_as_it_crossed(app, engine, part):
    """Dock and exchange show of each preset the Set-Cookie lines that went out and the Cookie line that came back.

    The exchange in their order; in the dock its own stand last. From the record come the beginnings of long values.
    """
    for key in list(PRESETS)[part]:
        preset, browser = PRESETS[key], Browser(app, **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
        browser.agent = UserAgent(engine)
        browser.get(f"/lab/send?preset={key}")
        page = browser.submit("#lab")
        answer = page if preset.failing else page.before[0]
        assert set(preset.lines) <= set(answer.set_cookie), key
        sent = crossed(answer) if preset.failing else recorded(answer)
        assert sorted(shown(page.one("[data-exchange='POST /lab/send']"))) == sorted(sent), key
        back = browser.follow("main a.action") if preset.failing else page
        assert sorted(shown(back.select("[data-wire] [data-exchange]")[-1])) == sorted(crossed(back)), key
        links = [link["href"] for link in browser.get("/wire").select(".exchanges h3 a")]
        for link, each in zip(links[-2:], [answer, back], strict=True):
            assert shown(browser.get(link).one(".whole")) == recorded(each), f"{key} {link}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a=b=c; Path=/", "<b>a</b>=b=c; Path=/"),
        ("nameless; Path=/", "nameless; Path=/"),
        ("=nameless", "=nameless"),
        ("<b>=<i>", "<b>&lt;b&gt;</b>=&lt;i&gt;"),
        ("<i>", "&lt;i&gt;"),
    ],
)
def test_the_name_is_bold(text, html):
    """What stands before the first equals sign is bold, nothing else is, and all of it is text."""
    assert named(text) == html


def test_a_record_of_the_version_before():
    """An exchange that was recorded when its lines were kept in parts is read as it was."""
    line = {"name": "a", "value": "1", "attributes": [["Path", "/"], ["Secure", ""]], "call_site": None}
    bare = {"name": "", "value": "lab-nameless", "attributes": [], "call_site": None}
    plain = {"method": "GET", "path": "/", "status": 200, "location": "", "sent": [], "withheld": []}
    exchange = Exchange.from_json(datetime.now(UTC), {**plain, "written": [line, bare]})
    assert [each.text for each in exchange.written] == ["a=1; Path=/; Secure", "lab-nameless"]

"""Trust nothing: what the server makes of a plain, a signed and an encrypted cookie that came back changed."""

import subprocess
import sys

import pytest

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp.lab.trust.views import KINDS, MOST_KEYS, READ, SENTENCE, written
from webapp.lessons.course import trust

PROOF = [kind for kind in KINDS if kind != "plain"]  # this file is run without `cryptography`, too: see its last test


def begun(app) -> Browser:
    """Return a browser with the three cookies."""
    browser = visitor(app, "chromium")
    assert browser.get("/lab/trust").set_cookie == []
    browser.submit("#begin")
    return browser


def verdict(browser: Browser, kind: str) -> tuple[int, str]:
    """Return what the till says."""
    page = browser.get(f"/lab/trust/buy/{kind}")
    return page.status, page.one("[data-verdict]")["data-verdict"]


def test_three_cookies_say_the_same(app):
    """Two can be read, one can't; all are taken, and lie below the page's own path."""
    browser = begun(app)
    lines = browser.page.before[0].cookies_set
    assert lines["lab-plain"] == "lab-plain=discount.5; Path=/lab/trust; HttpOnly"
    assert lines["lab-signed"].startswith("lab-signed=discount.5.")
    assert {name for name in lines if name.startswith("lab-")} == {f"lab-{kind}" for kind in KINDS}
    assert "discount" not in lines.get("lab-sealed", "")
    assert {kind: verdict(browser, kind) for kind in KINDS} == dict.fromkeys(KINDS, (200, "taken"))
    assert verdict(visitor(app, "chromium"), "plain") == (403, "absent")


@pytest.mark.parametrize("kind", PROOF)
def test_no_change_of_one_character_is_taken(app, kind):
    """Each character in turn, replaced, left out or doubled: refused, or still the sentence that the server wrote."""
    with app.test_request_context():
        value = written(kind, 1)
        for place, letter in enumerate(value):
            other = "A" if letter != "A" else "B"
            for middle in (other, "", letter * 2, "\xff"):
                # The last letter of base64 has spare bits: another spelling of the same bytes is no change.
                assert READ[kind](value[:place] + middle + value[place + 1 :], 1) in (None, SENTENCE)
        assert READ[kind]("", 1) is None and READ[kind]("\xff" * 50, 1) is None


@pytest.mark.parametrize("kind", PROOF)
@pytest.mark.parametrize("number", range(1, MOST_KEYS + 1))
def test_the_key_before_is_still_accepted(app, kind, number):
    """A change of the key leaves what was written valid, a second one does not."""
    with app.test_request_context():
        value = written(kind, number)
        later = [number % MOST_KEYS + 1, (number + 1) % MOST_KEYS + 1]
        assert [READ[kind](value, each) for each in (number, *later)] == [SENTENCE, SENTENCE, None]


def test_the_key_is_changed_on_the_page(app):
    """Once, and the old cookie is taken; twice, and it is refused; set anew, and all is well."""
    browser, said = begun(app), []
    for _ in range(2):
        browser.get("/lab/trust")
        browser.submit("#rotate")
        said.append(verdict(browser, "signed"))
    browser.get("/lab/trust")
    browser.submit("#begin")
    assert [*said, verdict(browser, "signed")] == [(200, "taken"), (403, "refused"), (200, "taken")]


@pytest.mark.parametrize("text", ["", "a;b", "a b", "ä", "x" * 301, "a\0b", "a\r\nSet-Cookie: session=1"])
def test_an_odd_value_is_explained_and_kept(app, text):
    """What would not stay readable on the wire is not sent, and nothing typed is lost."""
    browser = begun(app)
    page = browser.submit("#plain", text=text)
    assert (page.status, page.set_cookie) == (422, [])
    assert page.one("#text-plain")["value"] == text


def test_too_many_cookies_are_explained(app):
    """Where the lab's cookies are too many already, the page says so."""
    browser = visitor(app, "chromium")
    for number in range(2):
        browser.get("/lab/send")
        browser.submit("#lab", lines=f"lab-big{number}={'x' * 3030}; Path=/lab")
    browser.get("/lab/trust")
    page = browser.submit("#begin")
    assert page.status == 422 and "too much" in page.text


@pytest.mark.parametrize("path", ["begin", "rotate", "change/plain"])
def test_another_site_changes_nothing(app, path):
    """A form of another site's is refused, and one without a word of where it comes from is asked for a token."""
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({}, 422),
    ):
        page = Browser(app, **headers).post(f"/lab/trust/{path}", {"text": "discount.99"}, follow=False)
        assert page.status == status
        assert not [line for line in page.set_cookie if line.startswith("lab-")]


def test_the_start_does_not_load_the_locksmith():
    """`cryptography` is imported by the page that needs it, not by the start."""
    code = "import sys, webapp; sys.exit('cryptography' in sys.modules)"
    assert subprocess.call([sys.executable, "-c", code]) == 0


def test_what_is_missing_is_said(app):
    """Where nothing can be encrypted the page says so, the till has no such cookie, the lesson no such step."""
    sealed = "sealed" in KINDS
    browser = visitor(app, "chromium")
    assert bool(browser.get("/lab/trust").select("[data-missing]")) is not sealed
    assert browser.get("/lab/trust/buy/sealed").status == (403 if sealed else 404)
    assert ("lab-sealed" in str(trust.LESSON.steps)) is sealed
    assert len(trust.LESSON.steps) == 5 + sealed


def test_without_cryptography_all_else_holds(drill):
    """Where the package can't be imported the page's other tests pass, and the lesson is played to its end."""
    chosen = ["tests/lab/test_trust.py", "tests/lessons/test_replay.py"]
    chosen += ["-k", "trust and not cryptography", "-p", "no:cacheprovider"]
    code = f"""if True:
        import sys, pytest
        sys.modules["cryptography"] = None
        from webapp.lab.trust.views import KINDS
        sys.exit("sealed" in KINDS or pytest.main({chosen}))
    """
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout

"""Posting: sent twice is written once, and nobody floods a site."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.browsing import Browser
from tests.sites.forum.conftest import stored
from webapp import clock
from webapp.accounts import users
from webapp.database import reading
from webapp.sites import postings
from webapp.sites.postings import LIMITS, POSTINGS, TooOftenError, post_once
from webapp.sites.written import shown, tidy

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def author(app) -> int:
    """The id of an account."""
    with app.app_context():
        return users.register("author", None).id


def _post(author: int, once: object, path: str = "/there") -> str:
    return post_once(author, f"{once:022}", lambda db: path)


def test_the_second_of_two_is_answered_by_the_first(app, author):
    """The same form sent again leads where the first led, and writes nothing."""
    with app.app_context():
        assert _post(author, 1, "/first") == "/first"
        assert _post(author, 1, "/second") == "/first"
        assert reading().scalar(select(func.count()).select_from(POSTINGS)) == 1


def test_eight_at_once_write_once(app, author):
    """Eight requests with one token at the same time: one writes, all are answered alike."""
    answers, written = [], []
    barrier = threading.Barrier(8)

    def send(number: int) -> None:
        with app.app_context():
            barrier.wait()
            path = post_once(author, "x" * 22, lambda db: written.append(number) or f"/{number}")
            answers.append(path)

    threads = [threading.Thread(target=send, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 1 and answers == [f"/{written[0]}"] * 8


@pytest.mark.parametrize(("most", "span"), LIMITS)
def test_too_much_too_soon_is_refused(app, author, monkeypatch, most, span):
    """At the limit the next posting waits until the oldest is far enough away; other accounts go on."""
    moved = {"now": NOW}
    monkeypatch.setattr(clock, "now", lambda: moved["now"])
    gap = span / (most + 1)
    with app.app_context():
        other = users.register("other", None).id
        for number in range(most):
            _post(author, number)
            moved["now"] += gap
        with pytest.raises(TooOftenError) as refused:
            _post(author, most)
        assert refused.value.wait == span - most * gap
        _post(other, most)
        _post(author, 0)  # sent again, not anew
        moved["now"] += gap + timedelta(seconds=1)
        _post(author, most)


@pytest.mark.parametrize(
    ("ages", "wait", "says"),
    [
        ([3600 - 20] + [50] * 59, 20, "within an hour. Please send it again in 1 minute."),
        ([50] * 6, 10, "within a minute. Please send it again in 10 seconds."),
        ([3600 - 20] + [100] * 54 + [10] * 6, 50, "within a minute. Please send it again in 50 seconds."),
        ([3600 - 90] + [100] * 54 + [10] * 6, 90, "within an hour. Please send it again in 2 minutes."),
    ],
)
def test_the_limit_that_lasts_longest_is_told(app, author, monkeypatch, ages, wait, says):
    """Which one was passed, however soon it ends; of two the one after which it can be sent."""
    moved = {}
    monkeypatch.setattr(clock, "now", lambda: moved["now"])
    monkeypatch.setattr(postings, "LIMITS", ())
    with app.test_request_context():
        for number, age in enumerate(ages):
            moved["now"] = NOW - timedelta(seconds=age)
            _post(author, number)
        moved["now"] = NOW
        monkeypatch.setattr(postings, "LIMITS", LIMITS)
        with pytest.raises(TooOftenError) as refused:
            _post(author, 99)
        assert refused.value.seconds == wait and says in refused.value.problem


def test_an_error_while_writing_uses_nothing_up(app, author):
    """What failed can be sent again with the same token."""

    def fail(db):
        raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            post_once(author, "x" * 22, fail)
        assert post_once(author, "x" * 22, lambda db: "/there") == "/there"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  bread\r\nand\rbutter \n", "bread\nand\nbutter"),
        ("a\x00b\x1b[31mc\x85", "ab[31mc"),
        ("\ud800x", "x"),
        ("\t \n", ""),
        (None, ""),
        ("خبز\u200d", "خبز\u200d"),
    ],
)
def test_texts_are_kept_tidy(typed, kept):
    """One kind of line break, nothing that a terminal or a database chokes on, nothing round the edges."""
    assert tidy(typed) == kept


def test_only_the_house_speaks_in_the_readers_language(app):
    """A text of the house's own is translated, anybody else's stands as it was written."""
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert shown("Shop", ours=False) == "Shop"
        assert shown("Log in", ours=True) == "Anmelden"


def _member(app, name: str) -> Browser:
    browser = Browser(app)
    browser.get("/register")
    browser.submit(username=name, password="three warm words", confirm="three warm words")
    return browser


@pytest.mark.parametrize("path", ["/social/", "/forum/ovens/{}"])
def test_an_empty_form_is_everybody_s_but_for_its_tokens(app, path):
    """Two looks have a `once` each and two visitors a proof each; what one of them sent, the other's form lacks."""
    path = path.format(*stored(app, 1))
    nora, omar = _member(app, "Nora"), _member(app, "Omar")
    looks = [browser.get(path) for browser in (nora, nora, omar)]
    assert len({page.one("[name=once]")["value"] for page in looks}) == 3
    assert len({page.one("main [name=csrf_token]")["value"].partition(".")[0] for page in looks}) == 2
    page = nora.submit("form.write, form.drafted", text="x" * 2000)
    assert page.status == 422 and "x" * 2000 in page.one("textarea").get_text()
    assert not omar.get(path).one("textarea").get_text().strip()
    assert omar.submit("form.write, form.drafted", text="It rose.").status == 200

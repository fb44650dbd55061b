"""What other people do on the site while a browser looks at it: by the site's own forms, but without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from tests.browser.serving import PASSWORD, Site
from tests.browsing import Browser
from webapp import clock, create_app
from webapp.database import dispose
from webapp.sites import postings
from webapp.sites.shop.goods import GOODS

BOARD = "swap"
SOLD_OUT = next(good.slug for good in GOODS.values() if good.category == "festive")
LONG_THREAD = 25  # answers: more than a page shows
MANY_ORDERS = 21  # more than a page shows


class Town:
    """A second app over the database of a running site, and people who visit it there."""

    def __init__(self, site: Site, app: Flask) -> None:
        self._site = site
        self._app = app

    def somebody(self) -> Browser:
        """Return the browser of somebody who has not logged in."""
        return Browser(self._app, self._site.url, **{"Sec-Fetch-Site": "same-origin"})

    def log_in(self, name: str) -> Browser:
        """Return the browser of somebody who is logged in."""
        browser = self.somebody()
        browser.get("/login")
        browser.submit("#log-in", username=name, password=PASSWORD)
        assert browser.page.html["data-user"] == name
        return browser

    def first_thread(self, board: str) -> int:
        """Return the thread on top of a board."""
        return int(self.somebody().get(f"/forum/{board}").select("[data-thread]")[0]["data-thread"])

    def answer(self, name: str, board: str, thread: int, text: str) -> int:
        """Answer a thread and return the id of the answer."""
        browser = self.log_in(name)
        browser.get(f"/forum/{board}/{thread}")
        return number(browser.submit("form.drafted", text=text).url)


@contextmanager
def town(site: Site) -> Iterator[Town]:
    """Open a second app over the database of a running site."""
    app = create_app({"INSTANCE": site.environment["CRUMB_INSTANCE"], "URL": site.url})
    yield Town(site, app)
    dispose(app)


@dataclass(frozen=True)
class Made:
    """What a member and an admin have made on a site, as its addresses name it."""

    member: str
    admin: str
    post: int
    gone: int
    comment: int
    thread: int
    long: int
    answer: int
    order: str
    older_orders: str


def furnish(site: Site, town: Town) -> Made:
    """Let a member and an admin use everything once, and sell a good out for today and tomorrow."""
    member, admin = site.new_user(), site.new_user("--admin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "LIMITS", ())
        browser = town.log_in(member)
        post, gone = (
            number(_send(browser, "/social/", "#write", text=text).url)
            for text in ("Warm loaves at the pump \N{BREAD} – خبز ساخن\nUntil they are gone.", "Never mind.")
        )
        _send(browser, f"/social/{gone}/remove", "#remove")
        comment = number(_send(browser, f"/social/{post}", "#write", text="And a second line.").url)
        _send(town.log_in(admin), f"/social/{post}", "#write", text="Thank you.")
        _send(town.somebody(), f"/social/comments/{comment}/report", "#report", reason="It says nothing – لا شيء")
        writing = f"/forum/{BOARD}/new"
        text = "A **jar** without a lid.\n\n> Whose is it?\n\n- one\n- two\n\n`jar` and [more](https://example.com/)"
        thread = int(_send(browser, writing, "form.drafted", title="A jar", text=text).url.rpartition("/")[2])
        long = int(_send(browser, writing, "form.drafted", title="Counting", text="One.").url.rpartition("/")[2])
        for turn in range(LONG_THREAD):
            _send(browser, f"/forum/{BOARD}/{long}", "form.drafted", text=f"And {turn}.")
        answer = number(_send(browser, f"/forum/{BOARD}/{thread}", "form.drafted", text="It has a lid now.").url)
        for slug in [slug for slug in GOODS if slug != SOLD_OUT][:MANY_ORDERS]:
            order = _order(browser, slug, 1)
        older = browser.get("/shop/orders").one("[rel=next]")["href"]
        # Their last minute, since a minute after a sale there is more; and the tests may run over midnight.
        today = clock.now().replace(hour=23, minute=59, second=59)
        for day in (today, today + timedelta(days=1)):
            patch.setattr(clock, "now", lambda day=day: day)
            for _ in range(4):  # one customer gets a quarter
                _order(town.somebody(), SOLD_OUT, 3)
    return Made(member, admin, post, gone, comment, thread, long, answer, order, older)


def number(address: str) -> int:
    """Return the number that an address ends with."""
    return int("".join(letter for letter in address.rpartition("#")[2] if letter.isdigit()))


def _send(browser: Browser, path: str, form: str, **fields: str):
    browser.get(path)
    page = browser.submit(form, **fields)
    assert page.status == 200 and page.before, f"{path}: {page.text}"
    return page


def _order(browser: Browser, slug: str, quantity: int) -> str:
    browser.get(f"/shop/{slug}")
    browser.submit("[data-add]", button=slug)
    if quantity > 1:
        browser.submit("[data-basket]", **{f"quantity-{slug}": str(quantity)})
    return _send(browser, "/shop/checkout", "#checkout", name="Nora").url.rpartition("/")[2]

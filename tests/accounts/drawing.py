"""Taking a drawn name, and what is there of it afterwards."""

import re

from sqlalchemy import Table, func, select

from tests.browsing import Browser, Page
from webapp.accounts.tables import USERS
from webapp.database import reading

NAME = re.compile(r"(\w+)-[1-9][0-9]*")
FORM = "form[data-draw]"


def draw(app, remember: bool = False, **headers: str) -> Browser:
    """Return a browser that took a drawn name on the log-in page."""
    browser = Browser(app, **headers)
    browser.agree()
    browser.get("/login?next=/social/")
    browser.submit(FORM, button="y" if remember else None)
    return browser


def name_of(browser: Browser) -> str:
    """Return the name that the page which is open greets by, "" for nobody's."""
    return browser.page.html.get("data-user", "")


def post(browser: Browser, address: str = "127.0.0.1", **fields: str) -> Page:
    """Send the form as it stands on the log-in page, from another address perhaps."""
    fields = {"once": browser.get("/login").one(f"{FORM} [name=once]")["value"], **fields}
    return browser.request(
        "POST", "/login/drawn", data=fields, environ_base={"REMOTE_ADDR": address}, follow=False,
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip


def count(table: Table = USERS) -> int:
    """Return how many rows a table has; of accounts, those with a drawn name."""
    query = select(func.count()).select_from(table)
    return reading().scalar(query.where(USERS.c.drawn.is_not(None)) if table is USERS else query)

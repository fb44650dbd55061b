"""Visitors with the cookies of a real visit, and single requests for them without a server."""

import io
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.browsing import Browser
from webapp import clock

SHOP = "/shop/"
TIMELINE = "/social/"
THREAD = "/forum/market/2"  # the longest of those that are there from the start


def returning(app: Flask, *, language: str = "de", dock: bool = False) -> Browser:
    """Return the browser of somebody remembered, who allowed all cookies, chose theme, language and dock, and looked at
    eight goods.
    """
    browser = Browser(app)
    browser.agree()
    browser.get("/register")
    name, password = f"visitor-{secrets.token_hex(4)}", "three warm words"
    browser.submit(username=name, password=password, confirm=password, remember=True)
    browser.get("/preferences")
    browser.submit(theme="dark", language=language, dock=dock)
    for path in goods(browser)[:8]:
        browser.get(path)
    browser.get(SHOP)
    assert browser.page.status == 200 and len(browser.page.select("[data-recent] [data-item]")) == 8
    return browser


def goods(browser: Browser) -> list[str]:
    """Return the addresses of the goods on the first page of the shop."""
    cards = browser.get(SHOP).select(f'main li > a[href^="{SHOP}"]:has(img)')
    return list(dict.fromkeys(card["href"] for card in cards))


def cookie_header(browser: Browser) -> str:
    """Return the Cookie header that the browser sends with any page."""
    return browser.agent.cookie_header(f"{browser.home}/", now=clock.now(), method="GET") or ""


def environ(path: str, cookie: str = "") -> dict[str, Any]:
    """Return the WSGI environ of a GET request."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **({"HTTP_COOKIE": cookie} if cookie else {}),
    }


def ask(app: Callable, path: str, cookie: str = "") -> tuple[str, list[tuple[str, str]], bytes]:
    """Return (status, headers, body) of one GET request, as a WSGI server would ask for it."""
    answer: list[Any] = []
    chunks = app(environ(path, cookie), lambda status, headers, error=None: answer.extend((status, headers)))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return answer[0], answer[1], body

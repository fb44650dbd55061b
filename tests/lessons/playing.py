"""The acts of a lesson, done by the browser of the tests."""

import pkgutil
from importlib import import_module
from urllib.parse import urlsplit

from flask import Flask

from tests.browsing import Browser
from webapp.house import house
from webapp.lessons import course
from webapp.lessons.lesson import Act, Close, Follow, Lesson, Open, Send

LESSONS: dict[str, Lesson] = {
    lesson.key: lesson
    for lesson in sorted(
        (import_module(f"{course.__name__}.{file.name}").LESSON for file in pkgutil.iter_modules(course.__path__)),
        key=lambda lesson: lesson.order,
    )
}
CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15"


def start(app: Flask, engine: str = "chromium", user_agent: str = CHROMIUM) -> Browser:
    """Return a browser as Chromium or another would be, that has allowed all cookies."""
    browser = Browser(app, engine=engine, **{"User-Agent": user_agent})
    browser.agree()
    return browser


def told(text: str) -> str:
    """Return a lesson's text as a page on plain http shows it, as text alone."""
    return text.replace("%(session)s", "crumb_session").replace("`", "")


def logged_in(browser: Browser) -> bool:
    """Tell whether the page that is open says that somebody is logged in."""
    return "data-user" in browser.page.html


def whole(browser: Browser, path: str) -> str:
    """Return the address with the origins of the lab's roles in their places."""
    with browser.app.test_request_context(base_url=browser.home):
        return path.format(**house(browser.app).roles)


def play(browser: Browser, acts: tuple[Act, ...]) -> None:
    """Do what a learner would; at the end the browser is on a page of the site, where the bar is."""
    for act in acts:
        match act:
            case Open(path):
                browser.get(whole(browser, path))
            case Follow(link):
                browser.follow(link)
            case Send(form, fields, button):
                browser.submit(form, button, **fields)
            case Close(path):
                browser.close()
                browser.get(path)
    assert urlsplit(browser.page.url).netloc == urlsplit(browser.home).netloc

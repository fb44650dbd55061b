"""An address for every route: those with arguments can't be guessed."""

from collections.abc import Collection

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.browsing import Browser

# One example for each argument, by its name; what they name exists where the town has written (DEMO_CONTENT).
ARGUMENTS = {
    "act": "set",
    "ask": "docs",
    "board": "sourdough",
    "code": "Rye-Bread-Rye-Bread-01",
    "device": "1",
    "id": "1",
    "key": "first",
    "kind": "json",
    "name": "Marta",
    "number": "2",
    "path": "shop/",
    "progress": "first.1f",
    "site": "shop",
    "slug": "rye-bread",
    "token": "0" * 64,
    "value": "rye",
    "way": "link",
}


# What answers without a page: httpbin's calls, which set cookies by GET (tests/httpbin), and files.
FOR_PROGRAMS = {
    "consent.gpc", "entry.relay", "home.robots", "home.security_txt", "httpbin.cookies", "httpbin.set_cookies",
    "httpbin.set_cookie", "httpbin.delete_cookies", "jar.take",
}  # fmt: skip


def address(rule: Rule) -> str:
    """Return the path of a rule with examples in the place of its arguments; KeyError for one that has none."""
    values = {name: ARGUMENTS[name] for name in rule.arguments - set(rule.defaults or ())}
    return rule.build({**values, **(rule.defaults or {})})[1]


def addresses(app: Flask, method: str) -> list[str]:
    """Return an address for every route that answers people by a method."""
    rules = [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint not in FOR_PROGRAMS]
    return sorted({address(rule) for rule in rules})


def parts(number: int, reason: str, first: int = 0) -> list:
    """Return a test's parameters: slices that share out a list. The first is always asked, the rest with the whole."""
    return [
        pytest.param(slice(n, None, number), id=f"part{n}", marks=() if n == first else pytest.mark.whole(reason))
        for n in range(number)
    ]


def turns(ones: Collection[str], reason: str) -> list:
    """Return a test's parameters (one, slice): always asked are each one and, of a list, each item once with one.

    All pairs are asked with the whole.
    """
    return [
        pytest.param(one, *part.values, id=f"{one}-{part.id}", marks=part.marks)
        for number, one in enumerate(ones)
        for part in parts(len(ones), reason, number)
    ]


# Keys of a site under https: today's, and the one before it.
KEY, OLDER = "0123456789abcdef" * 4, "fedcba9876543210" * 4
NAME, PASSWORD = "Marlene", "three warm loaves"


def writer(app: Flask) -> Browser:
    """Return the browser of NAME, who wrote the first text of each kind and is logged in elsewhere too.

    In a town where nobody has written, and with NAME in ARGUMENTS, the texts at every address are theirs.
    """
    first, second = Browser(app, Accept="text/html"), Browser(app, Accept="text/html")
    first.get("/register")
    first.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
    for path, form, fields in (
        ("/social/", "#write", {"text": "Rye today."}),
        ("/social/1", "#write", {"text": "And wheat."}),
        ("/forum/sourdough/new", "form.drafted", {"title": "Flat", "text": "It does not rise."}),
    ):
        first.get(path)
        assert first.submit(form, **fields).before[0].status == 303
    second.get("/login")
    second.submit("#log-in", username=NAME, password=PASSWORD)
    second.post("/shop/basket", {"item": "bagel"}, headers={"Sec-Fetch-Site": "same-origin"})
    return second

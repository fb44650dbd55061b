"""Whether there is an account can be told by nothing that log-in answers: neither words nor length, nor time."""

import re
from statistics import median
from time import perf_counter

import pytest

from tests.accounts.conftest import PASSWORD, log_in
from tests.accounts.test_passwords import HASHER
from tests.browsing import Browser, Page
from webapp.accounts import passwords, throttle, users
from webapp.database import writing

KINDS = {
    "wrong password": "Nora",
    "unknown name": "Noro",
    "closed account": "Ines",
    "demo account switched off": "Mira",
    "nobody logs in as": "Piet",
    "a drawn name": "Rye7",
}
NEW = {"Set-Cookie", "Content-Security-Policy"}  # have a token and a nonce in them


@pytest.fixture
def accounts(make_app):
    """An app with an account of each kind."""
    app = make_app(DEMO_CONTENT=False)
    with app.app_context():
        users.register("Nora", PASSWORD)
        users.register("Piet", None, demo=True)
        users.register("Ines", PASSWORD)
        with writing() as db:
            users.make(db, "Rye7", drawn="-")
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    browser = log_in(Browser(app), "Ines")
    browser.get("/account/close")
    browser.submit("main form", password=PASSWORD, confirm=True)
    return app


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """What is hashed, in order."""
    done, plain = [], passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda work, *rest: done.append(work.__name__) or plain(work, *rest))
    return done


def bare(page: Page, name: str) -> str:
    """Return an answer without what is new in each: the name typed, tokens, the nonce, the moment."""
    body = re.sub(r'(?<=name="csrf_token" type="hidden" value=")[^"]+', "token", page.body.decode())
    body = re.sub(r'(?<=name="once" value=")[^"]+', "once", body)
    return re.sub(r"(?<=nonce=\")[^\"]+", "nonce", body.replace(name, "NAME"))


def test_all_are_refused_alike(accounts, hashes):
    """A wrong password, an unknown name, a closed account and those that nobody logs in to: one answer, one hash."""
    answers = {}
    for kind, name in KINDS.items():
        browser = Browser(accounts)
        browser.get("/preferences")
        browser.submit("main form", dock=False)  # it shows what is new in each exchange
        hashes.clear()
        page = log_in(browser, name, "wrong password").page
        assert hashes == ["_verify"], kind
        headers = [line for line in page.headers if line[0] not in NEW]
        answers[kind] = (page.status, headers, bare(page, name), len(page.body))
    assert len({str(answer) for answer in answers.values()}) == 1, answers


@pytest.mark.parametrize("name", ["Nora", "Ines"])
def test_registering_hashes_once(accounts, hashes, name):
    """That a name is taken has to be said there, as slowly as that it was free; who tries many names is slowed down."""
    browser = Browser(accounts)
    browser.get("/register")
    hashes.clear()
    page = browser.submit("main form.card", username=name, password="wrong password", confirm="wrong password")
    assert page.status == (422 if name == "Nora" else 200)
    assert len(hashes) == 1


@pytest.mark.parametrize("path", ["/account/confirm", "/account/password", "/account/close"])
def test_pages_that_ask_again_hash_once(enter, hashes, path):
    """A wrong password costs one hash there too."""
    browser = enter(remember=True)
    if path == "/account/confirm":
        browser.close()
    browser.get(path)
    new = {"current": "wrong password", "password": "four brown loaves", "confirm": "four brown loaves"}
    closing = {"password": "wrong password", "confirm": True}
    fields = {"/account/password": new, "/account/close": closing}.get(path, {"password": "wrong password"})
    hashes.clear()
    assert browser.submit("main form", **fields).status == 422
    assert hashes == ["_verify"]


@pytest.mark.whole("it hashes a thousand times, for real")
def test_times_tell_nothing(accounts, monkeypatch):
    """Of 200 answers each, log-in takes as long for every kind, within a tenth."""
    nobodys = HASHER().hash("nobody has this password")
    monkeypatch.setattr(passwords, "_hasher", HASHER)
    monkeypatch.setattr(passwords, "_hash_of_nobody", lambda: nobodys)
    monkeypatch.setattr(throttle, "PER_ACCOUNT", 10**6)
    monkeypatch.setattr(throttle, "PER_ADDRESS", 10**6)
    accounts.test_cli_runner().invoke(args=["users", "password", "Nora", "--password", PASSWORD])
    browser = Browser(accounts)
    browser.get("/login")
    form = {"password": "wrong password", "csrf_token": browser.page.one("#log-in [name=csrf_token]")["value"]}
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(200):
        for kind, name in KINDS.items():
            began = perf_counter()
            assert browser.post("/login", {**form, "username": name}).status == 422
            took[kind].append(perf_counter() - began)
    middles = {kind: median(times) for kind, times in took.items()}
    assert max(middles.values()) / min(middles.values()) < 1.1, middles

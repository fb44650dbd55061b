"""Settings: what follows from them, and what stops the start with a sentence."""

import os
import stat

import pytest

from tests.browsing import Browser
from webapp import create_app

KEY, OLDER = "0123456789abcdef" * 4, "fedcba9876543210" * 4


def test_the_local_key_is_made_once_and_private(tmp_path):
    """Without a key one is made in the instance folder, readable by its owner only, and kept."""
    keys = {create_app({"INSTANCE": str(tmp_path), "DEMO_ACCOUNTS": False}).secret_key for _ in range(2)}
    path = tmp_path / "secret_key"
    assert keys == {path.read_text().strip()}
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"URL": "https://crumb.test"}, "the key is yours to make"),
        ({"SECRET_KEY": "dev"}, "32 random characters"),
        ({"SECRET_KEY": "a" * 64}, "32 random characters"),
        ({"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": ["short"]}, "32 random characters"),
        ({"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": "old"}, "a JSON list"),
        ({"URL": "localhost:8000"}, "write it like"),
        ({"URL": "ftp://crumb.test"}, "write it like"),
    ],
)
def test_an_unsafe_setting_stops_the_start(tmp_path, config, words):
    """The sentence says what to do."""
    with pytest.raises(SystemExit, match=words):
        create_app({"INSTANCE": str(tmp_path), **config})


def test_variables_override_the_file(tmp_path, monkeypatch):
    """CRUMB_* variables win over config.py, the test's own settings over both."""
    monkeypatch.setenv("CRUMB_URL", "http://bakery.test:8000")
    monkeypatch.setenv("CRUMB_DEMO_ACCOUNTS", "false")
    app = create_app({"INSTANCE": str(tmp_path), "TRUSTED_HOSTS": "10.0.0.7, bakery"})
    assert app.config["DEMO_ACCOUNTS"] is False
    assert app.config["TRUSTED_HOSTS"] == ["bakery.test", "10.0.0.7", "bakery"]


def register(browser: Browser) -> None:
    """Register and be remembered."""
    browser.get("/register")
    browser.submit(
        "main form", username="ada", password="a long pass phrase", confirm="a long pass phrase", remember=True
    )


def test_a_rotated_key_logs_nobody_out(make_app):
    """With the old key as a fallback the session goes on, and a form that was open can be sent."""
    browser = Browser(make_app(SECRET_KEY=OLDER, DEMO_ACCOUNTS=False))
    register(browser)
    browser.get("/preferences")
    browser.app = make_app(SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=[OLDER], DEMO_ACCOUNTS=False)
    page = browser.submit("main form", theme="dark")
    assert (page.status, page.html["data-user"]) == (200, "ada")
    assert page.html["data-theme"] == "dark"


def test_a_lost_key_leaves_the_remembered(make_app):
    """Without the old key sessions end without an error; remembered log-ins don't depend on it."""
    browser = Browser(make_app(SECRET_KEY=OLDER, DEMO_ACCOUNTS=False))
    register(browser)
    browser.app = make_app(SECRET_KEY=KEY, DEMO_ACCOUNTS=False)
    assert browser.get("/").html["data-user"] == "ada"


def test_forwarded_headers_count_only_where_a_proxy_is_named(make_app):
    """X-Forwarded-* from anybody is ignored; from a named proxy it is believed."""
    forged = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https", "X-Forwarded-For": "9.9.9.9"}
    assert Browser(make_app(DEMO_ACCOUNTS=False)).get("/", headers=forged).status == 200
    assert Browser(make_app(DEMO_ACCOUNTS=False, PROXY_HOPS=1)).get("/", headers=forged).status == 400

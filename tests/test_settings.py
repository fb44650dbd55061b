"""Settings: what follows from them, and what stops the start with a sentence."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from flask import request

import config
from run import ROOT
from tests.browsing import Browser
from tests.examples import KEY, OLDER
from webapp import create_app
from webapp.settings import CONTACT, LIST, NAMES, NUMBER, OBJECT, SETTINGS, SIZE, TEXT, YES_OR_NO

NOT_UNDERSTOOD = {
    TEXT: [],
    NAMES: [["a.example", 1]],
    NUMBER: ["one", "", "-1", "1.5", "0x10", -1, True, 1.0],
    SIZE: ["64q", "", "k", "-64k", "1.5m", -1, False],
    YES_OR_NO: ["maybe", "", "2", "tru", "null", 1],
    CONTACT: [
        *("ada", "ada@", "a b@c.example", "a@b@c.example", "https://", "http://a.example", "javascript:a@b", 1),
        *("https://a.example/\nExpires: never", "ada@c.example\nExpires: never", 'ada@c.example?bcc="'),
    ],
    LIST: ["old", "{}", "", "[", "[" * 100_000, ("old",)],
    OBJECT: ["evil.example", "[]", "", "{", ["evil.example"]],
}
# Hosts under which Werkzeug refuses every request; U+FF3F is an underscore to browsers.
NOT_SERVED = ["[::1]", "[2001:db8::7]", "my_crumb.test", "my\uff3fcrumb.test"]
ILL_CHOSEN = [
    ("URL", "localhost:8000"),
    ("URL", "ftp://crumb.test"),
    ("URL", "http://"),
    ("URL", "http://crumb.test/cookies"),
    ("URL", "http://crumb.test:99999"),
    ("URL", "http://crumb.test:0"),
    ("URL", "http://crumb.test:port"),
    ("URL", "http://[::1"),
    ("URL", "http://256.1.1.1"),
    ("URL", "http://xn--a.test"),
    ("URL", "http://ada@crumb.test"),
    ("URL", "http://.crumb.test"),
    *(("URL", f"http://{host}:8000") for host in NOT_SERVED),
    *(("TRUSTED_HOSTS", f"crumb.test, {host}{port}") for host in NOT_SERVED for port in ("", ":8000")),
    ("TRUSTED_HOSTS", "crumb.test/"),
    ("TRUSTED_HOSTS", "http://crumb.test"),
    ("TRUSTED_HOSTS", "a.example, two words"),
    ("CLASS_URL", "192.168.7.7:8000"),
    ("CLASS_URL", "http://192.168.7.7:8000/join"),
    ("LAB_HOSTS", '{"attacker": "evil.example:8000"}'),
    ("LAB_HOSTS", '{"attacker": 1}'),
    ("LAB_HOSTS", '{"baker": "evil.example"}'),
    ("LOG", "debug"),
    ("LOG", "Access"),
    ("MAX_CONTENT_LENGTH", "0"),
    ("MAX_FORM_MEMORY_SIZE", "0k"),
    ("MAX_FORM_PARTS", "0"),
    ("DATABASE_URL", "crumb.sqlite3"),
    ("DATABASE_URL", "sqlite:crumb.sqlite3"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "sqlite:///file:crumb?mode=memory&uri=true"),
    ("DATABASE_URL", "mysql://ada:hush-hush@db.example/crumb"),
    ("DATABASE_URL", "baker://ada:hush-hush@db.example/crumb"),
    ("DATABASE_URL", "postgresql+baker://ada:hush-hush@db.example/crumb"),
    ("DATABASE_URL", "postgresql://ada:hush-hush@db.example:port/crumb"),
    ("DATABASE_URL", "postgresql+psycopg_async://ada:hush-hush@db.example/crumb"),
    ("SECRET_KEY", "hush-hush"),
    ("SECRET_KEY_FALLBACKS", '["hush-hush"]'),
]


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


def sentence(**given) -> str:
    """Start, which has to fail, and return the one sentence that ends it: Python prints it and exits with 1."""
    with pytest.raises(SystemExit) as end:
        create_app(given)
    assert isinstance(end.value.code, str) and "\n" not in end.value.code
    return end.value.code


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_what_is_not_understood_stops_the_start(tmp_path, monkeypatch, setting):
    """A value that is none of its kind is refused under its variable's name, in the environment and elsewhere."""
    monkeypatch.setenv("CRUMB_INSTANCE", str(tmp_path))
    for value in [*NOT_UNDERSTOOD[setting.kind], object()]:
        assert sentence(**{setting.name: value}).endswith(f": it has to be {setting.kind.words}")
        if isinstance(value, str):
            with monkeypatch.context() as patch:
                patch.setenv(f"CRUMB_{setting.name}", value)
                assert sentence().startswith(f"CRUMB_{setting.name} ")


@pytest.mark.parametrize(("name", "text"), ILL_CHOSEN)
def test_what_can_not_work_stops_the_start(tmp_path, monkeypatch, name, text):
    """A value that is understood and of no use is refused under its variable's name; a secret in it is not repeated."""
    monkeypatch.setenv(f"CRUMB_{name}", text)
    told = sentence(INSTANCE=str(tmp_path))
    assert told.startswith(f"CRUMB_{name} ")
    assert "hush-hush" not in told


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        *(("DEMO_CONTENT", text, True) for text in ("true", "True", "YES", "on", " 1 ")),
        *(("DEMO_CONTENT", text, False) for text in ("false", "False", "no", "OFF", "0")),
        ("MAX_CONTENT_LENGTH", "70000", 70_000),
        ("MAX_CONTENT_LENGTH", "64k", 64 * 1024),
        ("MAX_CONTENT_LENGTH", "1 M", 1024 * 1024),
        ("PROXY_HOPS", "2", 2),
        ("SECRET_KEY", "1234567890" * 5, "1234567890" * 5),
        ("SECRET_KEY_FALLBACKS", f'["{KEY}"]', [KEY]),
        ("LAB_HOSTS", '{"attacker": "evil.example"}', {"attacker": "evil.example"}),
        ("TRUSTED_HOSTS", "10.0.0.7,, bakery:8000 ,.crumb.test", ["10.0.0.7", "bakery:8000", ".crumb.test"]),
        ("TRUSTED_HOSTS", "", []),
        ("CONTACT", " ada+crumb@mail.example ", "mailto:ada+crumb@mail.example"),
        ("CONTACT", "https://a.example:8443/us?of=bread", "https://a.example:8443/us?of=bread"),
        ("CONTACT", "", ""),
        ("URL", "http://10.0.0.7:8000", "http://10.0.0.7:8000"),
    ],
)
def test_how_a_value_is_written(name, text, value):
    """Each kind is read from the text of a variable; the value itself may be given too, and stays what it is."""
    [setting] = [setting for setting in SETTINGS if setting.name == name]
    assert repr(setting.read(text)) == repr(setting.read(value)) == repr(value)


def test_the_address_is_settled(make_app):
    """The site's address has no slash at its end and no capitals, as browsers say it, and its host is trusted first."""
    app = make_app(URL="HTTP://Crumb.test:8000/", TRUSTED_HOSTS="10.0.0.7", DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert app.config["URL"] == "http://crumb.test:8000"
    assert app.config["TRUSTED_HOSTS"] == ["crumb.test", "10.0.0.7"]
    app = make_app(URL="http://B\u00fccher.test:80", DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert app.config["URL"] == "http://xn--bcher-kva.test"
    assert app.test_client(use_cookies=False).get("/", base_url="http://xn--bcher-kva.test").status_code == 200


@pytest.mark.parametrize(
    ("setting", "written", "host"),
    [
        *((setting, name, name) for setting in ("URL", "TRUSTED_HOSTS") for name in ("127.0.0.2", "a-b.test", "crumb")),
        *(
            ("URL", "127.2", "127.0.0.2"),
            ("URL", "crumb.test.", "crumb.test."),
            ("TRUSTED_HOSTS", ".b.test", "a.b.test"),
        ),
    ],
)
def test_under_every_host_that_is_taken_pages_open(make_app, setting, written, host):
    """What does not stop the start is answered, as browsers send it."""
    value = f"http://{written}:8000" if setting == "URL" else written
    app = make_app(**{setting: value}, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert Browser(app, f"http://{host}:8000").get("/").status == 200
    assert Browser(app, "http://another.test:8000").get("/").status == 400


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_name_that_is_none_stops_the_start(monkeypatch, setting):
    """The sentence has the wrong name and the nearest right one."""
    wrong = f"CRUMB_{setting.name.replace('_', '')}S"
    monkeypatch.setenv(wrong, "1")
    told = sentence()
    assert told.startswith(f"{wrong} is no setting") and f"write CRUMB_{setting.name} if" in told


def test_a_wrong_name_in_the_file_stops_the_start(monkeypatch):
    """What config.py names has to be a setting too."""
    monkeypatch.setattr(config, "PROXYHOPS", 1, raising=False)
    assert "CRUMB_PROXY_HOPS" in sentence()


def test_variables_override_the_file(tmp_path, monkeypatch):
    """What is given wins over CRUMB_* variables, these over config.py; `flask settings` says which it was."""
    monkeypatch.setattr(config, "URL", "http://overridden.test")
    monkeypatch.setattr(config, "MAX_FORM_PARTS", 200)
    monkeypatch.setenv("CRUMB_URL", "http://bakery.test:8000")
    monkeypatch.setenv("CRUMB_TRUSTED_HOSTS", "overridden.test")
    monkeypatch.setenv("CRUMB_DEMO_ACCOUNTS", "no")
    app = create_app({"INSTANCE": str(tmp_path), "TRUSTED_HOSTS": "10.0.0.7, bakery"})
    assert app.config["DEMO_ACCOUNTS"] is False
    assert app.config["TRUSTED_HOSTS"] == ["bakery.test", "10.0.0.7", "bakery"]
    assert {
        "CRUMB_URL=http://bakery.test:8000  (environment)",
        "CRUMB_TRUSTED_HOSTS=bakery.test,10.0.0.7,bakery  (given)",
        "CRUMB_DEMO_ACCOUNTS=false  (environment)",
        "CRUMB_MAX_FORM_PARTS=200  (config.py)",
        "CRUMB_DEMO_CONTENT=true  (default)",
        "CRUMB_MIGRATE_ON_START=true  (default)",
        f"CRUMB_DATABASE_URL=sqlite:///{tmp_path / 'crumb.sqlite3'}  (default)",
    } <= set(shown(app))


def shown(app) -> list[str]:
    """Return the lines of `flask settings` that show a value."""
    lines = app.test_cli_runner().invoke(args=["settings"]).output.splitlines()
    assert re.findall(r"^CRUMB_(\w+)=", "\n".join(lines), re.M) == [setting.name for setting in SETTINGS]
    return [line for line in lines if not line.startswith(" ")]


def test_secrets_are_masked(make_app):
    """`flask settings` shows no key and no password, wherever in the database's address it stands."""
    keys = {"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": [OLDER, KEY]}
    app = make_app(**keys, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    app.config["DATABASE_URL"] = "postgres://ada:hush-hush@db.example/crumb?sslpassword=hush-hush&sslmode=require"
    lines = shown(app)
    assert not any(secret in line for line in lines for secret in (KEY, OLDER, "hush-hush"))
    assert 'CRUMB_SECRET_KEY_FALLBACKS=["***", "***"]  (given)' in lines
    address = "postgres://ada:***@db.example/crumb?sslmode=require&sslpassword=hidden"
    assert f"CRUMB_DATABASE_URL={address}  (given)" in lines


def test_the_settings_are_the_same_everywhere():
    """config.py and docs/online.md name each setting in the order of the declarations, with default and help."""
    text = Path(config.__file__).read_text("utf-8")
    written = re.findall(r"^((?:# .*\n)+)(\w+) = ", text, re.M)
    assert [(name, re.sub("\n?# ", " ", comment).strip()) for comment, name in written] == [
        (setting.name, setting.help) for setting in SETTINGS
    ]
    assert [getattr(config, setting.name) for setting in SETTINGS] == [setting.default for setting in SETTINGS]
    rows = [line for line in Path(ROOT, "docs/online.md").read_text("utf-8").splitlines() if "| `CRUMB_" in line]
    for row, setting in zip(rows, SETTINGS, strict=True):
        default = "" if setting.default in ("", None) else f"`{setting.kind.write(setting.default)}`"
        assert row == f"| `CRUMB_{setting.name}` | {setting.kind.words} | {default} | {setting.help} |"


@pytest.mark.parametrize(
    ("url", "asked", "there"),
    [
        ("http://localhost:8000", None, True),
        ("http://localhost:8000", "off", False),
        ("https://crumb.test", None, False),
        ("https://crumb.test", "on", True),
    ],
)
def test_demo_accounts_are_asked_for_under_https(make_app, url, asked, there):
    """Accounts with public passwords are there on plain http unless turned off, and under https when asked for."""
    app = make_app(URL=url, SECRET_KEY=KEY, DEMO_CONTENT=False, **({"DEMO_ACCOUNTS": asked} if asked else {}))
    assert bool(Browser(app, url).get("/login").select("[data-demo]")) is there


@pytest.mark.parametrize("content", ["", "short", "\N{SNOWMAN}" * 40])
def test_a_spoiled_key_file_stops_the_start(tmp_path, content):
    """A key file that holds no key is named, and is left as it was."""
    path = tmp_path / "secret_key"
    path.write_text(content, "utf-8")
    assert sentence(INSTANCE=str(tmp_path)).startswith(f"{path} holds no key")
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("taken", ["instance", "instance/secret_key", "instance/assets"])
def test_a_folder_that_can_not_be_used_stops_the_start(tmp_path, taken):
    """Where the instance folder, its key or its pictures can't be read and written, the sentence says where."""
    path = tmp_path / taken
    if taken.endswith("secret_key"):
        path.mkdir(parents=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    told = sentence(INSTANCE=str(tmp_path / "instance"))
    assert told.startswith("The instance folder can't be used") and str(path) in told


@pytest.mark.parametrize(
    "command",
    [
        ["-c", "import wsgi"],
        ["serve.py", "--listen=127.0.0.1:0", "wsgi:app"],
        ["-m", "flask", "settings"],
        ["-m", "flask", "--app", "wsgi", "run", "--port=0"],
    ],
    ids=lambda command: command[1] if command[0][0] == "-" else command[0],
)
def test_every_way_to_start_ends_with_the_sentence(tmp_path, command):
    """Servers and commands print the sentence, nothing else, and exit with 1."""
    environment = {**os.environ, "CRUMB_INSTANCE": str(tmp_path), "CRUMB_DEMO_ACCOUNTS": "maybe"}
    started = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False, text=True
    )
    told = "CRUMB_DEMO_ACCOUNTS is 'maybe': it has to be true or false\n"
    assert (started.returncode, started.stdout, started.stderr) == (1, "", told)


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
    """Address and scheme are believed of a named proxy, and of nobody else; a host is believed of no one."""
    forged = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https", "X-Forwarded-For": "9.9.9.9"}
    for hops, seen in ((0, ("http", "127.0.0.1")), (1, ("https", "9.9.9.9"))):
        app = make_app(DEMO_ACCOUNTS=False, PROXY_HOPS=hops)
        requests = []
        app.before_request(lambda kept=requests: kept.append((request.scheme, request.remote_addr, request.host)))
        assert Browser(app).get("/", headers=forged).status == 200
        assert requests[0] == (*seen, "localhost:8000")

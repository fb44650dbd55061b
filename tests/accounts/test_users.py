"""Names, browsers, the schema, `flask users`, and adding demo accounts."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser
from webapp.accounts import browsers, users
from webapp.database import engines


@pytest.mark.parametrize("name", ["Zoë", "张小明", "ليلى", "नमस्ते", "a.b_c-d", "Ярослав9", "ガブリエル", "x" * 30])
def test_names_of_any_script(name):
    """Letters, digits and marks of any script make a name."""
    assert users.name_problem(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "", "ab", "x" * 31, "a b c", ".abc", "_abc", "abc\x00", "a\nbc", "a\u202ebc", "a\u200dbc", "abc\ufe0f",
        "\u3164\u3164\u3164", "<b>bold</b>", "a@b.c", "a/b", "a" + "\u0301\u0302\u0303\u0304\u0305" + "bc",
        "\u0301abc", "🍪🍪🍪", "a½b", "a\ud800b", "%00abc",
    ],
)  # fmt: skip
def test_names_refused(name):
    """Blanks, signs, invisible and control characters, and towers of marks make none."""
    assert users.name_problem(name)


def test_one_name_one_key():
    """Ways of writing one name have one key, different names have different ones."""
    assert len({users.key_of(name) for name in ("Straße", "STRASSE", "strasse", "ＳＴＲＡＳＳＥ ")}) == 1
    assert users.key_of("Nora") != users.key_of("Norä")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        # faisalman/ua-parser-js-docs has these lines; GNOME Web says no more than WebKitGTK does since version 44.
        ("Mozilla/5.0 (X11; Linux x86_64) Version/60.5 Safari/605.1.15", "GNOME Web/Linux"),
        ("Mozilla/5.0 (X11; Linux x86_64) Version/16.0 Safari/605.1.15 Epiphany/605.1.15", "GNOME Web/Linux"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17.4.1 Safari/605.1.15 Ddg/17.4.1",
            "DuckDuckGo/macOS",
        ),
        ("Mozilla/5.0 (Linux; Android 8.1.0) Chrome/92.0 Mobile DuckDuckGo/5 Safari/537.36", "DuckDuckGo/Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 OPR/130.0", "Opera/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1 OPT/6.0", "Opera/iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/110.0 YaBrowser/23.3.0.2246 Yowser/2.5 Safari/537.36", "Yandex/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_4_1) Version/16.4 YaBrowser/23.3.3.330 Safari/604.1", "Yandex/iPhone"),
        ("Mozilla/5.0 (Linux; Android 11) Chrome/102.0 YaApp_Android/22.70 YaSearchBrowser/22.70", "Yandex/Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/78.0 Safari/537.36 Vivaldi/2.9.1705.41", "Vivaldi/Linux"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox/Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0 Safari/537.36 Edg/150.0", "Edge/Windows"),
        ("Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/150.0.0.0 Mobile Safari/537.36", "Chrome/Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari/macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/150.0 Safari/604.1", "Chrome/iPhone"),
        ("curl/8.14.1", "curl/"),
        ("", "/"),
        ("<script>alert(1)</script>" * 100, "/"),
    ],
)
def test_browsers(line, name):
    """A User-Agent line becomes two words of ours, nothing of it is kept."""
    assert browsers.describe(line) == name


@pytest.mark.parametrize("brand", ["Vivaldi", "Brave", "Opera", "DuckDuckGo"])
def test_a_browser_that_calls_itself_chrome(app, brand):
    """On *your devices* a browser has the name that only its client hint says."""
    line = "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 Safari/537.36"
    headers = {"User-Agent": line, "Sec-CH-UA": f'"Chromium";v="150", "{brand}";v="8", "Not=A?Brand";v="24"'}
    with app.app_context():
        users.register("Marlene", PASSWORD)
    browser = Browser(app, **headers)
    browser.get("/login")
    browser.submit("#log-in", username="Marlene", password=PASSWORD)
    assert brand in browser.get("/account/devices").one("main").get_text()
    assert browsers.describe(line, headers["Sec-CH-UA"]) == f"{brand}/Linux"


def test_command_add(app):
    """`flask users add` makes an account that can log in, and refuses what the page would refuse."""
    run = app.test_cli_runner().invoke
    result = run(args=["users", "add", "Ines", "--admin"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert "Added Ines." in result.output
    assert PASSWORD not in result.output
    assert user_of(log_in(Browser(app), "ines")) == "Ines"
    for name, password, said in (
        ("INES", PASSWORD, "already"),
        ("x", PASSWORD, "3 to 30"),
        ("Paul", "short", "too short"),
    ):
        result = run(args=["users", "add", name, "--password", password])
        assert result.exit_code == 1
        assert said in result.output


def test_command_list(app, enter):
    """`flask users list` shows each account and on how many devices it is logged in."""
    enter()
    enter()
    assert "2 devices" in app.test_cli_runner().invoke(args=["users", "list"]).output


def test_command_password(app, enter):
    """`flask users password` changes the password, ends the devices, and they are told why."""
    browser = enter(remember=True)
    result = app.test_cli_runner().invoke(args=["users", "password", "NORA"], input="four brown loaves\n" * 2)
    assert "new password" in result.output
    assert "password of your account was changed" in browser.get("/account").text
    assert user_of(log_in(Browser(app), password="four brown loaves")) == "Nora"


def test_command_end_devices(app, enter):
    """`flask users end-devices` ends all devices, and the next log-in says why."""
    browsers = [enter(remember=True), enter()]
    assert "Ended 2 devices" in app.test_cli_runner().invoke(args=["users", "end-devices", "nora"]).output
    assert [user_of(browser) for browser in browsers] == [None, None]
    page = log_in(Browser(app)).page
    assert page.url == "http://localhost:8000/account/notice?next=/"
    assert "looks after this site" in page.text
    assert app.test_cli_runner().invoke(args=["users", "end-devices", "nobody"]).exit_code == 1


def test_add_demo_accounts_without_a_database(app, caplog, monkeypatch):
    """A database that is down at the start is no reason not to start."""

    def down():
        raise OperationalError("select", {}, Exception("down"))

    app.config["DEMO_ACCOUNTS"] = True
    monkeypatch.setattr(users, "reading", down)
    users.add_demo_accounts(app)
    assert "no demo accounts were added" in caplog.text
    with app.app_context():
        assert users.demo_accounts() == []


@pytest.mark.parametrize("words", [["list"], ["end-devices", "nora"], ["admin", "nora"]])
def test_commands_say_so_when_the_database_refuses(app, words):
    """Without a schema a command ends with one sentence, which names the way out."""
    with engines(app).to_write.begin() as connection:
        for table in ("retired_validators", "devices", "users"):
            connection.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}"))
    result = app.test_cli_runner().invoke(args=["users", *words])
    assert result.exit_code == 1 and result.output.count("\n") == 1
    assert result.output.startswith("Error: The database can't be used: no such table: users. ")

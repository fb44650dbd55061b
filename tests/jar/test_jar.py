"""The jar: what is said of each cookie, trials that keep nothing, changes that last, and files to take along."""

import http.cookiejar
import json
import re
import subprocess
import urllib.request
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.browsing import Browser
from tests.conftest import EXAMPLES
from tests.examples import KEY
from webapp import clock
from webapp.database import METADATA, reading
from webapp.jar import tamper
from webapp.security.limits import LONGEST_HEADER
from webapp.wire.record.masking import MASK

NAME, PASSWORD = "Marlene", "three warm loaves"


@pytest.fixture
def member(app) -> Browser:
    """Somebody who is logged in and remembered, and has looked around with consent."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    browser.agree()
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD)
    browser.get("/logout")
    browser.submit("main form")
    browser.get("/login")
    browser.submit("#log-in", username=NAME, password=PASSWORD, remember=True)
    browser.get("/shop/rye-bread")
    browser.get("/preferences")
    browser.submit("main form.card", theme="dark")
    assert {"crumb_session", "remember", "known", "wire", "theme", "recent_shop.rye-bread"} <= set(browser.cookies)
    return browser


def tables(app) -> dict[str, list]:
    """Return every row of the database."""
    with app.app_context():
        return {table.name: reading().execute(select(table)).all() for table in METADATA.sorted_tables}


def credentials(browser: Browser) -> list[str]:
    """Return the parts of the browser's cookies that nobody may see."""
    return [
        browser.cookies[name].rpartition(".")[2]
        for name in ("crumb_session", "remember", "known", "wire")
        if name in browser.cookies
    ]


def test_an_empty_jar_leads_on(app):
    """Nothing came, nothing is set, and a way to a first cookie is there."""
    page = Browser(app).get("/jar")
    assert page.set_cookie == [] and not page.select("[data-cookie]")
    assert page.one('main .action[href="/setcookie"]')


def test_every_cookie_has_its_row(member):
    """In the order of the header, the site's own and strangers', each with its columns; the sizes add up."""
    header = "; ".join(f"{name}={value}" for name, value in member.cookies.items()) + "; a=1; b; a=2"
    page = member.get("/jar", headers={"Cookie": header})
    rows = page.select("[data-cookie]")
    assert [row["data-cookie"] for row in rows] == [*member.cookies, "a", "", "a"]
    for row in rows:
        terms = [tag.get_text() for tag in row.select("dt")]
        assert terms[:11] == [
            *("Name", "Value", "Domain", "Path", "Expires / Max-Age", "Size"),
            *("HttpOnly", "Secure", "SameSite", "Partition Key", "Priority"),
        ]
    assert int(page.one("[data-header-size]")["data-header-size"]) == len(header)
    accepted = {row["data-cookie"]: (tag := row.select_one("[data-accepted]")) and tag["data-accepted"] for row in rows}
    assert {accepted[name] for name in member.cookies} == {"yes"}
    assert accepted["a"] is None
    assert page.select('[data-cookie="recent_shop.rye-bread"] meter[aria-label^="How much"]')


def test_what_is_spoiled_is_not_accepted(member):
    """A changed value of each declared cookie is said to count for nothing."""
    header = "; ".join(f"{name}={tamper.flip(value)}!" for name, value in member.cookies.items())
    page = member.get("/jar", headers={"Cookie": header})
    assert {tag["data-accepted"] for tag in page.select("[data-accepted]")} == {"no"}


def test_no_page_shows_a_credential(member):
    """Neither the jar, a cookie's own page, a trial nor a file holds what could be used to act as somebody."""
    pages = [member.get("/jar")]
    pages += [member.get(f"/jar/export/{kind}") for kind in ("json", "netscape", "header", "curl")]
    for name in list(member.cookies):
        pages.append(member.get("/jar/cookie?name=" + name))
        pages += [member.get(f"/jar/try?name={name}&how={how}&page=/account") for how in tamper.WAYS]
    secrets = credentials(member)
    assert len(secrets) == 4
    for page in pages:
        assert page.status == 200, page.url
        assert not [secret for secret in secrets if secret.encode() in page.body], page.url
    assert MASK.encode() in pages[0].body


@pytest.mark.parametrize("how", [*tamper.WAYS, "other"])
def test_a_trial_keeps_nothing(app, member, how):
    """For each cookie: an answer, no cookie set, and no row of the database changed but the record."""
    before, held = tables(app), dict(member.cookies)
    member.get("/jar/cookie?name=theme")
    paths = [option["value"] for option in member.page.select("select[name=page] option")]
    assert {"/", "/preferences", "/account", "/social/", "/shop/", "/forum/"} <= set(paths)
    for path in paths if how == "off" else ["/account"]:
        for name in list(held):
            page = member.get(f"/jar/try?name={name}&how={how}&value=purple&page={path}")
            assert page.status in (200, 404) and page.set_cookie == [], name
            assert page.one("[data-trial]")["data-trial"] == name
            assert not page.select(f'[data-sent="{name}"]') or how != "off"
    assert member.cookies == held
    after = tables(app)
    assert {table for table in after if after[table] != before[table]} <= {"exchanges"}
    assert member.get("/account").status == 200


def test_what_breaks_is_seen(member):
    """Without the theme its colours are gone, without the log-in the person is; the remember cookie steps in."""

    def tried(name: str, how: str = "off", page: str = "/"):
        return member.get(f"/jar/try?name={name}&how={how}&page={page}").html

    assert (tried("theme")["data-theme"], tried("consent")["data-theme"]) == ("auto", "dark")
    assert tried("theme", "flip")["data-theme"] == "auto"
    assert member.get("/jar/try?name=theme&how=other&value=biscuit&page=/").html["data-theme"] == "biscuit"
    assert tried("crumb_session")["data-user"] == NAME  # by the remember cookie, which stays as good as it was
    assert tried("crumb_session", "cut")["data-user"] == NAME
    assert member.get("/").html["data-user"] == NAME


def test_a_trial_without_log_in(app, member):
    """Where nobody is remembered, a session with one bit flipped is nobody's, and the account leads to the log-in."""
    member.get("/jar/cookie?name=remember")
    member.submit("#delete")
    assert "remember" not in member.cookies
    page = member.get("/jar/try?name=crumb_session&how=flip&page=/account")
    assert "data-user" not in page.html and page.select("#log-in")
    assert member.get("/account").html["data-user"] == NAME


def test_a_trial_within_a_trial(member):
    """It would never end, so there is none; and a page that nobody offered is refused."""
    page = member.get("/jar/try?name=theme&how=off&page=/jar/try?name=theme")
    assert page.status == 422 and not page.select("[data-trial]")


@pytest.mark.parametrize("value", ["a;b", "a\r\nX: y", "ä", "\x7f", "x" * 5000])
def test_odd_values_are_explained(member, value):
    """What no Cookie header can carry comes back with a message, the text kept."""
    page = member.get("/jar/try", query_string={"name": "theme", "how": "other", "value": value, "page": "/"})
    assert page.status == 422
    assert page.select(".problems") and page.one("#try [name=value]")["value"] == value


def test_a_trial_never_clears_the_browser(app):
    """A trial whose Cookie header the site would not read is refused: the answer to it clears every cookie."""
    header = "; ".join(f"x{number}={'a' * 3900}" for number in range(8)) + "; y="
    header += "a" * (LONGEST_HEADER - len(header))
    query = {"name": "y", "how": "other", "value": "b" * 2000, "page": "/"}
    answer = app.test_client(use_cookies=False).get("/jar/try", query_string=query, headers={"Cookie": header})
    assert answer.status_code == 422 and b"problems" in answer.data
    assert "Clear-Site-Data" not in answer.headers and not answer.headers.getlist("Set-Cookie")


def test_a_value_without_a_name_stays_one(app):
    """`=theme=dark` is a nameless cookie; written back as `theme=dark` it would be another one."""
    client, headers = app.test_client(use_cookies=False), {"Cookie": "=theme=dark; a=1"}
    assert client.get("/jar/export/header", headers=headers).text == "Cookie: =theme=dark; a=1\n"
    page = client.get("/jar/try?name=a&how=off&page=/", headers=headers)
    assert b'data-theme="auto"' in page.data and b'data-trial="a"' in page.data


def test_how_much_of_a_lifetime_is_over(member, monkeypatch):
    """A signature tells when it was made, as a time in the value does; a moment still to come tells nothing."""
    ages = {}
    for days in (0, 5):
        later = clock.now() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        for name in ("known", "recent_shop.rye-bread"):
            meters = member.get(f"/jar/cookie?name={name}").select('main meter[aria-label^="How much"]')
            ages[name, days] = int(meters[0]["value"])
    assert all(ages[name, 5] - ages[name, 0] >= 5 * 86400 for name, _ in ages)
    page = member.get("/jar", headers={"Cookie": "recent_shop.rye-bread=99999999999"})
    assert page.select("[data-cookie]") and not page.select('meter[aria-label^="How much"]')


def test_a_change_lasts(member):
    """A plain cookie takes what the site could have written, and only that."""
    member.get("/jar/cookie?name=theme")
    page = member.submit("#change", value="biscuit")
    assert page.html["data-theme"] == member.cookies["theme"] == "biscuit"
    assert page.select('[data-exchange="POST /jar/change"] [data-set=theme]')
    page = member.submit("#change", value="purple")
    assert (page.status, page.one("#change [name=value]")["value"]) == (422, "purple")
    assert member.cookies["theme"] == "biscuit"


@pytest.mark.parametrize("name", ["crumb_session", "remember", "known", "wire"])
def test_credentials_are_not_written_by_hand(member, name):
    """Neither by the form, which is not there, nor by a POST of one's own."""
    assert not member.get(f"/jar/cookie?name={name}").select("#change")
    page = member.post("/jar/change", {"name": name, "value": "x"})
    assert page.status == 422
    assert name not in page.cookies_set


def test_each_cookie_of_the_site_can_be_deleted(member):
    """One after the other: gone from the browser, the line in the dock, and never more than that one."""
    for name in list(member.cookies):
        if name == "wire":
            continue  # it shows the others; last
        held = set(member.cookies)
        member.get(f"/jar/cookie?name={name}")
        page = member.submit("#delete")
        assert page.status == 200
        assert name in {line.partition("=")[0] for line in page.before[0].set_cookie}, name
        assert held - set(member.cookies) <= {name, "crumb_session"}, name
        assert page.select(f'[data-exchange="POST /jar/delete"] [data-deleted="{name}"]'), name


def test_strangers_are_not_deleted_blindly(app):
    """Of a cookie that the site never set it can't know the path: the page says how, and the POST does nothing."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.agent.receive(browser.home, "foreign=1; Path=/", now=clock.now())
    page = browser.get("/jar/cookie?name=foreign")
    assert not page.select("#delete") and not page.select("#change")
    assert browser.post("/jar/delete", {"name": "foreign"}).status == 404
    assert browser.post("/jar/delete", {"name": "nobody"}).status == 404


def test_files_to_take_along(app, member, tmp_path):
    """JSON parses, Python's own jar reads the Netscape file, the header has the pairs in their order."""
    entries = json.loads(member.get("/jar/export/json").body)
    assert [entry["name"] for entry in entries] == list(member.cookies)
    theme = next(entry for entry in entries if entry["name"] == "theme")
    assert theme | {"expirationDate": 0} == {
        **{"name": "theme", "value": "dark", "domain": "localhost", "hostOnly": True, "path": "/", "secure": False},
        **{"httpOnly": True, "sameSite": "lax", "session": False, "expirationDate": 0},
    }
    (tmp_path / "cookies.txt").write_bytes(member.get("/jar/export/netscape").body)
    jar = http.cookiejar.MozillaCookieJar(tmp_path / "cookies.txt")
    jar.load(ignore_discard=True, ignore_expires=True)  # a session cookie's end is 0, as curl writes it
    find = app.extensions["cookies"].registry.find
    assert {cookie.name for cookie in jar} == set(member.cookies)
    for cookie in jar:
        declared = find(cookie.name)
        assert cookie.has_nonstandard_attr("HTTPOnly") == declared.http_only, cookie.name
        assert (cookie.domain, cookie.path, cookie.secure) == ("localhost", declared.path, False), cookie.name
        assert cookie.value == MASK or cookie.value.split(".")[0] == member.cookies[cookie.name].split(".")[0]
        assert bool(cookie.expires) == (declared.max_age is not None), cookie.name
    header = member.get("/jar/export/header").body.decode()
    assert re.findall(r"([^=; ]+)=", header.removeprefix("Cookie: "))[0] == next(iter(member.cookies))
    assert b"curl" in member.get("/jar/export/curl").body
    assert member.get("/jar/export/nothing").status == 404


@pytest.mark.parametrize("host", ["localhost:8000", "crumb.example"])
def test_other_programs_keep_every_cookie(make_app, tmp_path, monkeypatch, host):
    """curl, and Python where it does what the file's own head says, keep all of them and send what the browser sent."""
    app = make_app(URL=f"http://{host}", SECRET_KEY=KEY)
    now = str(int(clock.now().timestamp()))
    pairs = {"theme": "dark", "visit": now, "lesson": "", "recent_shop.rye-bread": now, "a": "x=y z"}
    pairs |= {"__utma": "1", "__Secure-a": "1", "__host-b": "1", "__Http-c": "1", "#d": "•", "lab-e": "1", "f": '"q"'}
    browser = Browser(app, f"http://{host}")
    sent = "; ".join(map("=".join, pairs.items())).encode().decode("latin-1")
    text = browser.get("/jar/export/netscape", headers={"Cookie": f"{sent}; nameless; tab=a\tb"}).body.decode()
    (tmp_path / "cookies-netscape.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    lines = [line[10:] for line in text.splitlines() if re.match("# Python: |# {9}", line)]
    told: dict[str, Any] = {}
    exec("\n".join(lines), told)
    request = urllib.request.Request(f"http://{host}/lab")
    told["jar"].add_cookie_header(request)
    plain = {name: value for name, value in pairs.items() if not re.match("__(Secure|Host|Http)-", name, re.I)}
    assert dict(each.split("=", 1) for each in request.get_header("Cookie").split("; ")) == plain
    assert {cookie.name: cookie.value for cookie in told["jar"]} == pairs
    # Port 9 is called "discard": nobody answers there, and the jar is written all the same.
    command = ["curl", "--silent", "--cookie", "cookies-netscape.txt", "--cookie-jar", "-", "http://127.0.0.1:9"]
    kept = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    fields = [line.removeprefix("#HttpOnly_").split("\t") for line in kept if line.count("\t") > 4]
    assert {each[5]: each[6] for each in fields} == pairs
    assert {each[5] for each in fields if each[3] == "TRUE"} == set(pairs) - set(plain)


TEXTS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=min(EXAMPLES, 60))
@given(
    header=st.lists(st.tuples(TEXTS, TEXTS).map("=".join) | TEXTS, max_size=6).map("; ".join),
    how=st.sampled_from([*tamper.WAYS]),
)
def test_any_header_has_a_jar(app, header, how):
    """Whatever came, every page of the jar answers for it."""
    client, headers = app.test_client(use_cookies=False), {"Cookie": header.encode("latin-1")}
    answer = client.get("/jar", headers=headers)
    assert answer.status_code == 200
    for kind in ("json", "netscape", "header", "curl"):
        assert client.get(f"/jar/export/{kind}", headers=headers).status_code == 200
    name = header.split(";")[0].partition("=")[0].strip(" \t")
    query = {"name": name.encode("latin-1"), "how": how, "page": "/"}
    assert client.get("/jar/cookie", query_string=query, headers=headers).status_code in (200, 404)
    assert client.get("/jar/try", query_string=query, headers=headers).status_code in (200, 404)


@given(value=TEXTS)
def test_spoiling_always_spoils(value):
    """Each way gives another value, of the same length but where it is cut."""
    assert tamper.flip(value) != value and tamper.swap(value) != value
    assert len(tamper.swap(value)) == max(len(value), 1)
    assert value.startswith(tamper.cut(value)) and (not value or len(tamper.cut(value)) < len(value))


def test_of_two_with_one_name_the_first_is_read(app):
    """The jar says of each which one counts, and why it stands where it does; of others it says nothing of the kind."""
    browser = Browser(app)
    page = browser.get("/jar", headers={"Cookie": "theme=dark; a=1; theme=light; b=2; a=3"})
    orders = [(row["data-cookie"], row.select_one("[data-order]")) for row in page.select("[data-cookie]")]
    assert [(name, tag and tag["data-order"]) for name, tag in orders] == [
        *(("theme", "1"), ("a", "1"), ("theme", "2"), ("b", None), ("a", "2"))
    ]
    first, second = (tag.get_text() for name, tag in orders if name == "theme")
    assert "one we read" in first and "do not read" in second
    assert "longest path first" in first and "the older" in second and "5.8.3" in second
    assert page.html["data-theme"] == "dark"


def test_each_cookie_belongs_to_somebody(member):
    """To the feature that declares it, a library's with the library's name; what Crumb never set is not Crumb's."""
    others = {"foreign": "1", "consent": "none-of-ours", "remember_token": "5"}
    held = {**member.cookies, **others}
    page = member.get("/jar", headers={"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())})
    owners = {}
    for row in page.select("[data-cookie]"):
        terms = {tag.get_text(): tag.find_next_sibling("dd").get_text() for tag in row.select("dt")}
        owners[row["data-cookie"]] = terms["Belongs to"]
        assert row.select_one("summary").get_text().startswith(terms["Belongs to"].partition(" · ")[0])
    assert {owners[name] for name in others} == {"Not Crumb's"}
    assert owners["theme"] == "Preferences" and owners["recent_shop.rye-bread"] == "Shop"
    assert owners["crumb_session"].startswith("Accounts · Written by Flask")

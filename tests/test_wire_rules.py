"""What every route promises about cookies and headers, held over all routes."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browsing import Browser
from tests.examples import KEY, addresses
from webapp.cookies import Family
from webapp.security.limits import LONGEST_HEADER


def test_passive_pages_set_nothing(app):
    """A visitor who did nothing yet gets no cookie from any page, but for what the token of a form needs."""
    passive = []
    for path in [*addresses(app, "GET"), "/shop/search?q=rye", "/no-such-page"]:
        browser = Browser(app)
        page = browser.get(path)
        if page.select("[name=csrf_token]"):  # also where a page that needs a log-in led to it
            assert set(browser.cookies) == {"crumb_session", "wire"}, path
            continue
        assert [line for answer in [*page.before, page] for line in answer.set_cookie] == [], path
        if page.select("[data-wire]"):
            assert page.select("[data-wire] [data-exchange]"), path
            assert page.select("[data-wire] :is([data-sent], [data-set], [data-deleted])") == [], path
            passive.append(path)
    assert {"/", "/shop/", "/shop/rye-bread", "/shop/search", "/social/", "/forum/", "/getcookie"} <= set(passive)
    assert {"/consent", "/cookies", "/no-such-page", "/shop/search?q=rye"} <= set(passive)


def test_the_health_check_knows_no_visitor(browser):
    """It answers under any host name, and neither cookie nor session play a part."""
    page = browser.get("/healthz", headers={"Host": "10.0.0.1:8000", "Cookie": "theme=purple; crumb_session=x"})
    assert (page.status, page.body) == (200, b"ok\n")
    assert page.set_cookie == []
    assert "Vary" not in page.headers
    assert browser.request("HEAD", "/healthz").body == b""


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_every_line_equals_its_declaration(make_app, secure):
    """Each Set-Cookie that any route sends is declared, and says what its declaration says."""
    url = "https://localhost:8000" if secure else "http://localhost:8000"
    app = make_app(URL=url, SECRET_KEY=KEY, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    registry = app.extensions["cookies"].registry
    browser, seen = Browser(app, url), set()
    browser.agree()
    pages = [browser.get("/register")]
    pages += [
        browser.submit("main form.card", username="ada", password="a long pass phrase", confirm="a long pass phrase")
    ]
    pages += browser.page.before
    for path in addresses(app, "GET"):
        pages += [browser.get(path), *browser.page.before]
    for path in addresses(app, "POST"):
        pages += [browser.post(path), *browser.page.before]
    for line in [line for page in pages for line in page.set_cookie]:
        name = line.partition("=")[0]
        cookie = registry.find(name)
        assert cookie, f"{name} is declared nowhere"
        seen.add(cookie.name)
        attributes = {part.partition("=")[0]: part.partition("=")[2] for part in line.split("; ")[1:]}
        assert name.startswith(cookie.prefix(secure))
        assert attributes.get("Path") == cookie.path
        assert attributes.get("SameSite") == cookie.same_site
        assert ("HttpOnly" in attributes) == cookie.http_only
        assert ("Secure" in attributes) == secure
        assert "Domain" not in attributes
        if "Max-Age" in attributes:
            longest = cookie.max_age.total_seconds() if cookie.max_age else 0
            assert int(attributes["Max-Age"]) <= longest
    assert {"session", "wire", "seen", "visit", "last_login"} <= seen
    assert any(isinstance(registry.find(name), Family) for name in seen)


def test_assets_carry_no_cookie(app, browser):
    """Styles and pictures are cached for good under a hashed name and know nothing of the visitor."""
    page = browser.get("/shop/")
    assets = {tag["href"] for tag in page.select("link[href]")} | {tag["src"] for tag in page.select("img[src]")}
    assert len(assets) > 20
    for path in assets:
        asset = browser.get(path, headers={"Cookie": "theme=dark"})
        assert asset.status == 200, path
        assert asset.set_cookie == []
        assert "Cookie" not in asset.headers.get("Vary", "")
        assert asset.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        for encoding in ("br", "gzip"):
            asset = browser.get(path, headers={"Accept-Encoding": encoding})
            assert asset.headers["Content-Encoding"] == encoding, path


def test_head_is_get_without_the_body(app):
    """HEAD answers with GET's headers; other methods are refused with 405 and say what is allowed."""
    for path in addresses(app, "GET"):
        got, head = Browser(app).get(path, follow=False), Browser(app).request("HEAD", path, follow=False)
        assert (head.status, sorted(head.headers.keys())) == (got.status, sorted(got.headers.keys())), path
        assert head.body == b""
        traced = Browser(app).request("TRACE", path)
        assert traced.status == 405
        assert "GET" in traced.headers["Allow"]


def test_posts_without_a_token_change_nothing(app):
    """Every writing route asks for its form's token."""
    browser = Browser(app, silent=True)
    browser.get("/login")
    held = dict(browser.cookies)
    for path in addresses(app, "POST"):
        page = browser.post(path, {"theme": "dark", "username": "eve", "password": "a long pass phrase"}, follow=False)
        assert page.status in (302, 303, 400, 401, 403, 404, 422), f"{path}: {page.status}"
        assert "theme" not in browser.cookies
    assert held["crumb_session"] == browser.cookies["crumb_session"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
    ],
)
def test_posts_from_elsewhere_are_refused(app, headers):
    """A browser says where a request comes from; from another site no form counts, token or not."""
    browser = Browser(app, silent=True)
    browser.get("/preferences")
    browser.headers.update(headers)
    page = browser.submit("main form", theme="dark")
    assert page.status == 403
    assert "theme" not in browser.cookies


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory):
    """One app for all hostile headers."""
    from webapp import create_app

    folder = tmp_path_factory.mktemp("hostile")
    return create_app({"INSTANCE": str(folder), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False})


@pytest.fixture(scope="module")
def hostile_requests(hostile_app):
    """Where they are sent, the names of ours that are in them, and chance for the rest."""
    paths = st.sampled_from([*addresses(hostile_app, "GET"), "/shop/search?q=x", "/nope"])
    own = [
        st.from_regex(getattr(cookie, "key", "[a-z]"), fullmatch=True).map(cookie.name.__add__)
        if cookie.many
        else st.just(cookie.name)
        for cookie in hostile_app.extensions["cookies"].registry
    ]
    return st.tuples(paths, st.lists(st.one_of(own), max_size=10), st.randoms(use_true_random=True))


def any_text(random: Random) -> str:
    """Return up to 1000 of the octets that a server may get in a header, as WSGI has them."""
    octets = random.randbytes(random.choice((0, 1, 4, 20, 200, 1000)))
    return octets.translate(None, b"\r\n\0").decode("latin-1")


# In halves, for two workers: each draws cases of its own. To draw every octet would take longer than to answer.
@pytest.mark.parametrize("half", ["one", "other"])
@given(data=st.data())
def test_any_cookie_header_gives_a_page(hostile_app, hostile_requests, half, data):
    """Whatever a Cookie header holds, our own names with odd values or strange ones, every page answers."""
    path, names, random = data.draw(hostile_requests)
    names += [any_text(random) for _ in range(random.randrange(3))]
    random.shuffle(names)
    header = "; ".join(name + random.choice(("=", "", "==")) + any_text(random) for name in names)
    response = hostile_app.test_client(use_cookies=False).get(path, headers={"Cookie": header.encode("latin-1")})
    assert response.status_code < 500, header


def test_too_many_cookies_are_cleared(app, browser):
    """Up to 32 KB of cookies are read; beyond, a page clears them, so that nobody is locked out."""
    assert browser.get("/", headers={"Cookie": "a=" + "x" * 32_000}).status == 200
    page = browser.get("/", headers={"Cookie": "; ".join(f"big{n}=" + "x" * 4000 for n in range(20))})
    assert page.status == 431
    assert page.headers["Clear-Site-Data"] == '"cookies"'
    page = browser.get("/", headers={"Cookie": f"__utma={'x' * 20_000}; __Host-a={'x' * 20_001}; b=1"})
    assert page.set_cookie == ["__Host-a=; Max-Age=0; Path=/; Secure"]  # only a prefix asks for it
    page = browser.get("/", headers={"Cookie": f"__Host-a=1; __utma={'x' * 33_000}; b=1"})
    assert page.set_cookie == ["__utma=; Max-Age=0; Path=/"]
    page = browser.get("/", headers={"Cookie": f"{'n' * 21_000}; a={'x' * 20_000}"})
    assert page.set_cookie == ["a=; Max-Age=0; Path=/"]  # a line for the other would be too long itself


@pytest.mark.parametrize(("number", "octets"), [(9, 4000), (180, 4000), (100, 400)])
@pytest.mark.parametrize("prefix", ["big", "long" * 40])
def test_a_browser_that_heeds_only_deletions_is_let_in(browser, number, octets, prefix):
    """The largest cookies go, as few as that takes; an answer's headers stay below 4 KB, so it may take several."""
    jar = {f"{prefix}{n}": "x" * (octets - len(f"{prefix}{n}=; ")) for n in range(number)} | {"theme": "dark"}
    excess, deleted = len("; ".join(map("=".join, jar.items()))) - LONGEST_HEADER, []
    while (page := browser.get("/", headers={"Cookie": "; ".join(map("=".join, jar.items()))})).status == 431:
        assert page.set_cookie and len(str(page.headers)) < 4000 and len(page.headers) < 100
        deleted += [line.partition("=")[0] for line in page.set_cookie]
        for name in deleted[-len(page.set_cookie) :]:
            del jar[name]
    assert page.status == 200 and page.html["data-theme"] == "dark"
    assert len(deleted) == math.ceil(excess / octets)


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.2:8000", "localhost.evil.test", "LOCALHOST.", "a b"])
def test_other_hosts_get_no_page(app, browser, host):
    """The site answers under its own names only."""
    page = browser.get("/", headers={"Host": host})
    assert page.status == 400
    assert "Crumb" in page.body.decode()
    assert page.set_cookie == []

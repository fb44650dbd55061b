"""What stands for the cookies that a browser holds: a page from its memory compares it with what the site says now."""


def test_a_page_knows_what_its_browser_holds_by_then(browser):
    """Its own answer counts too: right after it the site says the same; after any other change it does not."""
    for path in ("/", "/login", "/preferences", "/no-such-page"):
        page = browser.get(path)
        held = page.one("script[data-held]")
        assert held["data-asks"] == "/wire/held" and "data-ahead" not in held.attrs
        assert browser.get("/wire/held").body.decode() == held["data-held"], path
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    now = browser.get("/wire/held")
    assert now.body.decode() != held["data-held"] and now.set_cookie == []
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    assert browser.get("/").one("script[data-held]")["data-held"] == browser.get("/wire/held").body.decode()


def test_what_a_page_deletes_is_not_held(browser):
    """A line that deletes counts as well: the cookie is gone when the page is there."""
    page = browser.get("/shop/", headers={"Cookie": "recent_shop.rye-bread=x"})
    wire = page.cookies_set["wire"].partition(";")[0]
    assert set(page.cookies_set) == {"recent_shop.rye-bread", "wire"}
    now = browser.get("/wire/held", headers={"Cookie": wire}).body.decode()
    assert page.one("script[data-held]")["data-held"] == now


def test_the_question_is_no_exchange(browser):
    """It is not recorded: the page before it is what the visitor did last."""
    browser.get("/login")
    browser.get("/wire")
    browser.get("/wire/held")
    page = browser.get("/wire?own=y")
    assert [tag["data-exchange"] for tag in page.select("main [data-exchange]")] == ["GET /login", "GET /wire"]


def test_what_was_posted_is_not_asked_for_again(browser):
    """The answer to a form would send it once more, so it has no script; a page fetched ahead says so to its own."""
    browser.get("/login")
    page = browser.submit("#log-in", username="nobody", password="wrong")
    assert page.status == 422 and page.select("script[data-held]") == []
    page = browser.get("/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert "data-ahead" in page.one("script[data-held]").attrs

"""The other host's page with cookies of its own, and the way back that tells how many came."""

from tests.browsing import Browser

AWAY = "http://crowd.localhost:8000/lab/away"


def test_clear_site_data_takes_all_of_that_host_and_nothing_of_the_site(app):
    """Three cookies under three paths go with one header; those of the site never come there, and stay."""
    browser = Browser(app, engine="chromium")
    browser.get("/setcookie")
    browser.submit("main form", title="Flavour", value="rye")
    held = browser.cookies
    assert browser.get(AWAY).one("[data-came]")["data-came"] == "0"
    assert browser.submit('form[action*="set"]').one("[data-came]")["data-came"] == "3"
    page = browser.submit('form[action*="clear"]')
    assert page.before[0].headers["Clear-Site-Data"] == '"cookies"' and page.before[0].set_cookie == []
    assert page.one("[data-came]")["data-came"] == "0" and browser.cookies == held
    page = browser.follow("[data-back]")
    assert page.status == 200 and page.url.startswith("http://localhost:8000/lab?came=0&after=clear&sure=")


def test_clearing_nothing_is_told_apart(app):
    """Where no cookie was there to clear, the header goes out all the same, and the way back says so."""
    browser = Browser(app, engine="chromium")
    browser.get(AWAY)
    page = browser.submit('form[action*="clear"]')
    assert page.before[0].headers["Clear-Site-Data"] == '"cookies"'
    page = browser.follow("[data-back]")
    assert page.status == 200 and page.url.startswith("http://localhost:8000/lab?came=0&after=nothing&sure=")


def test_the_page_is_the_other_hosts_alone(app):
    """The site has no such page, what it shows is escaped, and other addresses are not found."""
    browser = Browser(app)
    assert browser.get("/lab/away").status == 404
    assert browser.get(f"{AWAY}/nowhere").status == 404
    page = browser.get(AWAY, headers={"Cookie": "a=<script>; \xff=1"})
    assert page.one("[data-came]")["data-came"] == "2" and not page.select("script")

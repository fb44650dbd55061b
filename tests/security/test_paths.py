"""Where `next` may lead: to this very site, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.security import safe_path

OFF_SITE = [
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "https://evil.test",
    "http:evil.test",
    "http:///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\\/evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r/evil.test",
    "\t//evil.test",
    " //evil.test",
    "/ /evil.test",
    "/%09/evil.test",
    "/%0a/evil.test",
    "/%0D/evil.test",
    "/%00/evil.test",
    "/%1f/evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "evil.test",
    "@evil.test",
    "?//evil.test",
    "#//evil.test",
    ".",
    "..",
    "",
    None,
    "http://localhost:8000@evil.test",
    "//localhost:8000@evil.test",
    "https:/evil.test",
    "mailto:a@evil.test",
    "//[::1]",
    "//[",
    "http://[",
    "/" + "a" * 3000,
    "\x00/",
    "/\x00",
    "/\x7f",
    "\u2028//evil.test",
    "%2f%2fevil.test",
    "%5c%5cevil.test",
    "blob:x",
    "file:///etc/passwd",
    "ftp://evil.test",
    "//evil.test/%2e%2e",
    "//\u3002evil",
    "http://evil.test\\@localhost",
    "/\x0b/evil.test",
    "/\x1f",
    "x:/",
    ":",
    "///",
    "//",
]


@pytest.mark.parametrize("target", OFF_SITE)
def test_nothing_leads_away(target):
    """Each of these becomes the default."""
    assert safe_path(target, "/home") == "/home"


@pytest.mark.parametrize("target", ["/", "/shop/", "/shop/search?q=a%20b&c=%26", "/a//b", "/forum/1#reply", "/%D8%A7"])
def test_paths_of_this_site_are_kept(target):
    """A path on this site is returned as it is."""
    assert safe_path(target, "/") == target


@given(target=st.text())
def test_any_text_is_a_path_or_the_default(target):
    """Whatever comes in, what goes out begins with exactly one slash and holds no control character."""
    path = safe_path(target, "/")
    assert path.startswith("/") and not path.startswith(("//", "/\\"))
    assert all(character > " " for character in path)


@pytest.mark.parametrize("target", [target for target in OFF_SITE if target])
def test_the_preferences_form_stays_here(browser, target):
    """A redirect after a form stays on the site, whatever `next` says."""
    browser.get("/preferences")
    page = browser.submit("main form", next=target, follow=False)
    assert page.status == 303
    assert page.headers["Location"] == "/"


@pytest.mark.parametrize(("path", "form", "wrong"), [
    ("/lab/send", "#lab", {"lines": "session=1"}),
    ("/lab/paste", "#paste", {"text": "{"}),
])  # fmt: skip
def test_a_detour_from_a_form_that_came_back_leads_to_it(browser, path, form, wrong):
    """Where one view shows a form and another takes it, its page with an error is left for a moment like any other."""
    browser.get(path)
    page = browser.submit(form, **wrong)
    assert page.status == 422
    assert page.one('form[action="/preferences/dock"] [name=next]')["value"] == path

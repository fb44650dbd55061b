"""Reading the dock, and holding what it says against what the browser keeps."""

from email.utils import parsedate_to_datetime

from tests.browser.browsers import Browser

# What the dock shows, in its order: the exchanges, and of each cookie that was set its name and the whole header line.
EXCHANGES = "() => [...document.querySelectorAll('[data-wire] [data-exchange]')].map(e => e.dataset.exchange)"
SET_LINES = """() => [...document.querySelectorAll('[data-wire] [data-set]')].map(
    e => [e.dataset.set, e.querySelector('[data-whole]').textContent])"""


def agree(browser: Browser, line: str) -> None:
    """Hold a Set-Cookie line that the dock shows against the cookie that the browser keeps of it."""
    pair, *rest = line.removeprefix("Set-Cookie:").strip().split("; ")
    name = pair.partition("=")[0]
    attributes = {key: value for key, _, value in (text.partition("=") for text in rest)}
    stored = [cookie for cookie in browser.cookies() if cookie.name == name]
    assert len(stored) == 1, f"{name} is in the cookie store {len(stored)} times"
    cookie = stored[0]
    assert cookie.path == attributes["Path"]
    assert cookie.http_only == ("HttpOnly" in attributes)
    assert cookie.secure == ("Secure" in attributes)
    assert cookie.same_site == attributes["SameSite"]
    assert cookie.domain == "localhost", "host-only: no dot in front"
    if "Max-Age" not in attributes:
        assert cookie.expires is None
    else:
        assert abs(cookie.expires - parsedate_to_datetime(attributes["Expires"]).timestamp()) <= 2

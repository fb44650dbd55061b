"""The headers on every answer."""

import pytest

KEY = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("url", "asked", "subdomains", "says"),
    [
        ("https://crumb.example", "crumb.example", "no", "max-age=63072000"),
        ("https://crumb.example:8443", "crumb.example:8443", "no", "max-age=63072000"),
        ("https://crumb.example", "crumb.example", "yes", "max-age=63072000; includeSubDomains"),
        ("https://crumb.example", "also.example", "yes", "max-age=63072000; includeSubDomains"),
        ("https://crumb.example", "strange.example", "yes", None),
        *(("https://crumb.example", host, "yes", None) for host in ("localhost", "127.0.0.1:8443")),
        *((f"https://{host}", host, "yes", None) for host in ("localhost:8443", "crumb.localhost", "127.0.0.1")),
        ("http://crumb.example", "crumb.example", "yes", None),
    ],
)
def test_hosts_are_bound_to_https_with_care(make_app, url, asked, subdomains, says):
    """Under https each host of ours is, for two years, those below it only if asked; this machine and others' never."""
    trusted = "also.example,localhost,127.0.0.1"
    settings = {"SECRET_KEY": KEY, "TRUSTED_HOSTS": trusted, "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    client = make_app(URL=url, HSTS_SUBDOMAINS=subdomains, **settings).test_client()
    status = 200 if "strange" not in asked else 400
    answer = client.get("/shop/", base_url=f"{url.partition(':')[0]}://{asked}")
    assert (answer.status_code, answer.headers.get("Strict-Transport-Security")) == (status, says)

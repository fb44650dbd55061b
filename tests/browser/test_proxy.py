"""A real browser in front of the shipped nginx.conf: HTTP/2, and as many cookies as a browser keeps."""

import shutil
from pathlib import Path

import pytest

from tests.deploy.running import KEY, nginx, program
from tests.serving import free_port, running


@pytest.mark.skipif(not program("nginx"), reason="nginx is not installed")
def test_whoever_has_too_many_cookies_gets_in(chromium, instance: Path, databases: dict[bool, Path], tmp_path: Path):
    """Chromium's own cookies of 4 KB, sent by HTTP/2: few are read, many are cleared, and the next page opens."""
    port, direct = free_port(), free_port()
    url = f"https://localhost:{port}/"
    shutil.copy(databases[False], tmp_path / "crumb.sqlite3")
    settings = {"CRUMB_URL": url, "CRUMB_SECRET_KEY": KEY, "CRUMB_PROXY_HOPS": "1", "CRUMB_INSTANCE": str(instance)}
    settings |= {"CRUMB_DATABASE_URL": f"sqlite:///{tmp_path}/crumb.sqlite3", "PORT": str(direct)}
    with (
        running(["python", "serve.py"], direct, tmp_path / "site.log", **settings),
        nginx(tmp_path, port, free_port(), direct),
        chromium.new_context(ignore_https_errors=True) as context,
    ):
        page = context.new_page()
        for number, status in ((8, 200), (40, 431), (170, 431)):
            context.add_cookies([{"name": f"big{n}", "value": "x" * 4000, "url": url} for n in range(number)])
            assert page.goto(url).status == status
            assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
            assert len(context.cookies()) == (number if status == 200 else 0)
            assert page.goto(f"{url}shop/").status == 200

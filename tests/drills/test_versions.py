"""An update while people are there: two versions run side by side, over one instance folder and over two."""

import re
import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from run import ROOT
from tests.serving import Served


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[tuple[str, str], Served]]:
    """By version and instance folder: the old and the new one over one, and the new one over another."""
    for version in ("old", "new"):
        for part in ("webapp", "templates", "static"):
            shutil.copytree(ROOT / part, tmp_path / version / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("config.py", "serve.py", "wsgi.py"):
            shutil.copy(ROOT / part, tmp_path / version)
        (tmp_path / version / "static/css/zz.css").write_text(f"b {{ --version: {version} }}")
    places = [("old", "one"), ("new", "one"), ("new", "other")]
    running = {place: Served(tmp_path / place[0], CRUMB_INSTANCE=str(tmp_path / place[1])) for place in places}
    yield running
    for served in running.values():
        served.kill()


@pytest.mark.whole("it starts three servers, each of which packs its styles; tests/test_assets.py has the short one")
def test_a_page_of_one_has_its_styles_from_the_other(servers):
    """Every style and picture of each one's page is there at each other, the page's own where its version was there."""
    for (of, at), (other, elsewhere) in permutations(servers, 2):
        page, served = servers[of, at].get("/")[1].decode(), servers[other, elsewhere]
        addresses = set(re.findall(r"/static/\w+/[^\"' ]+", page))
        assert any(address.endswith("/site.css") for address in addresses) and len(addresses) > 3
        for address in addresses:
            answer, body = served.get(address)
            assert answer.status == 200, address
            own = (of, elsewhere) in servers
            assert ("immutable" if own else "no-store") in answer.headers["Cache-Control"]
            if address.endswith("/site.css"):
                assert f"--version: {of if own else other}".encode() in body
    for served in servers.values():
        served.end()
        assert served.process.wait(5) == 0 and set(re.findall(" [A-Z]{4,} ", served.log.read_text())) <= {" INFO "}

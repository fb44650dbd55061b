"""What Lighthouse says of each kind of page, by its mobile preset; the median of three runs, two where they agree."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figure import Figure, left_out
from bench.servers import serve
from bench.visitors import SHOP, THREAD, TIMELINE, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import create_app, database

_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_LOCAL = Path(__file__).parents[1] / "tests/browser/node_modules/.bin/lighthouse"


def figures() -> Iterator[Figure]:
    """Look at one page of each kind, and at some as somebody sees them who is logged in."""
    lighthouse = shutil.which("lighthouse") or shutil.which(_LOCAL)
    if not lighthouse:
        why = "npm install --global lighthouse"
        yield from left_out(100, why, [f"Lighthouse {name}" for name in _CATEGORIES], True)
        return
    app = create_app()
    cookie = cookie_header(returning(app, language="en", dock=True))
    paths = ["/", SHOP, goods(Browser(app))[0], f"{SHOP}search?q=rye", f"{SHOP}basket", TIMELINE, "/forum/", THREAD]
    paths += ["/login", "/register", "/preferences", "/consent", "/cookies", "/setcookie", "/jar", "/wire"]
    paths += ["/lab", "/lab/send?preset=host", "/lab/why", "/lab/paste", "/lab/browser", "/lab/cross", "/lab/secret"]
    paths += ["/learn", "/learn/first", "/learn/first/end", "/learn/certificate", "/teach", "/teach/first", "/join"]
    database.dispose(app)
    with serve() as server:
        visits = [(path, path, "") for path in paths]
        visits += [(f"{path}, logged in", path, cookie) for path in ("/", SHOP, "/jar", "/wire", "/account")]
        for name, path, header in visits:
            runs = [_run(lighthouse, server.url + path, header) for _ in range(2)]
            if _scores(runs[0]) != _scores(runs[1]):
                runs.append(_run(lighthouse, server.url + path, header))
            for category in _CATEGORIES:
                score = median(_scores(run)[category] for run in runs) * 100
                yield Figure(f"Lighthouse {category}: {name}", 100, score, "points", at_least=True)
            for complaint in sorted({text for run in runs for text in _complaints(run)}):
                print(f"Lighthouse, {name}: {complaint}", file=sys.stderr)


def _run(lighthouse: str, url: str, cookie: str) -> dict:
    """Return Lighthouse's report on one page."""
    flags = "--headless=new --no-sandbox" if os.geteuid() == 0 else "--headless=new"
    command = [lighthouse, url, "--quiet", "--output=json", f"--only-categories={','.join(_CATEGORIES)}"]
    command += [f"--chrome-flags={flags}", "--no-enable-error-reporting"]
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    environment = {"CHROME_PATH": shutil.which("chromium") or shutil.which("google-chrome") or "", **os.environ}
    for _ in range(3):  # now and then Chromium is gone before it has told all
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if not done.returncode:
            return json.loads(done.stdout)
    raise RuntimeError(done.stderr.decode())


def _scores(report: dict) -> dict[str, float]:
    return {category: report["categories"][category]["score"] or 0 for category in _CATEGORIES}


def _complaints(report: dict) -> Iterator[str]:
    """Yield what cost points, in Lighthouse's words."""
    for category in report["categories"].values():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['id']}: {audit['title']} ({audit['score']:.2f})"

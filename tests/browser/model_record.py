"""Records what the installed browsers do with every case, for the tests that run without browsers:

    .venv/bin/python -m tests.browser.model_record

writes tests/useragent/firefox-verdicts.json and chromium-more.json. Look at the difference before you keep them.
"""

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.browsers import Browser
from tests.browser.chromium import Chromium
from tests.browser.firefox import Firefox
from tests.browser.model_cases import CASES
from tests.browser.model_world import World, world
from tests.useragent.recorded import FOLDER


def record(name: str, browser: Browser, stage: World, cases: list) -> None:
    """Run the cases and write the file `name`."""
    version = browser.run("() => navigator.userAgent.match(/(Chrome|Firefox).[0-9.]+/)[0]")
    start = int(time.time())
    played = [stage.play(browser, case) for case in cases]
    found = {
        "browser": version,
        "recorded": datetime.fromtimestamp(start, UTC).isoformat(),
        "cases": [{**case, "at": round(case["at"] - start, 1)} for case in played],
    }
    (FOLDER / name).write_text(json.dumps(found, indent=0) + "\n", encoding="ascii")


def main() -> None:
    """Record with both browsers, one after the other."""
    old = json.loads((FOLDER / "chromium-verdicts.json").read_text(encoding="ascii"))["cases"]
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as stage, sync_playwright() as playwright:
        chromium = Chromium("about:blank", stage.prepare(Path(folder) / "chromium"), playwright)
        record("chromium-more.json", chromium, stage, CASES)
        chromium.close()
        firefox = Firefox("about:blank", stage.prepare(Path(folder) / "firefox"))
        record("firefox-verdicts.json", firefox, stage, [*old, *CASES])
        firefox.close()


if __name__ == "__main__":
    main()

"""A pytest plugin for the tests of other people's clients: their fixture `httpbin` is our site's calls.

Only the tests that ask for cookie calls and nothing else are kept: there is no more of httpbin here.
"""

import inspect
import os
import re
from types import SimpleNamespace

import pytest


@pytest.fixture
def httpbin() -> SimpleNamespace:
    """What pytest-httpbin hands out, as far as it is used: a server with an address."""
    return SimpleNamespace(url=os.environ["CRUMBTEST_HTTPBIN"])


def _asks_for_cookies(item: pytest.Item) -> bool:
    calls = re.findall(r"httpbin\(\s*[\"'](\w+)", inspect.getsource(item.function))
    return "httpbin" in item.fixturenames and set(calls) == {"cookies"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of everything else."""
    kept = [item for item in items if _asks_for_cookies(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept

"""Lessons through the relay: a student's browser is at localhost, and nothing is missing there."""

from collections.abc import Iterator

import pytest

from tests.browser.serving import site
from tests.browser.test_lessons import play_through
from tests.classroom.test_relay import Relay
from tests.lessons.playing import LESSONS
from tests.serving import free_port

REST = pytest.mark.whole("the relay passes bytes, and lessons with other hosts tell whether all of them come")


@pytest.fixture(scope="module")
def relayed(tmp_path_factory) -> Iterator[str]:
    """The address that a relay opens on a student's machine, at another port than the laptop's."""
    port = free_port()
    with site(tmp_path_factory.mktemp("class") / "instance", port, CRUMB_URL="http://localhost"):
        relay = Relay(f"http://127.0.0.1:{port}")
        try:
            yield f"http://localhost:{relay.port}"
        finally:
            said = relay.end()
    assert said == ("", "")


@pytest.mark.parametrize("key", [pytest.param(key, marks=() if key == "forged" else REST) for key in LESSONS])
def test_a_lesson_can_be_played_through_the_relay(start, relayed, key):
    """Each step is done as it is on the laptop itself: Secure, prefixes and the other parties are there."""
    play_through(start(relayed), key)

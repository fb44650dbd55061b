"""The words that lessons are written in."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from webapp.lessons.lesson import CHALLENGE, Seen
from webapp.wire.record.exchange import Exchange


@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        ({"sends": "a=2; a=1; *"}, True),
        ({"sends": "a=1; *"}, False),
        ({"sends": "a=1"}, True),
        ({"sends": "*b*"}, True),
        ({"sends": "a=*b=3"}, False),
        ({"lacks": "a=1; *"}, True),
        ({"lacks": "*a=1; b=*"}, False),
    ],
)
def test_a_semicolon_asks_for_the_order(wish, fits):
    """Without one a wish is for a single pair; with one it is for the whole line."""
    sent = [("a", "2"), ("a", "1"), ("b", "3")]
    exchange = Exchange(datetime.now(UTC), "GET", "/", 200, "", sent, [], [])
    assert Seen(**wish).fits(exchange) == fits


def test_the_number_of_a_challenge_stands_in_one_place():
    """No template has it: they are told."""
    templates = Path(__file__).resolve().parents[2] / "templates"
    for file in [*templates.glob("lessons/*.html"), *templates.glob("classroom/*.html")]:
        assert not re.search(rf"(?<![\w.-]){CHALLENGE}(?![\w.-])", file.read_text()), file

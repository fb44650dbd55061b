"""The model against a real browser: what Firefox 153 stored and sent, recorded with tests/browser/model_record.py."""

import pytest

from tests.useragent.recorded import DIFFERENCES, agrees, load

RECORDING = load("firefox-verdicts.json")


@pytest.mark.parametrize("case", RECORDING.cases, ids=[case["id"] for case in RECORDING.cases])
def test_the_model_agrees_with_firefox(case):
    """For each recorded case, the firefox engine stores and sends the same, but for the named differences."""
    agreed = agrees("firefox", case, RECORDING.moment)
    assert agreed is (case["id"] not in DIFFERENCES["firefox"])


def test_named_differences_are_recorded_cases():
    """A difference that no case shows would excuse nothing."""
    assert DIFFERENCES["firefox"].keys() <= {case["id"] for case in RECORDING.cases}

"""The model against a real browser: what Chromium 156 stored and sent, on 22 November 2026.

First the 237 cases of the project's reference, then those recorded with tests/browser/model_record.py.
"""

import json
from datetime import UTC, datetime

import pytest

from tests.useragent.recorded import DIFFERENCES, FOLDER, agrees, load

CASES = json.loads((FOLDER / "chromium-verdicts.json").read_text(encoding="ascii"))["cases"]
MORE = load("chromium-more.json")

# The recording of the reference took some eight minutes.
MIDDLE = datetime(2026, 11, 22, 7, 48, tzinfo=UTC)
SPREAD = 240

# What Chromium does and RFC 6265bis does not ask for, one line for each way to differ.
SPEC_DIFFERENCES = {
    "value-014": "a TAB inside the value: Chromium refuses",
    "expires-020": "a year of five digits: Chromium reads it",
    "domain-030": "Domain is the own address: Chromium takes it as no Domain",
    "domain-031": "the same, with a leading dot",
    "secure-126": "__Host- with Domain=localhost, which comes out as host-only: Chromium refuses",
    "secure-163": "__Host- with the own address as Domain: Chromium stores",
    "mixed-119": "nameless, with = in the value: Chromium refuses since 148",
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_model_agrees_with_chromium(case):
    """For each recorded case, the chromium engine stores and sends the same, but for the named differences."""
    assert agrees("chromium", case, MIDDLE, SPREAD) is (case["id"] not in DIFFERENCES["chromium"])


@pytest.mark.parametrize("case", MORE.cases, ids=[case["id"] for case in MORE.cases])
def test_the_model_agrees_with_chromium_in_more_cases(case):
    """The same for the cases that seek out where browsers and the specification part."""
    assert agrees("chromium", case, MORE.moment) is (case["id"] not in DIFFERENCES["chromium"])


def test_the_specification_differs_from_chromium_in_the_named_cases_only():
    """The spec engine differs from the browser exactly where the table says so."""
    different = {case["id"] for case in CASES if not agrees("spec", case, MIDDLE, SPREAD)}
    assert different == SPEC_DIFFERENCES.keys()

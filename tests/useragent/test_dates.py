"""The cookie-date algorithm (RFC 6265bis, 5.1.1), and how Chromium and Firefox read dates."""

import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.useragent.dates import EARLIEST, LATEST, parse_chromium_date, parse_cookie_date, parse_firefox_date

EXAMPLES = int(os.environ.get("CRUMBTEST_HYPOTHESIS_EXAMPLES", "200"))
NOON = datetime(2027, 6, 9, 10, 18, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 09 Jun 2027 10:18:14 GMT",
        "Wed, 09-Jun-2027 10:18:14 GMT",
        "Wednesday, 09-Jun-27 10:18:14 GMT",
        "Wed Jun  9 10:18:14 2027",
        "Sun, 09 Jun 2027 10:18:14 PST",  # neither the day's name nor the zone means anything
        "9 jun 2027 10:18:14",
        "10:18:14 2027 JUNE 09",  # the day is the first number of one or two digits
        "2027/jun/09/10:18:14",
        "09 Juney 2027 10:18:14",
        "09th Jun 2027 10:18:14",
        "09 Jun 2027AD 10:18:14",
        "09 Jun 2027 10:18:14.999",
        "09 Jun 2027 10:18:14am",
        "\t;09 Jun 2027;10:18:14;",
        '"09 Jun 2027 10:18:14"',
        "09 Jun 2027 10:18:14 11:11:11",  # the first that fits is taken
        "09 Jun 2027 10:18:14 12 Jul 2028",
        "Wed\xe9 09 Jun 2027 10:18:14",
    ],
)
def test_these_all_mean_the_same_moment(text):
    """Order, delimiters and what follows a part are free."""
    assert parse_cookie_date(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "0",
        "tomorrow",
        "1812536294",
        "09 Jun 2027",
        "09 Jun 2027 10:18",
        "09 Jun 10:18:14",
        "09 2027 10:18:14",
        "Jun 2027 10:18:14",
        "09 Jun 2027 24:00:00",
        "09 Jun 2027 10:60:00",
        "09 Jun 2027 10:18:60",
        "09 Jun 2027 010:18:14",
        "00 Jun 2027 10:18:14",
        "32 Jun 2027 10:18:14",
        "31 Jun 2027 10:18:14",
        "29 Feb 2027 10:18:14",
        "09 Jun 1600 10:18:14",
        "09 Jun 123 10:18:14",
        "09 Jun 99999 10:18:14",
        "2027-06-09T10:18:14Z",
        "009 Jun 2027 10:18:14",
        "\xb29 Jun 2027 10:18:14",  # a superscript two is no digit
        "09 \u017fep 2027 10:18:14",
    ],
)
def test_these_are_no_dates(text):
    """A missing part, or one out of range, and there is no date at all."""
    assert parse_cookie_date(text) is None


@pytest.mark.parametrize(
    ("written", "year"),
    [("70", 1970), ("99", 1999), ("00", 2000), ("69", 2069), ("0027", 2027), ("0070", 1970), ("1601", 1601)],
)
def test_years_of_two_digits_belong_to_this_century_or_the_last(written, year):
    """70 to 99 are of the twentieth century, 00 to 69 of this one, however many zeros stand before."""
    assert parse_cookie_date(f"09 Jun {written} 10:18:14") == NOON.replace(year=year)


def test_a_leap_day_is_a_date():
    """29 February is taken in a leap year."""
    assert parse_cookie_date("29 Feb 2028 00:00:00") == datetime(2028, 2, 29, tzinfo=UTC)


# As measured; None: no date. Firefox's second column is the one of NSPR, slips included.
@pytest.mark.parametrize(
    ("text", "chromium", "firefox"),
    [
        ("09 Jun 2027 10:18:14 PST", NOON, NOON + timedelta(hours=8)),
        ("09 Jun 2027 10:18:14 +0230", NOON, NOON - timedelta(hours=2, minutes=30)),
        ("09 Jun 2027 10:18:14 pm", NOON, NOON + timedelta(hours=12)),
        ("09 Jun 2027 10:18", None, NOON - timedelta(seconds=62)),
        ("09 Jun 2027", None, datetime(2027, 6, 9, tzinfo=UTC)),
        ("06/09/2027", None, datetime(2027, 6, 9, tzinfo=UTC)),
        ("31 Apr 2027 24:00:00", None, datetime(2027, 5, 2, tzinfo=UTC)),
        ("09th Jun 2027 10:18:14", None, None),
        ("09 Jun 2027 10:18:14x", None, NOON),
        ("09 Jun 2027 010:18:14", NOON, datetime(2027, 6, 9, tzinfo=UTC)),
        ("09 Jun 202 10:18:14", EARLIEST, None),
        ("09 Jun 1600 10:18:14", EARLIEST, datetime(1600, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("09 Jun 32767 10:18:14", LATEST, LATEST),
        ("09 Jun 99999 10:18:14", LATEST, None),
        ("31 Jun 99999 10:18:14", None, None),
    ],
)
def test_browsers_read_dates_in_their_own_ways(text, chromium, firefox):
    """Chromium is stricter about numbers; Firefox heeds zones and carries over what is too much."""
    assert parse_chromium_date(text) == chromium
    assert parse_firefox_date(text) == firefox


LIKELY = st.lists(
    st.sampled_from(["09", "Jun", "2027", "10:18:14", "10:", "1/2/3", "-", "+", "-0130", "PST", " ", ",", "0", "99999"])
).map(" ".join)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.text(st.characters(max_codepoint=255)) | LIKELY,
    st.sampled_from([parse_cookie_date, parse_chromium_date, parse_firefox_date]),
)
def test_no_text_raises(text, parse):
    """Any latin-1 text is a date in UTC or none."""
    date = parse(text)
    assert date is None or date.utcoffset() == timedelta(0)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.datetimes(datetime(1601, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))
def test_what_a_server_writes_is_read_back(date):
    """The date form of HTTP survives each lenient reading, to the second."""
    for parse in (parse_cookie_date, parse_chromium_date, parse_firefox_date):
        found = parse(format_datetime(date, usegmt=True))
        assert found == date.replace(microsecond=0) or (parse is parse_firefox_date and date.year > 9990)

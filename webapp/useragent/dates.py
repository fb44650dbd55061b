"""Cookie dates: the lenient reading of `Expires` (RFC 6265bis, 5.1.1)."""

import re
from datetime import UTC, datetime

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)

# Latin-1 has digits that are none here (U+00B2 and others), so [0-9] and never \d.
_DELIMITERS = re.compile(r"[\x09\x20-\x2F\x3B-\x40\x5B-\x60\x7B-\x7E]+")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")
_DAY = re.compile(r"([0-9]{1,2})(?![0-9])")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE | re.ASCII)
_YEAR = {digits: re.compile(rf"([0-9]{{2,{digits}}})(?![0-9])") for digits in (4, 5)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_cookie_date(text: str, year_digits: int = 4) -> datetime | None:
    """Return the moment that `text` means, in UTC, or None where the algorithm of 5.1.1 fails.

    The order of the parts is free, the name of the day and the time zone mean nothing, and the first token that
    fits a part is taken. `year_digits` is 4, or 5 for Chromium; a year after 9999 becomes the latest datetime.
    """
    time = day = month = year = None
    for token in _DELIMITERS.split(text):
        if time is None and (match := _TIME.match(token)):
            time = tuple(int(part) for part in match.groups())
        elif day is None and (match := _DAY.match(token)):
            day = int(match[1])
        elif month is None and (match := _MONTH.match(token)):
            month = _MONTHS.index(match[0].lower()) + 1
        elif year is None and (match := _YEAR[year_digits].match(token)):
            year = int(match[1])
    if time is None or day is None or month is None or year is None:
        return None
    if 70 <= year <= 99:
        year += 1900
    elif year <= 69:
        year += 2000
    if year < 1601:
        return None
    try:
        # A leap year stands in for a year that datetime can't hold, so that the other parts are still checked.
        date = datetime(min(year, 9996), month, day, *time, tzinfo=UTC)
        return LATEST if year > 9999 else date.replace(year=year)
    except ValueError:
        return None

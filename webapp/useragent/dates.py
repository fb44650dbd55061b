"""Cookie dates: three lenient readings of `Expires`, and what is known of a fourth.

The one of RFC 6265bis (5.1.1), and those of Chromium and Firefox as measured: both read some dates that the
specification does not, and the other way round. Of Safari only the usual form is known, and two that it can't read.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)

# Latin-1 has digits that are none here (U+00B2 and others), so [0-9] and never \d.
_DELIMITERS = re.compile(r"[\x09\x20-\x2F\x3B-\x40\x5B-\x60\x7B-\x7E]+")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")
_DAY = re.compile(r"([0-9]{1,2})(?![0-9])")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"([0-9]{2,4})(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_cookie_date(text: str) -> datetime | None:
    """Return the moment that `text` means, in UTC, or None where the algorithm of 5.1.1 fails.

    The order of the parts is free, the name of the day and the time zone mean nothing, and the first token that
    fits a part is taken.
    """
    time = day = month = year = None
    for token in _DELIMITERS.split(text):
        if time is None and (match := _TIME.match(token)):
            time = (int(match[1]), int(match[2]), int(match[3]))
        elif day is None and (match := _DAY.match(token)):
            day = int(match[1])
        elif month is None and (match := _MONTH.match(token)):
            month = _MONTHS.index(match[0].lower()) + 1
        elif year is None and (match := _YEAR.match(token)):
            year = _four_digits(int(match[1]))
    if time is None or day is None or month is None or year is None or year < 1601:
        return None
    return _checked(year, month, day, time)


_CHROMIUM_TIME = re.compile(r"0*([0-9]{1,2}):0*([0-9]{1,2}):0*([0-9]{1,2})")
_CHROMIUM_NUMBER = re.compile(r"[0-9]{1,5}")


def parse_chromium_date(text: str) -> datetime | None:
    """Read a date as Chromium does: numbers with letters behind them are none, years have one to five digits.

    A year before 1601 is not unreadable but past, and one after 9999 becomes the latest datetime.
    """
    time = day = month = year = None
    for token in _DELIMITERS.split(text):
        if time is None and (match := _CHROMIUM_TIME.fullmatch(token)):
            time = (int(match[1]), int(match[2]), int(match[3]))
        elif _CHROMIUM_NUMBER.fullmatch(token):
            if day is None and len(token) <= 2:
                day = int(token)
            elif year is None:
                year = _four_digits(int(token))
        elif month is None and (match := _MONTH.match(token)):
            month = _MONTHS.index(match[0].lower()) + 1
    if time is None or day is None or month is None or year is None:
        return None
    date = _checked(year, month, day, time)
    return EARLIEST if date and year < 1601 else date


def _four_digits(year: int) -> int:
    return year + 2000 if year < 70 else year + 1900 if year < 100 else year


def _checked(year: int, month: int, day: int, time: tuple[int, int, int]) -> datetime | None:
    """Return the moment, or None where the calendar or the clock has no such thing."""
    try:
        # A year with the same leap day stands in for one that datetime can't hold, so that the rest is still checked.
        date = datetime(year if year <= 9999 else 2000 + year % 400, month, day, *time, 0, UTC)
    except ValueError:
        return None
    return LATEST if year > 9999 else date


_WORD = re.compile(r"[^ \t,;\-+/()\[\]]*")
_GAP = re.compile(r"[ \t,;/()\[\]]*")
_DIGITS = re.compile(r"[0-9]+")
_CLOCK = re.compile(r"([0-9]+):([0-9]*+):?([0-9]*)")
_NOON = re.compile(r"[ \t]*([ap])m", re.IGNORECASE | re.ASCII)
_NUMBERS = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4,5}|[0-9]{1,2})(?![0-9A-Za-z])")
_ZONES = {  # in minutes, summer time included
    "pst": -480, "pdt": -420, "mst": -420, "mdt": -360, "cst": -360, "cdt": -300, "est": -300, "edt": -240,
    "ast": -240, "nst": -210, "gmt": 0, "bst": 60, "met": 60, "eet": 120, "jst": 540,
}  # fmt: skip


class _Date:
    """What Firefox has found of a date so far; None is not yet."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.time: tuple[int, int, int] | None = None
        self.zone: int | None = None  # minutes by name
        self.offset: int | None = None  # minutes by number

    def take(self, text: str, at: int) -> int:
        """Read the word at `at`; return the place where the next one is looked for."""
        if text[at] in "+-":
            return self._take_offset(text, at)
        if not (digits := _DIGITS.match(text, at)):
            self._take_name(text[at : at + 3].lower(), text[at + 2 : at + 3])
            return at
        after = text[digits.end() : digits.end() + 2]
        if after[:1] == ":":
            return self._take_clock(text, at)
        if after[:1] in ("/", "-") and after[1:].isascii() and after[1:].isdigit():
            return self._take_numbers(text, at)
        if not (after[:1].isascii() and after[:1].isalpha()):
            self._take_number(digits[0])
        return at

    def _take_name(self, name: str, third: str) -> None:
        if name in _MONTHS:
            if self.month is None:
                self.month = _MONTHS.index(name) + 1
        elif self.zone is None:
            letter = third.isascii() and third.isalpha()
            self.zone = 0 if name[:2] == "ut" and not letter else _ZONES.get(name)

    def _take_offset(self, text: str, at: int) -> int:
        digits = _DIGITS.match(text, at + 1)
        if digits and self.offset is None and not self.zone and len(digits[0]) in (1, 2, 4):
            hours, minutes = (digits[0], "0") if len(digits[0]) < 4 else (digits[0][:2], digits[0][2:])
            self.zone, self.offset = 0, (int(hours) * 60 + int(minutes)) * (1 if text[at] == "+" else -1)
        return at + 1

    def _take_clock(self, text: str, at: int) -> int:
        match = _CLOCK.match(text, at)
        if not match or self.time is not None or len(match[1]) > 2:
            return at
        hour, minute, second = match.groups()
        if not minute or len(minute) > 2 or len(second) > 2:
            return match.start(2)
        noon = _NOON.match(text, match.end())
        hours = int(hour)
        if noon and hours <= 12:
            hours = hours % 12 + (12 if noon[1] in "pP" else 0)
        # A slip of NSPR: without seconds, the octet that stands where they should be is taken for a digit.
        behind = text[match.end() : match.end() + 1] or "\0"
        self.time = (hours, int(minute), int(second) if second else ord(behind) - ord("0"))
        return match.end()

    def _take_numbers(self, text: str, at: int) -> int:
        match = _NUMBERS.match(text, at)
        if self.month is not None or not match:
            return at
        first, second, third = (int(number) for number in match.groups())
        if first > 31 or first == 0:
            if second > 12 or third > 31:
                return at
            self.year, self.month, self.day = _four_digits(first), second, third
        elif first > 12 and second <= 12:
            self.day, self.month, self.year = first, second, _four_digits(third)
        elif first <= 12:
            self.month, self.day, self.year = first, second, _four_digits(third)
        return match.end()

    def _take_number(self, digits: str) -> None:
        if len(digits) in (4, 5):
            self.year = int(digits) if self.year is None else self.year
        elif len(digits) <= 2 and self.day is None and int(digits) < 32:
            self.day = int(digits)
        elif len(digits) == 2 and self.year is None:
            self.year = _four_digits(int(digits))

    @property
    def minutes(self) -> int:
        """How far the time zone is ahead of UTC."""
        return self.offset if self.offset is not None else self.zone or 0

    def moment(self) -> datetime | None:
        """Return what was found, days and hours too many carried over; None where a part of the day is missing."""
        if self.month is None or self.day is None or self.year is None or self.year > 32767:
            return None
        hours, minutes, seconds = self.time or (0, 0, 0)
        start = datetime(min(max(self.year, 2), 9990), self.month or 1, 1, tzinfo=UTC)
        date = start + timedelta(days=self.day - 1, hours=hours, minutes=minutes - self.minutes, seconds=seconds)
        if not self.month:  # month 0 is the last of the year before
            date -= timedelta(days=31)
        return EARLIEST if self.year < 2 else LATEST if self.year > 9990 else date


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def parse_firefox_date(text: str) -> datetime | None:
    """Read a date as Firefox does, by the rules of NSPR: time zones count, 24:00 and 31 April are carried over.

    The time may be missing, and numbers alone will do ("06/09/2027", the month first where it can be).
    """
    return _read_firefox_date(text).moment()


def has_time_zone(text: str) -> bool:
    """Whether a date names a time zone other than UTC, for who heeds it (which the specification does not)."""
    return _read_firefox_date(text).minutes != 0


def _read_firefox_date(text: str) -> _Date:
    found, at = _Date(), 0
    while at < len(text):
        at = _behind(_GAP, text, _behind(_WORD, text, found.take(text, at)))
        while text[at : at + 1] == "-" and (
            (found.year is None and text[at - 1 : at].isascii() and text[at - 1 : at].isalpha())
            or not _DIGITS.match(text, at + 1)
        ):
            at = _behind(_GAP, text, at + 1)
    return found


_SMALL = "|".join(_MONTHS)
_USUAL = re.compile(
    rf"(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [0-9]{{2}} ({_SMALL.title()}|{_SMALL}) [0-9]{{4}} "
    "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
)
_MONTH_FIRST = re.compile(rf"[^0-9]*\b({_SMALL})", re.IGNORECASE)
_MISWRITTEN = re.compile(rf"\b({_SMALL.upper()}|MON|TUE|WED|THU|FRI|SAT|SUN|({_SMALL})[a-z])")


def parse_usual_date(text: str) -> datetime | None:
    """Read a date in the form that servers write, `Sun, 22 Nov 2026 12:00:00 GMT`, and no other."""
    return parse_cookie_date(text) if _USUAL.match(text) else None


def parse_any_date(text: str) -> datetime | None:
    """Read the usual form, and take any other text with digits for a date long past."""
    return parse_usual_date(text) or (EARLIEST if re.search("[0-9]", text) else None)


def unread_in_safari(read: Callable[[str], datetime | None]) -> Callable[[str], datetime | None]:
    """Return `read` without the dates that Safari can't: the month before the day, names as "JAN" or "january"."""

    def parse(text: str) -> datetime | None:
        return None if _MISWRITTEN.search(text) or _MONTH_FIRST.match(text) else read(text)

    return parse

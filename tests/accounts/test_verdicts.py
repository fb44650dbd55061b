"""Decisions about log-ins, case by case: what a remember cookie is, whether a device lives, how long one waits."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from webapp.accounts.lifetimes import (
    GRACE,
    IDLE,
    LONGEST,
    LONGEST_REMEMBERED,
    REMEMBERED,
    bounded,
    session_end,
    standing,
)
from webapp.accounts.redeeming import verdict
from webapp.accounts.throttle import (
    DAY,
    DEMO,
    DRAWN,
    DRAWN_PER_ADDRESS,
    NEWCOMER,
    PER_ACCOUNT,
    PER_ADDRESS,
    WINDOW,
    wait,
)
from webapp.address import network
from webapp.cookies import LEEWAY

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KNOWN, MANY = "a-browser-1", (99_999, NOW - SECOND)


class Device(NamedTuple):
    """A row as it is when its tokens were renewed ten minutes ago, and the answer arrived."""

    validator_hash: str = "new"
    previous_hash: str | None = "old"
    retired_at: datetime | None = None
    seen: bool = True
    rotated_at: datetime = NOW - timedelta(minutes=10)
    created_at: datetime = NOW - DAY
    ended_at: datetime | None = None
    demo: bool = False
    drawn: str | None = None
    since: datetime = NOW - DAY  # when the account was made


@pytest.mark.parametrize(
    ("word", "row", "digest"),
    [
        ("unknown", None, "new"),
        ("ended", Device(ended_at=NOW - DAY), "new"),
        ("ended", Device(ended_at=NOW - DAY), "old"),
        ("ended", Device(ended_at=NOW - DAY, created_at=NOW - REMEMBERED), "new"),
        ("over", Device(rotated_at=NOW - 30 * DAY, created_at=NOW - 30 * DAY), "new"),
        ("over", Device(rotated_at=NOW - 30 * DAY, created_at=NOW - 30 * DAY), "old"),
        ("current", Device(rotated_at=NOW - 30 * DAY + SECOND, created_at=NOW - 30 * DAY), "new"),
        ("over", Device(created_at=NOW - REMEMBERED), "new"),
        ("current", Device(created_at=NOW - REMEMBERED + SECOND), "new"),
        ("current", Device(), "new"),
        ("current", Device(seen=False), "new"),
        ("current", Device(previous_hash=None), "new"),
        ("current", Device(previous_hash="new"), "new"),
        ("foreign", Device(), "another"),
        ("foreign", Device(previous_hash=None), "old"),
        ("foreign", Device(previous_hash=None), ""),
        ("foreign", Device(rotated_at=NOW), "another"),
        ("late", Device(rotated_at=NOW), "old"),
        ("late", Device(rotated_at=NOW - GRACE), "old"),
        ("late", Device(rotated_at=NOW - GRACE, seen=False), "old"),
        ("late", Device(rotated_at=NOW + timedelta(minutes=2)), "old"),  # another server's clock
        ("late", Device(rotated_at=NOW - timedelta(seconds=60) - LEEWAY), "old"),
        ("stolen", Device(rotated_at=NOW - GRACE - SECOND), "old"),
        ("lost", Device(rotated_at=NOW - GRACE - SECOND, seen=False), "old"),
        ("late", Device(retired_at=NOW - GRACE), "older"),
        ("stolen", Device(retired_at=NOW - GRACE - SECOND), "older"),
        ("stolen", Device(retired_at=NOW - GRACE - SECOND, seen=False), "older"),
        ("stolen", Device(rotated_at=NOW, retired_at=NOW - DAY), "older"),
        ("late", Device(rotated_at=NOW, retired_at=NOW - DAY), "old"),
        ("over", Device(drawn="form", since=NOW - DAY), "new"),
        ("over", Device(drawn="form", since=NOW - DAY, rotated_at=NOW), "old"),
        ("current", Device(drawn="form", since=NOW - DAY + SECOND), "new"),
    ],
)
def test_what_a_remember_cookie_is(word, row, digest):
    """Each case has one word: by the row, the validator's hash, the time, to the second."""
    assert verdict(row, digest, NOW, demo_accounts=True) == word


@pytest.mark.parametrize(
    ("word", "row", "demo_accounts"),
    [("over", Device(demo=True), False), ("current", Device(demo=True), True), ("current", Device(), False)],
)
def test_demo_accounts_can_be_switched_off(word, row, demo_accounts):
    """Without demo accounts those of people live on, and nobody returns to a demo account."""
    assert verdict(row, "new", NOW, demo_accounts) == word
    assert standing(row, NOW + SECOND, NOW, demo_accounts) == {"current": "live"}.get(word, word)


@pytest.mark.parametrize(
    ("remembered", "rotated", "seen", "created", "left"),
    [
        (False, DAY, timedelta(hours=1), DAY, IDLE - timedelta(hours=1)),
        (True, DAY, timedelta(hours=1), DAY, IDLE - timedelta(hours=1)),
        (False, LONGEST - SECOND, timedelta(0), LONGEST, SECOND),
        (True, LONGEST_REMEMBERED - SECOND, timedelta(0), LONGEST, SECOND),
        (True, DAY, timedelta(0), REMEMBERED - SECOND, SECOND),
    ],
)
def test_when_a_session_ends(remembered, rotated, seen, created, left):
    """A day after the last request, 30 days after the log-in, 15 after a renewal where the cookie brings a new one."""
    end = session_end(remembered, NOW - rotated, NOW - seen, NOW - created)
    assert end == NOW + left
    assert standing(Device(), end, end - SECOND, demo_accounts=True) == "live"
    assert standing(Device(), end, end, demo_accounts=True) == "over"


@pytest.mark.parametrize(
    ("drawn", "since", "left"),
    [
        (None, 99 * DAY, DAY),
        ("form", timedelta(0), DAY),
        ("form", timedelta(hours=1), timedelta(hours=23)),
        ("form", 2 * DAY, -DAY),
    ],
)
def test_a_log_in_ends_with_its_account(drawn, since, left):
    """Where the name was drawn, a day after the account was made at the latest; any other account stays."""
    assert bounded(Device(drawn=drawn, since=NOW - since), NOW + DAY) == NOW + left


@pytest.mark.parametrize(
    ("bucket", "by_account", "by_address", "left"),
    [
        ("", (0, None), (0, None), None),
        ("", (PER_ACCOUNT - 1, NOW - SECOND), (PER_ADDRESS - 1, NOW - SECOND), None),
        ("", (PER_ACCOUNT, NOW - SECOND), (PER_ACCOUNT, NOW - SECOND), WINDOW - SECOND),
        ("", (0, None), (PER_ADDRESS, NOW - WINDOW + SECOND), SECOND),
        ("", (PER_ACCOUNT + 1, NOW - SECOND), (PER_ADDRESS, NOW - 2 * SECOND), WINDOW - SECOND),
        ("", (PER_ACCOUNT, NOW - 2 * SECOND), (PER_ADDRESS, NOW - SECOND), WINDOW - SECOND),
        (KNOWN, (PER_ACCOUNT - 1, NOW - SECOND), MANY, None),
        (KNOWN, (PER_ACCOUNT, NOW - SECOND), (0, None), WINDOW - SECOND),
        (DEMO, MANY, (PER_ADDRESS - 1, NOW - SECOND), None),
        (DEMO, (0, None), (PER_ADDRESS, NOW - SECOND), WINDOW - SECOND),
        (NEWCOMER, MANY, (PER_ADDRESS - 1, NOW - SECOND), None),
        (NEWCOMER, (0, None), (PER_ADDRESS, NOW - SECOND), DAY - SECOND),
        (DRAWN, MANY, (DRAWN_PER_ADDRESS - 1, NOW - SECOND), None),
        (DRAWN, (0, None), (DRAWN_PER_ADDRESS, NOW - SECOND), DAY - SECOND),
    ],
)
def test_how_long_one_waits(bucket, by_account, by_address, left):
    """Below every limit of the bucket not at all; at one, until the oldest counted there is out of its window.

    A known browser is held to the account's count alone, demo accounts and newcomers to the address's alone.
    """
    assert wait(bucket, by_account, by_address, NOW) == left


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("2001:DB8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_an_address_is_counted_as(address, counted):
    """IPv4 as it is, however it is written; of IPv6 the first 64 bits; what is none, as it came."""
    assert network(address) == counted

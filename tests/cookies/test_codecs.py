"""Codecs: what is written can be read back, and nothing else is taken."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.cookies import codecs

WIRE_TEXT = re.compile(r"[A-Za-z0-9._~%-]*")
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
CODECS = [
    (codecs.Choice("auto", "dark"), st.sampled_from(["auto", "dark"])),
    (codecs.Switch(), st.booleans()),
    (codecs.Timestamp(), MOMENTS.map(lambda moment: moment.replace(microsecond=0))),
    (codecs.Token(r"[a-z0-9]{1,9}"), st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True)),
    (codecs.Number(1, 99_999), st.integers(1, 99_999)),
    (
        codecs.Stamped(codecs.Switch()),
        st.tuples(MOMENTS.map(lambda moment: moment.replace(microsecond=0)), st.booleans()),
    ),
    (
        codecs.Stamped(codecs.Number(0, 9), unsaid=-1),
        st.tuples(MOMENTS.map(lambda moment: moment.replace(microsecond=0)), st.integers(-1, 9)),
    ),
    (codecs.Text(40), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)),
]
BY_NAME = [pytest.param(codec, values, id=type(codec).__name__) for codec, values in CODECS]


@pytest.mark.parametrize(("codec", "values"), BY_NAME)
@given(data=st.data())
def test_what_is_written_reads_back(codec, values, data):
    """Every value survives the wire, in letters that need no quoting."""
    value = data.draw(values)
    assert codec.decode(codec.encode(value)) == value
    assert WIRE_TEXT.fullmatch(codec.encode(value))


@pytest.mark.parametrize(("codec", "values"), BY_NAME)
@given(text=st.text(st.characters(max_codepoint=255)))
def test_any_text_is_refused_or_understood(codec, values, text):
    """Text from a browser either is what encode writes or is a ValueError, never another error."""
    try:
        value = codec.decode(text)
    except ValueError:
        return
    assert codec.encode(value) == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        (codecs.Choice("auto"), "Auto"),
        (codecs.Switch(), "true"),
        (codecs.Timestamp(), "-1"),
        (codecs.Timestamp(), "0123"),
        (codecs.Timestamp(), "99999999999999"),
        (codecs.Timestamp(), "١٢٣"),
        (codecs.Number(1, 9), "0"),
        (codecs.Number(1, 9), "10"),
        (codecs.Number(0, 9), "-0"),
        (codecs.Number(0, 9), "01"),
        (codecs.Number(0, 9), "٣"),
        (codecs.Stamped(codecs.Switch()), "1700000000"),
        (codecs.Stamped(codecs.Switch()), "1700000000."),
        (codecs.Stamped(codecs.Number(0, 9), unsaid=-1), "1700000000."),
        (codecs.Stamped(codecs.Number(0, 9), unsaid=-1), "1700000000.-1"),
        (codecs.Stamped(codecs.Switch()), ".on"),
        (codecs.Stamped(codecs.Switch()), "x.on"),
        (codecs.Token("[a-z]+"), "abc\n"),
        (codecs.Token("[a-z]+"), ""),
        (codecs.Text(40), "%ff"),
        (codecs.Text(40), "a b"),
        (codecs.Text(2), "abc"),
    ],
)
def test_other_text_is_refused(codec, text):
    """Near misses are refused too."""
    with pytest.raises(ValueError):
        codec.decode(text)

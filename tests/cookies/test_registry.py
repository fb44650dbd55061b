"""What every declared cookie keeps, derived from the declarations."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner

from webapp.accounts.cookies import KNOWN
from webapp.consent.cookies import OPTIONAL, Choice, ChoiceCodec
from webapp.cookies import LARGEST, LONGEST, Family, codecs
from webapp.lessons.cookies import KEY, DoneCodec, Place, PlaceCodec
from webapp.lessons.lesson import CHALLENGE
from webapp.sites.drafts import Draft, PlacedCodec, TextCodec

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


def values_of(codec) -> st.SearchStrategy:
    """Return what a codec may be asked to write."""
    match codec:
        case codecs.Choice():
            return st.sampled_from(codec.options)
        case codecs.Switch():
            return st.booleans()
        case codecs.Timestamp():
            return MOMENTS
        case codecs.Token():
            return st.from_regex(codec.pattern.encode().decode(), fullmatch=True).filter(str.isascii)
        case codecs.Text():
            return st.text(st.characters(exclude_categories=["Cs"]), max_size=codec.longest)
        case codecs.Opaque():
            return st.from_regex(r"[A-Za-z0-9._~-]*", fullmatch=True)
        case codecs.Number():
            return st.integers(codec.least, codec.most)
        case codecs.Stamped():
            return st.tuples(MOMENTS, values_of(codec.codec))
        case ChoiceCodec():
            categories = st.frozensets(st.sampled_from(OPTIONAL))
            return st.builds(Choice, categories, st.from_regex(r"[0-9a-f]{6}", fullmatch=True), MOMENTS)
        case PlacedCodec():
            places = st.from_regex(codec.places, fullmatch=True).filter(str.isascii)
            return st.builds(Draft, places, values_of(TextCodec()))
        case TextCodec():
            return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=700)
        case PlaceCodec():
            said = st.from_regex("([-sa-d0-3]{0,8}[sa-d0-3])?", fullmatch=True).filter(str.isascii)
            rest = st.integers(0, CHALLENGE), st.integers(0, 10**15), said, st.integers(0, 99)
            return st.builds(Place, st.from_regex(KEY, fullmatch=True).filter(str.isascii), *rest)
        case DoneCodec():
            keys = st.from_regex(KEY, fullmatch=True).filter(str.isascii)
            done, shown = (st.integers(*bounds) for bounds in ((1, 4), (-CHALLENGE, -5)))
            return st.dictionaries(keys, st.frozensets(done | shown, min_size=1), max_size=20)
    raise AssertionError(f"{codec} is new here: say what it writes")


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    """Every declaration of the site."""
    from webapp import create_app

    app = create_app(
        {"INSTANCE": str(tmp_path_factory.mktemp("instance")), "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    )
    return list(app.extensions["cookies"].registry)


def test_each_is_one_that_browsers_keep(declared):
    """Names are short tokens, lifetimes at most 400 days, and nothing is sent to other sites."""
    assert len(declared) >= 8
    for cookie in declared:
        assert len(cookie.prefix(True) + cookie.name) <= 40
        assert cookie.max_age is None or cookie.max_age <= LONGEST
        assert cookie.same_site in ("Lax", "Strict")
        assert cookie.path.startswith("/")
        assert cookie.default is None or cookie.codec.decode(cookie.codec.encode(cookie.default)) == cookie.default
        if isinstance(cookie, Family):
            assert 0 < cookie.limit <= 60
    # Firefox keeps 150 cookies for a site and Chromium 180; beyond that they drop the oldest.
    assert sum(cookie.limit if isinstance(cookie, Family) else 1 for cookie in declared) <= 150


@given(data=st.data())
def test_each_value_survives_the_wire(declared, data):
    """For every declaration decode(encode(value)) is the value, and short ones fit a cookie."""
    for cookie in (cookie for cookie in declared if not cookie.library):
        value = data.draw(values_of(cookie.codec), label=cookie.name)
        text = cookie.codec.encode(value)
        assert cookie.codec.decode(text) == value
        assert len(cookie.name) + len(text) <= LARGEST or isinstance(cookie.codec, codecs.Text)


def test_what_the_version_before_signed_is_read(app):
    """Signatures of 0.1 are accepted for the cookie that they were made for, so nobody is forgotten by an update."""
    key, value = app.config["SECRET_KEY"], "a" * 16 + "." + "b" * 11
    signer = TimestampSigner(key, salt="crumb.cookie.known", key_derivation="hmac", digest_method=sha256)
    with app.test_request_context(headers={"Cookie": f"known={signer.sign(value).decode()}"}):
        assert KNOWN.get() == value

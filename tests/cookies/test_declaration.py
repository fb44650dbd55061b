"""Declarations refuse what a browser would refuse, when the module is imported."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.cookies import Category, Cookie, Family, Registry, codecs, current_jar, declare, forget_traces

FAMILY = Family(
    name="seen.",
    key="[a-z]{1,5}",
    limit=3,
    purpose="",
    category=Category.NECESSARY,
    codec=codecs.Timestamp(),
    max_age=timedelta(days=30),
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "a b"}, "no cookie name"),
        ({"name": "a;b"}, "no cookie name"),
        ({"name": ""}, "no cookie name"),
        ({"name": "caf\u00e9"}, "no cookie name"),
        ({"name": "__Host-a"}, "leave name prefixes"),
        ({"max_age": timedelta(days=401)}, "at most 400 days"),
        ({"max_age": timedelta(0)}, "positive"),
        ({"same_site": "None"}, "Strict or Lax"),
        ({"path": "a"}, "starts with a slash"),
    ],
)
def test_an_impossible_declaration_says_why(change, words):
    """The error names the cookie and the remedy."""
    fields = {"name": "a", "purpose": "", "category": Category.NECESSARY, "codec": codecs.Switch(), **change}
    with pytest.raises(ValueError, match=words):
        Cookie(**fields)


def test_a_family_below_a_path_has_an_index():
    """Members below a path could not be found from other pages: an index at / tells of them, else it is refused."""
    fields = {field: getattr(FAMILY, field) for field in Family.__dataclass_fields__}
    below = Family(**{**fields, "name": "below.", "path": "/forum/", "index": FAMILY})
    for index in (None, below):
        with pytest.raises(ValueError, match="a family's path is /, or it has an index there"):
            Family(**{**fields, "path": "/forum/", "index": index})


def test_two_declarations_of_one_name():
    """A name belongs to one declaration; a family owns all names with its beginning."""
    for first, second in ((FAMILY, FAMILY["abc"]), (FAMILY["abc"], FAMILY), (FAMILY["abc"], FAMILY["abc"])):
        with pytest.raises(ValueError, match="declared twice"):
            Registry().declare("one", first, second)


@pytest.mark.parametrize("order", [1, -1])
def test_a_cookie_named_as_a_family_begins(order):
    """`seen` is no member of `seen.<key>`: whichever is declared first, each is found by its own names."""
    alone = Cookie(name="seen", purpose="", category=Category.NECESSARY, codec=codecs.Switch())
    registry = Registry()
    registry.declare("one", *(FAMILY, alone)[::order])
    assert (registry.find("seen"), registry.find("seen.abc")) == (alone, FAMILY)


@pytest.fixture
def family(make_app):
    """An app that knows the family."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    declare(app, __name__, FAMILY)
    return app


def sent(**members: int) -> dict[str, str]:
    """Return the Cookie header of a browser that holds these members."""
    return {"Cookie": "; ".join(f"seen.{key}={1_700_000_000 + age}" for key, age in members.items())}


def test_a_family_lists_the_newest_first(family):
    """Members come newest first; what is malformed or no key of the family is left out."""
    header = {"Cookie": sent(a=1, b=3, c=2)["Cookie"] + "; seen.d=x; seen.TOOLONG=1700000000"}
    with family.test_request_context(headers=header):
        assert [key for key, _ in FAMILY.items()] == ["b", "c", "a"]


def test_a_family_lets_the_oldest_go(family):
    """The fourth member of a family of three writes one line for itself and one that deletes the oldest."""
    with family.test_request_context(headers=sent(a=1, b=3, c=2)):
        FAMILY.add("d", datetime.fromtimestamp(1_700_000_009, UTC))
        assert {name: write.text for name, write in current_jar().writes.items()} == {
            "seen.d": "1700000009",
            "seen.a": None,
        }
        assert [key for key, _ in FAMILY.items()] == ["d", "b", "c"]


def test_a_family_is_cleared(family):
    """Clearing deletes each member that was sent."""
    with family.test_request_context(headers=sent(a=1, b=3)):
        FAMILY.clear()
        assert FAMILY.items() == []
        assert {write.text for write in current_jar().writes.values()} == {None}


def test_a_family_below_a_path_is_cleared(family):
    """Clearing deletes each member that came or that the index tells of, and what the index says."""
    fields = {field: getattr(FAMILY, field) for field in Family.__dataclass_fields__}
    below = Family(**{**fields, "name": "below.", "path": "/forum/", "index": FAMILY})
    with family.test_request_context(headers={"Cookie": sent(a=1)["Cookie"] + "; below.b=1700000000"}):
        assert below.held() == ["b", "a"]
        below.clear()
        assert {name: write.text for name, write in current_jar().writes.items()} == {
            "seen.a": None, "below.a": None, "below.b": None,
        }  # fmt: skip


def test_traces_are_history_and_what_is_private(family):
    """What the next person at this browser might read is taken back, by either mark; the rest stays."""
    common = {"purpose": "", "codec": codecs.Switch()}
    declare(
        family,
        __name__,
        Cookie(name="t-history", category=Category.HISTORY, **common),
        Cookie(name="t-private", category=Category.NECESSARY, private=True, **common),
        Cookie(name="t-look", category=Category.PREFERENCES, **common),
        Cookie(name="t-needed", category=Category.NECESSARY, **common),
    )
    sent = "; ".join(f"t-{name}=on" for name in ("history", "private", "look", "needed"))
    with family.test_request_context(headers={"Cookie": sent}):
        forget_traces()
        gone = {name for name, write in current_jar().writes.items() if write.text is None}
    assert {name for name in gone if name.startswith("t-")} == {"t-history", "t-private"}


def test_a_key_that_is_none(family):
    """A key outside the pattern can't become part of a cookie name."""
    with pytest.raises(KeyError):
        FAMILY["a; Path=/"]


def test_a_header_with_thousands_of_members(family):
    """A forged header makes the server look at a bounded number of members."""
    keys = [a + b + c for a in "abcdefghijkl" for b in "abcdefghijkl" for c in "abcdefghijkl"]
    with family.test_request_context(headers=sent(**dict.fromkeys(keys, 5))):
        FAMILY.add("zz", datetime.fromtimestamp(1_700_000_009, UTC))
        assert len(current_jar().writes) <= FAMILY.limit + 51

"""The jar, without an app: what a request received and what its response writes."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from flask import Response

from webapp.cookies import Category, Cookie, Family, Jar, Registry, Signer, codecs
from webapp.cookies.header import pair, parse

DAY = timedelta(days=1)
THEME = Cookie(
    name="theme",
    purpose="",
    category=Category.PREFERENCES,
    codec=codecs.Choice("auto", "dark"),
    default="auto",
    max_age=DAY,
)
SIGNED = Cookie(
    name="known", purpose="", category=Category.NECESSARY, codec=codecs.Text(99), signed=True, max_age=DAY, path="/a"
)
OTHER = Cookie(name="other", purpose="", category=Category.NECESSARY, codec=codecs.Text(5000), signed=True, max_age=DAY)
PLAIN = Cookie(name="plain", purpose="", category=Category.NECESSARY, codec=codecs.Text(9000))
BITES = Family(
    name="bite.", key="[a-z]+", limit=3, purpose="", category=Category.NECESSARY, codec=codecs.Switch(), max_age=DAY
)
SLICES = Family(
    name="slice.", key="[a-z]+", limit=3, purpose="", category=Category.NECESSARY, codec=codecs.Text(99), signed=True
)
INDEX = Family(
    name="crumb_at.", key="[a-z]+", limit=3, purpose="", category=Category.NECESSARY, codec=codecs.Timestamp()
)
CRUMBS = Family(
    name="crumb.", key="[a-z]+", limit=3, purpose="", category=Category.HISTORY, codec=codecs.Text(9), path="/b",
    index=INDEX,
)  # fmt: skip
KEY = "k" * 40


def jar(header: str = "", *, allowed=lambda category: "yes", secure=False, keys=(KEY,), safe=False) -> Jar:
    """Build a jar as a request would."""
    return Jar(header, signer=Signer(keys), allowed=allowed, secure=secure, safe=safe)


def lines(jar: Jar) -> list[str]:
    """Return the header lines that the jar writes."""
    # Werkzeug adds to each Max-Age the Expires that says the same.
    written = jar.apply(Response()).headers.getlist("Set-Cookie")
    return [re.sub(r"Expires=(?!Thu, 01 Jan 1970)[^;]+; ", "", line) for line in written]


def test_what_is_set_reads_at_once():
    """Within the request a value reads as the next request will read it."""
    cookies = jar("theme=auto")
    cookies.set(THEME, "dark", DAY)
    assert cookies.get(THEME) == "dark"
    assert lines(cookies) == ["theme=dark; Max-Age=86400; HttpOnly; Path=/; SameSite=Lax"]


def test_one_line_a_name():
    """However often a cookie is written, the response has one line for it (RFC 6265bis section 4.1.1)."""
    cookies = jar()
    cookies.set(THEME, "dark", DAY)
    cookies.set(THEME, "auto", None)
    assert lines(cookies) == ["theme=auto; HttpOnly; Path=/; SameSite=Lax"]


def test_a_deletion_equals_the_declaration():
    """The line that deletes has the same path and attributes, zero seconds and a date in the past."""
    cookies = jar(f"known={jar_text(SIGNED, 'x')}")
    cookies.delete(SIGNED)
    assert lines(cookies) == [
        "known=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/a; SameSite=Lax"
    ]
    assert cookies.get(SIGNED) is None


def test_a_narrow_path_is_deleted_unseen():
    """A cookie that is only sent below its path may be there all the same: its deletion is written on any page."""
    cookies = jar()
    cookies.delete(SIGNED)
    assert [line.partition("=")[0] for line in lines(cookies)] == ["known"]
    assert "; Max-Age=0; " in lines(cookies)[0] and "; Path=/a; " in lines(cookies)[0]


def test_a_former_cookie_is_deleted_where_it_comes():
    """What only earlier versions wrote is no guess: where it did not come nothing is deleted, and none is written."""
    former = replace(SIGNED, signed=False, former=True)
    registry = Registry()
    registry.declare("test", former)
    for came, gone in (("", []), ("known=x", ["known"])):
        for act in (lambda cookies: cookies.delete(former), lambda cookies: cookies.forget(lambda _: True, registry)):
            cookies = jar(came)
            act(cookies)
            assert [line.partition("=")[0] for line in lines(cookies)] == gone
    with pytest.raises(ValueError, match="earlier versions"):
        jar().set(former, "x", None)


def test_nothing_to_delete():
    """A cookie that the browser does not hold is not deleted, and a write is taken back."""
    cookies = jar()
    cookies.set(THEME, "dark", DAY)
    cookies.delete(THEME)
    assert lines(cookies) == []


def test_under_https():
    """Under https every line has Secure and the name its prefix, and the plain name is not accepted."""
    cookies = jar("theme=dark", secure=True)
    assert cookies.get(THEME) == "auto"
    cookies.set(THEME, "dark", None)
    cookies.set(SIGNED, "x", None)
    written = lines(cookies)
    assert written[0] == "__Host-theme=dark; Secure; HttpOnly; Path=/; SameSite=Lax"
    assert written[1].startswith("__Secure-known=x.")
    assert jar("__Host-theme=dark", secure=True).get(THEME) == "dark"


def test_what_we_never_wrote_is_left_alone():
    """A stranger's value under a name of ours reads as the default, and neither reading nor forgetting deletes it."""
    registry = Registry()
    registry.declare("test", THEME, OTHER, BITES)
    for header, cookie in {"theme=purple": THEME, "other=no-signature": OTHER}.items():
        cookies = jar(header)
        assert cookies.get(cookie) == cookie.default
        cookies.delete(cookie)
        cookies.forget(lambda cookie: True, registry)
        assert lines(cookies) == [], header
        assert jar(header).strange(cookie) and not jar(header.replace("=", "x=")).strange(cookie)


def test_a_family_s_name_tells_that_it_is_ours():
    """No other program makes up a member's name: a value there that nobody could have written is deleted."""
    cookies = jar("bite.rye=crust")
    assert cookies.get(BITES["rye"]) is None and not cookies.strange(BITES["rye"])
    assert [line.partition(" ")[0] for line in lines(cookies)] == ["bite.rye=;"]


def test_what_we_wrote_and_can_t_use_is_repaired():
    """A signed value whose signature is damaged, cut short or of a lost key reads as the default and is deleted."""
    text = jar_text(OTHER, "ada")
    another = "y" if text[-9] == "x" else "x"
    for damaged in (f"{text[:-9]}{another}{text[-8:]}", text[:-1], jar_text(OTHER, "ada", keys=["lost" * 9])):
        cookies = jar(f"other={damaged}")
        assert cookies.get(OTHER) is None
        assert [line.partition(" ")[0] for line in lines(cookies)] == ["other=;"]


def test_a_request_that_only_reads_replaces_no_stranger():
    """A safe request that would write over a stranger's cookie has it withheld; any other request writes."""
    for header, safe, written in [
        ("theme=purple", True, []),
        ("theme=purple", False, ["theme"]),
        ("theme=auto", True, ["theme"]),
        ("", True, ["theme"]),
    ]:
        cookies = jar(header, safe=safe)
        cookies.set(THEME, "dark", DAY)
        assert list(cookies.withheld) == ([] if written else ["theme"])
        assert [line.partition("=")[0] for line in lines(cookies)] == written


def test_a_stranger_s_is_deleted_when_asked_for():
    """Who asks for it by name has the cookie deleted, whoever wrote it."""
    cookies = jar("theme=purple")
    cookies.delete(THEME, strange=True)
    assert lines(cookies)[0].startswith("theme=; Expires=Thu, 01 Jan 1970")


def test_withheld_without_consent():
    """What consent refuses is not written, not read back, and noted as withheld."""
    cookies = jar(allowed=lambda category: "yes" if category is Category.NECESSARY else "no")
    cookies.set(THEME, "dark", DAY)
    assert cookies.get(THEME) == "auto"
    assert list(cookies.withheld) == ["theme"]
    assert lines(cookies) == []


def test_kept_for_the_session_alone():
    """Where consent covers no more, the line has no lifetime, and the value reads as set."""
    cookies = jar(allowed=lambda category: "session")
    cookies.set(THEME, "dark", DAY)
    assert cookies.get(THEME) == "dark" and not cookies.withheld
    assert lines(cookies) == ["theme=dark; HttpOnly; Path=/; SameSite=Lax"]


def forgotten(header: str, secure: bool = False) -> dict[str, str]:
    """Return the lines, by name, of a jar that forgets the necessary ones of these declarations."""
    registry = Registry()
    registry.declare("test", THEME, SIGNED, OTHER, BITES)
    cookies = jar(header, secure=secure)
    cookies.forget(lambda cookie: cookie.category is Category.NECESSARY, registry)
    return {line.partition("=")[0]: line for line in lines(cookies)}


def test_forget_finds_every_path_and_name():
    """What was sent is deleted, members and prefixed names too; a narrower path is deleted unseen; others stay."""
    text = jar_text(OTHER, "x")
    gone = forgotten(f"theme=dark; other={text}; bite.rye=on; __Host-other={text}; stranger=1; other two=3")
    assert set(gone) == {"other", "bite.rye", "__Host-other", "known"}
    assert all("Max-Age=0" in line for line in gone.values())
    assert "Path=/a" in gone["known"]
    assert "Secure" in gone["__Host-other"] and "Secure" not in gone["other"]


def test_forget_finds_what_the_index_tells():
    """Members below a narrower path are deleted from anywhere, by what the index says; an impossible key is none."""
    registry = Registry()
    registry.declare("test", INDEX, CRUMBS)
    cookies = jar("crumb_at.rye=1700000000; crumb_at.oat=1700000001; crumb_at.NO=1700000002; crumb.spelt=x")
    cookies.forget(lambda cookie: cookie.category is Category.HISTORY, registry)
    gone = {line.partition("=")[0]: line for line in lines(cookies)}
    assert set(gone) == {"crumb.rye", "crumb.oat", "crumb.spelt"}
    assert all("; Max-Age=0; " in line and "; Path=/b; " in line for line in gone.values())


def test_forget_under_https():
    """Under https the plain name of the time before is deleted as well as the prefixed one."""
    text = jar_text(OTHER, "x")
    gone = forgotten(f"other={text}; __Host-other={text}", secure=True)
    assert set(gone) == {"other", "__Host-other", "__Secure-known"}
    assert all("Secure" in line for line in gone.values())


def test_what_is_forgotten_reads_as_absent():
    """A value that is about to be deleted is not used any more, though the browser sent it."""
    registry = Registry()
    registry.declare("test", THEME, BITES)
    cookies = jar("theme=dark; bite.rye=on")
    cookies.forget(lambda cookie: True, registry)
    assert cookies.get(THEME) == "auto"
    assert list(cookies.keys(BITES)) == []


@pytest.mark.parametrize(("secure", "name"), [(False, "plain"), (True, "__Host-plain")])
def test_too_large_is_refused_with_the_remedy(secure, name):
    """Name, prefix included, and value may have 4096 octets together; one more is an error (RFC 6265bis 5.6)."""
    jar(secure=secure).set(PLAIN, "x" * (4096 - len(name)), None)
    with pytest.raises(ValueError, match=f"'{name}' and its value are longer than 4096 octets"):
        jar(secure=secure).set(PLAIN, "x" * (4097 - len(name)), None)
    with pytest.raises(ValueError, match="longer than 4096 octets"):
        jar().set(OTHER, "x" * (4096 - len("other")), None)  # the signature counts as well


def test_longer_than_declared_is_refused():
    """A write may shorten the lifetime, not stretch it."""
    with pytest.raises(ValueError, match="change its declaration"):
        jar().set(THEME, "dark", 2 * DAY)


def test_a_library_s_cookie_is_not_ours_to_write():
    """The centre describes the session cookie and leaves it to Flask."""
    session = Cookie(
        name="session", purpose="", category=Category.NECESSARY, codec=codecs.Opaque(), library="Flask", secret=True
    )
    with pytest.raises(ValueError, match="written by Flask"):
        jar().set(session, "x", None)


def jar_text(cookie: Cookie, value: str, keys=(KEY,)) -> str:
    """Return what a browser would send for a value that the jar wrote."""
    cookies = jar(keys=keys)
    cookies.set(cookie, value, None)
    return cookies.writes[cookie.name].text


def test_signed_survives_a_rotated_key():
    """A value signed with the key before is accepted while that key is a fallback, and not after."""
    text = jar_text(SIGNED, "ada", keys=["a" * 40])
    assert jar(f"known={text}", keys=["a" * 40, "b" * 40]).get(SIGNED) == "ada"
    assert jar(f"known={text}", keys=["b" * 40]).get(SIGNED) is None


def test_signed_ends_on_the_server(monkeypatch):
    """A copied value ends with the declared lifetime, whatever the browser did with it."""
    text = jar_text(SIGNED, "ada")
    later = datetime.now(UTC).timestamp() + DAY.total_seconds() + 2
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert jar(f"known={text}").get(SIGNED) is None


@pytest.mark.parametrize(("behind", "value"), [(118, "ada"), (122, None)])
def test_signed_by_a_server_whose_clock_is_ahead(monkeypatch, behind, value):
    """A value counts at a server whose clock is up to two minutes behind that of the one that signed it."""
    text, now = jar_text(SIGNED, "ada"), time.time()
    monkeypatch.setattr(time, "time", lambda: now - behind)
    assert jar(f"known={text}").get(SIGNED) == value


def test_another_cookie_s_value_is_refused():
    """What was signed for one cookie counts in no other, also within a family."""
    for cookie, other in permutations((SIGNED, OTHER, SLICES["rye"], SLICES["oat"]), 2):
        text = jar_text(cookie, "ada")
        assert jar(f"{cookie.name}={text}").get(cookie) == "ada"
        assert jar(f"{other.name}={text}").get(other) is None, f"{cookie.name} in {other.name}"


def test_every_changed_byte_is_refused():
    """Any byte changed, any cut: none accepted, no error."""
    text = jar_text(SIGNED, "ada")
    changed = [text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :] for at in range(len(text))]
    cut = [text[:at] for at in range(len(text))]
    accepted = [bad for bad in [*changed, *cut] if jar(f"known={bad}").get(SIGNED) is not None]
    # The last letter of a base64 text has bits that no byte uses; it then spells the same signature.
    assert [bad for bad in accepted if bad[:-1] != text[:-1]] == []


def test_the_same_name_twice():
    """Of two cookies of one name the first, from the longer path, is read (RFC 6265bis section 5.8.3)."""
    assert jar("theme=dark; theme=auto").get(THEME) == "dark"


@pytest.mark.parametrize(
    ("header", "pairs"),
    [
        ("", []),
        ("a=1; b=2", [("a", "1"), ("b", "2")]),
        ("a=1;b=2", [("a", "1"), ("b", "2")]),
        ("a=b=c", [("a", "b=c")]),
        ("nameless", [("", "nameless")]),
        ('q="x y"', [("q", '"x y"')]),
        (" ; ;a=", [("a", "")]),
        ("=v", [("", "v")]),
    ],
)
def test_cookie_header(header, pairs):
    """The Cookie header is read as it is: nothing is unquoted, nothing percent-decoded."""
    assert parse(header) == pairs


@pytest.mark.parametrize("header", ["a=1", "a=", "a=b=c", "nameless", "=a=b"])
def test_a_pair_is_spelled_as_it_came(header):
    """What was read is written again, letter for letter; without a name, the equals sign only where it must."""
    assert [pair(*each) for each in parse(header)] == [header]

"""Hashes, and weak passwords."""

import pytest

from tests.accounts.conftest import PASSWORD, log_in, user_of
from webapp.accounts import passwords

HASHER = passwords._hasher  # the real one: fixtures have not changed it yet


@pytest.fixture(autouse=True)
def real_hashes(monkeypatch) -> None:
    """These tests are about the hashes themselves."""
    monkeypatch.setattr(passwords, "_hasher", HASHER)


def test_parameters():
    """The hash is Argon2id with OWASP's parameters, salted anew each time."""
    one, two = passwords.hash_password(PASSWORD), passwords.hash_password(PASSWORD)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != two
    assert passwords.is_right(one, PASSWORD) and not passwords.is_right(one, PASSWORD + " ")
    assert not passwords.is_outdated(one)


def test_same_letters_typed_in_two_ways():
    """A letter as one code point or as two is the same password."""
    assert passwords.is_right(passwords.hash_password("caf\u00e9 cr\u00e8me"), "cafe\u0301 cre\u0300me")


def test_nobody_and_nonsense_are_never_right():
    """No hash, the hash of nobody and a broken hash let nobody in."""
    assert not passwords.is_right(None, PASSWORD)
    assert not passwords.is_right(None, "nobody has this password")
    assert not passwords.is_right("broken", PASSWORD)
    assert not passwords.is_right(passwords.hash_password(PASSWORD), "\udcff" * 3000)


def test_rehash(browser, nora, app, monkeypatch):
    """A log-in renews a hash that was made with other parameters."""
    from argon2 import PasswordHasher
    from sqlalchemy import select, update

    from webapp.accounts.tables import USERS
    from webapp.database import reading, writing

    with app.app_context(), writing() as db:
        db.execute(update(USERS).values(password_hash=PasswordHasher(1, 64, 1).hash(PASSWORD.encode())))
    assert user_of(log_in(browser)) == "Nora"
    with app.app_context():
        assert reading().scalar(select(USERS.c.password_hash)).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("1234567", "too short"),
        ("12345678", "guess"),
        ("PassWord1", "guess"),
        ("aaaaaaaaaaab", "guess"),
        ("wilhelmina", "guess"),
        ("Wilhelmina2026!", "guess"),
        ("x1y2" * 257, "too long"),
        ("é1ü2" * 171, "too long"),
        ("8412 3321 9907", None),
        ("x1y2" * 256, None),
        ("Wilhelmina bakes", None),
        ("ثلاثة أرغفة", None),
    ],
)
def test_weakness(password, said):
    """Short, long, common passwords and the account's own name are refused, others are taken."""
    found = passwords.weakness(password, "Wilhelmina")
    assert found is None if said is None else said in found


def test_list_of_common_passwords():
    """The list is lower case, long enough to matter, and has only passwords that the length alone would let pass."""
    assert len(passwords._common()) >= 200
    for password in passwords._common():
        assert password == password.casefold()
        assert len(password) >= passwords.SHORTEST

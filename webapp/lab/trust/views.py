"""Trust nothing: the same sentence in three cookies, plain, signed and encrypted, and what the server makes of each.

The keys are the lab's own: derived from the site's key and a number, which stands in a lab cookie of the visitor's, so
that everybody can change keys for themselves.
"""

import base64
import hmac
import re
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec

from flask import Blueprint, abort, redirect, render_template, request, url_for
from itsdangerous import BadData, Signer
from werkzeug.wrappers import Response

from webapp.cookies import pair
from webapp.i18n import N_
from webapp.lab.cookies import LAB
from webapp.security import open_form
from webapp.security.tokens import keys

bp = Blueprint("trust", __name__, url_prefix="/lab/trust")

SENTENCE = "discount.5"
KINDS = {
    "plain": N_("Plain: everybody can read and change it."),
    "signed": N_("Signed: everybody can read it; a change shows, since only the server can sign."),
    "sealed": N_("Encrypted: only the server can read it, and a change shows as well."),
}
# `cryptography` has no wheel for every system: there the lab goes without encryption, and the page says so.
if not find_spec("cryptography"):
    del KINDS["sealed"]
MOST_KEYS = 9


@bp.get("")
def show() -> str:
    """Show the three cookies as they came, and what can be done with them."""
    return _page()


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Set the three cookies anew, under the key of this moment."""
    return _send(*_lines(key_number()))


def set_up() -> None:
    """Set the three cookies under the first key."""
    LAB.send_all((_line("key", "1"), *_lines(1)))


@bp.post("/change/<kind>")
@open_form
def change(kind: str) -> tuple[str, int] | Response:
    """Set one of the cookies to what the visitor made of it; a signature stays where it was."""
    if kind not in KINDS:
        abort(404)
    value = request.form.get("text", "").strip() + request.form.get("signature", "")
    if re.fullmatch(r"[A-Za-z0-9._~=-]{1,300}", value, re.ASCII):
        return _send(_line(kind, value))
    return _page(N_("A value here has letters, digits and . _ ~ = - only, and at most 300 of them.")), 422


@bp.post("/rotate")
@open_form
def rotate() -> tuple[str, int] | Response:
    """Go on to the next key; the one before is still accepted."""
    return _send(_line("key", str(key_number() % MOST_KEYS + 1)))


@bp.get("/buy/<kind>")
def buy(kind: str) -> str | tuple[str, int]:
    """Take the sentence of one cookie for true, or refuse it: 403 for one that this server can't have written."""
    if kind not in KINDS:
        abort(404)
    cookie = _came().get(f"lab-{kind}")
    sentence = cookie and READ[kind](cookie, key_number())
    page = render_template("lab/trust/buy.html", kind=kind, cookie=cookie, sentence=sentence)
    return page if sentence else (page, 403)


def key_number() -> int:
    """Return which key is in use for this visitor, 1 to begin with."""
    number = _came().get("lab-key", "")
    return int(number) if re.fullmatch(f"[1-{MOST_KEYS}]", number, re.ASCII) else 1


def written(kind: str, number: int) -> str:
    """Return the sentence as a cookie's value under a key."""
    if kind == "signed":
        return _signer(number).sign(SENTENCE).decode()
    return _locksmith(number).encrypt(SENTENCE.encode()).decode() if kind == "sealed" else SENTENCE


def _read_plain(value: str, number: int) -> str | None:
    return value or None


def _read_signed(value: str, number: int) -> str | None:
    try:
        return _signer(number).unsign(value.encode("latin-1")).decode("latin-1")
    except BadData:
        return None


def _read_sealed(value: str, number: int) -> str | None:
    from cryptography.fernet import InvalidToken

    try:
        return _locksmith(number).decrypt(value.encode("latin-1")).decode()
    except InvalidToken:
        return None


READ: dict[str, Callable[[str, int], str | None]] = {
    "plain": _read_plain,
    "signed": _read_signed,
    "sealed": _read_sealed,
}


def _keys(number: int) -> list[bytes]:
    """Return the key before and the one in use, each of every key of the site; before the first comes the last."""
    numbers = ((number - 2) % MOST_KEYS + 1, number)
    made = ((secret, f"crumb.lab.trust.{each}") for each in numbers for secret in keys())
    return [hmac.digest(secret.encode(), text.encode(), sha256) for secret, text in made]


def _signer(number: int) -> Signer:
    return Signer(_keys(number), salt="crumb.lab.trust", key_derivation="hmac", digest_method=sha256)


def _locksmith(number: int):
    # Imported here: it takes longer than the rest of a start, and no other page needs it.
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in reversed(_keys(number))])


def _lines(number: int) -> list[str]:
    return [_line(kind, written(kind, number)) for kind in KINDS]


def _line(name: str, value: str) -> str:
    return f"{pair(f'lab-{name}', value)}; Path=/lab/trust; HttpOnly"


def _came() -> dict[str, str]:
    # Of two with one name the first has the longer path (RFC 6265bis section 5.8.3): it is this page's.
    return dict(reversed(LAB.pairs()))


def _send(*lines: str) -> tuple[str, int] | Response:
    if problem := LAB.send_all(lines):
        return _page(problem), 422
    return redirect(url_for(".show"), 303)


def _page(problem: str | None = None) -> str:
    came = _came()
    values = {kind: came[f"lab-{kind}"] for kind in KINDS if f"lab-{kind}" in came}
    parted = {}
    for kind, value in values.items():
        text, dot, signature = value.rpartition(".") if kind == "signed" else (value, "", "")
        parted[kind] = (text, dot + signature)
    typed = (request.view_args or {}).get("kind")
    if typed in parted:
        parted[typed] = (request.form.get("text", ""), parted[typed][1])
    return render_template("lab/trust/trust.html", problem=problem, kinds=KINDS, parted=parted, number=key_number())

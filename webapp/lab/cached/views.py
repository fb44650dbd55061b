"""The wrong page: the visitor and a second browser, which is the model's, ask one cache for the page of a toy shop.

Each visitor has a cache of their own: what was asked of it is noted under its key, and all else follows from that.
"""

import secrets

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import Length

from webapp.cookies import pair
from webapp.forms import OpenForm
from webapp.i18n import N_
from webapp.invisible import is_blank
from webapp.lab import notes
from webapp.lab.cookies import LAB
from webapp.security import open_form

from .cache import SECTIONS
from .cookies import CACHE
from .shop import GUEST, NAME, RULES, Visit, harms, replay, set_cookie

bp = Blueprint("cached", __name__, url_prefix="/lab/cached")

MENDS = {
    "bare": N_("One answer for everybody, for ten minutes."),
    "vary": N_("One answer for each Cookie header. All who come without a cookie still get the same."),
    "private": N_("No cache that others share keeps it. Your own browser may."),
    "no-store": N_("Nobody keeps it."),
    "ours": N_("As Crumb's own pages say it: kept by your browser alone, which has to ask again each time."),
}
HARMS = {
    "name": N_("Somebody else gets your page"),
    "cookie": N_("Two newcomers get one cookie"),
    "own": N_("Your page after you have logged out"),
}
MISSED = {
    "empty": N_("The cache had nothing for this address."),
    "vary": N_("What the cache had was for another Cookie header."),
    "stale": N_("What the cache had was too old."),
}
UNKEPT = {
    "private": N_("The cache kept no copy: many share it, and this page is private."),
    "no-store": N_("The cache kept no copy: nobody may."),
}
_WORDS = {"missed": MISSED, "unkept": UNKEPT, "sections": SECTIONS, "rules": RULES}


class BeginForm(OpenForm):
    """What the shop says of caching, and who the visitor is to it."""

    rule = RadioField(
        N_("What the shop says with its page"),
        choices=[SelectChoice(key, " · ".join(f"{name}: {value}" for name, value in RULES[key])) for key in RULES],
        default="bare",
    )
    name = StringField(
        N_("Your name in the shop"),
        [Length(max=20, message=N_("A name here has at most 20 characters."))],
        filters=[lambda text: "" if is_blank(text or "") else text.strip()],
    )


@bp.get("")
def show() -> str:
    """Show who asked what, what they got, and what each rule mends."""
    return _page(BeginForm(formdata=None, rule=_rule()))


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Empty the cache, let the second browser forget all, and make the visitor somebody, or nobody, to the shop."""
    form = BeginForm()
    if form.validate() and not form.fails(_begin(form.rule.data, form.name.data)):
        return redirect(url_for(".show"), 303)
    return _page(form), 422


def set_up() -> None:
    """Open the shop to Ada, whose page the cache may serve to anybody; she has asked for it."""
    if _begin("bare", "Ada") is None:
        notes.write(CACHE.get(), "ask", by="you", rule="bare", cookie=pair(GUEST, "Ada"), stranger="")


def _begin(rule: str, name: str) -> str | None:
    guest = set_cookie(name) if name else f"{GUEST}=; Max-Age=0; Path={bp.url_prefix}"
    problem = LAB.send_all([f"{pair('lab-rule', rule)}; Path={bp.url_prefix}; HttpOnly", guest])
    if problem is None:
        CACHE.set(CACHE.get() or secrets.token_urlsafe(12))
        notes.begin(CACHE.get())
    return problem


@bp.get("/page")
def page() -> str | Response | tuple[str, int]:
    """Be the cache's answer to the visitor: whoever it greets, and whatever it sets."""
    visit = _ask("you")
    if visit is None:
        return redirect(url_for(".show"), 303)
    problem = LAB.send_all(visit.served.answer.values("Set-Cookie"))
    text = render_template("lab/cached/page.html", visit=visit, problem=problem, **_WORDS)
    return (text, 422) if problem else text


@bp.post("/second")
@open_form
def second() -> Response:
    """Let the second browser ask; the address that it leads to says who answered, for whoever watches the wire."""
    visit = _ask("second")
    answered = visit and ("shop" if visit.served.missed else "cache")
    return redirect(url_for(".show", answered=answered, _anchor="second" if visit else None), 303)


def _ask(by: str) -> Visit | None:
    """Return what came of a request to the visitor's cache; None where there is none, or it takes no more."""
    key = CACHE.get() or ""
    before = len(notes.read(key))
    stranger = f"guest-{secrets.token_hex(2)}"
    notes.write(key, "ask", by=by, rule=_rule(), cookie=pair(GUEST, _guest()) if _guest() else "", stranger=stranger)
    kept = notes.read(key)
    return replay(kept)[0][-1] if len(kept) > before else None


def _came() -> dict[str, str]:
    # Of two with one name the first has the longer path (RFC 6265bis section 5.8.3): it is this page's.
    return dict(reversed(LAB.pairs()))


def _rule() -> str:
    rule = _came().get("lab-rule", "")
    return rule if rule in RULES else "bare"


def _guest() -> str:
    """Return the name in the visitor's cookie as it is on the wire, "" for one that the shop never wrote."""
    value = _came().get(GUEST, "")
    try:
        NAME.decode(value)
    except ValueError:
        return ""
    return value


def _page(form: BeginForm) -> str:
    kept = notes.read(CACHE.get() or "")
    visits, other = replay(kept)
    return render_template(
        "lab/cached/cached.html",
        form=form,
        begun=bool(kept),
        full=len(kept) >= notes.KEPT,
        guest=_guest(),
        guest_name=GUEST,
        visits=visits,
        held=[pair(cookie.name, cookie.value) for cookie in other.cookies],
        rule=_rule(),
        mends=MENDS,
        harms=HARMS,
        table={key: harms(key) for key in RULES},
        **_WORDS,
    )

"""The site's side: the three tills, how it stands at each, and what crossed the wire there."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import clock
from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, current_language, gettext
from webapp.lab import hosts, notes
from webapp.lab.predict import engines
from webapp.lab.told import made_up, told
from webapp.security import open_form
from webapp.useragent import engine_of

from .keys import MODES, STANDINGS, exchanges, predict, standing

bp = Blueprint("fixation", __name__, url_prefix="/lab/fixation")

TILL = Cookie(
    name="till",
    purpose=N_("Which shop's till in the lab is yours, so that it can show you what happened there."),
    does=N_("what happened at your till"),
    says=lambda key, till: gettext("Your till is the one called “%(name)s”.", name=till),
    category=Category.NECESSARY,
    codec=codecs.Token(notes.KEY),
    path="/lab/fixation",
)


@bp.get("")
def show() -> str | Response:
    """Show the three tills, or how to begin."""
    bench, now = TILL.get(), clock.now()
    kept = notes.read(bench) if bench else []
    came = exchanges(kept)
    stands = {mode: standing(mode, came) for mode in MODES}
    if made_up() or any(stands.get(mode, how) != how for mode, how in told().items()):
        return redirect(url_for(".show"), 303)  # also where it has changed since: that page came by Back, or again
    shop, guest = hosts.address("shop"), hosts.address("guest")
    engine = engine_of(request.headers.get("User-Agent", ""))
    return render_template(
        "lab/fixation/fixation.html",
        bench=bench if kept else None,
        language=current_language(),
        shop=shop,
        guest=guest,
        lost=hosts.lost(engine),
        modes=MODES,
        standings=STANDINGS,
        stands=stands,
        came=came,
        told=told(),
        predicted={
            mode: {each: predict(mode, each, shop, guest, now) for each in engines(engine)}
            for mode in MODES
            if shop and guest
        },
    )


@bp.post("/begin")
@open_form
def begin() -> Response:
    """Open the visitor's tills, or begin again with them."""
    set_up()
    return redirect(url_for(".show"), 303)


def set_up() -> None:
    """Open the visitor's tills, where nobody was yet."""
    TILL.set(TILL.get() or secrets.token_urlsafe(12))
    notes.begin(TILL.get())

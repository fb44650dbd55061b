"""The pages that ask for consent and tell what for."""

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.security import open_form, safe_path

from .choice import choice, choose, recorded, revision
from .cookies import OPTIONAL
from .forms import ConsentForm
from .policy import CATEGORIES, policy

bp = Blueprint("consent", __name__)


@bp.route("/consent", methods=["GET", "POST"])
@open_form
def consent() -> str | tuple[str, int] | Response:
    """Show what was chosen and let the visitor choose anew; take back what is no longer allowed."""
    chosen = choice()
    # Nothing is ticked for somebody who has not chosen: a yes is a yes only when it was given.
    form = ConsentForm(
        **{category.value: bool(chosen and category in chosen.allowed) for category in OPTIONAL},
        next=safe_path(request.args.get("next")),
    )
    if form.validate_on_submit():
        choose(form.wanted())
        return redirect(safe_path(form.next.data), 303)
    page = render_template(
        "consent/consent.html",
        form=form,
        chosen=recorded(),
        categories=CATEGORIES,
        policy=policy(),
        revision=revision(),
    )
    return (page, 422) if form.is_submitted() else page


@bp.get("/cookies")
def cookies() -> str:
    """Tell every cookie that the site may set: the policy, taken from the declarations."""
    return render_template("consent/cookies.html", categories=CATEGORIES, policy=policy(), revision=revision())


@bp.get("/.well-known/gpc.json")
def gpc() -> Response:
    """Tell programs that `Sec-GPC: 1` is honoured here (W3C Global Privacy Control, "GPC support resource")."""
    return jsonify(gpc=True)

"""The pages of the till: the basket, checking out, orders."""

import re
from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date
from flask import abort, make_response, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from webapp import clock
from webapp.forms import Form, attempt
from webapp.i18n import N_, current_language, gettext, speaker
from webapp.security import open_form

from . import basket, orders, stock
from .forms import CheckoutForm, basket_form
from .goods import GOODS
from .views import bp

_SHARE = N_(
    "So that there is enough for everybody, one customer gets a quarter of a tray of a good in a day. Nothing was "
    "ordered yet: please take less of it."
)


@bp.get("/basket")
def show_basket() -> str:
    """Show what is in the basket; a name that was written at the checkout goes back there."""
    return _basket(name=request.args.get("name", ""))


@bp.post("/basket")
@open_form
def add_to_basket() -> Response | tuple[str, int]:
    """Put one more of a good into the basket."""
    good = GOODS.get(request.form.get("item")) or abort(404)
    try:
        basket.add(good.slug)
    except basket.FullError:
        return _basket(problem=N_("Your basket is full. Please order what is in it, or take something out.")), 409
    return _to_basket()


@bp.post("/basket/change")
def change_basket() -> Response | tuple[str, int]:
    """Take over the quantities that were written, take out one good, go on to the checkout: as the button says.

    What the page showed comes along, so that a form does not undo what another tab has added since.
    """
    held, leaving = basket.contents(), request.form.get("remove")
    form = basket_form(held, leaving)()
    if not form.validate_on_submit():
        return _basket(form, name=request.form.get("name", "")), 422
    for slug, quantity in held.items():
        wanted = form[f"quantity-{slug}"].data
        if slug == leaving:
            basket.put(slug, 0)
        elif str(wanted) not in (str(quantity), request.form.get(f"shown-{slug}")):
            basket.put(slug, wanted)
    to = "shop.checkout" if "checkout" in request.form else "shop.show_basket"
    return redirect(url_for(to, name=request.form.get("name")), 303)


@bp.get("/checkout")
def checkout() -> Response | str:
    """Ask for a name to call out."""
    wanted = basket.contents()
    name = (request.args.get("name") or current_user.name or "")[: orders.LONGEST_NAME]
    return _checkout(CheckoutForm(name=name), wanted) if wanted else _to_basket()


@bp.post("/checkout")
def place_order() -> Response:
    """Take the goods from the stock, store the order and empty the basket."""
    form, wanted = CheckoutForm(), basket.contents()

    def act() -> Response:
        known = current_user.is_authenticated
        user_id, shared = (current_user.id, current_user.demo) if known else (None, False)
        try:
            placed = orders.place(form.once.data, form.name.data, wanted, user_id, shared=shared)
        except orders.ShortError:
            return make_response(_too_few(wanted, form.name.data), 409)
        except orders.ShareError:
            return make_response(_basket(problem=_SHARE, name=form.name.data), 409)
        if placed is None:
            return _to_basket()
        # A second copy of the request may come with a basket that was filled anew since: that one stays.
        if wanted == {line["slug"]: line["quantity"] for line in placed.lines}:
            basket.clear()
        return redirect(url_for("shop.order", code=placed.code), 303)

    return attempt(form, act, lambda: _checkout(form, wanted))


@bp.get("/orders/<code>")
def order(code: str) -> Response:
    """Show an order to anybody who has its address."""
    found = orders.find(code) if re.fullmatch("[A-Za-z0-9_-]{22}", code, re.ASCII) else None
    if found is None:
        abort(404)
    lines = [(_name(line["slug"]), line["quantity"], line["price"]) for line in found.lines]
    page = render_template("sites/shop/order.html", order=found, lines=lines, day=_pick_up(found.at))
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/orders")
@login_required
def my_orders() -> str:
    """Show the orders of an account, the newest first."""
    before = request.args.get("before")
    if before is not None and not re.fullmatch("[1-9][0-9]{0,8}", before, re.ASCII):
        abort(404)
    found = orders.placed_by(current_user.id, before and int(before))
    shown = found[: orders.A_PAGE]
    return render_template(
        "sites/shop/orders.html",
        orders=shown,
        older=shown[-1].id if len(found) > len(shown) else None,
    )


def _basket(form: Form | None = None, left: Mapping[str, int] | None = None, problem: str = "", name: str = "") -> str:
    """Return the page of the basket; `left` names what is short, and is then the most that it offers.

    `name` was written at the checkout, and comes back there.
    """
    held, left = basket.contents(), left or {}
    offered = {slug: min(quantity, left.get(slug, quantity)) for slug, quantity in held.items()}
    if form is None and held:  # an empty basket needs no form, and so no session cookie
        form = basket_form(offered)(formdata=None)
    lines = []
    for slug, quantity in held.items():
        field = form[f"quantity-{slug}"]
        offered[slug] = offered[slug] if field.data is None else field.data
        lines.append((GOODS[slug], quantity, field, offered[slug], left.get(slug)))
    return render_template(
        "sites/shop/basket.html",
        form=form,
        lines=lines,
        most=basket.MOST,
        total=_total(offered),
        problem=problem,
        name=name,
        cookies=basket.lines_held(),
    )


def _to_basket() -> Response:
    return redirect(url_for("shop.show_basket"), 303)


def _too_few(wanted: Mapping[str, int], name: str) -> str:
    left = stock.left(wanted)
    short = {slug: max(left[slug], 0) for slug, quantity in wanted.items() if left[slug] < quantity}
    problem = N_(
        "Others were faster: nothing was ordered yet. Below is what is left; in a minute there is more. Please look at "
        "it again."
    )
    return _basket(left=short, problem=problem, name=name)


def _checkout(form: CheckoutForm, wanted: Mapping[str, int]) -> str:
    lines = [(_name(slug), quantity, GOODS[slug].price) for slug, quantity in wanted.items()]
    return render_template(
        "sites/shop/checkout.html", form=form, lines=lines, total=_total(wanted), day=_pick_up(clock.now())
    )


def _name(slug: str) -> str:
    """Return the name of a good in the visitor's language; an order may outlive what was ordered."""
    return gettext(GOODS[slug].name) if slug in GOODS else slug


def _total(quantities: Mapping[str, int]) -> int:
    return sum(GOODS[slug].price * quantity for slug, quantity in quantities.items())


def _pick_up(ordered: datetime) -> str:
    """Return the day on which an order is ready, as the visitor writes it."""
    return format_date(ordered + orders.PICK_UP, "full", locale=speaker(current_language()).locale)

"""The pages of the shop."""

import re
from collections.abc import Iterable
from functools import cache

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.i18n import current_language, speaker
from webapp.security import safe_path

from .cookies import RECENT
from .forms import ForgetForm
from .goods import CATEGORIES, GOODS, TAGS, Good
from .recent import note_view, recently_viewed
from .search import search as find

_A_PAGE = 24
LONGEST_QUERY = 100

Card = tuple[str, str, str]

bp = Blueprint("shop", __name__, url_prefix="/shop")


@bp.get("/")
def index() -> str:
    """Show the goods, all or of one category, 24 a page."""
    category, page = request.args.get("category", ""), request.args.get("page", "1")
    if category not in ("", *CATEGORIES) or not re.fullmatch("[1-9][0-9]{0,3}", page, re.ASCII):
        abort(404)
    number = int(page)
    if number > _pages(category):
        abort(404)
    return render_template(
        "sites/shop/index.html",
        title=CATEGORIES.get(category),
        page=number,
        recent=recently_viewed(),
        shelf=_shelf(category, number, current_language()),
    )


@bp.get("/<slug>")
def good(slug: str) -> str:
    """Show one good, and remember the visit."""
    if slug not in GOODS:
        abort(404)
    note_view(slug)
    others = [item for item in recently_viewed() if item.id != slug]
    return render_template("sites/shop/good.html", good=GOODS[slug], categories=CATEGORIES, tags=TAGS, recent=others)


@bp.get("/search")
def search() -> str:
    """Show what fits the words in `q`."""
    query, language = request.args.get("q", ""), current_language()
    too_long = len(query) > LONGEST_QUERY
    return render_template(
        "sites/shop/search.html",
        categories=CATEGORIES,
        query=query,
        longest=LONGEST_QUERY if too_long else None,
        cards=_cards([] if too_long or not query.strip() else find(query, language), language),
    )


@bp.post("/recent/clear")
def clear_recent() -> tuple[str, int] | Response:
    """Forget one good or all that were looked at, and return to where the visitor was."""
    form = ForgetForm()
    item = form.item.data
    if not form.validate_on_submit():
        return render_template("sites/shop/forget.html", form=form, good=GOODS.get(item)), 422
    if not item:
        RECENT.clear()
    elif item in GOODS:
        RECENT[item].delete()
    return redirect(safe_path(form.next.data, url_for("shop.index")), 303)


def _address(category: str, page: int) -> str:
    return url_for("shop.index", category=category or None, page=page if page > 1 else None)


def _of(category: str) -> list[Good]:
    return [good for good in GOODS.values() if category in ("", good.category)]


def _pages(category: str) -> int:
    return -(-len(_of(category)) // _A_PAGE)


# The shelves are the same for everybody and never change while the app runs: each is written once a language.
@cache
def _shelf(category: str, page: int, language: str) -> Markup:
    """Return one page of a category as HTML, of all goods for an empty category."""
    pages = _pages(category)
    html = render_template(
        "sites/shop/shelf.html",
        categories=CATEGORIES,
        category=category,
        cards=_cards(_of(category)[(page - 1) * _A_PAGE : page * _A_PAGE], language),
        page=page,
        pages=pages,
        before=_address(category, page - 1) if page > 1 else None,
        after=_address(category, page + 1) if page < pages else None,
    )
    return Markup(html)


def _cards(goods: Iterable[Good], language: str) -> list[Card]:
    """Return (slug, name, price) as `language` writes them."""
    speak = speaker(language)
    return [(good.slug, speak.gettext(good.name), speak.price(good.price)) for good in goods]

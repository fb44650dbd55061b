"""The pages of the shop: its shelves, its goods, and looking for them."""

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from webapp.house import Recent
from webapp.i18n import current_language, gettext, speaker
from webapp.security import open_form, safe_path
from webapp.sites import sorting
from webapp.sites.recents import note_view
from webapp.sites.words import words

from . import basket, searches, stock
from .cookies import PAUSE, RECENT, SORT
from .forms import SearchesForm
from .goods import CATEGORIES, GOODS, TAGS, Good
from .recent import recently_viewed
from .recommend import FAVOURITES, clues_of, recommend
from .search import LONGEST_QUERY, why
from .search import search as find

_A_PAGE = 24
_SENTENCES = re.compile(r"(?<=[.!?؟…])\s+")  # a story has two: the first stands above the button
_FEW = 10  # from here on the page of a good says how many are left

bp = Blueprint("shop", __name__, url_prefix="/shop")


class Card(NamedTuple):
    """A good as a shelf shows it, name and price as the visitor's language writes them."""

    slug: str
    name: str
    price: str


@bp.context_processor
def _on_every_page() -> dict[str, Any]:
    return {"in_basket": sum(basket.contents().values())}


@bp.get("/")
def index() -> str:
    """Show the goods, all or of one category, 24 a page; `sort` chooses the order from now on."""
    category, page = request.args.get("category", ""), request.args.get("page", "1")
    if category not in ("", *CATEGORIES) or not re.fullmatch("[1-9][0-9]{0,3}", page, re.ASCII):
        abort(404)
    number = int(page)
    if number > _pages(category):
        abort(404)
    viewed, personal = recently_viewed(), {}
    order = sorting.order(SORT)
    # What the next page could not know by itself: not every order is remembered, and not every browser keeps cookies.
    carried = None if order == SORT.get() == SORT.default else order
    if not category and number == 1:
        searched = searches.recent_searches()
        personal = {"searches": searched, "paused": PAUSE.get(), **_recommended(searched, viewed)}
    return render_template(
        "sites/shop/index.html",
        title=CATEGORIES.get(category),
        page=number,
        recent=viewed,
        shelf=_shelf(category, number, order, carried, current_language(), request.script_root),
        **personal,
    )


@bp.get("/<slug>")
def good(slug: str) -> str:
    """Show one good, and remember the visit."""
    if slug not in GOODS:
        abort(404)
    note_view(RECENT, slug)
    viewed, story = recently_viewed(), gettext(GOODS[slug].story)
    beginning, rest = _SENTENCES.split(story, maxsplit=1)
    return render_template(
        "sites/shop/good.html",
        good=GOODS[slug],
        story=story,
        beginning=beginning,
        rest=rest,
        categories=CATEGORIES,
        tags=TAGS,
        left=_few_left(slug),
        recent=[item for item in viewed if item.id != slug],
        **_recommended(searches.recent_searches(), viewed, slug),
    )


@bp.get("/search")
def search() -> str:
    """Show what fits the words in `q`, and remember that they were asked for."""
    query, language = request.args.get("q", ""), current_language()
    too_long = len(query) > LONGEST_QUERY
    if not too_long:
        searches.note_search(query)
    found = [] if too_long else find(query, language)
    return render_template(
        "sites/shop/search.html",
        categories=CATEGORIES,
        query=query,
        longest=LONGEST_QUERY if too_long else None,
        cards=_cards(found, language),
        reasons={good.slug: why(good, query, language) for good in found},
        searches=searches.recent_searches(),
        paused=PAUSE.get(),
    )


@bp.post("/searches")
@open_form
def change_searches() -> Response:
    """Forget one search or all, or stop or go on remembering them; then return to where the visitor was."""
    form = SearchesForm()
    item, pause = form.item.data, form.pause.data
    if pause == "on":
        PAUSE.set(True)
    elif pause == "off":
        PAUSE.delete()
    elif item is not None:
        searches.forget(item)
    return redirect(safe_path(form.next.data, url_for("shop.search")), 303)


def _few_left(slug: str) -> int | None:
    """Return how many of a good are left when these are few, None when there are enough or nobody can tell."""
    try:
        left = stock.left_of(slug)
    except SQLAlchemyError:
        return None
    return left if left <= _FEW else None


def _recommended(searched: list[searches.Search], viewed: list[Recent], here: str = "") -> dict[str, Any]:
    """Return what is recommended, on the page of the good `here`, and the favourites for those it can't be for."""
    clues = clues_of(searched, viewed)
    picked = recommend(clues, {here, *basket.contents(), *(item.id for item in viewed)})
    return {"clues": clues, "picked": picked, "favourites": _favourites(here, current_language(), request.script_root)}


def _of(category: str) -> list[Good]:
    return [good for good in GOODS.values() if category in ("", good.category)]


def _in_order(goods: list[Good], order: str, language: str) -> list[Good]:
    if order == "price":
        return sorted(goods, key=lambda good: good.price)
    if order == "name":
        return sorted(goods, key=lambda good: words(speaker(language).gettext(good.name)))
    return goods


@cache
def _pages(category: str) -> int:
    return -(-len(_of(category)) // _A_PAGE)


# Shelves and favourites are the same for everybody and never change while the app runs: written once a language and a
# path that the site stands under.
@cache
def _shelf(category: str, page: int, order: str, carried: str | None, language: str, root: str) -> Markup:
    """Return one page of a category as HTML, of all goods for an empty category; links to others carry an order."""
    pages, goods = _pages(category), _in_order(_of(category), order, language)
    here = partial(url_for, "shop.index", category=category or None)
    leaf = partial(here, sort=carried)
    html = render_template(
        "sites/shop/shelf.html",
        categories=CATEGORIES,
        category=category,
        order=order,
        first=here(),
        cards=_cards(goods[(page - 1) * _A_PAGE : page * _A_PAGE], language),
        page=page,
        pages=pages,
        before=leaf(page=page - 1 if page > 2 else None) if page > 1 else None,
        after=leaf(page=page + 1) if page < pages else None,
    )
    return Markup(html)


@cache
def _favourites(here: str, language: str, root: str) -> Markup:
    """Return the town's favourites as HTML, for the page of the good `here`, which is none of them there."""
    goods = _cards((GOODS[slug] for slug in FAVOURITES if slug != here), language)
    return Markup(render_template("sites/shop/favourites.html", goods=goods))


def _cards(goods: Iterable[Good], language: str) -> list[Card]:
    """Return goods as a shelf shows them in a language."""
    speak = speaker(language)
    return [Card(good.slug, speak.gettext(good.name), speak.price(good.price)) for good in goods]

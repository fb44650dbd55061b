"""Consent: what a visitor allows Crumb to remember, asked, recorded, enforced; and the cookie policy."""

from flask import Flask

from webapp.cookies import Category
from webapp.cookies.direct import this_request
from webapp.house import Feature, Place
from webapp.i18n import N_

from .choice import allowed, asks, global_privacy_control, take_back_refused, why_withheld
from .cookies import CONSENT
from .policy import CATEGORIES
from .views import bp

__all__ = ["CONSENT", "allowed", "init_app"]


def init_app(app: Flask) -> Feature:
    """Enforce the choice; hand over the pages, the cookie that remembers it, and the banner that asks for it."""
    app.before_request(take_back_refused)
    app.jinja_env.globals.update(
        consent_asks=asks,
        global_privacy_control=global_privacy_control,
        category_titles={category.value: title for category, (title, _gain) in CATEGORIES.items()},
        why_withheld=lambda category: why_withheld(Category(category)),
    )
    return Feature(
        title=N_("Your choice about cookies"),
        blueprints=(bp,),
        cookies=(CONSENT,),
        places=(
            Place(endpoint="consent.cookies", title=N_("Cookies on this site"), footer=True),
            Place(endpoint="consent.consent", title=N_("Your choice"), footer=True, returns=True),
        ),
        asks=_banner,
    )


def _banner() -> str:
    """Return the question, until it is answered; the page that asks it at length needs no banner."""
    return "consent/banner.html" if this_request().blueprint != bp.name and asks() else ""

"""Consent: what a visitor allows Crumb to remember, asked, recorded, enforced; and the cookie policy."""

from flask import Flask

from webapp.cookies import Category, declare

from .choice import allowed, asks, global_privacy_control, take_back_refused, why_withheld
from .cookies import CONSENT
from .policy import CATEGORIES, owner_title
from .views import bp

__all__ = ["CONSENT", "allowed", "init_app"]


def init_app(app: Flask) -> None:
    """Register the pages, the cookie that remembers the choice, and what enforces it."""
    declare(app, __name__, CONSENT)
    app.register_blueprint(bp)
    app.before_request(take_back_refused)
    app.jinja_env.globals.update(
        consent_asks=asks,
        owner_title=owner_title,
        global_privacy_control=global_privacy_control,
        category_titles={category.value: title for category, (title, _gain) in CATEGORIES.items()},
        why_withheld=lambda category: why_withheld(Category(category)),
    )

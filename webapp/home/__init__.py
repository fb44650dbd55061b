"""The first page: what this is, and who the visitor is to us, cookie by cookie."""

from flask import Flask

from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Register the first page, and the icon's usual address."""
    app.register_blueprint(bp)

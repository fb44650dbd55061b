"""The jar: every cookie that this browser sent, explained, to be changed, spoiled, deleted, taken along."""

from flask import Flask

from webapp import trial

from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Register the jar's pages, and the bar that a page of a trial carries."""
    app.register_blueprint(bp)
    app.jinja_env.globals["trial_under_way"] = trial.under_way

"""Crumb: a site that shows people their own cookies."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, request
from flask_compress import Compress

from . import (
    accounts,
    address,
    assets,
    classroom,
    consent,
    cookies,
    database,
    errors,
    health,
    home,
    httpbin,
    i18n,
    jar,
    kept,
    lab,
    lessons,
    logs,
    preferences,
    sandbox,
    security,
    settings,
    sites,
    tutorial,
    visits,
    wire,
)
from .database.ids import Id
from .database.migrate import prepare
from .house import house


class Crumb(Flask):
    """Flask, with one place where a response is complete: after Flask itself saved the session."""

    request_class = cookies.Request
    response_class = wire.Response
    compress = Compress()

    def process_response(self, response: wire.Response) -> wire.Response:
        """Let Flask finish the response, the recorder fill in the dock, and then compress the page."""
        cookies.page_made()
        return self.compress.after_request(wire.complete(super().process_response(response)))

    def log_exception(self, exc_info: Any) -> None:
        """Write down a mistake of ours; Flask would write the address too, and what a visitor has put into it."""
        self.logger.error("a mistake of ours at %s", logs.place(request.environ), exc_info=exc_info)


def create_app(config: Mapping[str, Any] | None = None) -> Crumb:
    """Build the app from `config.py`, the CRUMB_* variables and `config`, the later over the earlier."""
    app = Crumb(__name__, root_path=settings.ROOT, static_folder=None)
    app.url_map.converters["int"] = Id
    # Flask asks it twenty times a request, for the same functions, whether they are coroutines (/lab: 4 %).
    app.ensure_sync = lru_cache(512)(app.ensure_sync)  # type: ignore[method-assign]
    settings.init_app(app, config or {})
    address.init_app(app)
    logs.init_app(app)

    app.config["COMPRESS_REGISTER"] = False  # its turn comes in process_response, after the dock
    app.compress.init_app(app)
    cookies.init_app(
        app,
        allowed=consent.allowed,
        secure=app.config["SECURE"],
        salt="crumb.cookie.",
        passing_on=(__name__, sandbox.__name__, security.session.__name__, wire.record.response.__name__),
    )
    i18n.init_app(app, choose=preferences.LANGUAGE.get)
    database.init_app(app)
    errors.init_app(app)

    # In the order of menu and footer.
    rooms = app.jinja_env.globals["house"] = house(app)
    rooms.take_in(security.init_app(app))
    rooms.take_in(consent.init_app(app))
    rooms.take_in(
        wire.init_app(
            app,
            wanted=lambda: preferences.DOCK.get() or lessons.LESSON.get() is not None,
            hides=lambda: lessons.LESSON.get() is None,
        )
    )
    rooms.take_in(kept.init_app(app))
    rooms.take_in(home.init_app(app))
    rooms.take_in(sites.init_app(app))
    rooms.take_in(tutorial.init_app(app))
    rooms.take_in(lessons.init_app(app))
    rooms.take_in(lab.init_app(app))
    rooms.take_in(jar.init_app(app))
    rooms.take_in(preferences.init_app(app))
    rooms.take_in(visits.init_app(app))
    rooms.take_in(accounts.init_app(app))
    rooms.take_in(httpbin.init_app(app))
    rooms.take_in(classroom.init_app(app, presenting=preferences.PRESENTER.get))

    assets.init_app(app, lambda: sites.draw(app))
    health.init_app(app)
    security.protect(app)
    logs.note_requests(app)
    address.read_requests(app)
    prepare(app, accounts.add_demo_accounts, sites.fill)
    return app

"""Accounts: register, log in and be remembered, see and end one's devices, log out, leave."""

import secrets

from flask import Flask, Response, session
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.cookies import current_jar
from webapp.cookies.direct import this_request
from webapp.house import Feature, Group, Place
from webapp.i18n import N_
from webapp.security import SESSION, this_user

from . import devices, redeeming, views
from .anonymous import Anonymous
from .commands import users_commands
from .cookies import KNOWN, LAST_LOGIN, REMEMBER
from .lifetimes import NEW
from .users import add_demo_accounts
from .visitor import Visitor, login

__all__ = ["KNOWN", "LAST_LOGIN", "REMEMBER", "add_demo_accounts", "init_app"]


def init_app(app: Flask) -> Feature:
    """Register Flask-Login and `flask users`; hand over the pages and the cookies."""
    # Flask-Login's own cookie stays valid after log-out and is the same at every log-in: None is a name that no
    # browser sends. Its session protection would end the sessions of people whose address changes.
    app.config["REMEMBER_COOKIE_NAME"] = None
    login_manager = LoginManager()
    login_manager.session_protection = None
    login_manager.anonymous_user = Anonymous
    login_manager.user_loader(lambda token: _load(devices.find, token))
    login_manager.request_loader(lambda request: _load(redeeming.redeem))
    login_manager.unauthorized_handler(views.ask_to_log_in)
    login_manager.needs_refresh_handler(views.ask_to_confirm)
    login_manager.init_app(app)
    app.cli.add_command(users_commands)
    app.jinja_env.globals["draw_once"] = lambda: secrets.token_urlsafe(16)
    app.before_request(_redeem_first)
    app.after_request(_keep_session)
    return Feature(
        title=N_("Accounts"),
        blueprints=(views.bp,),
        cookies=(SESSION, REMEMBER, LAST_LOGIN, KNOWN),
        copies=(REMEMBER,),
        above=_named,
        places=(
            Place(
                endpoint="accounts.account",
                title=N_("Account"),
                menu=Group.OWN,
                shown=_logged_in,
                named=_name,
                trial=True,
            ),
            Place(
                endpoint="accounts.login",
                title=N_("Log in"),
                menu=Group.OWN,
                shown=lambda: not _logged_in(),
                returns=True,
            ),
        ),
    )


def _logged_in() -> bool:
    return this_user().is_authenticated


def _name() -> str:
    return this_user().name


def _named() -> str:
    """Say the name that was drawn, on each page of the first minute."""
    new = (user := this_user()).ends and clock.now() - user.since < NEW
    return "accounts/named.html" if new else ""


def _load(ask, *arguments) -> Visitor | None:
    """Ask the database who this is; while it is down everybody is anonymous and all cookies stay as they are."""
    if login().database_down:
        return None
    try:
        return ask(*arguments)
    except SQLAlchemyError:
        login().database_down = True
        return None


def _redeem_first() -> None:
    # A redemption begins a new session: it has to come before a form takes its token from the old one.
    if current_jar().wire_name(REMEMBER) in this_request().cookies:
        this_user()


def _keep_session(response: Response) -> Response:
    if login().keep_session:
        session.modified = False
    return response

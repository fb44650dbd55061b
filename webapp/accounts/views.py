"""The pages of accounts."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, fresh_login_required, login_fresh, login_required
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from webapp import kept, visits
from webapp.cookies import forget_traces, is_trace, registry
from webapp.database import writing
from webapp.forms import Form, attempt
from webapp.house import house
from webapp.i18n import N_
from webapp.security import open_form, own_path, safe_path, same_origin
from webapp.signals import traces_clearing
from webapp.wire.record.recorder import latest
from webapp.wire.show.told import told

from . import devices, drawn, users
from .browsers import describe
from .cookies import LAST_LOGIN
from .forms import (
    ButtonForm,
    CloseForm,
    ConfirmForm,
    DrawForm,
    LogInForm,
    LogOutForm,
    NameForm,
    PasswordForm,
    RegisterForm,
)
from .tables import DEVICES

bp = Blueprint("accounts", __name__)
# Pages that nobody wants to come to from the log-in page.
PASSING = ("/login", "/logout", "/register", "/account/confirm", "/account/notice")


@bp.route("/login", methods=["GET", "POST"])
def login() -> Response:
    """Log in; whoever is logged in already may change to another account."""
    form = LogInForm()

    def act() -> Response | None:
        user = users.authenticate(form.username.data, form.password.data)
        if user:
            return _log_in(user, form.remember.data)
        form.password.errors.append(N_("Name or password is wrong."))
        return None

    form.next.data = _next()
    return attempt(form, act, lambda: _login_page(form))


@bp.route("/login/drawn", methods=["GET", "POST"])
@open_form
def draw() -> Response:
    """Make an account with a drawn name and log in to it; whoever is logged in to one of their own stays who they are.

    Somebody in such an account may be remembered in it by the same form.
    """
    if request.method != "POST":
        return redirect(url_for(".login", next=_next()), 303)
    if not current_app.config["REGISTRATION"]:
        return _refused("accounts/closed.html", form=RegisterForm(formdata=None))
    form = DrawForm()
    # A browser that keeps no cookie would get one account after another, and be in none of them.
    if asked_again := kept.ask_again():
        return asked_again

    def act() -> Response | None:
        if not session.came_as:
            return None  # the page says why
        if not current_user.is_authenticated or current_user.demo:
            return _log_in(drawn.draw(form.once.data), form.remember.data)
        if form.remember.data and current_user.ends and not current_user.remembered_until:
            return _log_in(users.find(current_user.name), True)
        return redirect(_next(), 303)

    def page() -> str:
        again = LogInForm(formdata=None, next=_next())
        again.form_errors = form.form_errors
        return _login_page(again)

    return attempt(form, act, page)


@bp.route("/register", methods=["GET", "POST"])
def register() -> Response:
    """Make an account and log in to it."""
    form = RegisterForm()
    if not current_app.config["REGISTRATION"]:
        return _refused("accounts/closed.html", form=form)

    def act() -> Response | None:
        if user := users.sign_up(form.username.data, form.password.data):
            return _log_in(user, form.remember.data)
        form.username.errors.append(_TAKEN)
        return None

    return _answer(form, act, "accounts/register.html")


@bp.route("/logout", methods=["GET", "POST"])
def logout() -> Response:
    """Ask by GET, log out by POST; the history goes as well unless the visitor, or this log-in, wants it kept."""
    if not current_user.is_authenticated:
        if current_user.is_unasked:
            raise ServiceUnavailable(retry_after=60)
        if request.method == "POST":
            if request.form.get("history") == "clear":  # the log-in had ended already; the wish still counts
                _clear_traces()
            return redirect(url_for(".logout"), 303)
        visits.leave_out()  # a wish to keep no history makes none
        return make_response(_logged_out())

    # People at a computer that others use don't tick “remember me”.
    form = LogOutForm(history="keep" if current_user.remembered_until else "clear")

    def act() -> Response:
        gone = current_user.ends is not None
        devices.log_out()
        if form.history.data == "clear":
            _clear_traces()
        else:
            LAST_LOGIN.set("logged-out")
        return _leave(gone)

    return _answer(form, act, "accounts/logout.html")


@bp.get("/account")
@login_required
def account() -> str:
    """Show how the visitor is logged in, and where to go from here."""
    return render_template("accounts/account.html")


@bp.get("/account/notice")
@login_required
def notice() -> str | Response:
    """Say why all devices were ended, after the log-in that followed."""
    reason = devices.REASONS.get(session.get("notice"))
    return render_template("accounts/notice.html", reason=reason, next=_next()) if reason else redirect(_next(), 303)


@bp.route("/account/confirm", methods=["GET", "POST"])
@login_required
def confirm() -> Response:
    """Ask for the password again, then go on to the page that needs it; where there is no password, say so."""
    form = ConfirmForm()

    def act() -> Response | None:
        if users.confirm(current_user, form.password.data):
            devices.renew(current_user)
            return redirect(_next(), 303)
        form.password.errors.append(_WRONG)
        return None

    if login_fresh() and request.method == "GET":
        return redirect(_next(), 303)
    if current_user.ends:
        return _refused("accounts/passing.html")
    return _answer(form, act, "accounts/confirm.html", passwords=users.DEMO_ACCOUNTS)


@bp.get("/account/devices")
@fresh_login_required
def device_list() -> str:
    """List where the account is logged in."""
    return _devices(ButtonForm())


@bp.post("/account/devices/<int:device>/end")
@fresh_login_required
def end_device(device: int) -> Response:
    """End one device; the one in use by way of logging out."""
    if device == current_user.device_id:
        return redirect(url_for(".logout"), 303)
    return _end(DEVICES.c.id == device)


@bp.post("/account/devices/end-others")
@fresh_login_required
def end_others() -> Response:
    """End all devices but this one."""
    return _end(DEVICES.c.id != current_user.device_id)


@bp.route("/account/name", methods=["GET", "POST"])
@fresh_login_required
def name() -> Response:
    """Change the name."""
    if refused := _unchanging():
        return refused
    form = NameForm(username=current_user.name)

    def act() -> Response | None:
        if users.rename(current_user, form.username.data):
            flash("name")
            return redirect(url_for(".account"), 303)
        form.username.errors.append(_TAKEN)
        return None

    return _answer(form, act, "accounts/name.html")


@bp.route("/account/password", methods=["GET", "POST"])
@fresh_login_required
def password() -> Response:
    """Change the password, which ends the other devices."""
    if refused := _unchanging():
        return refused
    form = PasswordForm(current_user.name)

    def act() -> Response | None:
        if not users.confirm(current_user, form.current.data):
            form.current.errors.append(_WRONG)
            return None
        users.change_password(current_user, form.password.data)
        flash("password")
        return redirect(url_for(".account"), 303)

    return _answer(form, act, "accounts/password.html")


@bp.get("/.well-known/change-password")
def well_known_password() -> Response:
    """Lead password managers to the page for it (W3C, A Well-Known URL for Changing Passwords)."""
    return redirect(url_for(".password"), 303)


@bp.route("/account/close", methods=["GET", "POST"])
@fresh_login_required
def close() -> Response:
    """Delete the account."""
    if refused := _unchanging():
        return refused
    form = CloseForm()

    def act() -> Response | None:
        if not users.confirm(current_user, form.password.data):
            form.password.errors.append(_WRONG)
            return None
        users.close(current_user)
        return _leave(gone=True)

    return _answer(form, act, "accounts/close.html")


_TAKEN = N_("Somebody has this name already. Please choose another one.")
_WRONG = N_("This is not the password of the account. Please try again.")


def ask_to_log_in() -> Response:
    """Send somebody who is not logged in to the log-in page, and from there back."""
    if current_user.is_unasked:
        raise ServiceUnavailable(retry_after=60)
    return redirect(url_for("accounts.login", next=_way_back()), 303)


def ask_to_confirm() -> Response:
    """Send somebody whose log-in is not fresh to type the password again, and from there back."""
    return redirect(url_for("accounts.confirm", next=_way_back()), 303)


def _way_back() -> str:
    """Return the page that was asked for, or the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        return request.script_root + request.full_path.rstrip("?")
    if "GET" in request.url_rule.methods:
        return own_path()
    return url_for("accounts.device_list") if request.blueprint == bp.name else safe_path(request.form.get("next"))


def _next() -> str:
    """Return where to go on to: the checked `next` of the form or the address."""
    target = safe_path(request.values.get("next"))
    return safe_path(None) if target.removeprefix(request.script_root).startswith(PASSING) else target


def _login_page(form: LogInForm) -> str:
    demo = {name: users.DEMO_ACCOUNTS[name] for name in users.demo_accounts()}
    return render_template("accounts/login.html", form=form, demo=demo, ended=devices.reason())


def _log_in(user, remember: bool) -> Response:
    reason = devices.log_in(user, remember)
    if not reason:
        return redirect(_next(), 303)
    session["notice"] = reason
    return redirect(url_for(".notice", next=_next()), 303)


def _unchanging() -> Response | None:
    """Say of an account that can't be changed why: it is everybody's, or its name was drawn. None of any other."""
    if current_user.demo:
        return _refused("accounts/shared.html")
    return _refused("accounts/passing.html") if current_user.ends else None


def _refused(template: str, **values) -> Response:
    """Say why there is no form here; 403 where one was sent."""
    return make_response(render_template(template, **values), 403 if request.method == "POST" else 200)


def _logged_out() -> str:
    """Say that nobody is logged in, what this browser still keeps and, right after the log-out, what it ended."""
    (known, strangers), recent, (ended, cleared) = told(), house().recent(), _deleted_before()
    pictured = {item.cookie for item, _ in recent}
    return render_template(
        "accounts/out.html",
        ended=ended,
        cleared=cleared,
        gone=request.args.get("account") == "gone" and same_origin(),  # no link can claim it
        browser=describe(request.user_agent.string, request.headers.get("Sec-CH-UA", "")),
        told=known,
        strangers=strangers,
        recent=recent,
        traces=[each for each in known if is_trace(each.cookie) and each.name not in pictured],
    )


def _deleted_before() -> tuple[list[str], int]:
    """Return which cookies of a log-in, and how many traces, the log-out deleted that led to this page, if one did.

    The record of the exchange before says so, and no link can claim it; where the dock is off, nothing is known.
    """
    log_out = ("POST", 303, request.path)
    found = [each for each in latest(1) if (each.method, each.status, each.path) == log_out]
    came = {name for each in found for name, _ in each.sent}
    names = [line.name for each in found for line in each.written if line.deletes and line.name in came]
    ended = [name for name in names if not is_trace(registry().find(name))]
    return ended, len(names) - len(ended)


def _clear_traces() -> None:
    forget_traces()
    traces_clearing.send(current_app._get_current_object())


def _leave(gone: bool) -> Response:
    """Lead to the page that says what ended; `gone` is whether the account did too."""
    response = redirect(url_for(".logout", account="gone" if gone else None), 303)
    response.headers["Clear-Site-Data"] = '"cache"'  # else Back shows the pages of the account
    return response


def _end(which) -> Response:
    form = ButtonForm()
    if not form.validate():
        return make_response(_devices(form), 422)
    with writing() as db:
        db.execute(devices.ending(current_user.id, "ended", which))
    return redirect(url_for(".device_list"), 303)


def _devices(form: ButtonForm) -> str:
    living = devices.living(current_user.id)
    return render_template("accounts/devices.html", form=form, devices=living, remember_end=devices.remember_end)


def _answer(form: Form, act: Callable[[], Response | None], template: str, **values) -> Response:
    """Show a form that may lead on, and act once it was sent; whatever goes wrong, it comes back without passwords."""
    if "next" in form:
        form.next.data = _next()
    return attempt(form, act, lambda: render_template(template, form=form, **values))

"""The centre in an app that is not Crumb: all of Flask's own defaults stand."""

from datetime import timedelta
from functools import partial
from typing import Any, assert_type

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from webapp import cookies
from webapp.cookies import CallSite, Category, Cookie, Family, codecs

DAY = timedelta(days=1)
FLAVOUR = Cookie(
    name="flavour", purpose="", category=Category.PREFERENCES, codec=codecs.Choice("oat", "rye"), default="oat"
)
TICKET = Cookie(
    name="ticket", purpose="", category=Category.NECESSARY, codec=codecs.Number(1, 9), signed=True, max_age=DAY
)
BITES = Family(
    name="bite.", key="[a-z]+", limit=2, purpose="", category=Category.HISTORY, codec=codecs.Number(1, 9), max_age=DAY
)


def shop(**options: Any) -> Flask:
    """Return the whole app."""
    app = Flask(__name__)
    cookies.init_app(app, **options)
    cookies.declare(app, __name__, FLAVOUR, TICKET, BITES)

    @app.get("/set/<flavour>")
    def set_all(flavour: str) -> str:
        FLAVOUR.set(flavour)
        TICKET.set(7)
        BITES.add(flavour, 3)
        return show()

    @app.get("/")
    def show() -> str:
        flavour, ticket, bites = FLAVOUR.get(), TICKET.get(), BITES.items()
        assert_type((flavour, ticket, bites), tuple[str | None, int | None, list[tuple[str, int]]])
        return f"{flavour} {ticket} {bites} {sorted(request.cookies)}"

    @app.get("/forget")
    def forget() -> str:
        TICKET.delete()
        cookies.forget(Category.HISTORY)
        return show()

    return app


@pytest.fixture
def client() -> FlaskClient:
    """A client of the app, which has the key that Flask's own session would need."""
    app = shop()
    app.secret_key = "k" * 32
    return app.test_client()


def test_it_sets_reads_and_deletes(client: FlaskClient) -> None:
    """A plain, a signed and a family's cookie are written, come back, and go; the lines are as declared."""
    assert client.get("/").text == "oat None [] []"
    answer = client.get("/set/rye")
    assert answer.text == "rye 7 [('rye', 3)] []"
    lines = answer.headers.getlist("Set-Cookie")
    assert lines[0] == "flavour=rye; HttpOnly; Path=/; SameSite=Lax"
    assert [line.partition("=")[0] for line in lines] == ["flavour", "ticket", "bite.rye"]
    assert client.get("/").text == "rye 7 [('rye', 3)] ['bite.rye', 'flavour', 'ticket']"
    assert client.get("/forget").text.startswith("rye None []")
    assert client.get("/").text == "rye None [] ['flavour']"


def test_a_forged_ticket_is_none(client: FlaskClient) -> None:
    """What nobody signed reads as absent, and is deleted."""
    client.set_cookie("ticket", "7.aR1zBA." + "A" * 43)
    answer = client.get("/")
    assert answer.text.startswith("oat None")
    assert answer.headers["Set-Cookie"].startswith("ticket=; Expires=Thu, 01 Jan 1970")


def test_without_a_key_the_error_says_so() -> None:
    """Signing in an app without a SECRET_KEY raises, with the remedy."""
    app = shop()
    app.testing = True
    with pytest.raises(RuntimeError, match="no SECRET_KEY to sign with: set one"):
        app.test_client().get("/set/rye")


def test_the_table_needs_no_setting() -> None:
    """`flask cookies` lists the declarations there too."""
    lines = shop().test_cli_runner().invoke(args=["cookies"]).output.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["bite.<[a-z]+>", "history"],
        ["flavour", "preferences"],
        ["ticket", "necessary"],
    ]


def test_the_order_of_set_up_does_not_matter() -> None:
    """What another extension sets when the view has returned is written, though it was registered before the centre."""
    app = Flask(__name__)

    @app.after_request
    def taste(response: Response) -> Response:
        FLAVOUR.set("rye")
        return response

    cookies.init_app(app)
    assert app.test_client().get("/").headers["Set-Cookie"].startswith("flavour=rye")


@pytest.mark.parametrize("asked_before", [True, False])
def test_too_late_says_what_to_do(asked_before: bool) -> None:
    """Once the lines are written, set, delete and forget raise and name the place for it; get does not."""
    app = shop()
    with app.test_request_context(headers={"Cookie": "flavour=plum; bite.rye=3"}):
        if asked_before:
            FLAVOUR.get()
        app.process_response(Response())
        assert FLAVOUR.get() == "oat"
        for late in (partial(FLAVOUR.set, "rye"), FLAVOUR.delete, partial(cookies.forget, Category.HISTORY)):
            with pytest.raises(RuntimeError, match=r"comes too late, .* set and delete them in the view, or in"):
                late()


def test_what_is_read_later_did_not_make_the_page() -> None:
    """The jar notes what was read until the page was there; to say so before anything was read counts for nothing."""
    with shop().test_request_context(headers={"Cookie": "flavour=rye; bite.oat=3"}):
        cookies.page_made()
        assert FLAVOUR.get() == "rye" and cookies.current_jar().reads == {"flavour"}
        cookies.page_made()
        assert BITES["oat"].get() == 3 and cookies.current_jar().reads == {"flavour"}


def test_no_line_of_the_centre_is_a_call_site() -> None:
    """`forget` deletes for whoever called it, in an app too whose name the centre's own begins with."""
    heard: list[tuple[str, CallSite | None]] = []

    class Listening(Response):
        def set_cookie_line(self, line: str, call_site: CallSite | None) -> None:
            heard.append((line.partition(";")[0], call_site))

    app = Flask("webapp")
    cookies.init_app(app)
    cookies.declare(app, __name__, BITES)
    with app.test_request_context(headers={"Cookie": "bite.oat=3"}):
        cookies.forget(Category.HISTORY)
        app.process_response(Listening())
    assert heard == [("bite.oat=", None)]


def test_who_asked_is_told_to_a_response_that_listens() -> None:
    """A response class with `set_cookie_line` hears of the app's own line that asked, modules that pass on left out."""

    class Listening(Response):
        heard: list[tuple[str, CallSite | None]] = []  # noqa: RUF012

        def set_cookie_line(self, line: str, call_site: CallSite | None) -> None:
            self.heard.append((line, call_site))

    for passing_on in ((), (__name__,), ("tests.",)):
        app = shop(passing_on=passing_on)
        app.secret_key, app.response_class = "k" * 32, Listening
        app.test_client().get("/set/rye")
    functions = [site and (site.file, site.function) for _, site in Listening.heard]
    assert functions == [("test_foreign_app.py", "set_all")] * 3 + [None] * 6

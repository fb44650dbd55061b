"""What a script may do: a script of the page tries to set, read and delete lab cookies, and the next request tells.

Each act is fixed, here and in static/js/scripts.js. With scripts off its form goes all the same, and the page says so.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import site_url
from webapp.i18n import N_, P_
from webapp.lab.cookies import LAB
from webapp.lab.forms import said, shown
from webapp.lab.predict import Fate, engines, known
from webapp.security import open_form, same_origin
from webapp.useragent import UserAgent, engine_of, readings

bp = Blueprint("scripts", __name__, url_prefix="/lab/scripts")

OPEN, LOCKED = "lab-open", "lab-locked"
LINES = (f"{OPEN}=rye; Path=/lab/scripts", f"{LOCKED}=rye; Path=/lab/scripts; HttpOnly")
GUESSES = {"works": N_("It works"), "fails": N_("It does not work")}
# whatwg/cookiestore gave this up in May 2025 (pull request 258). Measured: Chromium 156 does it, Firefox 153 does not.
ENDS_PATHS_WITH_A_SLASH = {"chromium"}


@dataclass(frozen=True)
class Act:
    """What the script tries. `line` is what that comes to as a `Set-Cookie` line, "" for an act that reads.

    `code` is the JavaScript that runs, the same in static/js/scripts.js; `store` tells that it calls the CookieStore.
    """

    key: str
    title: str
    line: str = ""
    code: str = ""
    note: str = ""

    @property
    def store(self) -> bool:
        return self.code.startswith("cookieStore.")

    @property
    def runs(self) -> str:
        """The JavaScript."""
        return self.code or f'document.cookie = "{self.line}"'

    @property
    def name(self) -> str:
        """The cookie that it is about."""
        return self.line.partition("=")[0] or LOCKED

    @property
    def makes(self) -> bool:
        """Whether there is no such cookie before."""
        return self.name not in (OPEN, LOCKED)

    def line_in(self, engine: str) -> str:
        """Return the line that an engine makes of it."""
        slash = self.store and engine in ENDS_PATHS_WITH_A_SLASH
        return re.sub("(Path=/[^;]*[^;/])(;|$)", r"\1/\2", self.line) if slash else self.line

    def worked(self, came: list[tuple[str, str]], read: list[str]) -> bool:
        """Tell by the pairs of the next request and the names that the script read whether it had its way."""
        if not self.line:
            return self.name in read
        if "Max-Age=0" in self.line:
            return self.name not in dict(came)
        return tuple(self.line.partition(";")[0].split("=")) in came


# Ends with a slash, which Chromium would put there: so it is the same call in every browser.
_IN_STORE = "Path=/lab/; Secure; SameSite=Strict"

ACTS = {
    act.key: act
    for act in (
        Act("set", N_("Set a cookie"), "lab-written=rye; Path=/lab/scripts"),
        Act("set-http-only", N_("Set a cookie with HttpOnly"), "lab-secret=rye; Path=/lab/scripts; HttpOnly"),
        Act(
            "set-prefix",
            N_("Set a cookie with the name prefix __Http-"),
            "__Http-lab-a=rye; Path=/lab/scripts; Secure; HttpOnly",
        ),
        Act("replace", N_("Replace the HttpOnly cookie"), f"{LOCKED}=wheat; Path=/lab/scripts"),
        Act("delete", N_("Delete the HttpOnly cookie"), f"{LOCKED}=; Max-Age=0; Path=/lab/scripts"),
        Act("read", N_("Read the HttpOnly cookie"), code="document.cookie"),
        Act(
            "store-set",
            N_("Set a cookie"),
            f"lab-stored=rye; {_IN_STORE}",
            'cookieStore.set({ name: "lab-stored", value: "rye", path: "/lab/" })',
            N_("Nothing in the call says Secure or SameSite: the CookieStore adds both."),
        ),
        Act(
            "store-prefix",
            N_("Set a cookie with the name prefix __Http-"),
            f"__Http-lab-b=rye; {_IN_STORE}",
            'cookieStore.set({ name: "__Http-lab-b", value: "rye", path: "/lab/" })',
            N_("The CookieStore tells the script by an error; document.cookie says nothing."),
        ),
        Act("store-read", N_("Read the HttpOnly cookie"), code="cookieStore.getAll()"),
        Act(
            "store-delete",
            N_("Delete the open cookie"),
            f"{OPEN}=; Max-Age=0; Path=/lab/scripts; Secure; SameSite=Strict",
            'cookieStore.delete({ name: "lab-open", path: "/lab/scripts" })',
            P_(
                "chromium.store-slash",
                "Chromium ends each path with a slash here, and so looks for another cookie. "
                "The specification asked for it until 2025.",
            ),
        ),
    )
}
OWN = {OPEN, LOCKED, *(act.name for act in ACTS.values())}


@bp.get("")
def show() -> str:
    """Show the acts, once the two cookies are there."""
    return _page()


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Set the two cookies anew, and delete what the script has set."""
    made = {name for name, _ in _came()} - {OPEN, LOCKED}
    gone = [
        f"{name}=; Max-Age=0; Path={path}" + "; Secure; HttpOnly" * name.startswith("__")
        for name in sorted(made)
        for path in ("/lab/scripts", "/lab/")
    ]
    if problem := LAB.send_all((*LINES, *gone)):
        return _page(problem), 422
    return redirect(url_for(".show"), 303)


@bp.get("/after/<act>")
def after(act: str) -> str:
    """Compare what came after an act with what the model and the visitor expected."""
    if act not in ACTS:
        abort(404)
    tried, came = ACTS[act], _came()
    told = request.args if same_origin() else {}  # by the script, else by somebody's link
    before, ran = told.get("before", "").split(), told.get("ran", "")
    read = [name for name in told.get("read", "").split() if name in OWN]
    fates = _fates(tried)
    if not {OPEN, LOCKED} <= set(before):
        verdict = "not-begun"
    elif not ran:
        verdict = "no-script"
    elif tried.store and ran == "ReferenceError":
        verdict = "no-store"
    elif tried.makes and tried.name in before:
        verdict = "unknown"
    else:
        verdict = "works" if tried.worked(came, read) else "fails"
    return render_template(
        "lab/scripts/after.html",
        act=tried,
        verdict=verdict,
        expected=next(iter(fates.values()))[0].outcome,
        guess=told.get("guess"),
        guesses=GUESSES,
        came=came,
        read=list(dict.fromkeys(read)),
        error=ran if re.fullmatch("[A-Za-z]{1,40}Error", ran, re.ASCII) else None,
        fates=fates,
        said=said,
        shown=shown,
    )


def predict(act: Act, engine: str, base: str, now: datetime) -> Fate:
    """Return whether an act works in an engine, and why, on the site whose address begins with `base`."""
    return known(_predict(act, UserAgent(each), base, now) for each in readings(engine))


def _predict(act: Act, agent: UserAgent, base: str, now: datetime) -> Fate:
    page = f"{base}/lab/scripts"
    if act.store:  # it refuses these names wherever there is one
        agent = UserAgent(replace(agent.engine, http_prefixes=True))
    for line in LINES:
        agent.receive(page, line, now=now)
    if act.line:
        line = act.line_in(agent.engine.name)
        verdict = agent.receive(page, line, now=now, http_api=False)
        works, steps = verdict.outcome in ("stored", "replaced", "deleted"), verdict.steps
    else:
        answers = agent.explain(page, now=now, http_api=False)
        line, answer = "", next(answer for answer in answers if answer.cookie.name == act.name)
        works, steps = answer.sent, answer.steps
    return Fate(line, "works" if works else "fails", line.partition(";")[0], steps)


def _fates(act: Act) -> dict[str, list[Fate]]:
    base, now = site_url(), clock.now()
    engine = engine_of(request.headers.get("User-Agent", ""))
    return {name: [predict(act, name, base, now)] for name in engines(engine)}


def _came() -> list[tuple[str, str]]:
    return [pair for pair in LAB.pairs() if pair[0] in OWN]


def _page(problem: str | None = None) -> str:
    names = list(dict.fromkeys(name for name, _ in _came()))
    return render_template(
        "lab/scripts/scripts.html",
        problem=problem,
        begun={OPEN, LOCKED} <= set(names),
        before=names,
        lines=LINES,
        guesses=GUESSES,
        acts=ACTS.values(),
    )

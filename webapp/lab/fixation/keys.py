"""The experiment: which key a shop gives its visitors, which one it reads, and who is logged in by it in the end.

A key is the value of a session cookie. The shop keeps it when somebody logs in, or gives another one, or gives another
one in a cookie that no sister host may set.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from webapp.cookies import pair
from webapp.cookies.header import parse
from webapp.i18n import N_
from webapp.lab import notes
from webapp.useragent import UserAgent

TILL = "/till"
WHO = "mira"
MODES = {
    "kept": N_("The shop keeps the key when you log in"),
    "renewed": N_("The shop gives you a new key when you log in"),
    "host": N_("A new key too, and the name of its cookie begins with __Host-"),
}
NAMES = {"kept": "sid-kept", "renewed": "sid-renewed", "host": "__Host-sid"}
STANDINGS = {
    "new": N_("Nobody was at the till yet."),
    "visited": N_("You have a key of your own."),
    "tossed": N_("You have the guest's key, and are about to log in with it."),
    "entered": N_("You logged in. Let the guest see what its key opens now."),
    "stolen": N_("You and the guest are in: it has the key that you logged in with."),
    "stuck": N_("Nobody is in: your browser sends the guest's key first, and the shop reads that one."),
    "safe": N_("Only you are in."),
    "refused": N_("Nobody is in: at this address your browser keeps no such cookie."),
}


@dataclass(frozen=True)
class Exchange:
    """A request to the till and its answer: by whom, what came under the cookie's name and what was set.

    `key` is the one that the shop goes by from now on, `who` the name that stands behind it, "" for nobody's.
    """

    mode: str
    by: str
    method: str
    sent: str
    sets: list[str]
    key: str
    who: str


def exchanges(kept: Iterable[notes.Note]) -> list[Exchange]:
    """Return what happened at the till, the oldest first."""
    return [Exchange(**note.data) for note in kept if note.kind == "exchange"]


def own_line(mode: str, key: str) -> str:
    """Return the line by which the shop gives a key."""
    secure = "; Secure" * (mode == "host")
    return f"{pair(NAMES[mode], key)}; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax{secure}"


def tossed_line(mode: str, key: str, host: str, age: int = 3600) -> str:
    """Return the line by which the guest gives its key to whoever visits the host above it.

    Its path is longer than that of the shop's own cookie, so it goes first (RFC 6265bis section 5.8.3). `__Host-` asks
    for Path=/ and Secure, and forbids the Domain, without which nothing reaches the other host (section 4.1.3.2).
    """
    rest = "; Path=/; Secure" if mode == "host" else f"; Path={TILL}"
    return f"{pair(NAMES[mode], key)}; Max-Age={age}; Domain={host}{rest}"


def serve(mode: str, came: list[Exchange], by: str, method: str, header: str, fresh: str, host: str) -> Exchange:
    """Return what the shop does with a request: of two keys it reads the first, and one that it never gave is none.

    `came` is what happened before, `header` the Cookie header, of which only the shop's own pairs count; `fresh` is the
    key that it gives whoever needs one. POST logs in.
    """
    mine = [each for each in parse(header) if each[0] == NAMES[mode]]
    known = {exchange.key: exchange.who for exchange in came}
    read = mine[0][1] if mine else ""
    logs_in = method == "POST"
    key = read if read in known and not (logs_in and mode != "kept") else fresh
    sets = [own_line(mode, key)] if key == fresh else []
    if read and read not in known and mode != "host":
        # Left over from before the bench was begun anew: no honest key would ever be read behind it.
        sets.append(tossed_line(mode, "", host, age=0))
    sent = "; ".join(pair(name, value[:40]) for name, value in mine[:4])
    return Exchange(mode, by, method, sent, sets, key, WHO if logs_in else known.get(key, ""))


def ask(bench: str, mode: str, by: str, method: str, header: str, host: str) -> Exchange:
    """Let the shop at `host` answer a request, and write down both; a bench that is full takes no more."""
    exchange = serve(mode, exchanges(notes.read(bench)), by, method, header, secrets.token_hex(4), host)
    notes.write(bench, "exchange", **asdict(exchange))
    return exchange


def guests_key(mode: str, came: Iterable[Exchange]) -> str:
    """Return the key that the guest took from the shop, "" for none yet."""
    return next((each.key for each in came if each.mode == mode and each.by == "guest"), "")


def standing(mode: str, came: Iterable[Exchange]) -> str:
    """Return how it stands, a key of STANDINGS."""
    came = [each for each in came if each.mode == mode]
    stolen, last = guests_key(mode, came), next((each for each in reversed(came) if each.by == "you"), None)
    if last is None:
        return "new"
    logged_in = max((place for place, each in enumerate(came) if each.method == "POST"), default=None)
    if logged_in is None:
        return "tossed" if last.key == stolen else "visited"
    after = came[logged_in + 1 :]
    if {each.by for each in after} != {"you", "guest"}:
        return "entered"
    if next(each for each in reversed(after) if each.by == "guest").who:
        return "stolen"
    if last.who:
        return "safe"
    return "stuck" if last.sent else "refused"


def predict(mode: str, engine: str, shop: str, guest: str, now: datetime) -> str:
    """Return how it ends by the model for somebody who meets the guest, logs in, and comes back; all are origins."""
    agent, came, host = UserAgent(engine), [], shop.partition("://")[2].partition(":")[0]

    def answer(by: str, method: str, header: str) -> Exchange:
        came.append(serve(mode, came, by, method, header, f"{len(came):08x}", host))
        return came[-1]

    key = answer("guest", "GET", "").key
    agent.receive(f"{guest}/", tossed_line(mode, key, host), now=now)
    for method in ("GET", "POST", "GET"):
        url = f"{shop}{TILL}"
        for line in answer("you", method, agent.cookie_header(url, now=now, method=method)).sets:
            agent.receive(url, line, now=now, method=method)
    answer("guest", "GET", pair(NAMES[mode], key))
    return standing(mode, came)

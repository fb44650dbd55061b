"""Lesson 8: locks on the jar."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HOST = "/lab/send?preset=host"
_INSECURE = P_(
    "safari.loopback-26",
    "Your browser takes this address for insecure, and refused the line. Safari up to 26 does so; skip on.",
)
_BROKEN = "/lab/send?lines=__Host-lab-b=1;+Secure;+Path=/"

LESSON = Lesson(
    key="locks",
    order=8,
    title=N_("Locks on the jar"),
    idea=N_("A few words in the line say who may read a cookie, over what it travels, and who may send it along."),
    minutes=10,
    makes=(
        "lab-hidden; Path=/lab; HttpOnly",
        "lab-secure; Path=/lab; Secure",
        "lab-none; Path=/lab; Secure",
        "__Host-lab-a; Path=/; Secure",
        "__Host-lab-b; Path=/; Secure",
        "__Secure-lab-c; Path=/lab; Secure",
        "lab-unset; Path=/lab/cross",
        "lab-lax; Path=/lab/cross",
        "lab-strict; Path=/lab/cross",
        "lab-none; Path=/lab/cross; Secure",
    ),
    needs=(N_("Two steps need a host name for the attacker. On `localhost` there is one, `127.0.0.1`."),),
    troubles=(
        (
            P_("safari.loopback-26", "Safari up to 26 keeps no `Secure` cookie of `http://localhost`."),
            N_("Skip steps 2 and 6 there, or use the site over https."),
        ),
        (
            N_("A link of the attacker's ends at “not found”."),
            N_("Begin at the cross-site bench with “Set the four cookies”; an old address of the attacker's won't do."),
        ),
    ),
    steps=(
        Step(
            do=N_("In the lab, send a line with `HttpOnly`: press “Send it, and see”."),
            watch=N_("The next request: does `lab-hidden` come back to the server?"),
            why=N_("`HttpOnly` hides a cookie from scripts; the server gets it as ever."),
            at="/lab/send?preset=http-only",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-hidden=1; HttpOnly"),
                Seen(method="GET", path="/lab/result", sends="lab-hidden=1"),
            ),
            acts=(Open("/lab/send?preset=http-only"), Send("#lab")),
            question=Question(
                ask=N_("`HttpOnly` hides the cookie. From whom?"),
                answers=(N_("From scripts in the page"), N_("From the server"), N_("From you")),
                right=0,
            ),
            note=N_(
                "Open the developer tools and type `document.cookie`: `lab-hidden` is missing, under Storage it stands."
            ),
        ),
        Step(
            do=N_("Send a line with `Secure`: press “Send it, and see”."),
            watch=N_("Does `lab-secure` come back? Look at the address: https, or `localhost`?"),
            why=P_(
                "chromium.loopback firefox.loopback",
                "`Secure` means https only. For Chromium and Firefox `localhost` is safe too.",
            ),
            at="/lab/send?preset=secure",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-secure=1; Secure"),
                Seen(method="GET", path="/lab/result", sends="lab-secure=1"),
            ),
            acts=(Open("/lab/send?preset=secure"), Send("#lab")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", lacks="lab-secure=*"),
                    text=_INSECURE,
                    at="/lab/send?preset=secure",
                ),
            ),
            note=N_("Without it, one request over plain http is enough, and everybody on the way can read the cookie."),
        ),
        Step(
            do=N_("Send `SameSite=None` without `Secure`: press “Send it, and see”."),
            watch=P_(
                "chromium.none-insecure firefox.none-insecure safari.none-insecure",
                "Does `lab-none` come back? Chromium and Firefox refuse the line, Safari keeps it.",
            ),
            why=N_("A cookie that may go along from every site has to be `Secure`; else the line is dropped."),
            at="/lab/send?preset=none",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None"),
                Seen(method="GET", path="/lab/result", lacks="lab-none=*"),
            ),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"),
                (
                    Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None"),
                    Seen(method="GET", path="/lab/result", sends="lab-none=1"),
                ),
            ),
            acts=(Open("/lab/send?preset=none"), Send("#lab")),
            note=N_("Many old log-ins broke on this line. The server sees no error, only a cookie that does not come."),
        ),
        Step(
            do=N_("At the bench press “Set the four cookies”, then “Go to the attacker's site”, and there “A link”."),
            watch=N_("The request that the link makes: `lab-lax` and `lab-strict`, which of them comes?"),
            why=N_(
                "With a link `Lax` comes along, `Strict` stays away: it only goes with requests that this site began."
            ),
            at="/lab/cross",
            seen=(
                Seen(method="POST", path="/lab/cross/begin", sets="lab-strict=*"),
                Seen(method="GET", path="/lab/cross/arrive/link", sends="lab-lax=*", lacks="lab-strict=*"),
            ),
            acts=(
                Open("/lab/cross"),
                Send("#begin"),
                Follow("#begin a.button.action"),
                Follow('[data-way="link"] a'),
            ),
            question=Question(
                ask=N_("A link on another site leads here. Which cookie comes along?"),
                answers=(N_("Lax and Strict"), N_("Only Lax"), N_("Only Strict"), N_("Neither")),
                right=1,
            ),
            hint=N_(
                "“Set them anew, and clear the table” will do as well. The link stands low on the attacker's page."
            ),
            note=N_("`Strict` for a log-in means: who comes by a link from a mail looks logged out on the first page."),
        ),
        Step(
            do=N_("Now the same from here: at the bench press “Set them anew”, then “A link on this site itself”."),
            watch=N_("The request of this link goes to the same place. Is `lab-strict` in it?"),
            why=N_("This site itself began the request, so `Strict` comes along too."),
            at="/lab",
            seen=(
                Seen(method="POST", path="/lab/cross/begin", sets="lab-strict=*"),
                Seen(method="GET", path="/lab/cross/arrive/own", sends="lab-strict=*"),
            ),
            acts=(Open("/lab/cross"), Send("#begin"), Follow("#way-own a")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/cross/arrive/link", lacks="lab-strict=*"),
                    text=N_("That link stood on the attacker's page. Take the first row of the table here."),
                    at="/lab/cross",
                ),
            ),
            hint=N_("It is the first row of the table “What arrives”."),
            note=N_("Same address, same cookies in the store: only who asked differs. Lesson 11 goes on with forms."),
        ),
        Step(
            do=N_("Send a name that begins with `__Host-`: press “Send it, and see”."),
            watch=N_("`__Host-lab-a` has `Secure`, `Path=/` and no `Domain`: does it come back?"),
            why=N_("The name is the promise: such a cookie was set by this very host, safely, for all of it."),
            at=_HOST,
            seen=(
                Seen(method="POST", path="/lab/send", sets="__Host-lab-a=1; Secure; Path=/"),
                Seen(method="GET", path="/lab/result", sends="__Host-lab-a=1"),
            ),
            acts=(Open(_HOST), Send("#lab")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", lacks="__Host-lab-a=*"),
                    text=_INSECURE,
                    at=_HOST,
                ),
            ),
            note=N_("A request tells no attributes. The prefix is the only lock that a server can see in the name."),
        ),
        Step(
            do=N_("Break the promise: take `Secure;` out of the line, and press “Send it, and see”."),
            watch=N_("The line goes out as you wrote it. Does `__Host-lab-b` come back?"),
            why=N_("Browsers hold names with a prefix to their promise, and drop a line that breaks it."),
            at=_BROKEN,
            seen=(
                Seen(method="POST", path="/lab/send", sets="__Host-lab-b=1; Path=/"),
                Seen(method="GET", path="/lab/result", lacks="__Host-lab-b=*"),
            ),
            acts=(Open(_BROKEN), Send("#lab", {"lines": "__Host-lab-b=1; Path=/"})),
            question=Question(
                ask=N_("What does a browser do with `__Host-` when `Secure` is missing?"),
                answers=(N_("Keep it under its name"), N_("Keep it without the prefix"), N_("Drop the line")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", sends="__Host-lab-b=1"),
                    text=N_("That line had its `Secure`. Delete the lab's cookies, and send it without."),
                    at=_BROKEN,
                ),
            ),
            note=N_("So nobody on an insecure page, and no sibling host, can slip such a cookie in."),
        ),
    ),
)

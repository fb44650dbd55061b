"""Lesson 8: locks on the jar."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HOST = "/lab/send?preset=host"
_BROKEN = "/lab/send?lines=__Host-lab-b=1;+Secure;+Path=/"
_BEGUN = Seen(method="POST", path="/lab/cross/begin")

LESSON = Lesson(
    key="locks",
    order=8,
    title=N_("Locks on the jar"),
    idea=N_("A few words in the line say who may read a cookie, over what it travels, and who may send it along."),
    minutes=10,
    exit=N_("Write the line of a cookie for a log-in. What does each of its words keep out?"),
    after=("first",),
    hard=2,
    makes=(
        "lab-open; Path=/lab/scripts",
        "lab-locked; Path=/lab/scripts; HttpOnly",
        "lab-secure; Path=/lab; Secure",
        "lab-none; Path=/lab; Secure",
        "__Host-lab-a; Path=/; Secure",
        "__Host-lab-b; Path=/; Secure",
        "__Secure-lab-c; Path=/lab; Secure",
        "bench",
        "lab-unset; Path=/lab/cross",
        "lab-lax; Path=/lab/cross",
        "lab-strict; Path=/lab/cross",
        "lab-none; Path=/lab/cross; Secure",
        "__Host-lab-safe; Path=/; Secure; HttpOnly",
    ),
    troubles=(
        (
            P_("safari.loopback-26", "Safari up to 26 keeps no `Secure` cookie of `http://localhost`."),
            N_("Skip the steps with `Secure` there, or use the site over https."),
        ),
        (
            N_("A link of the attacker's ends at “There is no such page”."),
            N_("Begin the step anew; an old address of the attacker's won't do."),
        ),
    ),
    steps=(
        Step(
            do=N_("Let a script read: at “Read the HttpOnly cookie” press what you expect."),
            watch=N_("What did the script read, and what did the request bring?"),
            why=N_("`HttpOnly` hides a cookie from scripts; the server gets it as ever."),
            at="/lab/scripts#act-read",
            needs=("script",),
            seen=(Seen(method="GET", path="/lab/scripts/after/read?*ran=yes*", sends="lab-locked=rye"),),
            acts=(Open("/lab/scripts"), Send("It does not work", near="document.cookie")),
            state=("lab-open=rye; Path=/lab/scripts", "lab-locked=rye; Path=/lab/scripts; HttpOnly"),
            question=Question(
                ask=N_("`lab-open` and `lab-locked` are both there; one is `HttpOnly`. Who gets that one?"),
                answers=(N_("The server and the script"), N_("The server alone"), N_("The script alone")),
                right=1,
            ),
            hint=N_("It is under `document.cookie`: “It works” or “It does not work”, either lets the script run."),
            note=N_(
                "Open the developer tools and type `document.cookie`: `lab-locked` is missing, under Storage it stands."
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
            needs=("secure",),
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-secure=1; Secure", part=SENT),
                Seen(method="GET", path="/lab/result", sends="lab-secure=1", part=NEXT),
            ),
            acts=(Open("/lab/send?preset=secure"), send_line()),
            question=Question(
                ask=P_(
                    "chromium.loopback firefox.loopback", "Where do Chromium and Firefox send a cookie with `Secure`?"
                ),
                answers=(N_("Over https alone"), N_("Over https, and on this machine")),
                right=1,
            ),
            note=N_("Without it, one request over plain http is enough, and everybody on the way can read the cookie."),
        ),
        Step(
            do=N_("Send `SameSite=None` without `Secure`: press “Send it, and see”."),
            watch=N_("Does `lab-none` come back?"),
            why=P_(
                "chromium.none-insecure firefox.none-insecure safari.none-insecure",
                "What may go along from every site has to be `Secure`: else Chromium and Firefox refuse it, "
                "Safari keeps it.",
            ),
            at="/lab/send?preset=none",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None", part=SENT),
                Seen(method="GET", path="/lab/result", lacks="lab-none=*", part=NEXT),
            ),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"),
                (
                    Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None", part=SENT),
                    Seen(method="GET", path="/lab/result", sends="lab-none=1", part=NEXT),
                ),
            ),
            acts=(Open("/lab/send?preset=none"), send_line()),
            question=Question(
                ask=P_("chromium.none-insecure firefox.none-insecure", "Will Chromium or Firefox keep this cookie?"),
                answers=(N_("Yes"), N_("No, Secure is missing"), N_("Yes, for this page only")),
                right=1,
            ),
            note=N_("Many old log-ins broke on this line. The server sees no error, only a cookie that does not come."),
        ),
        Step(
            do=N_("“Go to the attacker's site”, and press “A link” there."),
            watch=N_("The request that the link makes: `lab-lax` and `lab-strict`, which of them comes?"),
            why=N_(
                "With a link `Lax` comes along, `Strict` stays away: it goes with no request that another site began."
            ),
            at="/lab/cross#begin",
            hosts=("attacker",),
            seen=(Seen(method="GET", path="/lab/cross/arrive/link?*", sends="lab-lax=*", lacks="lab-strict=*"),),
            meanwhile=(_BEGUN,),
            acts=(Open("/lab/cross"), Follow("Go to the attacker's site"), Follow("A link")),
            bench="cross",
            question=Question(
                ask=N_("A link on another site leads here. Which cookie comes along?"),
                answers=(N_("Lax and Strict"), N_("Only Lax"), N_("Only Strict"), N_("Neither")),
                right=1,
            ),
            hint=N_("The link stands low on the attacker's page."),
            note=N_("`Strict` for a log-in means: who comes by a link from a mail looks logged out on the first page."),
        ),
        Step(
            do=N_("Now press “A link on this site itself”."),
            watch=N_("The request of this link goes to the same place. Is `lab-strict` in it?"),
            why=N_("This site itself began the request, so `Strict` comes along too."),
            at="/lab/cross#way-own",
            seen=(Seen(method="GET", path="/lab/cross/arrive/own?*", sends="lab-strict=*"),),
            meanwhile=(_BEGUN,),
            acts=(Open("/lab/cross"), Follow("A link on this site itself")),
            bench="cross",
            question=Question(
                ask=N_("The same link, but on a page of ours: does `lab-strict` come along?"),
                answers=(N_("Yes"), N_("No")),
                right=0,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/cross/arrive/link?*", lacks="lab-strict=*"),
                    text=N_("That link stood on the attacker's page. Take the first row of the table here."),
                    at="/lab/cross#way-own",
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
            needs=("secure",),
            seen=(
                Seen(method="POST", path="/lab/send", sets="__Host-lab-a=1; Secure; Path=/", part=SENT),
                Seen(method="GET", path="/lab/result", sends="__Host-lab-a=1", part=NEXT),
            ),
            acts=(Open(_HOST), send_line()),
            question=Question(
                ask=N_("What does `__Host-` in a name promise the server?"),
                answers=(N_("It is secret"), N_("This host alone set it"), N_("Its visitor is known")),
                right=1,
            ),
            note=N_("A request tells no attributes. The prefix is the only lock that a server can see in the name."),
        ),
        Step(
            do=N_("Break the promise: take `Secure;` away, then “Send it, and see”."),
            watch=N_("Does `__Host-lab-b` come back?"),
            why=N_("Browsers hold names with a prefix to their promise, and drop a line that breaks it."),
            at=_BROKEN,
            seen=(
                Seen(method="POST", path="/lab/send", sets="__Host-lab-b=1; Path=/", part=SENT),
                Seen(method="GET", path="/lab/result", lacks="__Host-lab-b=*", part=NEXT),
            ),
            meanwhile=(Seen(method="POST", path="/lab/clear"),),
            acts=(Open(_BROKEN), send_line("__Host-lab-b=1; Path=/")),
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
    challenge=Step(
        do=N_("Make `lab-safe`: no script reads it, no other site sends it along, no other host sets it."),
        watch=N_("We know it when the line has the three locks, and the cookie comes back."),
        why=N_("`HttpOnly`, `SameSite=Strict` and the prefix `__Host-`: so should a log-in be locked."),
        note=N_("Compare with `%(session)s`: it says `Lax`, so that a link from a mail finds you logged in."),
        at="/lab/send",
        needs=("secure",),
        seen=(
            Seen(
                method="POST",
                path="/lab/send",
                sets=("__Host-lab-safe=*; HttpOnly*", "__Host-lab-safe=*; SameSite=Strict*"),
                part=N_("the three locks"),
            ),
            Seen(method="GET", path="/lab/result*", sends="__Host-lab-safe=*", part=N_("it comes back")),
        ),
        meanwhile=(Seen(method="POST", path="/lab/send"), Seen(method="POST", path="/lab/clear")),
        acts=(
            Open("/lab/send"),
            send_line("__Host-lab-safe=1; Secure; HttpOnly; SameSite=Strict; Path=/"),
        ),
    ),
)

"""Lesson 14: gone for good."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_CRUMB = "lab-crumb=1; Path=/lab/result; Max-Age=3600"
_EMPTY = "/lab/send?lines=lab-crumb="
_DELETE = "/lab/send?lines=lab-crumb=;+Max-Age=0"
_PREFIX = "/lab/send?preset=prefix-delete"
_LAST = "lab-last=; Max-Age=0; Path=/lab\nlab-last=; Max-Age=0; Path=/lab/result"
_PREFIXED = "__Secure-lab-g=1; Secure; Path=/lab"
_OPEN_PREFIX = "/lab/send?lines=__Secure-lab-g=;+Max-Age=0"

LESSON = Lesson(
    key="gone",
    order=14,
    title=N_("Gone for good"),
    idea=N_("Deleting means setting once more: with the same name, path and domain, and an end that is over."),
    minutes=8,
    exit=N_("A cookie was set with `Path=/account; Secure`. Which line deletes it?"),
    after=("scope",),
    hard=2,
    makes=(
        "lab-crumb; Path=/lab/result",
        "lab-crumb; Path=/lab",
        "__Secure-lab-g; Path=/lab; Secure",
        "lab-last; Path=/lab/result",
        "lab-last; Path=/lab",
    ),
    troubles=(
        (
            P_("safari.loopback-26", "Safari up to 26 keeps no `Secure` cookie of `http://localhost`."),
            N_("Skip the steps with `Secure` there, or use the site over https."),
        ),
        (
            P_("safari.loopback-hosts", "Safari on macOS 15 and before finds no name below `localhost`."),
            N_("Take another browser there, or write each name into `/etc/hosts`, behind `127.0.0.1`."),
        ),
        (
            N_("Somebody asks why this site's log-out does not send `Clear-Site-Data` for cookies."),
            N_('It sends `Clear-Site-Data: "cache"`, so that Back shows no page of the account; your theme stays.'),
        ),
    ),
    steps=(
        Step(
            do=N_("You have `lab-crumb=1; Path=/lab/result`. Empty it, as many try, by this line: “Send it, and see”."),
            watch=N_("How often does `lab-crumb` stand in the next request, and with which values?"),
            why=N_("Without its path this was another cookie. Now there are two, and the longer path comes first."),
            at=_EMPTY,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-crumb=", part=SENT),
                Seen(method="GET", path="/lab/result", sends="*lab-crumb=1; *lab-crumb=*", part=NEXT),
            ),
            acts=(Open(_EMPTY), send_line()),
            state=(_CRUMB,),
            question=Question(
                ask=N_("What will the next request carry?"),
                answers=(N_("Nothing of it"), N_("`lab-crumb`, empty"), N_("`lab-crumb` twice")),
                right=2,
            ),
            note=N_("An empty cookie is a cookie. It is sent like any other, and takes up a place."),
        ),
        Step(
            do=N_("Now delete it by this line, which still has no path: “Send it, and see”."),
            watch=N_("Does `lab-crumb=1` come with the next request?"),
            why=N_("It deleted the empty one under `/lab`. The one under `/lab/result` was not meant, and stays."),
            at=_DELETE,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="lab-crumb=; Max-Age=0", part=SENT),
                Seen(method="GET", path="/lab/result", sends="lab-crumb=1", part=NEXT),
            ),
            acts=(Open(_DELETE), send_line()),
            state=(_CRUMB, "lab-crumb=; Path=/lab"),
            question=Question(
                ask=N_("`lab-crumb=; Max-Age=0`, with no path: is `lab-crumb=1` gone?"),
                answers=(N_("Yes"), N_("No")),
                right=1,
            ),
            note=N_("The commonest bug in log-outs: a deletion that deletes nothing, and no error anywhere."),
        ),
        Step(
            do=N_("Mend the deletion, so that it takes `lab-crumb=1` away, and send it: press “Send it, and see”."),
            watch=N_("Is `lab-crumb=1` still in the next request?"),
            why=N_("Same name, same path, same domain, an end in the past: now it is gone."),
            at=_DELETE,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="lab-crumb=*;*Path=/lab/result*", part=SENT),
                Seen(method="GET", path="/lab/result", lacks="lab-crumb=1", part=NEXT),
            ),
            acts=(Open(_DELETE), send_line("lab-crumb=; Max-Age=0; Path=/lab/result")),
            question=Question(
                ask=N_("The cookie was set with `Path=/lab/result`. What does the deletion lack?"),
                answers=(N_("The value, `1`"), N_("The path"), N_("`Max-Age=3600`")),
                right=1,
            ),
            hint=N_("Write `; Path=/lab/result` behind the line."),
            state=(_CRUMB,),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", sends="lab-crumb=1"),
                    text=N_("It is still there: the path has to be written just as it was, `Path=/lab/result`."),
                    at=_DELETE,
                ),
            ),
            note=N_("With `Domain` it is the same: set with it, a cookie is only deleted with it."),
        ),
        Step(
            do=N_("A name with a prefix, set and deleted by two lines: “Send it, and see”."),
            watch=N_("Does `__Secure-lab-g` come with the next request?"),
            why=N_("A deletion is a line like any other: without `Secure` it breaks the prefix, and is dropped."),
            at=_PREFIX,
            needs=("secure",),
            seen=(
                Seen(method="POST", path="/lab/send", deletes="__Secure-lab-g=; Max-Age=0", part=SENT),
                Seen(method="GET", path="/lab/result", sends="__Secure-lab-g=1", part=NEXT),
            ),
            acts=(Open(_PREFIX), send_line()),
            question=Question(
                ask=N_("The second line says `Max-Age=0`, but not `Secure`. Is the cookie gone?"),
                answers=(N_("Yes, it was deleted"), N_("No, it stays")),
                right=1,
            ),
            note=N_("This has kept people logged in who had logged out: the library deleted without `Secure`."),
        ),
        Step(
            do=N_("Mend this deletion too, and send it: press “Send it, and see”."),
            watch=N_("Is `__Secure-lab-g` still in the next request?"),
            why=N_("What a prefix asks of setting, it asks of deleting: with `Secure` it works."),
            at=_OPEN_PREFIX,
            needs=("secure",),
            seen=(
                Seen(
                    method="POST",
                    path="/lab/send",
                    sends="__Secure-lab-g=1",
                    deletes="__Secure-lab-g=*; Secure*",
                    part=SENT,
                ),
                Seen(method="GET", path="/lab/result", lacks="__Secure-lab-g=*", part=NEXT),
            ),
            acts=(Open(_OPEN_PREFIX), send_line("__Secure-lab-g=; Max-Age=0; Secure")),
            state=(_PREFIXED,),
            question=Question(
                ask=N_("What does the deletion of `__Secure-lab-g` lack?"),
                answers=(N_("Its path"), N_("A date in the past"), N_("`Secure`")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", sends="__Secure-lab-g=1"),
                    text=N_("It is still there: the line has to keep the promise of the name."),
                    at=_OPEN_PREFIX,
                ),
            ),
            hint=N_("Write `; Secure` behind the line."),
            note=N_("So a server best deletes with the very words it sets with. Here one declaration does both."),
        ),
        Step(
            do=N_("On the other site press its two buttons in turn, then “Back to Crumb”."),
            watch=N_("How many cookies does that page count after the second button?"),
            why=N_(
                '`Clear-Site-Data: "cookies"` throws out all cookies of a site, whatever their paths, by one header.'
            ),
            at="/lab",
            needs=("secure",),
            hosts=("crowd",),
            seen=(Seen(method="GET", status=200, path="/lab?came=0&after=clear&*"),),
            acts=(
                Open("{crowd}/lab/away"),
                Send("Set three cookies, each with another path"),
                Send("Answer with Clear-Site-Data"),
                Follow("Back to Crumb"),
            ),
            question=Question(
                ask=N_("One answer with `Clear-Site-Data`: what is left of three cookies under three paths?"),
                answers=(N_("All three"), N_("Those of other paths"), N_("None")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(
                        method="GET",
                        status=200,
                        either=tuple(Seen(path=f"/lab?came=*&after={after}&*") for after in ("", "set")),
                    ),
                    text=N_("You came back too early: press “Answer with Clear-Site-Data” there first."),
                    at="/lab",
                ),
                Instead(
                    seen=Seen(method="GET", status=200, path="/lab?came=*&after=nothing&*"),
                    text=N_("There was nothing to throw out. Set the three cookies there first."),
                    at="/lab",
                ),
            ),
            hint=N_(
                "“Go there” leads to the other site. First “Set three cookies, each with another path”, then “Answer "
                "with Clear-Site-Data”."
            ),
            note=P_(
                "safari.clear-site-data",
                "It needs https, or `localhost`; whether that is enough for Safari no test tells. It clears the "
                "whole site, hosts below it included: mind who shares it.",
            ),
        ),
    ),
    challenge=Step(
        do=N_("You have two cookies `lab-last`. Get rid of both by lines of your own."),
        watch=N_("We know it when the page after sending gets no `lab-last` any more."),
        why=N_("Each of the two needed a deletion with its own path, `/lab` and `/lab/result`."),
        note=N_("How to find the paths: a cookie that comes to one page and not to another tells where it begins."),
        at="/lab/send?lines=lab-last=",
        seen=(
            Seen(method="POST", path="/lab/send", deletes="lab-last=*", part=N_("a deletion")),
            Seen(method="GET", path="/lab/result*", lacks="lab-last=*", part=N_("no `lab-last` any more")),
        ),
        meanwhile=(Seen(method="POST", path="/lab/send"),),
        acts=(Open("/lab/send"), send_line(_LAST)),
        state=("lab-last=1; Path=/lab", "lab-last=2; Path=/lab/result"),
    ),
)

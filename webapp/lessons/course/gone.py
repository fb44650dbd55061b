"""Lesson 14: gone for good."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_CRUMB = "lab-crumb=1; Path=/lab/result; Max-Age=3600"
_SET = "/lab/send?lines=lab-crumb=1;+Path=/lab/result;+Max-Age=3600"
_EMPTY = "/lab/send?lines=lab-crumb="
_DELETE = "/lab/send?lines=lab-crumb=;+Max-Age=0"
_PREFIX = "/lab/send?preset=prefix-delete"
_PREFIXED = "__Secure-lab-g=1; Secure; Path=/lab"
_OPEN_PREFIX = "/lab/send?lines=__Secure-lab-g=;+Max-Age=0"

LESSON = Lesson(
    key="gone",
    order=14,
    title=N_("Gone for good"),
    idea=N_("Deleting means setting once more: with the same name, path and domain, and an end that is over."),
    minutes=9,
    makes=("lab-crumb; Path=/lab/result", "lab-crumb; Path=/lab", "__Secure-lab-g; Path=/lab; Secure"),
    needs=(N_("The last step needs a second host name. On `localhost` there is one."),),
    troubles=(
        (
            P_("safari.loopback-26", "Safari up to 26 keeps no `Secure` cookie of `http://localhost`."),
            N_("Skip steps 5 and 6 there, or use the site over https."),
        ),
        (
            P_("safari.loopback-hosts", "Safari on macOS 15 and before finds no name below `localhost`."),
            N_("Take another browser there, or write each name into `/etc/hosts`, behind `127.0.0.1`."),
        ),
        (
            N_("Somebody asks why this site's log-out does not send it for cookies."),
            N_('It sends `Clear-Site-Data: "cache"`, so that Back shows no page of the account; your theme stays.'),
        ),
    ),
    steps=(
        Step(
            do=N_("In the lab, send this line as it stands: press “Send it, and see”."),
            watch=N_("`lab-crumb` gets a path of its own, `/lab/result`. Does it come back there?"),
            why=N_("Now it is there for an hour. A browser knows it by name, domain and path together."),
            at=_SET,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-crumb=1; Path=/lab/result; Max-Age=3600"),
                Seen(method="GET", path="/lab/result", sends="lab-crumb=1"),
            ),
            acts=(Open(_SET), Send("#lab")),
            note=N_("Write name, path and domain on the board: the three make one cookie what it is."),
        ),
        Step(
            do=N_("Empty it, as many try: send `lab-crumb=` without a path, with “Send it, and see”."),
            watch=N_("How often does `lab-crumb` stand in the next request, and with which values?"),
            why=N_("Without its path this was another cookie. Now there are two, and the longer path comes first."),
            at=_EMPTY,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-crumb="),
                Seen(method="GET", path="/lab/result", sends="*lab-crumb=1; *lab-crumb=*"),
            ),
            acts=(Open(_EMPTY), Send("#lab")),
            state=(_CRUMB,),
            question=Question(
                ask=N_("What will the next request carry?"),
                answers=(N_("Nothing of it"), N_("`lab-crumb`, empty"), N_("`lab-crumb` twice")),
                right=2,
            ),
            note=N_("An empty cookie is a cookie. It is sent like any other, and takes up a place."),
        ),
        Step(
            do=N_("Delete it, but with the path still missing: press “Send it, and see”."),
            watch=N_("The line ends in the past. Does `lab-crumb=1` come all the same?"),
            why=N_("It deleted the empty one under `/lab`. The one under `/lab/result` was not meant, and stays."),
            at=_DELETE,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="lab-crumb=; Max-Age=0"),
                Seen(method="GET", path="/lab/result", sends="lab-crumb=1"),
            ),
            acts=(Open(_DELETE), Send("#lab")),
            state=(_CRUMB, "lab-crumb=; Path=/lab"),
            question=Question(
                ask=N_("`lab-crumb=; Max-Age=0`, with no path: is `lab-crumb=1` gone?"),
                answers=(N_("Yes"), N_("No")),
                right=1,
            ),
            note=N_("The commonest bug in log-outs: a deletion that deletes nothing, and no error anywhere."),
        ),
        Step(
            do=N_("Write `; Path=/lab/result` behind the line, and press “Send it, and see”."),
            watch=N_("Now name and path are those of the cookie. Is it still in the request?"),
            why=N_("Same name, same path, same domain, an end in the past: now it is gone."),
            at=_DELETE,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="lab-crumb=; Max-Age=0; Path=/lab/result"),
                Seen(method="GET", path="/lab/result", lacks="lab-crumb=1"),
            ),
            acts=(Open(_DELETE), Send("#lab", {"lines": "lab-crumb=; Max-Age=0; Path=/lab/result"})),
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
            do=N_("A name with a prefix: set it and delete it, with “Send it, and see”."),
            watch=N_("Two lines, the second without `Secure`. Does `__Secure-lab-g` come back?"),
            why=N_("A deletion is a line like any other: without `Secure` it breaks the prefix, and is dropped."),
            at=_PREFIX,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="__Secure-lab-g=; Max-Age=0"),
                Seen(method="GET", path="/lab/result", sends="__Secure-lab-g=1"),
            ),
            acts=(Open(_PREFIX), Send("#lab")),
            question=Question(
                ask=N_("The second line says `Max-Age=0`, but not `Secure`. Is the cookie gone?"),
                answers=(N_("Yes, it was deleted"), N_("No, it stays")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", lacks="__Secure-lab-g=*"),
                    text=N_("Your browser takes this address for insecure, and refused both lines. Skip on to step 7."),
                    at=_PREFIX,
                ),
            ),
            note=N_("This has kept people logged in who had logged out: the library deleted without `Secure`."),
        ),
        Step(
            do=N_("Write `; Secure` behind the deletion, and press “Send it, and see”."),
            watch=N_("The line now keeps the promise of its name. Is `__Secure-lab-g` gone?"),
            why=N_("What a prefix asks of setting, it asks of deleting: then it works."),
            at=_OPEN_PREFIX,
            seen=(
                Seen(method="POST", path="/lab/send", deletes="__Secure-lab-g=; Max-Age=0; Secure"),
                Seen(method="GET", path="/lab/result", lacks="__Secure-lab-g=*"),
            ),
            acts=(Open(_OPEN_PREFIX), Send("#lab", {"lines": "__Secure-lab-g=; Max-Age=0; Secure"})),
            state=(_PREFIXED,),
            note=N_("So a server best deletes with the very words it sets with. Here one declaration does both."),
        ),
        Step(
            do=N_(
                "On the other site set three cookies, then press “Answer with Clear-Site-Data”, and go “Back to Crumb”."
            ),
            watch=N_(
                "The three have different paths, and no line names them. How many does that page count at the end?"
            ),
            why=N_(
                '`Clear-Site-Data: "cookies"` throws out all cookies of a site, whatever their paths, by one header.'
            ),
            at="/lab",
            seen=(Seen(method="GET", status=200, path="/lab?came=0&after=clear&*"),),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"), (Seen(method="GET", status=200, path="/lab?came=*&after=clear&*"),)
            ),
            acts=(
                Open("{crowd}/lab/away"),
                Send('form[action*="set"]'),
                Send('form[action*="clear"]'),
                Follow("[data-back]"),
            ),
            question=Question(
                ask=N_("One answer with `Clear-Site-Data`: what is left of three cookies under three paths?"),
                answers=(N_("All three"), N_("Those of other paths"), N_("None")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", status=200, path="/lab?came=*"),
                    text=N_("You came back too early: press “Answer with Clear-Site-Data” there first."),
                    at="/lab",
                ),
            ),
            hint=N_("“Go there” leads to the other site. Press its two buttons one after the other."),
            note=P_(
                "safari.clear-site-data",
                "It needs https, or `localhost`; whether that is enough for Safari no test tells. It clears the "
                "whole site, hosts below it included: mind who shares it.",
            ),
        ),
    ),
)

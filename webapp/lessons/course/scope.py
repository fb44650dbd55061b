"""Lesson 7: who gets it."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_RYE = "lab-flavour=rye; Path=/lab/result/docs"
_WHEAT = "lab-flavour=wheat; Path=/lab"
_DOMAIN = "/lab/send?lines=lab-domain=1"
_BELOW = "/lab/send?lines=lab-flavour=rye;+Path=/lab/result/docs&ask=docs/cookies"
_TWICE = "/lab/send?lines=lab-flavour=wheat;+Path=/lab%0Alab-flavour=rye;+Path=/lab/result/docs&ask=docs/cookies"
_AGE = "/lab/send?lines=lab-zebra=1%0Alab-apple=2"

LESSON = Lesson(
    key="scope",
    order=7,
    title=N_("Who gets it"),
    idea=N_("Host and path decide which requests a cookie goes with; the server sees neither of them."),
    minutes=10,
    exit=N_("A cookie is to reach `/docs` of one host and nothing else. What do you write, and what do you leave out?"),
    after=("first",),
    hard=2,
    makes=(
        "lab-flavour; Path=/lab/result/docs",
        "lab-flavour; Path=/lab",
        "lab-zebra; Path=/lab",
        "lab-apple; Path=/lab",
        "lab-mine; Path=/lab/trust",
        "lab-mine; Path=/lab",
        "till",
    ),
    elsewhere=("shop",),
    troubles=(
        (
            N_("Other cookies of the lab stand between those of the lesson."),
            N_("Press “Delete the lab's cookies” in the lab, and do the step again."),
        ),
        (
            P_("safari.loopback-hosts", "Safari on macOS 15 and before finds no name below `localhost`."),
            N_("Take another browser there, or write each name into `/etc/hosts`, behind `127.0.0.1`."),
        ),
    ),
    steps=(
        Step(
            do=N_("Send this line as it stands: “Send it, and see”."),
            watch=N_("The request for `/lab/result/docs/cookies`: does it carry `lab-flavour=rye`?"),
            why=N_("A path covers itself and all that is below it, so the cookie came along."),
            at=_BELOW,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-flavour=rye; Path=/lab/result/docs", part=SENT),
                Seen(method="GET", path="/lab/result/docs/cookies", sends="lab-flavour=rye", part=NEXT),
            ),
            acts=(Open(_BELOW), send_line()),
            question=Question(
                ask=N_("The line says `Path=/lab/result/docs`. Does it come to `/lab/result/docs/cookies`?"),
                answers=(N_("Yes, that is below it"), N_("No, the paths differ")),
                right=0,
            ),
            note=N_("Compare the request with the line: name and value come back, the path does not."),
        ),
        Step(
            do=N_("In “Then open” write `docsets`, and send the line once more: press “Send it, and see”."),
            watch=N_("The request for `/lab/result/docsets`: does it carry `lab-flavour=rye`?"),
            why=N_("A path ends at a slash: `docs` covers `docs/cookies`, and not `docsets`."),
            at=_BELOW,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-flavour=rye; Path=/lab/result/docs", part=SENT),
                Seen(method="GET", path="/lab/result/docsets", lacks="lab-flavour=rye", part=NEXT),
            ),
            acts=(Open(_BELOW), Send("Send it, and see", {"Then open": "docsets"})),
            question=Question(
                ask=N_("`/lab/result/docsets` begins with the same letters. Does the cookie come?"),
                answers=(N_("Yes"), N_("No")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result/docs/cookies", sends="lab-flavour=rye"),
                    text=N_("You asked at `docs/cookies` again. Write `docsets` there instead."),
                    at=_BELOW,
                ),
            ),
            note=N_("A path sorts, it does not protect: a page of another path can still open this one in a frame."),
        ),
        Step(
            do=N_("Go up: open the lab's first page."),
            watch=N_("The request for `/lab`: is `lab-flavour=rye` in it?"),
            why=N_("A path counts downwards only: `/lab` lies above `/lab/result/docs`, so the cookie stayed away."),
            at=_BELOW,
            seen=(Seen(method="GET", path="/lab", lacks="lab-flavour=rye"),),
            acts=(Open("/lab"),),
            state=(_RYE,),
            question=Question(
                ask=N_("`lab-flavour=rye` has `Path=/lab/result/docs`. Does it come to `/lab`?"),
                answers=(N_("Yes, the path begins with it"), N_("No, that lies above its path")),
                right=1,
            ),
            note=N_("The cookie is still there: go back to `/lab/result/docs/cookies`, and it comes again."),
        ),
        Step(
            do=N_("Now the same name under two paths, in two lines: “Send it, and see”."),
            watch=N_("The request below both paths: how often does `lab-flavour` stand in its `Cookie` line?"),
            why=N_("Both come, the longer path first, and the server reads the first: `rye` shadows `wheat`."),
            at=_TWICE,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-flavour=wheat; Path=/lab", part=SENT),
                Seen(
                    method="GET",
                    path="/lab/result/docs/cookies",
                    sends="*lab-flavour=rye; *lab-flavour=wheat*",
                    part=NEXT,
                ),
            ),
            acts=(Open(_TWICE), send_line()),
            question=Question(
                ask=N_("First `wheat` is set for `/lab`, then `rye` for `/lab/result/docs`. What comes?"),
                answers=(N_("Only `rye`"), N_("Both, `wheat` first"), N_("Both, `rye` first")),
                right=2,
            ),
            note=N_("The page says what Flask reads. The request does not tell which of the two had which path."),
        ),
        Step(
            do=N_("Two names under one path, in two lines: “Send it, and see”."),
            watch=N_("Which of the two stands first in the `Cookie` line?"),
            why=N_("Where paths are equally long, the older cookie goes first, whatever it is called."),
            at=_AGE,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-zebra=1", part=SENT),
                Seen(method="GET", path="/lab/result", sends="*lab-zebra=1; *lab-apple=2*", part=NEXT),
            ),
            meanwhile=(Seen(method="POST", path="/lab/clear"),),
            acts=(Open(_AGE), send_line()),
            question=Question(
                ask=N_("`lab-zebra` is set before `lab-apple`. Which goes first in the `Cookie` line?"),
                answers=(N_("`lab-apple`, by the alphabet"), N_("`lab-zebra`, the older one"), N_("That is chance")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", sends="*lab-apple=2; *lab-zebra=1*"),
                    text=N_("`lab-apple` was there before. Delete the lab's cookies, and send the two lines again."),
                    at=_AGE,
                ),
            ),
            note=N_(
                "No server should rely on the order: the standard says so, and browsers differ in what “older” is."
            ),
        ),
        Step(
            do=N_("Behind the line write `; Domain=example.org`, and send it: press “Send it, and see”."),
            watch=N_("The line went out. Does `lab-domain` come back with the next request?"),
            why=N_("A server may name its own host or a parent of it; for any other `Domain` the line is dropped."),
            at=_DOMAIN,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-domain=1;*Domain=*", part=SENT),
                Seen(method="GET", path="/lab/result", lacks="lab-domain=*", part=NEXT),
            ),
            meanwhile=(Seen(method="POST", path="/lab/clear"),),
            acts=(Open(_DOMAIN), send_line("lab-domain=1; Domain=example.org")),
            question=Question(
                ask=N_("This site sets a cookie with `Domain=example.org`. Who gets it?"),
                answers=(N_("example.org"), N_("This site"), N_("Nobody")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/result", sends="lab-domain=*"),
                    text=N_(
                        "It came back: no `Domain` of another site was named. Delete the lab's cookies, and name one."
                    ),
                    at=_DOMAIN,
                ),
            ),
            note=N_("The server learns nothing of the refusal. It can only see that the cookie does not come."),
        ),
        Step(
            do=N_("Go to the other host, and come “Back to Crumb” from there."),
            watch=N_("The other page counts the cookies that reached it. How many are there?"),
            why=N_("Without `Domain` a cookie is host-only: it goes to the host that set it, and to no other."),
            at="/lab",
            hosts=("crowd",),
            seen=(Seen(method="GET", status=200, path="/lab?came=0*", sends="lab-flavour=wheat"),),
            acts=(Open("{crowd}/lab/away"), Follow("Back to Crumb")),
            state=(_RYE, _WHEAT),
            question=Question(
                ask=N_("`lab-flavour` has no `Domain`. Who else gets it?"),
                answers=(N_("Every host"), N_("Hosts below this one"), N_("Nobody else")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(
                        method="GET",
                        status=200,
                        either=tuple(Seen(path=f"/lab?came={digit}*") for digit in "123456789"),
                    ),
                    text=N_(
                        "Those are that host's own cookies. Press “Answer with Clear-Site-Data” there, and come back."
                    ),
                    at="/lab",
                ),
            ),
            hint=N_("“Go there” leads to it. Its path begins with `/lab` too, so it is the host that decides."),
            note=N_("`Domain` never narrows: leaving it out is the narrowest there is."),
        ),
        Step(
            do=N_("At the first till: to the guest's stall, the till, and back."),
            watch=N_("The till shows what came to the shop's host: whose key is it?"),
            why=N_(
                "A host may set cookies for the host above it, and no request says who set them, or for which host."
            ),
            at="/lab/fixation#kept",
            hosts=("shop", "guest"),
            seen=(Seen(method="GET", status=200, path="/lab/fixation?kept=tossed&*"),),
            acts=(
                Open("/lab/fixation"),
                Follow("To the guest's stall", near="The shop keeps the key when you log in"),
                Follow("To the shop's till"),
                Follow("Back to the bench, with what happened"),
            ),
            bench="fixation",
            question=Question(
                ask=N_("The till gets the guest's key. Can the shop see who set that cookie?"),
                answers=(N_("Yes, by its `Domain`"), N_("Yes, by its name"), N_("No")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", status=200, path="/lab/fixation?kept=visited&*"),
                    text=N_("You have a key of the shop's own. Go to the guest's stall first."),
                    at="/lab/fixation#kept",
                ),
            ),
            hint=N_(
                "Under “The shop keeps the key when you log in” press “To the guest's stall”; from there “To the "
                "shop's till”, then “Back to the bench, with what happened”."
            ),
            note=N_("So give nobody a host below that of your log-in, or let its cookie's name begin with `__Host-`."),
        ),
    ),
    challenge=Step(
        do=N_("Make a cookie `lab-mine` that comes to “Trust nothing” in the lab, and to no other page."),
        watch=N_("We know it when the page after sending lacks `lab-mine`, and the request for `/lab/trust` has it."),
        why=N_("You chose the path so that it covers one page: `Path=/lab/trust`."),
        note=N_("Whoever is done can try the same for the time machine, without taking anything back."),
        at="/lab/send",
        seen=(
            Seen(method="POST", path="/lab/send", sets="lab-mine=*", part=N_("it is set")),
            Seen(method="GET", path="/lab/result*", lacks="lab-mine=*", part=N_("not on the next page")),
            Seen(method="GET", path="/lab/trust", sends="lab-mine=*", part=N_("but on “Trust nothing”")),
        ),
        meanwhile=(Seen(method="POST", path="/lab/clear"), Seen(method="POST", path="/lab/send")),
        acts=(
            Open("/lab/send"),
            send_line("lab-mine=1; Path=/lab/trust"),
            Follow("Lab"),
            Follow("Trust nothing"),
        ),
    ),
)

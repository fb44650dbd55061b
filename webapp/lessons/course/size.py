"""Lesson 13: how much fits."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Follow, Lesson, Open, Pick, Question, Seen, Send, Step

_LIST = "/lab/send?lines=lab-list=rye.bun"
_ONE = (Seen(sets="lab-*bun*"), Seen(sets="lab-*cake*"))

LESSON = Lesson(
    key="size",
    order=13,
    title=N_("How much fits"),
    idea=N_("A cookie is small, a jar is finite, and every page pays for what is in it."),
    minutes=8,
    exit=N_("A shop keeps a basket of a hundred things in one cookie. Which two things go wrong?"),
    after=("first", "scope"),
    hard=2,
    makes=(
        "lab-4096; Path=/lab",
        "lab-list; Path=/lab",
        "lab-list.bun; Path=/lab",
        "lab-list.cake; Path=/lab",
        "lab-set; Path=/lab/browser; Secure",
        "recent_shop.",
    ),
    elsewhere=("crowd",),
    stays=(
        N_(
            "`lab-apart`, and in some browsers each that begins with `lab-set`, belongs to the other host's page: it "
            "goes by itself within a minute."
        ),
    ),
    needs=(N_("The last step needs a second host name. On `localhost` there is one."),),
    troubles=(
        (
            N_("The lab says that it would be too much together."),
            N_("Press “Delete the lab's cookies”, and send the line again."),
        ),
    ),
    steps=(
        Step(
            do=N_("Send a cookie of 4097 bytes: press “Send it, and see”."),
            watch=N_("Does `lab-4097` come back, or a part of it?"),
            why=N_("Name and value may have 4096 bytes together; a larger cookie is dropped whole, not cut."),
            at="/lab/send?preset=4097",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-4097=*", part=SENT),
                Seen(method="GET", path="/lab/result", lacks="lab-4097=*", part=NEXT),
            ),
            acts=(Open("/lab/send?preset=4097"), send_line()),
            question=Question(
                ask=N_("One byte more than allowed. What does a browser do?"),
                answers=(N_("Cut the value"), N_("Drop the cookie"), N_("Keep it all the same")),
                right=1,
            ),
            note=N_("The server gets no error. A log-in that grows too large fails silently."),
        ),
        Step(
            do=N_("Now exactly 4096 bytes: press “Send it, and see”."),
            watch=N_("Does `lab-4096` come back? How long is the `Cookie` line of the request now?"),
            why=N_("4096 bytes fit, and from now on each request to this path carries them."),
            at="/lab/send?preset=4096",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-4096=*", part=SENT),
                Seen(method="GET", path="/lab/result", sends="lab-4096=*", part=NEXT),
            ),
            acts=(Open("/lab/send?preset=4096"), send_line()),
            question=Question(
                ask=N_("If a cookie that large fits, which requests will carry all of it?"),
                answers=(
                    N_("The next one"),
                    N_("Each one below `/lab`"),
                    N_("Those that the server asks to"),
                ),
                right=1,
            ),
            note=N_(
                "Two of these fill the 8 KB that many servers read of a header; beyond that they refuse the request."
            ),
        ),
        Step(
            do=N_("Open one list in two tabs. Send `bun` from one, then `cake` from the other."),
            watch=N_("What does the last request send as `lab-list`?"),
            why=N_("The later line replaced the earlier: `bun` is lost, and no tab did anything wrong."),
            at="/lab",
            seen=(
                Seen(method="GET", path="/lab/send?*", sends="lab-list=rye", part=N_("one tab read `rye`")),
                Seen(method="GET", path="/lab/send?*", sends="lab-list=rye", part=N_("so did the other")),
                Seen(method="GET", path="/lab/result", sends="lab-list=rye.bun", part=N_("`bun` was added")),
                Seen(method="GET", path="/lab/result", sends="lab-list=rye.cake", part=N_("`cake` was added")),
            ),
            acts=(
                Open(_LIST),
                Open(_LIST),
                send_line(),
                Open(_LIST),
                send_line("lab-list=rye.cake"),
            ),
            meanwhile=(Seen(method="POST", path="/lab/*"),),
            state=("lab-list=rye; Path=/lab",),
            question=Question(
                ask=N_("Both tabs read `rye`. One adds `bun`, the other `cake`, each writes all of it. What is left?"),
                answers=(N_("rye, bun and cake"), N_("rye and bun"), N_("rye and cake")),
                right=2,
            ),
            hint=N_(
                "Click on “Go there” twice, with Ctrl or ⌘ held down: two tabs. In the first press “Send it, and see”; "
                "in the second write `cake` for `bun`, and send it last."
            ),
            note=N_("Both tabs have to be open before one of them sends: each has read the list as it was."),
        ),
        Step(
            do=N_("Open two things of the shop in two tabs, then the shop again."),
            watch=N_("How many cookies `recent_shop.…` come with the last request?"),
            why=N_("One cookie an item: no tab overwrites another's, so none was lost."),
            at="/shop/",
            seen=(
                Seen(method="GET", path="/shop/*", sets="recent_shop.*", part=N_("one thing")),
                Seen(method="GET", path="/shop/*", sets="recent_shop.*", part=N_("another")),
                Seen(
                    method="GET", path="/shop/", sends="*recent_shop.*; *recent_shop.*", part=N_("the shop knows both")
                ),
            ),
            acts=(
                Open("/shop/"),
                Pick('.goods a[href$="/rye-bread"]'),
                Open("/shop/"),
                Pick('.goods a[href$="/bagel"]'),
                Open("/shop/"),
            ),
            needs=("history",),
            question=Question(
                ask=N_("The shop notes in each tab what you look at. Does the second tab write over the first?"),
                answers=(N_("Yes, as with the list"), N_("No, both are kept")),
                right=1,
            ),
            hint=N_("Click on a thing with Ctrl or ⌘ held down: it opens in another tab. Then load the shop anew."),
            note=N_("The price: more names, more bytes. So the shop keeps eight at most, and deletes the oldest."),
        ),
        Step(
            do=N_("Open the lab, then “My cookies”."),
            watch=N_("Compare what the two requests send. “My cookies” says how large its whole `Cookie` line is."),
            why=N_(
                "Every request pays for all that its path gets; a narrow `Path` keeps large ones off the other pages."
            ),
            at="/",
            seen=(
                Seen(method="GET", path="/lab", sends="lab-4096=*", part=N_("the lab")),
                Seen(method="GET", path="/jar", lacks="lab-4096=*", part=N_("“My cookies”")),
            ),
            acts=(Open("/lab"), Follow("My cookies")),
            state=(f"lab-4096={'x' * 4088}; Path=/lab",),
            question=Question(
                ask=N_("The large cookie has `Path=/lab`, “My cookies” stands at `/jar`. Does it weigh on that page?"),
                answers=(N_("Yes, it comes along"), N_("No, it does not come here")),
                right=1,
            ),
            note=N_("Pictures and style sheets under the same path pay as well: it is sent with each of them."),
        ),
        Step(
            do=N_("Press “Try it with this browser”, then “Go on” on the other site."),
            watch=N_("Look at the foot of the table: 400 cookies of one host, and how many of them came back."),
            why=N_(
                "A site gets about 180 cookies: one more, and the browser throws out some that were not used lately."
            ),
            at="/lab",
            seen=(
                Seen(method="GET", path="/lab/browser/back", part=N_("you came back from the other site")),
                Seen(method="GET", path="/lab/browser?r=*", part=N_("the answers are there")),
            ),
            acts=(Open("/lab/browser"), Follow("Try it with this browser"), Send("Go on")),
            hosts=("crowd",),
            hint=P_(
                "safari.loopback-hosts",
                "In Safari press “Go on at the other host” before; on macOS 15 and before it may not find that one.",
            ),
            question=Question(
                ask=N_("One host sets 400 cookies. How many are left?"),
                answers=(N_("All 400"), N_("About 150"), N_("50")),
                right=1,
            ),
            note=N_("It happens on another host, so no log-in is thrown out. On one's own site it would be."),
        ),
    ),
    challenge=Step(
        do=N_("Note `bun` and `cake` in the lab from two tabs, and lose neither."),
        watch=N_("We know it when one request of the lab brings both, none of them written by the other's tab."),
        why=N_("What two may write at the same time belongs in two cookies: then neither writes over the other's."),
        note=N_("A basket, a list of searches, drafts: the sites here do it so. Ask what it costs."),
        at=_LIST,
        # What step 3 has left brings one of them already, so both are to be written.
        seen=(
            Seen(method="POST", path="/lab/send", either=_ONE, part=N_("one is written")),
            Seen(method="POST", path="/lab/send", either=_ONE, part=N_("so is the other")),
            Seen(
                method="GET",
                path="/lab/result",
                sends=("lab-*bun*", "lab-*cake*"),
                lacks=("lab-*bun*cake*", "lab-*cake*bun*"),
                part=N_("both come"),
            ),
        ),
        acts=(
            Open(_LIST),
            send_line("lab-list.bun=1"),
            Open(_LIST),
            send_line("lab-list.cake=1"),
        ),
        meanwhile=(Seen(method="POST", path="/lab/*"),),
        hint=N_("Each line has a name of its own to choose."),
    ),
)

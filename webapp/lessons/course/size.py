"""Lesson 13: how much fits."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Lesson, Open, Question, Seen, Send, Step

_LISTS = "/lab/send?lines=lab-list=rye.bun%0Alab-list=rye.cake"

LESSON = Lesson(
    key="size",
    order=13,
    title=N_("How much fits"),
    idea=N_("A cookie is small, a jar is finite, and every page pays for what is in it."),
    minutes=8,
    makes=("lab-4096; Path=/lab", "lab-list; Path=/lab"),
    needs=(N_("The last step needs a second host name. On `localhost` there is one."),),
    troubles=(
        (
            N_("The lab says that it would be too much together."),
            N_("Press “Delete the lab's cookies”, and send the line again."),
        ),
        (
            N_("The shop sets no cookie for what was looked at."),
            N_("Allow “history” under “Your choice” at the foot of the page."),
        ),
    ),
    steps=(
        Step(
            do=N_("Send a cookie of 4097 bytes: press “Send it, and see”."),
            watch=N_("Name and value are one byte too many. Does `lab-4097` come back?"),
            why=N_("Name and value may have 4096 bytes together; a larger cookie is dropped whole, not cut."),
            at="/lab/send?preset=4097",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-4097=*"),
                Seen(method="GET", path="/lab/result", lacks="lab-4097=*"),
            ),
            acts=(Open("/lab/send?preset=4097"), Send("#lab")),
            question=Question(
                ask=N_("One byte more than allowed. What does a browser do?"),
                answers=(N_("Cut the value"), N_("Drop the cookie"), N_("Keep it all the same")),
                right=1,
            ),
            note=N_("The server gets no error. A log-in that grows too large fails silently."),
        ),
        Step(
            do=N_("Now exactly 4096 bytes: press “Send it, and see”."),
            watch=N_("Does `lab-4096` come back? See how long the `Cookie` line of the request is now."),
            why=N_("4096 bytes fit, and from now on each request to this path carries them."),
            at="/lab/send?preset=4096",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-4096=*"),
                Seen(method="GET", path="/lab/result", sends="lab-4096=*"),
            ),
            acts=(Open("/lab/send?preset=4096"), Send("#lab")),
            note=N_(
                "Two of these fill the 8 KB that many servers read of a header; beyond that they refuse the request."
            ),
        ),
        Step(
            do=N_("Two tabs, one list: send what both would write, with “Send it, and see”."),
            watch=N_("Both tabs had read `rye`. One adds `bun`, the other `cake`, each writes the whole list."),
            why=N_("The later line replaced the earlier: `bun` is lost, and no tab did anything wrong."),
            at=_LISTS,
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-list=rye.bun"),
                Seen(method="GET", path="/lab/result", sends="lab-list=rye.cake"),
            ),
            acts=(Open(_LISTS), Send("#lab")),
            question=Question(
                ask=N_("What stands in the list afterwards?"),
                answers=(N_("rye, bun and cake"), N_("rye and bun"), N_("rye and cake")),
                right=2,
            ),
            note=N_("Here both lines come in one answer. With two tabs it is the same, only harder to see."),
        ),
        Step(
            do=N_("Do it better: open two things of the shop, each in a tab of its own, and then the shop again."),
            watch=N_("Each thing sets a cookie of its own, `recent_shop.…`. How many come with the last request?"),
            why=N_("One cookie an item: no tab overwrites another's, so none was lost."),
            at="/shop/",
            seen=(
                Seen(method="GET", path="/shop/*", sets="recent_shop.*"),
                Seen(method="GET", path="/shop/*", sets="recent_shop.*"),
                Seen(method="GET", path="/shop/", sends="*recent_shop.*; *recent_shop.*"),
            ),
            acts=(Open("/shop/rye-bread"), Open("/shop/bagel"), Open("/shop/")),
            hint=N_("Click on a thing with Ctrl or ⌘ held down: it opens in another tab. Then load the shop anew."),
            note=N_("The price: more names, more bytes. So the shop keeps eight at most, and deletes the oldest."),
        ),
        Step(
            do=N_("Open “My cookies”."),
            watch=N_("The size of the whole `Cookie` header: which cookies are in it, which are not?"),
            why=N_(
                "Every request pays for all that its path gets; a narrow `Path` keeps large ones off the other pages."
            ),
            at="/",
            seen=(Seen(method="GET", path="/jar", sends="recent_shop.*", lacks="lab-4096=*"),),
            acts=(Open("/jar"),),
            state=(f"lab-4096={'x' * 4088}; Path=/lab", "recent_shop.rye-bread=1760000000"),
            question=Question(
                ask=N_("The large cookie has `Path=/lab`, “My cookies” stands at `/jar`. Does it weigh on that page?"),
                answers=(N_("Yes, it comes along"), N_("No, it does not come here")),
                right=1,
            ),
            note=N_("Pictures and style sheets under the same path pay as well: it is sent with each of them."),
        ),
        Step(
            do=N_("Under “Your browser” press “Try it with this browser”, and on the other site “Go on”."),
            watch=N_("At the foot of the table: 400 cookies of one host, and how many of them came back."),
            why=N_(
                "A site gets about 180 cookies: one more, and the browser throws out some that were not used lately."
            ),
            at="/lab",
            seen=(
                Seen(method="GET", path="/lab/browser/back"),
                Seen(method="GET", path="/lab/browser?r=*"),
            ),
            acts=(Open("/lab/browser"), Follow("[data-run-now]"), Send("main form")),
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
)

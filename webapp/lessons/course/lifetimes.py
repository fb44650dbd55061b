"""Lesson 2: how long a cookie stays."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Close, Instead, Lesson, Open, Question, Seen, Send, Step

LESSON = Lesson(
    key="lifetimes",
    order=2,
    title=N_("How long a cookie stays"),
    idea=N_("The server says how long; the browser keeps to it, and has the last word."),
    minutes=8,
    exit=N_("How would you write a cookie that is to last a week, and one that is to go with the browser?"),
    after=("first",),
    makes=(
        "tutorial.Bun",
        "tutorial.Loaf",
        "lab-age; Path=/lab",
        "lab-years; Path=/lab",
        "lab-soon; Path=/lab",
    ),
    troubles=(
        (
            N_("After closing the browser, the session cookie is still there."),
            N_("Some browsers open their last session again. Delete it in the developer tools instead."),
        ),
        (
            N_("Closing the browser would end the presentation."),
            N_("Use a second browser for that step, or skip it and tell what happens."),
        ),
    ),
    steps=(
        Step(
            do=N_("Set a cookie: title `Bun`, value `soft`, until the browser closes. Press “Set the cookie”."),
            watch=N_("Read the `Set-Cookie` line to its end."),
            why=N_("Without a lifetime it is a session cookie: it lives as long as the browser's session."),
            note=N_("Ask who decides when a session ends: not the server, and not the page, but the browser."),
            at="/setcookie",
            seen=(
                Seen(method="POST", path="/setcookie", sets="tutorial.Bun=soft; *", sets_no="tutorial.Bun=*Max-Age=*"),
            ),
            acts=(
                Open("/setcookie"),
                Send("Set the cookie", {"Title": "Bun", "Value": "soft", "Kept": "until the browser closes"}),
            ),
            question=Question(
                ask=N_("Which word of the line says “until the browser closes”?"),
                answers=(N_("`Session`"), N_("`Max-Age=0`"), N_("None: no lifetime is said")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(
                        method="POST",
                        path="/setcookie",
                        sets="tutorial.*",
                        either=(Seen(sets_no="tutorial.Bun=soft; *"), Seen(sets="tutorial.Bun=*Max-Age=*")),
                    ),
                    text=N_("That cookie has another title, value or lifetime than this step needs."),
                    at="/setcookie",
                ),
            ),
        ),
        Step(
            do=N_("Set a second one: title `Loaf`, value `rye`, for one day. Press “Set the cookie”."),
            watch=N_("Look for the lifetime in the line: it is said twice."),
            why=N_("With a lifetime it is a persistent cookie: the browser writes it to disk, with its end."),
            note=N_("A day has 86400 seconds. Flask writes both attributes, for very old browsers."),
            at="/setcookie",
            seen=(Seen(method="POST", path="/setcookie", sets="tutorial.Loaf=rye; *Max-Age=86400;*"),),
            acts=(
                Open("/setcookie"),
                Send("Set the cookie", {"Title": "Loaf", "Value": "rye", "Kept": "one day"}),
            ),
            question=Question(
                ask=N_("How will the line say “one day”?"),
                answers=(N_("`Max-Age=1`, in days"), N_("`Max-Age=24`, in hours"), N_("`Max-Age=86400`, in seconds")),
                right=2,
            ),
            instead=(
                Instead(
                    seen=Seen(
                        method="POST",
                        path="/setcookie",
                        sets="tutorial.*",
                        sets_no="tutorial.Loaf=rye; *Max-Age=86400;*",
                    ),
                    text=N_("That cookie has another title, value or lifetime than this step needs."),
                    at="/setcookie",
                ),
            ),
        ),
        Step(
            do=N_("Close the browser, all of its windows, and come back to `/getcookie`."),
            watch=N_("Which of the two does the request send?"),
            why=N_("The session cookie went with the session; the other waited on disk for its day."),
            note=N_("This lesson goes on because its own cookie, `lesson`, is a persistent one."),
            at="/setcookie",
            state=("tutorial.Loaf=rye",),
            # `wire` is a session cookie too, and every request of a lesson has it until the browser is closed. One that
            # opens its last session again still has both: there `Bun` is deleted by hand.
            seen=(
                Seen(
                    sends="tutorial.Loaf=*",
                    either=(
                        Seen(method="GET", lacks=("wire=*", "tutorial.Bun=*")),
                        Seen(method="POST", path="/setcookie/delete", deletes="tutorial.Bun=*"),
                    ),
                ),
            ),
            acts=(Close("/getcookie"),),
            question=Question(
                ask=N_("Which of them comes back?"),
                answers=(N_("`Bun`, of the session"), N_("`Loaf`, of one day"), N_("Both"), N_("Neither")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/getcookie*", sends="tutorial.Bun=*"),
                    text=N_(
                        "`Bun` is still there: a window stayed open, or your browser opened its last session again, "
                        "as some do. Delete `Bun` on this page: that is what closing does."
                    ),
                    at="/getcookie?title=Bun",
                ),
            ),
            hint=N_("On a phone, swipe the browser away from the list of open apps."),
            needs=("close",),
        ),
        Step(
            do=N_("Send the line with a `Max-Age` of ten minutes and an `Expires` of 1970: press “Send it, and see”."),
            watch=N_("One says “stay”, the other “go”. Does the next request send `lab-age`?"),
            why=N_("`Max-Age` wins over `Expires`, in whatever order they stand (RFC 6265bis, section 5.7)."),
            note=N_("Ask for a show of hands before you press the button."),
            at="/lab/?preset=max-age",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-age=1; Max-Age=600; Expires=*1970*", part=SENT),
                Seen(method="GET", path="/lab/result*", sends="lab-age=1", part=NEXT),
            ),
            acts=(Open("/lab/?preset=max-age"), send_line()),
            question=Question(
                ask=N_("Which attribute counts?"),
                answers=(N_("`Max-Age`"), N_("`Expires`"), N_("The last one")),
                right=0,
            ),
        ),
        Step(
            do=N_("Send a cookie that wants to stay for ten years: press “Send it, and see”."),
            watch=N_("Does it come back? Then read how long your browser keeps it."),
            why=P_(
                "chromium.age-limit",
                "Browsers that follow RFC 6265bis, such as Chromium, keep it for 400 days at most.",
            ),
            note=N_("Below the verdict stands the end that the browser has set; the developer tools show it too."),
            at="/lab/?preset=years",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-years=1; Max-Age=315360000", part=SENT),
                Seen(method="GET", path="/lab/result*", sends="lab-years=1", part=NEXT),
            ),
            acts=(Open("/lab/?preset=years"), send_line()),
            question=Question(
                ask=N_("When does the standard let it end?"),
                answers=(N_("In ten years"), N_("In 400 days"), N_("When the browser closes")),
                right=1,
            ),
        ),
        Step(
            do=N_("Send a cookie whose `Expires` says `tomorrow`: press “Send it, and see”."),
            watch=N_("That is no date. See what the browser makes of the cookie."),
            why=N_("An attribute that can't be read is left out, no more: what stays is a session cookie."),
            note=N_("A mistyped date is a usual reason for log-ins that end too soon."),
            at="/lab/?preset=expires-junk",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-soon=1; Expires=tomorrow", part=SENT),
                Seen(method="GET", path="/lab/result*", sends="lab-soon=1", part=NEXT),
            ),
            acts=(Open("/lab/?preset=expires-junk"), send_line()),
            question=Question(
                ask=N_("What becomes of it?"),
                answers=(
                    N_("It is refused"),
                    N_("It is kept until tomorrow"),
                    N_("It is kept until the browser closes"),
                ),
                right=2,
            ),
        ),
    ),
    challenge=Step(
        do=N_("In the lab, delete `lab-years` by a line whose `Expires` is in 2038."),
        watch=N_("We know it when that line has gone out, and the next request sends no `lab-years`."),
        why=N_("`Max-Age=0` beats any date. Name and path have to be those of the cookie."),
        at="/lab/send",
        seen=(
            Seen(method="POST", path="/lab/send", deletes="lab-years=*Expires=*2038*", part=SENT),
            Seen(method="GET", path="/lab/result*", lacks="lab-years=*", part=NEXT),
        ),
        acts=(
            Open("/lab/send"),
            send_line("lab-years=; Expires=Fri, 01 Jan 2038 00:00:00 GMT; Max-Age=0"),
        ),
        state=("lab-years=1; Path=/lab; Max-Age=315360000",),
        meanwhile=(Seen(method="POST", path="/lab/*"),),
        note=N_("Ask who tried `Max-Age=-1`: any number up to 0 deletes."),
    ),
)

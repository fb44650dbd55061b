"""Lesson 11: requests that another site forges."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_BENCH = (Open("/lab/cross"), Send("#begin"))
_ATTACKER = (*_BENCH, Follow("#begin a.action"))
_FORM_WAITS = Instead(
    seen=Seen(method="GET", status=200, path="/lab/cross?way=*"),
    text=N_("That arrived another way, see the table. This step waits for the one it names."),
    at="/lab/cross",
)

LESSON = Lesson(
    key="forged",
    order=11,
    title=N_("Forged"),
    idea=N_("Another site can make your browser send requests here, cookies and all. How does a server tell?"),
    minutes=8,
    needs=(
        N_(
            "A host for the attacker: beside `localhost` it is `127.0.0.1`, elsewhere the setting `CRUMB_LAB_HOSTS` "
            "names it."
        ),
    ),
    makes=(
        "lab-unset; Path=/lab/cross",
        "lab-lax; Path=/lab/cross",
        "lab-strict; Path=/lab/cross",
        "lab-none; Path=/lab/cross; Secure",
        "bench",
    ),
    troubles=(
        (
            P_(
                "firefox.storage-access",
                "Firefox sends more with the picture, the frame or the script than the table expects.",
            ),
            N_(
                "It lets embedded cookies through for a while after going to and fro between two sites; the page "
                "says so."
            ),
        ),
        (
            P_(
                "chromium.two-minutes",
                "Chromium sends `lab-unset` with the attacker's form on one machine and not on the other.",
            ),
            N_("The two minutes: the age of the cookies stands on the page. “Set them anew” starts them again."),
        ),
        (
            P_("safari.loopback-26", "Safari up to 26 keeps no `Secure` cookie of `http://localhost`."),
            N_("There are three cookies then: `lab-none` is never there, and the other three show it all."),
        ),
        (
            N_("The bar is gone on the attacker's page."),
            N_("It is another site. Each of its buttons, and its last link, lead back."),
        ),
    ),
    steps=(
        Step(
            do=N_("On the cross-site bench, press “Set the four cookies” (or “Set them anew”)."),
            watch=N_("The answer holds four `Set-Cookie` lines that differ in one attribute alone: `SameSite`."),
            why=N_("These are the cookies at risk: think of each as the one that keeps you logged in."),
            at="/lab/cross#begin",
            seen=(Seen(method="POST", path="/lab/cross/begin", sets="lab-strict=*; SameSite=Strict"),),
            acts=_BENCH,
            note=N_("Read the four lines aloud: nothing, Lax, Strict, None. The table below will fill up row by row."),
        ),
        Step(
            do=N_("In the table, press “A link on this site itself”."),
            watch=N_("The request comes from our own page. See which of the four it sends."),
            why=N_("Within one site `SameSite` holds nothing back: all four go along."),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", path="/lab/cross/arrive/own*", sends="lab-strict=*"),),
            acts=(*_BENCH, Follow("[data-way=own] a")),
            question=Question(
                ask=N_("Which of the four go along?"),
                answers=(N_("All four"), N_("All but Strict"), N_("Only the one that says None")),
                right=0,
            ),
            hint=N_("If that row has no link, press “Set the four cookies” first."),
            note=N_(
                "This is the row to compare with: same browser, same cookies, only the page that asks will change."
            ),
        ),
        Step(
            do=N_("“Go to the attacker's site”, look at its picture, and come back by its last link."),
            watch=N_("Rows “A picture”, “A frame”, “A script”: the attacker's page sent all three without asking you."),
            why=N_("Into another site's page, Lax and Strict never go. None may, where the browser lets it."),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", path="/lab/cross", cross_site=True, sends="lab-lax=*"),),
            acts=(*_ATTACKER, Follow("main > p:last-of-type a")),
            question=Question(
                ask=N_("Which cookies can its picture bring along?"),
                answers=(N_("All four"), N_("Lax and None"), N_("At most the one that says None")),
                right=2,
            ),
            note=N_(
                "The picture is drawn by Crumb and shows what came. The attacker's page can't read it, only show it."
            ),
        ),
        Step(
            do=N_("Go to the attacker's site again, and press its “A link”."),
            watch=N_("You are back on this site, by a click. Look at the cookies that the request sent."),
            why=N_("Lax lets a link bring you as who you are; Strict makes you a stranger on arrival."),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", path="/lab/cross/arrive/link*", sends="lab-lax=*", lacks="lab-strict=*"),),
            acts=(*_ATTACKER, Follow("[data-way=link] a")),
            instead=(_FORM_WAITS,),
            question=Question(
                ask=N_("Which of the four stays away when you follow a link?"),
                answers=(N_("None of them"), N_("Strict"), N_("Lax and Strict")),
                right=1,
            ),
            note=N_("So a GET must never change anything: with Lax, one link would be enough to do it."),
        ),
        Step(
            do=N_("Once more to the attacker's site; press “A form with POST”."),
            watch=P_(
                "firefox.default-none safari.default-none chromium.two-minutes",
                "The one without `SameSite`: Firefox and Safari send it; Chromium only while it is younger than two "
                "minutes, then treats it as Lax.",
            ),
            why=N_(
                "Lax and Strict stayed away, None came. So write `SameSite` yourself, and do not count on a default."
            ),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", status=200, path="/lab/cross?way=post&came=*lab-none*"),),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"), (Seen(method="GET", status=200, path="/lab/cross?way=post&came=*lab-unset*"),)
            ),
            acts=(*_ATTACKER, Send("[data-way=post] form")),
            instead=(_FORM_WAITS,),
            question=Question(
                ask=N_("Which cookie comes along in every browser?"),
                answers=(N_("Lax"), N_("The one that says None"), N_("The one that says nothing")),
                right=1,
            ),
            note=P_(
                "chromium.two-minutes",
                "No need to wait: say that Chromium's two minutes are there for log-ins that come back by POST.",
            ),
        ),
        Step(
            do=N_("Now an honest one: press “Send a form from this page” on the bench."),
            watch=N_(
                "Two forms with cookies, ours and the attacker's. The page says which would have been taken, and why."
            ),
            why=N_(
                "`Sec-Fetch-Site` tells who sent a form, and a token only our own pages hold: neither is in a cookie."
            ),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", status=200, path="/lab/cross?way=own&came=*&guard=passed&*"),),
            acts=(*_BENCH, Send("#own")),
            instead=(_FORM_WAITS,),
            question=Question(
                ask=N_("Both bring a cookie. By what can the server tell them apart?"),
                answers=(
                    N_("By the cookie's value"),
                    N_("By what the browser says of the sender, and a token"),
                    N_("Not at all"),
                ),
                right=1,
            ),
            note=N_(
                "Old browsers, sibling hosts, SameSite=None: a cookie's attribute is one lock, the form's check "
                "another."
            ),
        ),
    ),
)

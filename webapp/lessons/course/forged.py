"""Lesson 11: requests that another site forges."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_BENCH = Open("/lab/cross")
_ATTACKER = (_BENCH, Follow("Go to the attacker's site"))
_BEGUN = Seen(method="POST", path="/lab/cross/begin")
_TO_COME_BY = ("own", "link", "get", "post")
_KEPT = ("lab-unset=*", "lab-lax=*", "lab-strict=*")  # and `lab-none` where the browser keeps what is Secure


def _other_than(way: str) -> Instead:
    return Instead(
        seen=Seen(
            method="GET",
            status=200,
            either=tuple(Seen(path=f"/lab/cross?way={each}&*") for each in _TO_COME_BY if each != way),
        ),
        text=N_("That arrived another way, see the table. This step waits for the one it names."),
        at="/lab/cross",
    )


LESSON = Lesson(
    key="forged",
    order=11,
    title=N_("Forged"),
    idea=N_("Another site can make your browser send requests here, cookies and all. How does a server tell?"),
    minutes=7,
    exit=N_(
        "A form on another site sends an order to your shop. What two things tell the shop that you did not mean it?"
    ),
    after=("locks",),
    hard=3,
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
            N_("The two minutes: the page says how old they are. “Set them anew, and clear the table” restarts them."),
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
            do=N_("In the table press “A link on this site itself”."),
            watch=N_("The request comes from our own page. Which of the bench's cookies does it send?"),
            why=N_("Within one site `SameSite` holds nothing back: all that your browser keeps go along."),
            at="/lab/cross#way-own",
            seen=(Seen(method="GET", path="/lab/cross/arrive/own*", sends=_KEPT),),
            meanwhile=(_BEGUN,),
            acts=(_BENCH, Follow("A link on this site itself")),
            bench="cross",
            question=Question(
                ask=N_("Some cookies say no `SameSite`, others Lax, Strict or None. Which of them go along?"),
                answers=(N_("All that are kept"), N_("All but Strict"), N_("Only the one that says None")),
                right=0,
            ),
            note=N_(
                "This is the row to compare with: same browser, same cookies, only the page that asks will change."
            ),
        ),
        Step(
            do=N_("“Go to the attacker's site”, look at its picture, and come back by its last link."),
            watch=N_("See “A picture”, “A frame”, “A script: fetch()”: nobody asked you. What did they bring?"),
            why=N_("Into another site's page, `Lax` and `Strict` never go. `None` may, where the browser lets it."),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", path="/lab/cross", cross_site=True, sends="lab-lax=*"),),
            hosts=("attacker",),
            meanwhile=(_BEGUN,),
            acts=(*_ATTACKER, Follow("Back to the cross-site bench: see what arrived")),
            bench="cross",
            question=Question(
                ask=N_("Which cookies can its picture bring along?"),
                answers=(N_("All four"), N_("Lax and None"), N_("At most the one that says None")),
                right=2,
            ),
            hint=N_("Its last link is “Back to the cross-site bench: see what arrived”."),
            note=N_(
                "The picture is drawn by Crumb and shows what came. The attacker's page can't read it, only show it."
            ),
        ),
        Step(
            do=N_("“Go to the attacker's site” again, and press “A link” there."),
            watch=N_("A click has brought you back. Which cookies did the request send?"),
            why=N_("Lax lets a link bring you as who you are; Strict makes you a stranger on arrival."),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", path="/lab/cross/arrive/link*", sends="lab-lax=*", lacks="lab-strict=*"),),
            hosts=("attacker",),
            meanwhile=(_BEGUN,),
            acts=(*_ATTACKER, Follow("A link")),
            bench="cross",
            instead=(_other_than("link"),),
            question=Question(
                ask=N_("Which of those that are kept stays away when you follow a link?"),
                answers=(N_("None of them"), N_("Strict"), N_("Lax and Strict")),
                right=1,
            ),
            note=N_("So a GET must never change anything: with Lax, one link would be enough to do it."),
        ),
        Step(
            do=N_("Once more “Go to the attacker's site”; press “A form with POST” there."),
            watch=N_("See the row “A form with POST”: which of them came?"),
            why=P_(
                "firefox.default-none safari.default-none chromium.two-minutes",
                "`None` came, `Lax` and `Strict` did not. The one without `SameSite`: Firefox and Safari send it; "
                "Chromium only while it is younger than two minutes, then treats it as `Lax`.",
            ),
            at="/lab/cross#begin",
            seen=(Seen(method="GET", status=200, path="/lab/cross?way=post&came=*lab-none*"),),
            needs=("secure",),
            hosts=("attacker",),
            meanwhile=(_BEGUN, Seen(method="POST", path="/lab/cross/arrive/*")),
            acts=(*_ATTACKER, Send("A form with POST")),
            bench="cross",
            instead=(_other_than("post"),),
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
            do=N_("Now press “Send a form from this page”."),
            watch=N_("The page says whether this form would have been taken. By what does it tell?"),
            why=N_(
                "`Origin` and `Sec-Fetch-Site` tell who sent a form, only our own pages hold a token: others "
                "can forge neither."
            ),
            at="/lab/cross#own",
            seen=(Seen(method="GET", status=200, path="/lab/cross?way=own&came=*&guard=passed&*"),),
            meanwhile=(_BEGUN, Seen(method="POST", path="/lab/cross/arrive/*")),
            acts=(_BENCH, Send("Send a form from this page")),
            bench="cross",
            instead=(_other_than("own"),),
            question=Question(
                ask=N_("Our form brings cookies, the attacker's too. How can the server tell them apart?"),
                answers=(N_("By the cookies"), N_("By the sender, and a token"), N_("Not at all")),
                right=1,
            ),
            note=N_(
                "Old browsers, sibling hosts, SameSite=None: a cookie's attribute is one lock, the form's check "
                "another."
            ),
        ),
    ),
    challenge=Step(
        do=N_("Bring `lab-lax` here from the attacker's site, but by a form."),
        watch=N_("We know it when a form of the attacker's arrives with `lab-lax`."),
        why=N_("A form with GET is a link in other clothes: Lax goes along. So no GET may ever change anything."),
        note=N_("Ask where on their own site a GET changes something: log-out is the usual answer."),
        at="/lab/cross#begin",
        hosts=("attacker",),
        seen=(Seen(method="GET", path="/lab/cross/arrive/get?*", sends="lab-lax=*", lacks="lab-strict=*"),),
        meanwhile=(_BEGUN, Seen(method="POST", path="/lab/cross/arrive/*")),
        instead=(
            Instead(
                seen=Seen(method="GET", status=200, path="/lab/cross?way=link&*"),
                text=N_("That was the link. Is there a form that brings it, too?"),
                at="/lab/cross#begin",
            ),
            Instead(
                seen=Seen(method="GET", status=200, path="/lab/cross?way=post&*"),
                text=N_("That form came by POST, and Lax stayed away. There is another one."),
                at="/lab/cross#begin",
            ),
        ),
        acts=(*_ATTACKER, Send("A form with GET")),
        bench="cross",
    ),
)

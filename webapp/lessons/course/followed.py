"""Lesson 12: followed from site to site."""

from webapp.i18n import N_, P_
from webapp.lessons.course import NEXT, SENT, send_line
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Pick, Question, Seen, Step

_BENCH = Open("/lab/cross")
_BEGUN = Seen(method="POST", path="/lab/cross/begin")
_PLAIN, _CHIPS = Follow("The tracker's cookie without Partitioned"), Follow("The tracker's cookie with Partitioned")
_ASK = (Follow("What the tracker knows of you"), Follow("Back to the cross-site bench, with what it knows"))
_THREE = (Pick("[data-town=shop]"), Pick("[data-town=forum]"), Pick("[data-town=social]"))
_LINE = "/lab/send?lines=lab-widget=1"
_HINT = N_(
    "Begin under “Followed from site to site” by “The tracker's cookie without Partitioned” or “The tracker's cookie "
    "with Partitioned”. Each little site leads to the others and to “What the tracker knows of you”; there press “Back "
    "to the cross-site bench, with what it knows”."
)
_NEW, _APART = ("lab-widget=*; SameSite=None*", "lab-widget=*; Secure*"), "lab-widget=*; Partitioned*"


def _met(mode: str, *outcomes: str) -> Seen:
    either = tuple(Seen(path=f"/lab/cross?*{mode}={outcome}&*") for outcome in outcomes)
    return Seen(method="GET", status=200, path="/lab/cross?*", either=either)


def _too_soon(mode: str) -> Instead:
    return Instead(
        seen=Seen(method="GET", status=200, path=f"/lab/cross?*{mode}=once*"),
        text=N_("The tracker has seen you once only. Visit a second site, then the first one again."),
        at="/lab/cross#tracker",
    )


LESSON = Lesson(
    key="followed",
    order=12,
    title=N_("Followed"),
    idea=N_(
        "What stands on many sites, such as an advertisement, may know you on all of them by one cookie of its own."
    ),
    minutes=8,
    exit=N_(
        "A news site and a shop show the same advertisement. What does its owner know of you, and what can "
        "your browser do?"
    ),
    after=("forged",),
    hard=3,
    makes=(
        "lab-widget; Path=/lab; Secure",
        "lab-widget; Path=/lab; Secure; Partitioned",
        "lab-unset; Path=/lab/cross",
        "lab-lax; Path=/lab/cross",
        "lab-strict; Path=/lab/cross",
        "lab-none; Path=/lab/cross; Secure",
        "bench",
    ),
    elsewhere=("tracker",),
    stays=(
        N_(
            "Of `track-apart`, in some browsers of `track-plain` too, the browser has one for each site around it: "
            "they stay for an hour, since only from inside that site can they be taken away."
        ),
    ),
    troubles=(
        (
            P_("safari.loopback-hosts", "Safari on macOS 15 and before finds no name below `localhost`."),
            N_("Take another browser there, or write each name into `/etc/hosts`, behind `127.0.0.1`."),
        ),
        (
            N_("Two machines show different results at the three sites."),
            N_("That is the lesson: compare the browsers, and what their settings say of third-party cookies."),
        ),
        (
            N_("The bar is gone on the three little sites."),
            N_("They are other sites and know nothing of a lesson. Come back by the button on the tracker's page."),
        ),
        (
            N_("The tracker still knows a browser after the bench was set anew."),
            N_("Its cookie lasts for an hour, and no page of ours can delete it. Take a private window."),
        ),
    ),
    steps=(
        Step(
            do=N_("Mend this line as a tracker needs it, and send it: press “Send it, and see”."),
            watch=N_("Does `lab-widget` come back to this site, at least?"),
            why=N_(
                "`SameSite=None` opens a cookie to other sites' pages; most browsers then ask for `Secure` as well."
            ),
            at=_LINE,
            needs=("secure",),
            seen=(
                Seen(method="POST", path="/lab/send", sets=_NEW, part=SENT),
                Seen(method="GET", path="/lab/result*", sends="lab-widget=*", part=NEXT),
            ),
            acts=(Open(_LINE), send_line("lab-widget=1; SameSite=None; Secure")),
            question=Question(
                ask=N_("A tracker's cookie comes along in other sites' pages. What does its line say?"),
                answers=(N_("`SameSite=Lax`"), N_("`SameSite=None; Secure`"), N_("`Domain=*`")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/lab/send", sets="lab-widget=*", sets_no="*; SameSite=None*"),
                    text=N_("That one stays away from other sites' pages: only None lets it in."),
                    at=_LINE,
                ),
                Instead(
                    seen=Seen(
                        method="POST", path="/lab/send", sets="lab-widget=*; SameSite=None*", sets_no="*; Secure*"
                    ),
                    text=N_("Most browsers refuse None without `Secure`. Add it."),
                    at=_LINE,
                ),
            ),
            hint=N_("Write `; SameSite=None; Secure` behind it."),
            note=N_(
                "Every cookie that works inside other sites' pages has to say so. Look for it in the lines to come."
            ),
        ),
        Step(
            do=N_("Without Partitioned: visit one site, then the tracker, and come back."),
            watch=N_("Read the address bar at each page: which hosts take part?"),
            why=N_("The advertisement came from the tracker's own host, so the tracker could set a cookie of its own."),
            at="/lab/cross#tracker",
            seen=(_met("plain", "once", "followed", "apart", "nothing"),),
            needs=("secure",),
            hosts=("tracker", "social", "shop", "forum"),
            meanwhile=(_BEGUN,),
            acts=(_BENCH, _PLAIN, *_ASK),
            bench="cross",
            question=Question(
                ask=N_("Who gives you the tracker's cookie?"),
                answers=(N_("The little site"), N_("The tracker"), N_("Crumb")),
                right=1,
            ),
            hint=_HINT,
            note=N_("The bar stays behind: those are other sites. The tracker's button brings the class back."),
        ),
        Step(
            do=N_("Without Partitioned: three sites, the first again, the tracker, back."),
            watch=N_("What does the tracker's page say of your browser: followed, kept apart, or new each time?"),
            why=P_(
                "chromium.third-party firefox.third-party safari.third-party-send",
                "Who lets third-party cookies through is followed. Firefox and Safari keep them apart or away; "
                "Chromium lets them through unless you block them.",
            ),
            at="/lab/cross#tracker",
            seen=(_met("plain", "followed", "apart", "nothing"),),
            needs=("secure",),
            hosts=("tracker", "social", "shop", "forum"),
            meanwhile=(_BEGUN,),
            acts=(_BENCH, _PLAIN, *_THREE, *_ASK),
            bench="cross",
            question=Question(
                ask=N_("By what does the tracker learn on which site you are?"),
                answers=(N_("By its cookie"), N_("The browser tells it"), N_("By nothing")),
                right=1,
            ),
            instead=(_too_soon("plain"),),
            hint=_HINT,
            note=N_("Ask for a show of hands by browser. All answers are right; the table on that page has all three."),
        ),
        Step(
            do=N_("With Partitioned: three sites, the first again, the tracker, back."),
            watch=N_("How many visitors does the tracker's page have now, and where was each?"),
            why=N_(
                "With `Partitioned` the browser keeps a cookie for each site around it: a basket in a frame can work, "
                "but nobody can join two sites."
            ),
            at="/lab/cross#tracker",
            seen=(_met("apart", "apart"),),
            needs=("secure",),
            hosts=("tracker", "social", "shop", "forum"),
            meanwhile=(_BEGUN,),
            acts=(_BENCH, _CHIPS, *_THREE, *_ASK),
            bench="cross",
            in_engine=dict.fromkeys(("safari", "webkitgtk"), (_met("apart", "apart", "nothing"),)),
            instead=(_too_soon("apart"),),
            hint=_HINT,
            question=Question(
                ask=N_("Who are you to the tracker at the second site?"),
                answers=(N_("The same visitor"), N_("Another, known again"), N_("New each time")),
                right=1,
            ),
            note=P_(
                "chromium.partitioned firefox.partitioned",
                "Chromium and Firefox both do this, even where they block the cookies of the step before.",
            ),
        ),
        Step(
            do=N_("One site with each of the two cookies, then the tracker, and back."),
            watch=N_("Read the addresses as you go. What do they carry?"),
            why=N_(
                "An id in the address crosses from site to site without any cookie, and no cookie setting stops it."
            ),
            at="/lab/cross#tracker",
            seen=(Seen(method="GET", status=200, path="/lab/cross?plain=*&apart=*"),),
            hosts=("tracker", "social", "shop", "forum"),
            meanwhile=(_BEGUN,),
            acts=(_BENCH, _PLAIN, *_ASK, _CHIPS, *_ASK),
            bench="cross",
            question=Question(
                ask=N_("If all its cookies were blocked, could the tracker still join your visits?"),
                answers=(N_("No"), N_("Yes, if links carry a key")),
                right=1,
            ),
            hint=_HINT,
            note=N_(
                "That is why browsers also strip known tracking parameters from links. Ask who has seen such addresses."
            ),
        ),
    ),
    challenge=Step(
        do=N_("Write a line `lab-widget` for a basket in other sites' frames, that can follow nobody."),
        watch=N_("We know it when the line has all it takes, and the cookie comes back."),
        why=N_("`SameSite=None; Secure` lets it into frames, and `Partitioned` gives it another memory on each site."),
        note=N_("This is what an honest embedded service writes: a chat, a basket, a map that remembers its corner."),
        at="/lab/send",
        needs=("secure",),
        seen=(
            Seen(method="POST", path="/lab/send", sets=(*_NEW, _APART), part=N_("the line")),
            Seen(method="GET", path="/lab/result*", sends="lab-widget=*", part=N_("it comes back")),
        ),
        meanwhile=(Seen(method="POST", path="/lab/send"), Seen(method="POST", path="/lab/clear")),
        acts=(Open("/lab/send"), send_line("lab-widget=1; SameSite=None; Secure; Partitioned")),
    ),
)

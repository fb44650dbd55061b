"""Lesson 12: followed from site to site."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_BENCH = (Open("/lab/cross"), Send("#begin"))
_ASK = (Follow('a[href*="//tracker."]'), Follow("[data-told]"))
_THREE = (Follow("[data-town=shop]"), Follow("[data-town=forum]"), Follow("[data-town=social]"))
_TOO_SOON = Instead(
    seen=Seen(method="GET", status=200, path="/lab/cross?*once*"),
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
    minutes=9,
    needs=(N_("The lab's other hosts: `localhost` has them, elsewhere the setting `CRUMB_LAB_HOSTS` names them."),),
    makes=(
        "lab-none; Path=/lab",
        "lab-unset; Path=/lab/cross",
        "lab-lax; Path=/lab/cross",
        "lab-strict; Path=/lab/cross",
        "lab-none; Path=/lab/cross; Secure",
        "bench",
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
            do=N_("A tracker's cookie says `SameSite=None`. Send this line as it stands: “Send it, and see”."),
            watch=P_(
                "chromium.none-insecure firefox.none-insecure safari.none-insecure",
                "See whether it comes back. Chromium and Firefox refuse it, Safari does not.",
            ),
            why=N_(
                "`SameSite=None` opens a cookie to other sites' pages; most browsers then ask for `Secure` as well."
            ),
            at="/lab/?preset=none",
            seen=(
                Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None"),
                Seen(method="GET", path="/lab/result*", lacks="lab-none=*"),
            ),
            acts=(Open("/lab/?preset=none"), Send("#lab")),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"),
                (
                    Seen(method="POST", path="/lab/send", sets="lab-none=1; SameSite=None"),
                    Seen(method="GET", path="/lab/result*"),
                ),
            ),
            question=Question(
                ask=P_("chromium.none-insecure firefox.none-insecure", "Will Chromium or Firefox keep this cookie?"),
                answers=(N_("Yes"), N_("No, Secure is missing"), N_("Yes, for this page only")),
                right=1,
            ),
            note=N_(
                "Every cookie that works inside other sites' pages has to say so. Look for it in the lines to come."
            ),
        ),
        Step(
            do=N_("On the cross-site bench, press “Set the four cookies” (or “Set them anew”)."),
            watch=N_("The answer sets `bench`: under this key the tracker will write down where it saw you."),
            why=N_(
                "Your bench is open, and its notes are empty. Only this browser and the links it follows have the key."
            ),
            at="/lab/cross",
            seen=(Seen(method="POST", path="/lab/cross/begin", status=303, sets="bench=*"),),
            acts=_BENCH,
            note=N_("The four lab cookies belong to the lesson on forged requests; here we need the bench alone."),
        ),
        Step(
            do=N_(
                "Under “Followed from site to site” choose the cookie without Partitioned. Then press “What the "
                "tracker knows of you” there, and come back by its button."
            ),
            watch=N_(
                "Three hosts take part: Crumb, the little site, and the tracker in its frame. See the address bar."
            ),
            why=N_("The advertisement came from the tracker's own host, so the tracker could set a cookie of its own."),
            at="/lab/cross#tracker",
            seen=(Seen(method="GET", status=200, path="/lab/cross?*plain=*"),),
            acts=(*_BENCH, Follow("[data-mode=plain]"), *_ASK),
            question=Question(
                ask=N_("Who gives you the tracker's cookie?"),
                answers=(N_("The little site that I visit"), N_("The tracker, from inside that page"), N_("Crumb")),
                right=1,
            ),
            hint=N_("If the page says “Set the four cookies first”, do that: it opens your bench."),
            note=N_("The bar stays behind: those are other sites. The tracker's button brings the class back."),
        ),
        Step(
            do=N_("Choose it again, without Partitioned: all three sites, the first once more, the tracker, and back."),
            watch=N_(
                "The tracker's page says what this browser did. Browsers differ: followed, kept apart, or new each "
                "time."
            ),
            why=P_(
                "chromium.third-party firefox.third-party safari.third-party-send",
                "Who lets third-party cookies through is followed. Firefox and Safari keep them apart or away; "
                "Chromium lets them through unless you block them.",
            ),
            at="/lab/cross#tracker",
            seen=(Seen(method="GET", status=200, path="/lab/cross?plain=*"),),
            acts=(*_BENCH, Follow("[data-mode=plain]"), *_THREE, *_ASK),
            instead=(_TOO_SOON,),
            note=N_("Ask for a show of hands by browser. All answers are right; the table on that page has all three."),
        ),
        Step(
            do=N_(
                "Now choose the cookie with Partitioned: three sites and the first once more, the tracker, and back."
            ),
            watch=N_("The line says `Partitioned`: the browser keeps one such cookie for each site around it."),
            why=N_(
                "A basket in a frame can still work, but the tracker can't join two sites: it has another cookie "
                "on each."
            ),
            at="/lab/cross#tracker",
            seen=(Seen(method="GET", status=200, path="/lab/cross?*apart=apart*"),),
            acts=(*_BENCH, Follow("[data-mode=apart]"), *_THREE, *_ASK),
            in_engine=dict.fromkeys(
                ("safari", "webkitgtk"), (Seen(method="GET", status=200, path="/lab/cross?*apart=*"),)
            ),
            instead=(_TOO_SOON,),
            question=Question(
                ask=N_("Who are you to the tracker at the second site?"),
                answers=(
                    N_("The same visitor"),
                    N_("Somebody else, and known again at each site"),
                    N_("New each time"),
                ),
                right=1,
            ),
            note=P_(
                "chromium.partitioned firefox.partitioned",
                "Chromium and Firefox both do this, even where they block the cookies of the step before.",
            ),
        ),
        Step(
            do=N_(
                "Visit a little site with each of the two cookies, ask the tracker, and come back. Read the "
                "addresses as you go."
            ),
            watch=N_(
                "Every link carries `bench` and your key. The tracker's page has both visits, whatever became of "
                "cookies."
            ),
            why=N_(
                "An id in the address crosses from site to site without any cookie, and no cookie setting stops it."
            ),
            at="/lab/cross#tracker",
            seen=(Seen(method="GET", status=200, path="/lab/cross?plain=*&apart=*"),),
            acts=(*_BENCH, Follow("[data-mode=plain]"), *_ASK, Follow("[data-mode=apart]"), *_ASK),
            question=Question(
                ask=N_("If all its cookies were blocked, could the tracker still join your visits?"),
                answers=(N_("No"), N_("Yes, if links carry a key")),
                right=1,
            ),
            note=N_(
                "That is why browsers also strip known tracking parameters from links. Ask who has seen such addresses."
            ),
        ),
    ),
)

"""Lesson 17: a key from a sister host, fixed before the log-in."""

from webapp.i18n import N_, P_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_BENCH = Open("/lab/fixation")
_KEPT = "The shop keeps the key when you log in"
_BEGUN = Seen(method="POST", path="/lab/fixation/begin", status=303)
_RENEWED = "The shop gives you a new key when you log in"
_TO_TILL, _BACK = Follow("To the shop's till"), Follow("Back to the bench, with what happened")
_ENTER = Send("Log in as %(name)s")
_LOG_IN = (_ENTER, Follow("Let the guest see what its key opens"), _BACK)
_NOT_YET = Instead(
    seen=Seen(method="GET", status=200, path="/lab/fixation?*=entered&*"),
    text=N_("You logged in, but the guest has not looked yet. Go to that till again, and let it look."),
    at="/lab/fixation",
)


def _meet(title: str) -> tuple[Open | Follow, ...]:
    return (_BENCH, Follow("To the guest's stall", near=title), _TO_TILL)


def _told(mode: str, stands: str, part: str = "") -> Seen:
    return Seen(method="GET", status=200, path=f"/lab/fixation?{mode}={stands}&*", part=part)


LESSON = Lesson(
    key="fixed",
    order=17,
    title=N_("Somebody else's key"),
    idea=N_("Whoever knows your session's key is you. So nobody else may have chosen it."),
    minutes=9,
    exit=N_("A server keeps the same session key before and after the log-in. Who else can be in, and how?"),
    after=("scope", "locks"),
    hard=3,
    makes=("till",),
    elsewhere=("shop",),
    needs=(N_("Hosts for a shop and for a guest below it: `localhost` has them."),),
    troubles=(
        (
            P_("safari.loopback-hosts", "Safari on macOS 15 and before finds no name below `localhost`."),
            N_("Take another browser there, or write each name into `/etc/hosts`, behind `127.0.0.1`."),
        ),
        (
            N_("The bar is gone at the till and at the guest's stall."),
            N_("They are other sites. “Back to the bench, with what happened” leads back to it."),
        ),
        (
            N_("A till says that it has seen enough."),
            N_("“Begin anew” on the bench opens the tills once more."),
        ),
    ),
    steps=(
        Step(
            do=N_("At the first till log in, let the guest look, and come back."),
            watch=N_("See what crossed the wire at the till: which key did you have before the log-in, which after?"),
            why=N_("The key was yours from the beginning, so it does no harm that this shop keeps it."),
            at="/lab/fixation#kept",
            seen=(_told("kept", "safe"),),
            undoes=(_BEGUN,),
            hosts=("shop", "guest"),
            acts=(_BENCH, Follow("To the shop's till", near=_KEPT), *_LOG_IN),
            bench="fixation",
            instead=(_NOT_YET,),
            question=Question(
                ask=N_("The guest has a key of its own from this shop. What will it open once you are in?"),
                answers=(N_("Your account"), N_("Nothing")),
                right=1,
            ),
            hint=N_(
                "Under “The shop keeps the key when you log in” press “To the shop's till”, not “To the guest's "
                "stall”; there “Log in as mira”, “Let the guest see what its key opens”, “Back to the bench, "
                "with what happened”."
            ),
            note=N_("A key is what a session cookie holds: a number that stands for you at the server."),
        ),
        Step(
            do=N_("From the first till go to the guest's stall, from there to the till, and come back."),
            watch=N_("The stall shows the line that it sent. What did your browser then send to the shop?"),
            why=N_("With `Domain` a host may set a cookie for a host above it: the shop gets it like one of its own."),
            at="/lab/fixation#kept",
            seen=(_told("kept", "tossed"),),
            undoes=(_BEGUN,),
            hosts=("shop", "guest"),
            acts=(*_meet(_KEPT), _BACK),
            bench="fixation",
            question=Question(
                ask=N_("The guest's host is below the shop's. Can it set a cookie that goes to the shop?"),
                answers=(N_("No, only for itself"), N_("Yes"), N_("Only if the shop allows it")),
                right=1,
            ),
            hint=N_(
                "Under “The shop keeps the key when you log in” press “To the guest's stall”; from there “To the "
                "shop's till”, then “Back to the bench, with what happened”."
            ),
            note=N_(
                "Where does a site have guests? Blogs, user pages, an old server that nobody looks after any more."
            ),
        ),
        Step(
            do=N_("Go the same way, log in at the till this time, let the guest look, and come back."),
            watch=N_("Compare the key that you logged in with and the one that the guest sent."),
            why=N_("The guest had given you its own key, and your log-in made it worth something: session fixation."),
            at="/lab/fixation#kept",
            seen=(_told("kept", "stolen"),),
            undoes=(_BEGUN,),
            hosts=("shop", "guest"),
            acts=(*_meet(_KEPT), *_LOG_IN),
            bench="fixation",
            instead=(
                _NOT_YET,
                Instead(
                    seen=_told("kept", "safe"),
                    text=N_("The guest had given you nothing. Go by its stall to the till."),
                    at="/lab/fixation#kept",
                ),
            ),
            question=Question(
                ask=N_("You log in with the key that the guest has given you. Who is in then?"),
                answers=(N_("Only you"), N_("You and the guest"), N_("Nobody")),
                right=1,
            ),
            hint=N_(
                "Under “The shop keeps the key when you log in” press “To the guest's stall”, then “To the shop's "
                "till”, “Log in as mira”, “Let the guest see what its key opens”, “Back to the bench, with what "
                "happened”."
            ),
            note=N_("Nothing was stolen here: no script, no sniffing. The victim did all of it."),
        ),
        Step(
            do=N_("The same at the second till: guest, till, log in, let the guest look, back."),
            watch=N_("How many keys did your browser send after the log-in, and which one stands first?"),
            why=N_(
                "A new key made the guest's worthless. But its cookie has the longer path, goes first, and the shop "
                "reads that one: you are locked out."
            ),
            at="/lab/fixation#renewed",
            seen=(_told("renewed", "stuck"),),
            undoes=(_BEGUN,),
            hosts=("shop", "guest"),
            acts=(*_meet(_RENEWED), *_LOG_IN),
            bench="fixation",
            instead=(_NOT_YET,),
            question=Question(
                ask=N_("This shop gives you a new key when you log in. Who is in then?"),
                answers=(N_("Only you"), N_("You and the guest"), N_("Nobody")),
                right=2,
            ),
            hint=N_(
                "Under “The shop gives you a new key when you log in” press “To the guest's stall”, then “To the "
                "shop's till”, “Log in as mira”, “Let the guest see what its key opens”, “Back to the bench, with "
                "what happened”."
            ),
            note=N_("Django changes the key at log-in by itself. That stops the theft, not the nuisance."),
        ),
        Step(
            do=N_("The same at the third till: guest, till, log in, let the guest look, back."),
            watch=N_("What did the guest's line ask for, and what did your browser send to the shop?"),
            why=N_(
                "A name with `__Host-` may have no `Domain`: only the host itself can set it, so a browser drops it."
            ),
            at="/lab/fixation#host",
            seen=(_told("host", "safe"),),
            undoes=(_BEGUN,),
            needs=("secure",),
            hosts=("shop", "guest"),
            acts=(*_meet("A new key too, and the name of its cookie begins with __Host-"), *_LOG_IN),
            bench="fixation",
            instead=(_NOT_YET,),
            question=Question(
                ask=N_("The cookie is called `__Host-sid`. What becomes of the guest's line?"),
                answers=(N_("It takes the place of the shop's"), N_("The browser drops it"), N_("Both are sent")),
                right=1,
            ),
            hint=N_(
                "Under “A new key too, and the name of its cookie begins with __Host-” press “To the guest's stall”, "
                "then “To the shop's till”, “Log in as mira”, “Let the guest see what its key opens”, “Back to the "
                "bench, with what happened”."
            ),
            note=N_("Under https Crumb's own session is called `__Host-session`. Show it in “My cookies”."),
        ),
        Step(
            do=N_("Ask the lab the same of `github.io`, where everybody has a host: “Go there”."),
            watch=N_("Which rule decides, and what does it say of `github.io`?"),
            why=N_(
                "`github.io` is on the public suffix list, as `com` is: no host may set a cookie for it. `localhost` "
                "counts as one, too."
            ),
            at="/lab",
            seen=(Seen(method="GET", status=200, path="/lab/why?*github.io*"),),
            acts=(
                Open(
                    "/lab/why?line=sid=1;+Domain=github.io;+Path=/&set_by=https://guest.github.io/"
                    "&to=https://another.github.io/"
                ),
            ),
            question=Question(
                ask=N_("Can a guest at `guest.github.io` give a cookie to all others at `github.io`?"),
                answers=(N_("Yes, as at the shop"), N_("No")),
                right=1,
            ),
            note=N_("Who gives hosts to strangers puts the name on that list: publicsuffix.org."),
        ),
    ),
    challenge=Step(
        do=N_("First log in at the second till, then let the guest lock you out."),
        watch=N_("We know it when the bench shows you in first, and then nobody."),
        why=N_("A cookie from a sister host covers one that is there already: it only has to go first."),
        note=N_("This is why “log in again” does not always help: what covers the cookie is still there."),
        at="/lab/fixation#renewed",
        seen=(
            _told("renewed", "entered", N_("you are in")),
            _told("renewed", "stuck", N_("and locked out")),
        ),
        undoes=(_BEGUN,),
        hosts=("shop", "guest"),
        acts=(
            _BENCH,
            Follow("To the shop's till", near=_RENEWED),
            _ENTER,
            _BACK,
            Follow("To the guest's stall", near=_RENEWED),
            _TO_TILL,
            _BACK,
        ),
        bench="fixation",
    ),
)

"""Lesson 3: how a log-in outlives the browser, and how it ends."""

from webapp.i18n import N_
from webapp.lessons.course import OWN_NAME
from webapp.lessons.lesson import Close, Follow, Instead, Lesson, Open, Pick, Question, Seen, Send, Step, Wait

_LOG_IN = "/login?next=/social/"
_OVER_THERE = "/teach/student/copied"
_LOG_OUT = Seen(method="POST", path="/logout")
_RESTORED = N_(
    "Close all windows. Does the step still wait? Then your browser restores session cookies: in “My cookies” open "
    "`%(session)s` and press “Delete this cookie” instead, then open the social site."
)
_SESSION = ("crumb_session=*", "__Host-session=*")  # the session's name on http and on https, and no other program's

LESSON = Lesson(
    key="return",
    order=3,
    title=N_("Still logged in"),
    idea=N_("Two cookies say who you are: one ends with the browser, the other brings you back."),
    minutes=10,
    exit=N_("You have used a computer at the library. What do you do before you leave, and which cookies does it end?"),
    after=("lifetimes",),
    stays=(
        N_(
            "A log-in is yours, so no lesson takes it away: it ends when you log out. `known` and `last_login` stay, "
            "and log nobody in."
        ),
    ),
    needs=(
        N_("A browser that may be closed: an ordinary window, since a private one forgets all cookies."),
        N_("For step 3 an account with a password. Under https the setting `CRUMB_DEMO_ACCOUNTS` offers some."),
    ),
    troubles=(
        (
            N_("After closing, the browser still sends `%(session)s`."),
            N_(
                "It is set to continue where it left off, or a window stayed open. Delete `%(session)s` in “My "
                "cookies” instead."
            ),
        ),
        (
            N_("Somebody is logged out all of a sudden."),
            N_("Another learner pressed “End all others” on the devices of the same demo account. Log in again."),
        ),
        (
            N_("After closing, nobody is logged in, although “remember me” was chosen."),
            N_("The window was private, or the browser deletes cookies when it closes. Use an ordinary window."),
        ),
    ),
    steps=(
        Step(
            do=N_("Log in with “… and remember me”; any account will do."),
            watch=N_("Read the lines for `%(session)s` and `remember` to their ends."),
            why=N_("`%(session)s` has no end, so it goes with the browser; `remember` is to be kept for 30 days."),
            at="/social/",
            seen=(Seen(method="POST", path="/login*", status=303, sets="remember=*"),),
            acts=(Open(_LOG_IN), Send("… and remember me", near="mira")),
            question=Question(
                ask=N_("Two cookies will be set. Which of the two lines has a `Max-Age`?"),
                answers=(N_("`%(session)s`"), N_("`remember`"), N_("Both")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/login*", status=303, sets_no="remember=*"),
                    text=N_("You are logged in, but not remembered. Log in once more, with “… and remember me”."),
                    at=_LOG_IN,
                ),
            ),
            hint=N_(
                "At the foot of the log-in page one click does it, by a drawn name or at `mira`, where this site has "
                "them. Else tick “Remember me in this browser” above “Log in”."
            ),
            note=N_("The dock masks what counts of both values: whoever has them is logged in as you."),
        ),
        Step(
            do=N_("Close the browser, all its windows, and come back to the social site."),
            watch=N_("Which cookie does the first request send? And what does its answer set?"),
            why=N_(
                "`%(session)s` was gone, so `remember` was redeemed: it works once, and the answer brought the next."
            ),
            at="/social/",
            seen=(Seen(method="GET", sends="remember=*", lacks=_SESSION, sets="remember=*"),),
            acts=(Close("/social/"),),
            needs=("remembered", "close"),
            question=Question(
                ask=N_("Which cookie will say who you are?"),
                answers=(N_("`%(session)s`"), N_("`remember`"), N_("Neither: you have to log in again")),
                right=1,
            ),
            hint=_RESTORED,
            note=N_(
                "If an old `remember` turns up later, there are two of it, and one may be a thief's: then the site "
                "logs out all browsers of the account."
            ),
        ),
        Step(
            do=N_("After coming back, open the list of your devices."),
            watch=N_("Is the first answer a 200 or a 303? And which cookies are set on the way?"),
            why=N_("A cookie says that this browser was here before, not who sits at it: only a password can."),
            at="/account",
            seen=(
                Seen(method="GET", path="/account/devices", status=303, part=N_("the list is asked for")),
                Seen(method="POST", path="/account/confirm", status=303, sets="remember=*", part=N_("the password")),
            ),
            acts=(
                Close("/account"),
                Follow("See and end your devices"),
                Send("Go on", {"Password": "sourdough-mira"}),
            ),
            needs=("remembered", "password"),
            question=Question(
                ask=N_("You are logged in. Will the list of your devices open at once?"),
                answers=(N_("Yes, the cookie is enough"), N_("No, it asks for the password first")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/account/devices", status=200),
                    text=N_("It opened, for you have just typed the password. Close the browser, and come back here."),
                    at="/account",
                ),
            ),
            hint=N_(
                "Your name at the top leads to “See and end your devices”. The page “Your password again” tells "
                "the password of a demo account below the field; then press “Go on”."
            ),
            note=N_("Shops do the same: they greet by cookie, and ask again before an address or a payment is shown."),
        ),
        Step(
            do=N_("Copy `remember` into the second browser, log out, and look there."),
            watch=N_("Is anybody logged in over there?"),
            why=N_("Even a copy of the old cookie opens nothing: the server no longer knows the log-in it stands for."),
            at="/social/",
            seen=(
                Seen(
                    method="POST",
                    path=_OVER_THERE,
                    sends="remember=*",
                    part=N_("the copy is in the second browser"),
                ),
                Seen(method="POST", path="/logout", deletes="remember=*", part=N_("you are logged out")),
                Seen(method="GET", path=f"{_OVER_THERE}?at=*", part=N_("the second browser comes back")),
            ),
            acts=(
                Open("/teach/student"),
                Send("Copy my %(name)s into the second browser"),
                Pick(OWN_NAME),
                Follow("Log out"),
                Send("Log out"),
                Open("/teach/student"),
                Send("Go", {"Address": "/social/"}),
            ),
            needs=("remembered",),
            question=Question(
                ask=N_("Somebody copied your `remember` before you logged out. Can they log in with it?"),
                answers=(N_("Yes, for 30 days"), N_("No, the log-out ended it for all copies")),
                right=1,
            ),
            hint=N_(
                "Press “Copy my remember into the second browser”, and follow your name at the top to “Log out”. Then "
                "“Go there” leads back to the second browser: press “Go” beside its address."
            ),
            note=N_(
                "A log-out that deletes nothing but the cookie would leave the copy its 30 days. Here the server ends "
                "what the cookie stands for."
            ),
        ),
        Step(
            do=N_("Copy `remember` again, open two pages over there, and after three minutes “Social” here."),
            watch=N_("Over there, see who is logged in. After three minutes read what our page says of you."),
            why=N_(
                "Two have used one `remember`, and the site can't tell who is the thief: so it ended every log-in of "
                "the account, and said why."
            ),
            at="/social/",
            seen=(
                Seen(method="POST", path=_OVER_THERE, sends="remember=*", sets_no=_SESSION, part=N_("the copy")),
                Seen(method="GET", path=f"{_OVER_THERE}?at=*", part=N_("a page there")),
                Seen(method="GET", path=f"{_OVER_THERE}?at=*", part=N_("another there")),
                Seen(
                    deletes="remember=*",
                    either=tuple(Seen(sets=name) for name in _SESSION),  # it keeps why: a log-out over there does not
                    late=3,
                    part=N_("a page here"),
                ),
            ),
            acts=(
                Open("/teach/student"),
                Send("Copy my %(name)s into the second browser"),
                Send("Go", {"Address": "/social/"}),
                Send("Go", {"Address": "/shop/"}),
                Wait(3),
                Follow("Social"),
            ),
            needs=("own",),
            question=Question(
                ask=N_("The thief uses your `remember`, you do three minutes later. Who is logged in?"),
                answers=(N_("Both of you"), N_("Only the thief"), N_("Only you"), N_("Nobody")),
                right=3,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", sets="remember=*"),
                    text=N_(
                        "You have got the next `remember`: nobody over there had come back for a second page. Copy "
                        "again, and open two pages over there."
                    ),
                    at="/teach/student",
                ),
            ),
            meanwhile=(_LOG_OUT,),
            undoes=(
                Seen(method="POST", path=_OVER_THERE, sets_no=_SESSION),
                *(Seen(method="POST", path=path, status=303) for path in ("/login", "/register")),
                Seen(sets="remember=*"),
                Seen(deletes="remember=*", sets_no=_SESSION),
                Seen(lacks="remember=*"),
            ),
            hint=N_(
                "Press “Copy my remember into the second browser”, then twice “Go” beside the address over there. "
                "While the three minutes pass, go where you like: you are let in here as well."
            ),
            note=N_(
                "Why three minutes? A browser that opens ten tabs at once sends ten times the same `remember`, and "
                "nine come late. That is no theft, so the site waits; a thief has the same three minutes."
            ),
        ),
        Step(
            do=N_("Log in again, this time without “… and remember me”."),
            watch=N_("Look for `%(session)s` and `remember` among what the answer sets."),
            why=N_("You are logged in just the same; but nothing will outlive the browser."),
            at="/social/",
            seen=(Seen(method="POST", path="/login*", status=303, sets_no="remember=*"),),
            acts=(Open(_LOG_IN), Send("Log in as %(name)s", near="mira")),
            question=Question(
                ask=N_("Which of the two cookies will the answer set?"),
                answers=(N_("Both"), N_("Only `%(session)s`"), N_("Only `remember`")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/login*", status=303, sets="remember=*"),
                    text=N_("That was with “remember me”. Log out, and log in once more without it."),
                    at=_LOG_IN,
                ),
            ),
            meanwhile=(_LOG_OUT,),
            hint=N_(
                "At the foot of the log-in page press “Log in as mira” at `mira`, or “Give me a name”, where this site "
                "has them. Else leave “Remember me in this browser” empty."
            ),
            note=N_(
                "Where history is allowed, `last_login` notes how it was meant: it logs nobody in, but the site can "
                "say why it no longer knows you."
            ),
        ),
        Step(
            do=N_("Close the browser once more, and come back."),
            watch=N_("Look for `%(session)s` and `remember` among what is sent, and read what the page says of you."),
            why=N_("No cookie, no name: without `remember` the log-in went when the browser was closed."),
            at="/social/",
            # `wire` goes with the browser too. One that opens its last session again keeps both: there it is by hand.
            seen=(
                Seen(
                    lacks="remember=*",
                    either=(
                        Seen(method="GET", lacks=("wire=*", *_SESSION)),
                        Seen(method="POST", path="/jar/delete", deletes="*session=*"),
                    ),
                ),
            ),
            acts=(Close("/social/"),),
            needs=("logged_in", "close"),
            question=Question(
                ask=N_("Who will you be this time?"),
                answers=(N_("The same as before"), N_("Nobody")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="GET", sends="remember=*", lacks=_SESSION),
                    text=N_("`remember` brought you back. Log out, log in without “remember me”, and close again."),
                    at=_LOG_IN,
                ),
            ),
            meanwhile=(_LOG_OUT,),
            hint=_RESTORED,
            note=N_(
                "On the server that log-in lives on for up to a day without a visit: at a shared computer "
                "log out, don't just close."
            ),
        ),
    ),
    challenge=Step(
        do=N_("Come back by `remember` alone, without closing the browser."),
        watch=N_("We know it when a request sends `remember` and no `%(session)s`."),
        why=N_("It does not matter how the session went: whoever has `remember` is let in, and gets a new one."),
        at="/social/",
        seen=(Seen(method="GET", sends=("wire=*", "remember=*"), lacks=_SESSION),),
        acts=(
            Open("/jar"),
            Follow("%(session)s"),
            Send("Delete this cookie"),
        ),
        meanwhile=(Seen(method="POST", path="/jar/*"),),
        needs=("remembered",),
        note=N_("Cookies that a thief takes work just so: that is why they are `HttpOnly`."),
    ),
)

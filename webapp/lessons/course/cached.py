"""Lesson 18: what a cache hands on to the wrong visitor, and which header line stops what."""

from webapp.i18n import N_
from webapp.lessons.lesson import Act, Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HERE = "/lab/cached"
_BEGIN, _PAGE, _SECOND = f"{_HERE}/begin", f"{_HERE}/page", f"{_HERE}/second"
_NOBODY = "lab-guest=*"
_ASKS_SECOND = Seen(method="POST", path=_SECOND, part=N_("the second browser opens it"))
_ASKS = Seen(method="GET", path=_PAGE, status=200, sets="lab-guest=*", part=N_("you open it"))


def _opened(rule: str, named: bool) -> tuple[Seen, ...]:
    """Return what shows that the shop was opened by a rule: to somebody with a name, who asks first, or to nobody."""
    begins = Seen(
        method="POST",
        path=_BEGIN,
        sets=(f"lab-rule={rule};*", *(("lab-guest=*",) if named else ())),
        deletes=() if named else _NOBODY,
        part=N_("the shop is open, with a name") if named else N_("the shop is open, without a name"),
    )
    return (begins, _ASKS, _ASKS_SECOND) if named else (begins, _ASKS_SECOND, _ASKS)


def _acts(line: str, name: str = "", button: str = "Begin anew") -> tuple[Act, ...]:
    opens, second = Follow("Open the shop's page"), Send("Let the second browser open it")
    asks = (opens, Follow("Back to the two browsers"), second) if name else (second, opens)
    return (Open(_HERE), Send(button, {f"Cache-Control: {line}": True, "Your name in the shop": name}), *asks)


def _other_rule(rule: str, text: str) -> Instead:
    return Instead(
        seen=Seen(method="POST", path=_BEGIN, sets="lab-rule=*", sets_no=f"lab-rule={rule};*"), text=text, at=_HERE
    )


_TAKE_A_NAME = Instead(
    seen=Seen(method="POST", path=_BEGIN, deletes=_NOBODY),
    text=N_("You came without a name. Write one this time, and open the shop again."),
    at=_HERE,
)
_TAKE_NO_NAME = Instead(
    seen=Seen(method="POST", path=_BEGIN, sets="lab-guest=*"),
    text=N_("You came with a name. Leave it empty this time, and open the shop again."),
    at=_HERE,
)
_YOU_FIRST = Instead(
    seen=Seen(method="GET", path=_PAGE, sends=_NOBODY),
    text=N_("You have a name by now: open the shop again without one, and let the second browser ask first."),
    at=_HERE,
)
_ANY = (Seen(method="POST", path=_SECOND),)
_ANEW = (Seen(method="POST", path=_BEGIN, status=303),)

LESSON = Lesson(
    key="cached",
    order=18,
    title=N_("The wrong page"),
    idea=N_("A cache that does not know of cookies serves one visitor's page, and one visitor's cookie, to others."),
    minutes=9,
    exit=N_("A page greets you by somebody else's name. Which header line was missing?"),
    hard=3,
    after=("look",),
    makes=(
        "lab-guest; Path=/lab/cached; HttpOnly",
        "lab-rule; Path=/lab/cached; HttpOnly",
        "cache",
    ),
    troubles=(
        (
            N_("The second browser got a page of its own where it should have got yours."),
            N_("Ten minutes have passed, or you came without a name. Empty the cache, and begin anew."),
        ),
        (
            N_("Somebody asks whether real caches do that."),
            N_("Many leave out answers with `Set-Cookie` by default, and one line of settings ends that."),
        ),
    ),
    steps=(
        Step(
            do=N_("Open the shop with your name and `max-age=600`, then its page."),
            watch=N_("Beside your greeting: what does the shop say of keeping this page?"),
            why=N_("`max-age` alone speaks to every cache on the way, and none of them knows whom the page is for."),
            at=_HERE,
            seen=_opened("bare", named=True)[:2],
            acts=_acts("max-age=600", "Ada", "Open it")[:3],
            instead=(
                _other_rule("bare", N_("That line comes later. Take `max-age=600` alone, and open the shop again.")),
                _TAKE_A_NAME,
            ),
            meanwhile=_ANY,
            undoes=_ANEW,
            question=Question(
                ask=N_("The page greets you, and says `max-age=600`. Who may keep it for ten minutes?"),
                answers=(
                    N_("Your browser alone"),
                    N_("Every cache on the way"),
                    N_("Nobody, since it sets a cookie"),
                ),
                right=1,
            ),
            hint=N_("Press “Open it” (or “Begin anew”), then “Open the shop's page”."),
            note=N_("Caches stand in front of most big sites, and often somebody else runs them."),
        ),
        Step(
            do=N_("Press “Let the second browser open it”."),
            watch=N_("“What happened”: who answered, and what the second browser holds now."),
            why=N_("The address was the same, so was the answer, with its `Set-Cookie` line: it is you from now on."),
            at=_HERE,
            bench="cached",
            seen=(Seen(method="GET", path=f"{_HERE}?answered=cache"),),
            acts=(Open(_HERE), Send("Let the second browser open it")),
            instead=tuple(
                Instead(
                    seen=seen,
                    text=N_("The cache is empty now: open the page first, with your name and `max-age=600`."),
                    at=_HERE,
                )
                for seen in (Seen(method="POST", path=_BEGIN), Seen(method="GET", path=f"{_HERE}?answered=shop"))
            ),
            meanwhile=_ANY,
            question=Question(
                ask=N_("It has never been here and sends no cookie. Whom will the page greet?"),
                answers=(N_("A stranger"), N_("You, by your name"), N_("Nobody: it is refused")),
                right=1,
            ),
            note=N_("This is worse than a page seen by others: they hold what logs you in, and nobody stole it."),
        ),
        Step(
            do=N_("Begin anew without a name; let the second browser ask first, then you."),
            watch=N_("The `Set-Cookie` line that your own browser got, and whose name is in it."),
            why=N_("It works in both directions: whoever asks first makes the cookie for all who follow."),
            at=_HERE,
            bench="cached",
            seen=_opened("bare", named=False),
            acts=_acts("max-age=600"),
            instead=(
                _other_rule("bare", N_("That line comes later. Take `max-age=600` alone, and open the shop again.")),
                _TAKE_NO_NAME,
                _YOU_FIRST,
            ),
            meanwhile=_ANY,
            undoes=_ANEW,
            question=Question(
                ask=N_("Whose name will the shop give to your own browser?"),
                answers=(N_("A new one"), N_("The second browser's"), N_("None")),
                right=1,
            ),
            hint=N_(
                "Choose `max-age=600` and leave the name empty. Press “Begin anew”, “Let the second browser open it”, "
                "then “Open the shop's page”."
            ),
            note=N_("Now it is your browser that holds somebody else's cookie, really: look into the dock."),
        ),
        Step(
            do=N_("Begin anew with `max-age=600`, `Vary: Cookie` and your name; open it, then let the second."),
            watch=N_("Why the shop was asked again: the section of RFC 9111 stands beside it."),
            why=N_("`Vary: Cookie` makes the Cookie header a part of the address: another header, another answer."),
            at=_HERE,
            bench="cached",
            seen=_opened("vary", named=True),
            acts=_acts("max-age=600 · Vary: Cookie", "Ada"),
            instead=(
                _other_rule("vary", N_("Choose `max-age=600` with `Vary: Cookie`, and open the shop again.")),
                _TAKE_A_NAME,
            ),
            meanwhile=_ANY,
            undoes=_ANEW,
            question=Question(
                ask=N_("And whom will it greet now, still without a cookie?"),
                answers=(N_("You, by your name"), N_("Somebody new")),
                right=1,
            ),
            hint=N_(
                "Press “Begin anew”, “Open the shop's page”, “Back to the two browsers”, then “Let the second browser "
                "open it”."
            ),
            note=N_("The price: hardly two visitors have one Cookie header, so such a cache seldom answers."),
        ),
        Step(
            do=N_("The same line without a name: the second browser first, then you."),
            watch=N_("What both of you sent, and what both of you hold."),
            why=N_("Neither had a cookie, so both headers were the same: none. `Vary` can't tell newcomers apart."),
            at=_HERE,
            bench="cached",
            seen=_opened("vary", named=False),
            acts=_acts("max-age=600 · Vary: Cookie"),
            instead=(
                _other_rule("vary", N_("Choose `max-age=600` with `Vary: Cookie`, and open the shop again.")),
                _TAKE_NO_NAME,
                _YOU_FIRST,
            ),
            meanwhile=_ANY,
            undoes=_ANEW,
            question=Question(
                ask=N_("Two newcomers, one `Vary: Cookie`. How many names does the shop give?"),
                answers=(N_("One, to both"), N_("Two")),
                right=0,
            ),
            hint=N_(
                "Choose `max-age=600` with `Vary: Cookie`, and leave the name empty. Press “Begin anew”, “Let "
                "the second browser open it”, then “Open the shop's page”."
            ),
            note=N_("Most people expect that `Vary` is enough. Let them say why before they look."),
        ),
        Step(
            do=N_("Begin anew with `private, max-age=600`, without a name: the second first, then you."),
            watch=N_("What the cache says of its copy."),
            why=N_("`private` is for one visitor alone: no cache that is shared keeps it, the browser's own may."),
            at=_HERE,
            bench="cached",
            seen=_opened("private", named=False),
            acts=_acts("private, max-age=600"),
            instead=(
                _other_rule("private", N_("Choose `private, max-age=600`, and open the shop again.")),
                _TAKE_NO_NAME,
                _YOU_FIRST,
            ),
            meanwhile=_ANY,
            undoes=_ANEW,
            question=Question(
                ask=N_("Will two newcomers get one name once more?"),
                answers=(N_("Yes"), N_("No, each gets one of their own")),
                right=1,
            ),
            hint=N_(
                "Choose `private, max-age=600` and leave the name empty. Press “Begin anew”, “Let the second browser "
                "open it”, then “Open the shop's page”."
            ),
            note=N_("The table at the foot of the page says what is left: one's own browser, after the log-out."),
        ),
    ),
    challenge=Step(
        do=N_("Find a line that mends all three harms of the table, and show that two newcomers get two names."),
        watch=N_("We know it when both browsers have asked, without a name, under a line that mends all."),
        why=N_("`no-store` does, and so does what Crumb's own pages say: `private, no-cache` with `Vary: Cookie`."),
        note=N_("Both lines are right. Ask which of them lets Back be quick."),
        at=_HERE,
        bench="cached",
        seen=(
            Seen(
                method="POST",
                path=_BEGIN,
                deletes=_NOBODY,
                either=(Seen(sets="lab-rule=no-store;*"), Seen(sets="lab-rule=ours;*")),
                part=N_("the line is chosen"),
            ),
            _ASKS_SECOND,
            _ASKS,
        ),
        acts=_acts("private, no-cache · Vary: Cookie"),
        meanwhile=_ANY,
        undoes=_ANEW,
    ),
)

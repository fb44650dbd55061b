"""Lesson 6: preferences that the server reads before it writes the page."""

from webapp.i18n import N_
from webapp.lessons.course import NEXT
from webapp.lessons.lesson import Close, Follow, Lesson, Open, Question, Seen, Send, Step

LESSON = Lesson(
    key="look",
    order=6,
    title=N_("Your look, your language"),
    idea=N_("A preference in a cookie is there before the page is: the server writes the page in it."),
    minutes=10,
    exit=N_(
        "Why does a page in your colours come without a flash of others, and which header line does a cache "
        "need for that?"
    ),
    after=("first",),
    makes=("theme", "language", "lab-rule; Path=/lab/cached", "lab-guest; Path=/lab/cached", "cache"),
    troubles=(
        (
            N_("The chosen colours are those that were there before, so nothing is set."),
            N_("Choose others: only what changes needs a header line."),
        ),
        (
            N_("The class does not read the language that was chosen."),
            N_("Use the back button of the lesson, or choose the first entry of the list again."),
        ),
    ),
    steps=(
        Step(
            do=N_("Open “Preferences”, choose other colours, and press “Save”."),
            watch=N_("Which exchange sets `theme`, and which one sends it?"),
            why=N_("You pressed one button, and there were two exchanges: one set the cookie, one used it."),
            note=N_("Show both in the dock: the `POST` that nobody sees, and the page that followed."),
            at="/",
            seen=(
                Seen(method="POST", path="/preferences", status=303, sets="theme=*", part=N_("the cookie was set")),
                Seen(method="GET", sends="theme=*", part=N_("a page used it")),
            ),
            acts=(Open("/preferences"), Send("Save", {"Dark": True})),
            question=Question(
                ask=N_("You press one button, “Save”. How many requests will your browser send?"),
                answers=(N_("One"), N_("Two")),
                right=1,
            ),
            hint=N_(
                "“Preferences” is at the end of the menu: the half moon, with the name of your language. Choose "
                "“Dark”, for example."
            ),
        ),
        Step(
            do=N_("Close the browser, open it again, and come back to this page."),
            watch=N_("Does the page flash in other colours? Does its request send `theme`?"),
            why=N_("Nothing flashes: the server read the cookie first, and wrote `data-theme` into the HTML."),
            note=N_("Sites that keep the theme in a script's storage paint first and repaint after; hence the flash."),
            at="/",
            state=("theme=dark",),
            # `wire` is a session cookie that every request of a lesson has until the browser is closed.
            seen=(Seen(method="GET", path="/", sends="theme=*", lacks="wire=*"),),
            acts=(Close("/"),),
            needs=("preferences", "close"),
            question=Question(
                ask=N_("Who knows your colours first?"),
                answers=(
                    N_("The server, when it writes the page"),
                    N_("A script, once the page is there"),
                ),
                right=0,
            ),
            hint=N_("Some browsers open their last session again, as if never closed. Then skip this step."),
        ),
        Step(
            do=N_("In “Preferences”, choose another language, and press “Save”."),
            watch=N_("Which cookie is set now? Compare the address of the page before and after."),
            why=N_("The same address gives another page: what it is made of includes your cookies."),
            note=N_("Let somebody read a line aloud. Arabic runs from right to left, and header lines don't."),
            at="/",
            state=("theme=dark",),
            seen=(
                Seen(method="POST", path="/preferences", status=303, sets="language=*", part=N_("the cookie was set")),
                Seen(method="GET", sends="language=*", part=N_("a page used it")),
            ),
            acts=(Open("/preferences"), Send("Save", {"Language": "Deutsch"})),
            question=Question(
                ask=N_("Will the page have another address in the other language?"),
                answers=(N_("Yes, another language is another page"), N_("No, the same one")),
                right=1,
            ),
        ),
        Step(
            do=N_("Choose the first entry of the list of languages, “As my browser asks for”, and press “Save”."),
            watch=N_("What does the answer do with `language`? Does the next request send it?"),
            why=N_("Without it the server follows `Accept-Language`, which every request has anyway."),
            note=N_("A default needs no cookie: the best one is the one that you don't set."),
            at="/preferences",
            state=("theme=dark", "language=en"),
            seen=(
                Seen(method="POST", path="/preferences", deletes="language=*", part=N_("the cookie was deleted")),
                Seen(method="GET", lacks="language=*", part=N_("a page did without it")),
            ),
            acts=(Open("/preferences"), Send("Save", {"Language": "As my browser asks for"})),
            question=Question(
                ask=N_("“As my browser asks for”: what will the cookie `language` say then?"),
                answers=(N_("`auto`"), N_("The language of my browser"), N_("Nothing: there will be none")),
                right=2,
            ),
        ),
        Step(
            do=N_("Open “All your exchanges”, then “The whole exchange”."),
            watch=N_("Look among the lines of the answer for `Vary`."),
            why=N_("`Vary: Cookie` tells a cache that a page is good only for a request with the same cookies."),
            note=N_("Without it a cache could hand one visitor's page, name and all, to the next."),
            at="/",
            state=("theme=dark",),
            seen=(Seen(method="GET", path="/wire/*", status=200),),
            acts=(Open("/wire"), Follow("The whole exchange")),
            question=Question(
                ask=N_("Your page is dark, somebody else's is light, the address is the same. May a cache keep it?"),
                answers=(
                    N_("Yes, for everybody"),
                    N_("Only if it is told on what the page depends"),
                ),
                right=1,
            ),
            hint=N_("“All your exchanges” stands in the dock. In a narrow window choose one of them first."),
        ),
        Step(
            do=N_("Open the toy shop as `Ada`, then let the second browser open it."),
            watch=N_("Whom does the page greet in the second browser, and who has answered?"),
            why=N_(
                "The cache had a copy for this address and handed it on, name and all. `Vary: Cookie` would have told "
                "it that another browser needs another page."
            ),
            note=N_(
                "Colours, a language or a name: whatever a page makes of cookies can reach the wrong one. The bench "
                "shows what each line mends."
            ),
            at="/lab/cached",
            seen=(
                Seen(method="GET", path="/lab/cached/page", sends="lab-rule=bare", part=N_("you opened it")),
                Seen(method="POST", path="/lab/cached/second", part=N_("so did the second browser")),
            ),
            acts=(
                Open("/lab/cached"),
                Send("Open it", {"Your name in the shop": "Ada"}),
                Follow("Open the shop's page"),
                Follow("Back to the two browsers"),
                Send("Let the second browser open it"),
            ),
            meanwhile=(Seen(method="POST", path="/lab/cached/*"),),
            question=Question(
                ask=N_("The shop says `max-age=600` and no `Vary`. Whom does it greet in the second browser?"),
                answers=(N_("Somebody else: it has its own cookies"), N_("`Ada`, whose page the cache has kept")),
                right=1,
            ),
            hint=N_(
                "Write the name and press “Open it”, “Open the shop's page”, “Back to the two browsers”, then “Let the "
                "second browser open it”."
            ),
        ),
        Step(
            do=N_("In “My cookies” try the page with `purple` for `theme`, then go back."),
            watch=N_("The page is not in your colours. Open the line of `theme` in the dock: whose is it?"),
            why=N_(
                "Cookies ignore ports: every program of this host may call one `theme`. So a site checks what comes, "
                "and leaves alone what it never wrote."
            ),
            note=N_(
                "Whoever learns Flask meets this: two apps on localhost, both with a cookie `session`, each throws out "
                "the other's log-in. That is why the one here is called `%(session)s`."
            ),
            at="/",
            state=("theme=dark",),
            seen=(
                Seen(method="GET", path="/jar/try?*how=other*", status=200, part=N_("the page was tried")),
                Seen(method="GET", path="/jar/cookie", sends="theme=*", part=N_("you are back at the cookie")),
            ),
            acts=(
                Open("/jar"),
                Follow("theme"),
                Send("Show me", {"Send another value:": True, "Another value": "purple"}),
                Follow("Back to the cookie"),
            ),
            question=Question(
                ask=N_("Another program on this host calls its cookie `theme` as well. Does it get here?"),
                answers=(N_("No, it is at another port"), N_("Yes, a port makes no difference")),
                right=1,
            ),
            hint=N_(
                "“My cookies” stands in the menu. Open `theme`, choose “Send another value”, write `purple`, press "
                "“Show me”; then “Back to the cookie”."
            ),
        ),
    ),
    challenge=Step(
        do=N_("Change the colours of this site without “Preferences”."),
        watch=N_("We know it when another page's answer sets `theme`, and the next request sends it."),
        why=N_("A form is only one way to a cookie: the site believes what the browser sends, whoever wrote it."),
        note=N_("Plain cookies belong to whoever holds the browser, and for colours that is as it should be."),
        at="/",
        state=("theme=dark",),
        seen=(
            Seen(method="POST", path="/jar/change", sets="theme=*", part=N_("the cookie is changed")),
            Seen(method="GET", sends="theme=*", part=NEXT),
        ),
        acts=(
            Open("/jar"),
            Follow("theme"),
            Send("Change it", {"New value": "biscuit"}),
        ),
        hint=N_("“My cookies” stands in the menu of each page."),
    ),
)

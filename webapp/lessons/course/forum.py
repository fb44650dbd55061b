"""Lesson 5: what is new since the last visit, and what was written but not posted."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Pick, Question, Seen, Send, Step

_BOARD = "/forum/sourdough"
_WRITE = f"{_BOARD}/new"  # its page says what becomes of a draft: no step that asks for it begins there
_TEXT = {"Title": "A jar that climbs", "Text": "Mine was at the top of the cupboard this morning."}
_KEEP = Seen(method="POST", path="/forum/draft")

LESSON = Lesson(
    key="forum",
    order=5,
    title=N_("The forum remembers"),
    idea=N_("What you have read here and what you were writing is remembered by cookies of your own browser."),
    minutes=10,
    exit=N_("Two people share one browser. What may a forum keep in its cookies, and what has to go at the log-out?"),
    after=("first",),
    hard=2,
    makes=("recent_forum.", "draft."),
    stays=(N_("Your log-in stays until you log out, and what you wrote into the forum stays there."),),
    needs=(
        N_("The cookies of the first two steps are history: allow it on “Your choice”, to which “Preferences” leads."),
        N_("From the third step on you need an account: one click draws you a name, and that will do."),
        N_("Posting has to be open: the setting `CRUMB_POSTING` can close it."),
    ),
    troubles=(
        (
            N_("At the log-out somebody chose to clear the history, and the draft is gone."),
            N_("That is what the choice is for. Go back to step 4 and begin another draft."),
        ),
        (
            N_("Many learners use one demo account, and posting is refused for a while."),
            N_("An account may post six times a minute: let them empty the fields instead, or register."),
        ),
    ),
    steps=(
        Step(
            do=N_("Open a board of the forum, and there a thread."),
            watch=N_("What is the cookie called that the answer with the thread sets?"),
            why=N_("It says when, and up to which post: so the forum can tell what you have read, without an account."),
            at="/forum/",
            seen=(Seen(method="GET", path="/forum/*", sets="recent_forum.*"),),
            acts=(Open("/forum/"), Pick(".boards h2 a"), Pick(".threads .title a")),
            needs=("history",),
            question=Question(
                ask=N_("You read without an account. Where will the forum note what you have read?"),
                answers=(N_("In its database"), N_("In a cookie of your browser"), N_("Nowhere")),
                right=1,
            ),
            hint=N_("The boards are listed on the forum's first page, the threads on the page of each board."),
            note=N_(
                "The dock says it in words below the cookie: the number before the dot is a moment, in seconds since "
                "1970; the one after it is the last post that was shown. Of a long thread each page moves it on."
            ),
        ),
        Step(
            do=N_("Change your cookie `seen` to `1735689600.1`, then open the forum."),
            watch=N_("`seen` says when you were here last. On the forum's page look for “new in … threads”."),
            why=N_("The forum believed the cookie: you were last here on 1 January 2025, so all since then is new."),
            at="/",
            seen=(
                Seen(
                    method="POST",
                    path="/jar/change",
                    sets="seen=1735689600.1;*",
                    part=N_("the cookie says another time"),
                ),
                Seen(method="GET", path="/forum/", sends="visit=1735689600", part=N_("the forum was told")),
            ),
            acts=(
                Open("/jar"),
                Follow("seen"),
                Send("Change it", {"New value": "1735689600.1"}),
                Follow("Forum"),
            ),
            needs=("history",),
            question=Question(
                ask=N_("Will the forum believe what you write into the cookie?"),
                answers=(N_("No, the server knows better"), N_("Yes, it knows nothing else")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/jar/change", sets="seen=*", sets_no="seen=1735689600.1;*"),
                    text=N_("That time works as well, but this lesson goes on with `1735689600.1`."),
                    at="/jar",
                ),
            ),
            hint=N_(
                "“My cookies” is in the menu. Choose `seen`; under “Change it for good” press “Change it”. “Forum” is "
                "in the menu too."
            ),
            note=N_(
                "The page after the change sets `visit`, when the visit before ended. What you saw in step 1 is not "
                "new. Plain cookies are fine for comfort, never for rights: here nobody gains by lying."
            ),
        ),
        Step(
            do=N_("On the board “Sourdough” press “New thread”."),
            watch=N_("Which cookie of the request tells the forum who you are?"),
            why=N_(
                "Reading needs no name, but writing does: who you are is said by the cookie `%(session)s`, on each "
                "request."
            ),
            at=_BOARD,
            seen=(Seen(method="GET", path="/forum/*/new", status=200, sends="*session=*"),),
            acts=(Open(_BOARD), Follow("New thread")),
            needs=("logged_in",),
            question=Question(
                ask=N_("Who writes has a name. How does the forum know it, on each page?"),
                answers=(
                    N_("By the address in the network"),
                    N_("By a cookie that each request brings"),
                    N_("It asks once and keeps it in mind"),
                ),
                right=1,
            ),
            note=N_("Whoever is not logged in is sent to the log-in page; `next` in its address says where to go on."),
        ),
        Step(
            do=N_("Write a title and a sentence, then press “Keep as draft”."),
            watch=N_("What is the cookie called that the answer sets, and which `Path` has it?"),
            why=N_("What you typed is in your browser now, not in the forum: nobody else can read it there."),
            at=_BOARD,
            seen=(Seen(method="POST", path="/forum/draft", sets="draft.*"),),
            acts=(Open(_WRITE), Send("Keep as draft", _TEXT)),
            needs=("logged_in",),
            question=Question(
                ask=N_("Where will the forum keep a text that is not posted yet?"),
                answers=(N_("In its database"), N_("In a cookie of your browser"), N_("Nowhere")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/forum/*/new", status=303),
                    text=N_("You posted it, so there is nothing left to draft. Begin another."),
                    at=_WRITE,
                ),
            ),
            note=N_(
                "With scripts on, the page keeps the draft while one types. The value is the text in base64url: "
                "written otherwise, not locked. One cookie has room for about 3000 letters, and each place where one "
                "writes has its own. Beside it stands `begun_forum.n-sourdough`, with the time."
            ),
        ),
        Step(
            do=N_("Leave the board: open the shop, then the forum's first page."),
            watch=N_("Look for `draft.n-sourdough` in what each of the two requests sends."),
            why=N_(
                "The draft outlives the page and the tab, for 12 hours, and goes to addresses below `/forum/` only."
            ),
            at=_BOARD,
            seen=(
                Seen(method="GET", path="/shop/", lacks="draft.*", part=N_("the shop")),
                Seen(method="GET", path="/forum/", sends="draft.*", part=N_("the forum")),
            ),
            acts=(Open("/shop/"), Follow("Forum")),
            bench="draft",
            question=Question(
                ask=N_("Your draft is a cookie with `Path=/forum/`. Does the shop get it too?"),
                answers=(N_("Yes, each request sends all cookies"), N_("No, the shop is not below `/forum/`")),
                right=1,
            ),
            hint=N_("“Shop” and “Forum” are in the menu."),
            note=N_(
                "You may close the tab as well: the draft stays. `begun_forum.n-sourdough` goes to every page: it says "
                "that there is a draft, so that the log-out can delete it."
            ),
        ),
        Step(
            do=N_("Log out, but keep the history; then press “New thread” again."),
            watch=N_("Which cookies does the log-out delete, and which not? After the log-in look at the form."),
            why=N_("Who you are and what you were writing are two cookies: one can end without the other."),
            at=_BOARD,
            seen=(
                Seen(method="POST", path="/logout", status=303, part=N_("you logged out")),
                Seen(
                    method="GET", path="/forum/*/new", status=200, sends="draft.*", part=N_("your text is in the form")
                ),
            ),
            acts=(
                Open("/logout"),
                Send("Log out", {"Keep it": True}),
                Follow("Forum"),
                Follow("Sourdough"),
                Follow("New thread"),
                Send("Log in as %(name)s", near="mira"),
            ),
            needs=("logged_in",),
            bench="draft",
            question=Question(
                ask=N_("You log out in the middle of writing. What becomes of the draft?"),
                answers=(N_("It ends with the log-in"), N_("It stays, if you don't clear it")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/logout", deletes="draft.*"),
                    text=N_(
                        "You cleared the history, and the draft went too: right at a shared computer. Begin another."
                    ),
                    at=_WRITE,
                ),
            ),
            meanwhile=(_KEEP,),
            hint=N_(
                "Follow your name at the top to “Log out”; choose “Keep it”. “New thread” is in the “Forum”, on the "
                "board “Sourdough”; it asks you to log in, and any account will do: at `mira`, where this site lends "
                "it, press “Log in as mira”."
            ),
            note=N_("Those who share a computer choose to clear: then the draft goes with the history."),
        ),
        Step(
            do=N_("Post the thread, or empty both fields and press “Keep as draft”."),
            watch=N_("What does the answer do with `draft.n-sourdough`?"),
            why=N_("A cookie that has done its work should go: what is not stored can't be lost or read."),
            at=_BOARD,
            seen=(Seen(method="POST", path="/forum/*", deletes="draft.*"),),
            acts=(Open(_WRITE), Send("Keep as draft", {"Title": "", "Text": ""})),
            meanwhile=(_KEEP,),
            needs=("logged_in",),
            bench="draft",
            question=Question(
                ask=N_("The draft has done its work. What becomes of its cookie?"),
                answers=(N_("It stays until its 12 hours are over"), N_("The next answer deletes it")),
                right=1,
            ),
            note=N_("A posted thread is in the forum's database, where all can read it; the cookie is needed no more."),
        ),
    ),
    challenge=Step(
        do=N_("Let the forum remember two drafts at once."),
        watch=N_("We know it when a request for the forum's first page brings both."),
        why=N_("Each place where one writes has a cookie of its own: no text takes the room of another."),
        at="/forum/",
        seen=(Seen(method="GET", path="/forum/", sends="*draft.*; draft.*"),),
        acts=(
            Open(_WRITE),
            Send("Keep as draft", _TEXT),
            Follow("Forum"),
            Pick('.boards h2 a[href$="/swap"]'),
            Follow("New thread"),
            Send("Keep as draft", _TEXT),
            Follow("Forum"),
        ),
        meanwhile=(_KEEP,),
        needs=("logged_in",),
        hint=N_("One of them may answer a thread, or be on another board."),
        note=N_("A third is kept as well; a fourth would push out the oldest, and the page says so."),
    ),
)

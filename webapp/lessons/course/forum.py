"""Lesson 5: what is new since the last visit, and what was written but not posted."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_WRITE = "/forum/sourdough/new"
_NO_DRAFT = N_("No draft there? Begin one: it is step 4 of this lesson.")

LESSON = Lesson(
    key="forum",
    order=5,
    title=N_("The forum remembers"),
    idea=N_("What you have read here and what you were writing is remembered by cookies of your own browser."),
    minutes=10,
    makes=("recent_forum.", "draft."),
    needs=(
        N_("The cookies of the first two steps are history: allow them on “Your choice”, at the foot of each page."),
        N_("From the third step on you need an account: one of the demo accounts on the log-in page will do."),
        N_("Demo accounts on the log-in page: under https the setting `CRUMB_DEMO_ACCOUNTS` puts them there."),
        N_("Posting has to be open: the setting `CRUMB_POSTING` can close it."),
    ),
    troubles=(
        (
            N_("Nothing is marked as new, and the dock says “withheld”."),
            N_("History needs a yes: press “Allow all” on “Your choice”."),
        ),
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
            watch=N_("The answer with the thread will set a cookie named `recent_forum.` and the thread's number."),
            why=N_("It says when, and up to which post: so the forum can tell what you have read, without an account."),
            at="/forum/",
            seen=(Seen(method="GET", path="/forum/*", sets="recent_forum.*"),),
            acts=(Open("/forum/"), Follow(".boards h2 a"), Follow(".threads .title a")),
            hint=N_("The boards are listed on the forum's first page, the threads on the page of each board."),
            note=N_(
                "The dock says it in words below the cookie: the number before the dot is a moment, in seconds since "
                "1970; the one after it is the last post that was shown. Of a long thread each page moves it on."
            ),
        ),
        Step(
            do=N_("Pretend you were away: in “My cookies” change `seen` to `1735689600.1`, then open the forum."),
            watch=N_("`seen` says when you were here last. On the forum's page look for “new in … threads”."),
            why=N_("The forum believed the cookie: you were last here on 1 January 2025, so all since then is new."),
            at="/",
            seen=(
                Seen(method="POST", path="/jar/change", sets="seen=1735689600.1;*"),
                Seen(method="GET", path="/forum/", sends="visit=1735689600"),
            ),
            acts=(
                Open("/jar"),
                Follow('main h2 a[href$="seen"]'),
                Send("#change", {"value": "1735689600.1"}),
                Open("/forum/"),
            ),
            question=Question(
                ask=N_("Will the forum believe what you write into the cookie?"),
                answers=(N_("No, the server knows better"), N_("Yes, it knows nothing else")),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/jar/change", sets="seen=*"),
                    text=N_("That time works as well, but this lesson goes on with `1735689600.1`."),
                    at="/jar",
                ),
            ),
            hint=N_("“My cookies” is in the menu. Choose `seen`, scroll to “Change it for good”."),
            note=N_(
                "The page after the change sets `visit`, when the visit before ended. What you saw in step 1 is not "
                "new. Plain cookies are fine for comfort, never for rights: here nobody gains by lying."
            ),
        ),
        Step(
            do=N_("On the board “Sourdough” press “New thread”, and log in as `mira` if you are asked to."),
            watch=N_("The first answer is a 302: it sends you to the log-in page. Later requests send `%(session)s`."),
            why=N_(
                "Reading needs no name, but writing does: who you are is said by the cookie `%(session)s`, on each "
                "request."
            ),
            at="/forum/sourdough",
            seen=(Seen(method="GET", path="/forum/*/new", status=200),),
            acts=(Open("/forum/sourdough"), Follow(".board-tools a.action"), Send('form[data-demo="mira"]')),
            hint=N_("On the log-in page press “Log in as mira”; it takes you on to where you wanted to go."),
            note=N_("The address of the log-in page holds `next`: that is how it knows where to take you afterwards."),
        ),
        Step(
            do=N_("Write a title and a sentence, then press “Keep as draft”. Don't post it."),
            watch=N_("The answer to your `POST` will set a cookie named `draft.n-sourdough`, with `Path=/forum/`."),
            why=N_("What you typed is in your browser now, not in the forum: nobody else can read it there."),
            at=_WRITE,
            seen=(Seen(method="POST", path="/forum/draft", sets="draft.*"),),
            acts=(
                Open(_WRITE),
                Send(
                    "form.drafted",
                    {"title": "A jar that climbs", "text": "Mine was at the top of the cupboard this morning."},
                    button="draft",
                ),
            ),
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
            do=N_("Close this tab without posting, open a new one, and go to the forum."),
            watch=N_(
                "The forum's page says “You have begun to write something”: its request sent `draft.n-sourdough`."
            ),
            why=N_("The draft outlives the tab, for 12 hours, and goes to addresses below `/forum/` only."),
            at="/",
            seen=(Seen(method="GET", path="/forum/*", sends="draft.*"),),
            acts=(Open("/forum/"),),
            needs=("logged_in",),
            question=Question(
                ask=N_("You are on the site's first page. Did its request send your draft too?"),
                answers=(N_("Yes, each request sends all cookies"), N_("No, its path is not below /forum/")),
                right=1,
            ),
            hint=_NO_DRAFT,
            note=N_(
                "Look at the dock of the first page: the draft is not among what was sent, thanks to its `Path`. "
                "`begun_forum.n-sourdough` is: it says that there is a draft, so that the log-out can delete it."
            ),
        ),
        Step(
            do=N_("Log out, but keep what this browser remembers. Then log in again at “New thread”."),
            watch=N_(
                "The log-out deletes `%(session)s` and leaves the draft. "
                "After the log-in your text is in the form again."
            ),
            why=N_("Who you are and what you were writing are two cookies: one can end without the other."),
            at=_WRITE,
            seen=(
                Seen(method="POST", path="/logout", status=303),
                Seen(method="GET", path="/forum/*/new", status=200, sends="draft.*"),
            ),
            acts=(
                Open("/logout"),
                Send("main form", {"history": "keep"}),
                Open(_WRITE),
                Send('form[data-demo="mira"]'),
            ),
            needs=("logged_in",),
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
            hint=N_(
                "Follow your name at the top to “Log out”; choose “Keep it”. “New thread” is on the board “Sourdough”."
            ),
            note=N_("Those who share a computer choose to clear: then the draft goes with the history."),
        ),
        Step(
            do=N_("End the draft: post the thread, or empty both fields and press “Keep as draft”."),
            watch=N_("Either way the answer deletes `draft.n-sourdough`."),
            why=N_("A cookie that has done its work should go: what is not stored can't be lost or read."),
            at=_WRITE,
            seen=(Seen(method="POST", path="/forum/*", deletes="draft.*"),),
            acts=(Open(_WRITE), Send("form.drafted", {"title": "", "text": ""}, button="draft")),
            needs=("logged_in",),
            hint=_NO_DRAFT,
            note=N_("A posted thread is in the forum's database, where all can read it; the cookie is needed no more."),
        ),
    ),
)

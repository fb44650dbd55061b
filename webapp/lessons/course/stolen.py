"""Lesson 10: a script that steals a cookie, what HttpOnly stops, and what it does not."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HERE = "/lab/stolen"
_OPEN_PASS = (Open(_HERE), Send("#pass", {"http_only": False}))
_LOCKED_PASS = (Open(_HERE), Send("#pass", {"http_only": True}))
_LOOK = Follow("#look")


def _write(entry: str, shown: str) -> Send:
    return Send("#write", {"entry": entry, "shown": shown})


_NO_PASS = Instead(
    seen=Seen(method="POST", path="/lab/stolen/inbox", status=204),
    text=N_("The script ran and found no pass. Take one without `HttpOnly` first."),
    at=_HERE,
)

LESSON = Lesson(
    key="stolen",
    order=10,
    title=N_("Stolen"),
    idea=N_(
        "A script that gets into a page acts as the page: it reads what cookies it may, and sends the others along."
    ),
    minutes=8,
    needs=(N_("JavaScript switched on in the browser: without it no script steals anything."),),
    makes=(
        "lab-pass; Path=/lab/stolen",
        "lab-entry; Path=/lab/stolen; HttpOnly",
        "inbox",
    ),
    troubles=(
        (
            N_("Nothing arrives in the inbox."),
            N_(
                "Is JavaScript on, and does the page show the entry “as it came”, without the policy? An extension "
                "may block it."
            ),
        ),
        (
            N_("The bar still waits although the script has run."),
            N_("The bar is written with the page, before its script runs: look into the inbox, and it knows."),
        ),
    ),
    steps=(
        Step(
            do=N_("Leave `HttpOnly` unticked, and press “Take a pass”."),
            watch=N_("The `Set-Cookie` line of `lab-pass` does not say `HttpOnly`."),
            why=N_("So scripts in the page may read it as `document.cookie`: that is how all cookies once were."),
            at=_HERE,
            seen=(
                Seen(
                    method="POST",
                    path="/lab/stolen/pass",
                    sets="lab-pass=*; Path=/lab/stolen",
                    sets_no="lab-pass=*HttpOnly",
                ),
            ),
            acts=_OPEN_PASS,
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/lab/stolen/pass", sets="lab-pass=*HttpOnly"),
                    text=N_("That pass is locked already; this comes later. Take one with the box unticked."),
                    at=_HERE,
                ),
            ),
            note=N_("Think of the pass as the cookie that keeps you logged in. It opens nothing but this page."),
        ),
        Step(
            do=N_("Let the guest write the script for `document.cookie`, shown as it came. Then look into the inbox."),
            watch=N_("The page looks harmless. On the wire is one more `POST`, and the pass stands in its address."),
            why=N_("The browser can't tell the guest's script from the site's own: both came with the page."),
            at=_HERE,
            seen=(
                Seen(method="POST", path="/lab/stolen/inbox?*lab-pass=*", status=201),
                Seen(method="GET", path="/lab/stolen/inbox"),
            ),
            acts=(*_OPEN_PASS, _write("thief", "raw"), _LOOK),
            instead=(_NO_PASS,),
            question=Question(
                ask=N_("What will you notice on the page when the script runs?"),
                answers=(N_("A warning of the browser's"), N_("Nothing but a kind word"), N_("The page breaks")),
                right=1,
            ),
            hint=N_("“As it came” is the first of the three ways to show it."),
            note=N_(
                "This is cross-site scripting, XSS. The usual way in: a comment, a name, a search that is shown again."
            ),
        ),
        Step(
            do=N_("Tick `HttpOnly`, take a new pass, and look into the inbox again."),
            watch=N_("The script ran again. Its request does send `lab-pass` in the header; its address has none."),
            why=N_(
                "`HttpOnly` hides a cookie from scripts, not from requests: the thief's letter came without the pass."
            ),
            at=_HERE,
            seen=(
                Seen(method="POST", path="/lab/stolen/pass", sets="lab-pass=*; HttpOnly"),
                Seen(method="POST", path="/lab/stolen/inbox*", status=204, sends="lab-pass=*"),
                Seen(method="GET", path="/lab/stolen/inbox"),
            ),
            acts=(*_OPEN_PASS, _write("thief", "raw"), *_LOCKED_PASS, _LOOK),
            question=Question(
                ask=N_("What does the thief get now?"),
                answers=(N_("The pass"), N_("A message without it"), N_("No message at all")),
                right=1,
            ),
            hint=N_("No message at all? Let the guest write the script first, shown as it came."),
            note=N_("All cookies of Crumb's log-in are HttpOnly; “My cookies” says so of each."),
        ),
        Step(
            do=N_("Let the guest write the script that orders a cake, shown as it came. Then look into the inbox."),
            watch=N_("A `POST` to `/lab/stolen/order` that you never pressed, with `lab-pass` in its header."),
            why=N_("The script never saw the pass and did not need to: it asked, and the browser sent it along."),
            at=_HERE,
            seen=(
                Seen(method="POST", path="/lab/stolen/order", status=201, sends="lab-pass=*"),
                Seen(method="GET", path="/lab/stolen/inbox"),
            ),
            acts=(*_LOCKED_PASS, _write("order", "raw"), _LOOK),
            question=Question(
                ask=N_("The pass is HttpOnly. Can the script still order in your name?"),
                answers=(N_("No, it can't read the pass"), N_("Yes, the request carries it anyway")),
                right=1,
            ),
            note=N_(
                "Neither SameSite nor a form's token helps here: the request really comes from the site's own page."
            ),
        ),
        Step(
            do=N_("Show the same entry as text: choose “As text”, and write it into the book."),
            watch=N_("You can read the script on the page, and no `POST` to `order` follows."),
            why=N_("Escaping is the cure: what people write is text, so that it never becomes part of the page."),
            at=_HERE,
            seen=(
                Seen(method="POST", path="/lab/stolen/write", sets="lab-entry=*.text; *"),
                Seen(method="GET", path="/lab/stolen", sends="lab-entry=*.text"),
            ),
            acts=(*_LOCKED_PASS, _write("order", "text")),
            question=Question(
                ask=N_("What will the page show?"),
                answers=(N_("Only the kind word"), N_("The whole script, to read"), N_("Nothing")),
                right=1,
            ),
            note=N_("Jinja, Flask's template language, does so by itself, until somebody writes `|safe`."),
        ),
        Step(
            do=N_("Show it as it came again, but under Crumb's Content-Security-Policy. Then look into the inbox."),
            watch=N_("The script is in the page again, yet no `POST` follows: the browser was told not to run it."),
            why=N_(
                "The policy lets only scripts with this answer's own nonce run. It is a second lock, if escaping fails."
            ),
            at=_HERE,
            seen=(
                Seen(method="POST", path="/lab/stolen/write", sets="lab-entry=*.policy; *"),
                Seen(method="GET", path="/lab/stolen", sends="lab-entry=*.policy"),
                Seen(method="GET", path="/lab/stolen/inbox"),
            ),
            acts=(*_LOCKED_PASS, _write("order", "policy"), _LOOK),
            note=N_("The developer tools' console says which script was refused, and by which rule. Show that line."),
        ),
    ),
)

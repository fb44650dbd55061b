"""Lesson 10: a script that steals a cookie, what HttpOnly stops, and what it does not."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HERE = "/lab/stolen"
_PASS = "lab-pass=c0ffee00; Path=/lab/stolen"
_LOCKED_PASS = f"{_PASS}; HttpOnly"
_KIND, _THIEF = (f"lab-entry={entry}.raw; Path=/lab/stolen; HttpOnly" for entry in ("kind", "thief"))
_LOOK = Follow("Look into the thief's inbox")
_TO_THIEF, _CAKE = "A script that sends document.cookie to the thief", "A script that orders a cake in your name"
_HTTP_ONLY = "HttpOnly: no script may read it"
_RAW = "As it came: HTML of a stranger's, and the page lets its script run"
_TEXT, _POLICY = "As text: each < becomes &lt;", "As it came, but under Crumb's Content-Security-Policy"
_LOOKED = Seen(method="GET", path="/lab/stolen/inbox", part=N_("the inbox"))
_THEFT = Seen(method="POST", path="/lab/stolen/inbox?*lab-pass=*", status=201)
_WRITTEN = Seen(method="POST", path="/lab/stolen/write")
_ORDER = Seen(method="POST", path="/lab/stolen/order")
_BY_THE_WAY = tuple(Seen(method="POST", path=f"/lab/stolen/{act}") for act in ("pass", "write", "inbox*"))


def _write(entry: str, shown: str) -> Send:
    return Send("Write it into the book", {entry: True, shown: True})


_NO_PASS = Instead(
    seen=Seen(method="POST", path="/lab/stolen/inbox*", status=204),
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
    exit=N_("A script of somebody else's runs in your page. What can it still do although each cookie is `HttpOnly`?"),
    after=("locks",),
    hard=2,
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
            watch=N_("Look for `HttpOnly` in the line that sets `lab-pass`."),
            why=N_("Without `HttpOnly` scripts read it as `document.cookie`: that is how all cookies once were."),
            at=_HERE,
            seen=(
                Seen(
                    method="POST",
                    path="/lab/stolen/pass",
                    sets="lab-pass=*; Path=/lab/stolen",
                    sets_no="lab-pass=*HttpOnly",
                ),
            ),
            acts=(Open(_HERE), Send("Take a pass", {_HTTP_ONLY: False})),
            state=(_KIND,),
            question=Question(
                ask=N_("A pass without `HttpOnly`: who will be able to read it?"),
                answers=(N_("This server alone"), N_("Every script in the page"), N_("Every other site")),
                right=1,
            ),
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
            do=N_("Write the script for `document.cookie`, shown as it came; then look into the inbox."),
            watch=N_("On the wire is one more `POST`. What stands in its address?"),
            why=N_("The browser can't tell the guest's script from the site's own: both came with the page."),
            at=f"{_HERE}#write",
            needs=("script",),
            seen=(
                Seen(method="POST", path="/lab/stolen/inbox?*lab-pass=*", status=201, part=N_("the theft")),
                _LOOKED,
            ),
            meanwhile=_BY_THE_WAY,
            acts=(Open(_HERE), _write(_TO_THIEF, _RAW), _LOOK),
            state=(_PASS, _KIND),
            bench="stolen",
            instead=(_NO_PASS,),
            question=Question(
                ask=N_("What will you notice on the page when the script runs?"),
                answers=(N_("A warning of the browser's"), N_("Nothing but a kind word"), N_("The page breaks")),
                right=1,
            ),
            hint=N_(
                "Choose “A script that sends document.cookie to the thief” and “As it came”, the first of the three "
                "ways, press “Write it into the book”, then “Look into the thief's inbox”."
            ),
            note=N_(
                "This is cross-site scripting, XSS. The usual way in: a comment, a name, a search that is shown again."
            ),
        ),
        Step(
            do=N_("Tick `HttpOnly`, take a new pass, and look into the inbox again."),
            watch=N_("The script ran again. Where does its request carry `lab-pass`, and where not?"),
            why=N_(
                "`HttpOnly` hides a cookie from scripts, not from requests: the thief's letter came without the pass."
            ),
            at=_HERE,
            needs=("script",),
            seen=(
                Seen(method="POST", path="/lab/stolen/pass", sets="lab-pass=*; HttpOnly", part=N_("a locked pass")),
                Seen(
                    method="POST",
                    path="/lab/stolen/inbox*",
                    status=204,
                    sends="lab-pass=*",
                    part=N_("the letter"),
                ),
                _LOOKED,
            ),
            meanwhile=_BY_THE_WAY,
            undoes=(_THEFT,),
            acts=(Open(_HERE), Send("Take a pass", {_HTTP_ONLY: True}), _LOOK),
            state=(_PASS, _THIEF),
            bench="stolen",
            question=Question(
                ask=N_("What does the thief get now?"),
                answers=(N_("The pass"), N_("A message without it"), N_("No message at all")),
                right=1,
            ),
            hint=N_(
                "Press “Take a pass”, then “Look into the thief's inbox”. No message at all? Let the guest write the "
                "script first, shown as it came."
            ),
            note=N_("All cookies of Crumb's log-in are HttpOnly; “My cookies” says so of each."),
        ),
        Step(
            do=N_("Write the script that orders a cake, shown as it came; then look into the inbox."),
            watch=N_("Is there a `POST` to `/lab/stolen/order`, and `lab-pass` in its header?"),
            why=N_("The script never saw the pass and did not need to: it asked, and the browser sent it along."),
            at=f"{_HERE}#write",
            needs=("script",),
            seen=(
                Seen(method="POST", path="/lab/stolen/order", status=201, sends="lab-pass=*", part=N_("an order")),
                _LOOKED,
            ),
            meanwhile=_BY_THE_WAY,
            acts=(Open(_HERE), _write(_CAKE, _RAW), _LOOK),
            state=(_LOCKED_PASS, _KIND),
            bench="stolen",
            question=Question(
                ask=N_("The pass is HttpOnly. Can the script still order in your name?"),
                answers=(N_("No, it can't read the pass"), N_("Yes, the request carries it anyway")),
                right=1,
            ),
            hint=N_(
                "Choose “A script that orders a cake in your name” and “As it came”, the first of the three "
                "ways, press “Write it into the book”, then “Look into the thief's inbox”."
            ),
            note=N_(
                "Neither SameSite nor a form's token helps here: the request really comes from the site's own page."
            ),
        ),
        Step(
            do=N_("Write the same script, but shown “As text”."),
            watch=N_("Read what the page shows. Does a `POST` to `order` follow?"),
            why=N_("Escaping is the cure: what people write is text, so that it never becomes part of the page."),
            at=f"{_HERE}#write",
            seen=(
                Seen(method="POST", path="/lab/stolen/write", sets="lab-entry=*.text; *", part=N_("written")),
                Seen(method="GET", path="/lab/stolen", sends="lab-entry=*.text", part=N_("shown")),
            ),
            meanwhile=(*_BY_THE_WAY, _ORDER),
            acts=(Open(_HERE), _write(_CAKE, _TEXT)),
            state=(_LOCKED_PASS, _KIND),
            bench="stolen",
            question=Question(
                ask=N_("What will the page show?"),
                answers=(N_("Only the kind word"), N_("The whole script, to read"), N_("Nothing")),
                right=1,
            ),
            hint=N_("It is “A script that orders a cake in your name”; press “Write it into the book”."),
            note=N_("Jinja, Flask's template language, does so by itself, until somebody writes `|safe`."),
        ),
        Step(
            do=N_("Write it once more, as it came, but under Crumb's policy; then look into the inbox."),
            watch=N_("The script is in the page again. Does a `POST` follow?"),
            why=N_(
                "The policy lets only scripts with this answer's own nonce run. It is a second lock, if escaping fails."
            ),
            at=f"{_HERE}#write",
            needs=("script",),
            seen=(
                Seen(method="POST", path="/lab/stolen/write", sets="lab-entry=*.policy; *", part=N_("written")),
                Seen(method="GET", path="/lab/stolen", sends="lab-entry=*.policy", part=N_("shown")),
                _LOOKED,
            ),
            meanwhile=(*_BY_THE_WAY, _ORDER),
            undoes=(_WRITTEN,),
            acts=(Open(_HERE), _write(_CAKE, _POLICY), _LOOK),
            state=(_LOCKED_PASS, _KIND),
            bench="stolen",
            question=Question(
                ask=N_("The script stands in the page, as HTML. Will it run under the policy?"),
                answers=(N_("Yes, it came with the page"), N_("No, the policy does not name it")),
                right=1,
            ),
            hint=N_(
                "Choose “A script that orders a cake in your name” and “As it came, but under Crumb's "
                "Content-Security-Policy”, press “Write it into the book”, then “Look into the thief's inbox”."
            ),
            note=N_("The developer tools' console says which script was refused, and by which rule. Show that line."),
        ),
    ),
    challenge=Step(
        do=N_("Scripts may read your pass. Let the thief's script into the book, and lose nothing."),
        watch=N_("We know it when the script is written, and you look into an inbox without the pass."),
        why=N_("This time the lock was on the page, not on the cookie: escaping or a policy kept the script still."),
        note=N_("There are two ways. Ask who found the other, and which of the two they would rather rely on."),
        at=_HERE,
        needs=("script",),
        seen=(
            Seen(
                method="POST",
                path="/lab/stolen/write",
                sets="lab-entry=thief.*",
                sets_no="lab-entry=thief.raw*",
                part=N_("the script in the book"),
            ),
            _LOOKED,
        ),
        meanwhile=_BY_THE_WAY,
        undoes=(_WRITTEN, _THEFT),
        instead=(
            Instead(
                seen=_THEFT,
                text=N_("The thief has your pass: the script ran. Show it in another way."),
                at=_HERE,
            ),
        ),
        acts=(Open(_HERE), _write(_TO_THIEF, _TEXT), _LOOK),
        state=(_PASS, _KIND),
        bench="stolen",
    ),
)

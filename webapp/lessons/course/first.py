"""Lesson 1: what a cookie is."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_FLAVOUR = "tutorial.Flavour=rye"

LESSON = Lesson(
    key="first",
    order=1,
    title=N_("What a cookie is"),
    idea=N_("A server gives your browser a small text; the browser keeps it and sends it back."),
    minutes=6,
    exit=N_("A page of a shop says `Set-Cookie: size=12`. Who keeps the 12, and who gets it when?"),
    makes=("tutorial.Flavour", "tutorial.Bread"),
    troubles=(
        (
            N_("The class sees cookies of an earlier visit in the first step."),
            N_("Reset on the instructor's page, or open a private window."),
        ),
    ),
    steps=(
        Step(
            do=N_("Set a cookie: title `Flavour`, value `rye`, for one day. Press “Set the cookie”."),
            watch=N_("Find the answer to your `POST` in the dock: what came down with it?"),
            why=N_(
                "A `Set-Cookie` line does it, and each request before stood alone. "
                "Plain Flask writes it by `response.set_cookie`: see `/setcookie/plain`."
            ),
            at="/setcookie#form",
            seen=(Seen(method="POST", path="/setcookie", status=303, sets="tutorial.Flavour=rye;*"),),
            acts=(
                Open("/setcookie"),
                Send("Set the cookie", {"Title": "Flavour", "Value": "rye", "Kept": "one day"}),
            ),
            question=Question(
                ask=N_("How will the server hand the cookie to your browser?"),
                answers=(
                    N_("By a line in the header of its answer"),
                    N_("By a file to be downloaded"),
                    N_("By a script in the page"),
                ),
                right=0,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/setcookie", sets="tutorial.*", sets_no="tutorial.Flavour=rye;*"),
                    text=N_("That cookie is fine, but this lesson goes on with `Flavour` and `rye`."),
                    at="/setcookie#form",
                ),
            ),
            note=N_(
                "Begin with the dock: the very first request of a browser sends nothing, so nobody is known. After the "
                "form show the line, then “Set by”: the very line of Python that wrote it."
            ),
        ),
        Step(
            do=N_("Open the page that reads the cookie back."),
            watch=N_("Look at what the request sends of `Flavour`, without being asked."),
            why=N_("From now on the browser adds the cookie to each request to this site, until its day is over."),
            at="/setcookie",
            seen=(Seen(method="GET", path="/getcookie*", sends="tutorial.Flavour=rye"),),
            acts=(Open("/getcookie?title=Flavour"),),
            state=(_FLAVOUR,),
            question=Question(
                ask=N_("What will the request say of the cookie?"),
                answers=(
                    N_("Its title and its value"),
                    N_("Title, value, and how long it is kept"),
                    N_("Nothing: the server remembers it"),
                ),
                right=0,
            ),
            note=N_("The request tells name and value only. Lifetime, path and the rest stay in the browser."),
        ),
        Step(
            do=N_("Now to a page that has nothing to do with it: open the shop."),
            watch=N_("Look at what the request for the shop sends."),
            why=N_("A cookie belongs to a host and a path, not to a page: `Path=/` is everywhere."),
            at="/",
            seen=(Seen(method="GET", path="/shop/", sends="tutorial.Flavour=*"),),
            acts=(Open("/shop/"),),
            state=(_FLAVOUR,),
            question=Question(
                ask=N_("Does the shop get your cookie too?"),
                answers=(N_("Yes"), N_("No, only the page that set it")),
                right=0,
            ),
            note=N_("This is why a shop can know what was done on another page of the same site."),
        ),
        Step(
            do=N_("Set `Flavour` once more, now with the value `wheat`. Press “Set the cookie”."),
            watch=N_("What does the next request send: `rye`, `wheat` or both?"),
            why=N_(
                "Same name, host and path: for the browser it is the same cookie. To change one is to set it again."
            ),
            at="/setcookie#form",
            seen=(
                Seen(method="POST", path="/setcookie", sets="tutorial.Flavour=wheat;*", part=N_("the new one is set")),
                Seen(
                    method="GET",
                    sends="tutorial.Flavour=wheat",
                    lacks="tutorial.Flavour=rye",
                    part=N_("the next request"),
                ),
            ),
            acts=(
                Open("/setcookie"),
                Send("Set the cookie", {"Title": "Flavour", "Value": "wheat", "Kept": "one day"}),
            ),
            state=(_FLAVOUR,),
            question=Question(
                ask=N_("How many cookies called `Flavour` will your browser have then?"),
                answers=(
                    N_("Two: `rye` and `wheat`"),
                    N_("One: the new takes the place of the old"),
                    N_("One: the old stays"),
                ),
                right=1,
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/setcookie", sets="tutorial.*", sets_no="tutorial.Flavour=wheat;*"),
                    text=N_("That cookie is fine, but this step needs the title `Flavour` and the value `wheat`."),
                    at="/setcookie#form",
                ),
            ),
            note=N_("Ask what another spelling would do: `flavour` is another name, so there would be two cookies."),
        ),
        Step(
            do=N_("Delete the cookie: press “Delete” where it is read."),
            watch=N_("Read the line that came down: when does it end?"),
            why=N_("A server has no other way: it sets the cookie once more, with an end that is over."),
            at="/getcookie?title=Flavour",
            seen=(
                Seen(
                    method="POST",
                    path="/setcookie/delete",
                    deletes="tutorial.Flavour=*",
                    part=N_("the cookie is deleted"),
                ),
                Seen(method="GET", lacks="tutorial.Flavour=*", part=N_("the next request")),
            ),
            acts=(Open("/getcookie?title=Flavour"), Send("Delete")),
            state=(_FLAVOUR,),
            question=Question(
                ask=N_("The cookie lies in your browser. How can a server delete it?"),
                answers=(
                    N_("It can't: only you can"),
                    N_("It sets it once more, with an end that is over"),
                    N_("It just does not read it any more"),
                ),
                right=1,
            ),
            note=N_("Open the deletion line: its name and path are those of the cookie, else nothing would go."),
        ),
    ),
    challenge=Step(
        do=N_("Let the forum get a cookie `Bread` from you, with the value `oat`."),
        watch=N_("We know it when a request to the forum sends `Bread` with the value `oat`."),
        why=N_("You set it on one page, and every page of the site gets it: nobody had to tell the forum."),
        at="/",
        seen=(Seen(method="GET", path="/forum/*", sends="tutorial.Bread=oat"),),
        acts=(
            Open("/setcookie"),
            Send("Set the cookie", {"Title": "Bread", "Value": "oat", "Kept": "one day"}),
            Follow("Forum"),
        ),
        meanwhile=(Seen(method="POST", path="/setcookie*"),),
        note=N_("Who is done first may try a value with a space or an umlaut, and see how it travels."),
    ),
)

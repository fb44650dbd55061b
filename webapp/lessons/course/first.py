"""Lesson 1: what a cookie is."""

from webapp.i18n import N_
from webapp.lessons.lesson import Instead, Lesson, Open, Question, Seen, Send, Step

_FLAVOUR = "tutorial.Flavour=rye"

LESSON = Lesson(
    key="first",
    order=1,
    title=N_("What a cookie is"),
    idea=N_("A server gives your browser a small text; the browser keeps it and sends it back."),
    minutes=6,
    makes=("tutorial.Flavour",),
    troubles=(
        (
            N_("The class sees cookies of an earlier visit in the first step."),
            N_("Reset on the instructor's page, or open a private window."),
        ),
    ),
    steps=(
        Step(
            do=N_("Open the page that reads a cookie back."),
            watch=N_("No cookie called Flavour yet."),
            why=N_("Each request stands alone: what the browser does not send, the server can't know."),
            at="/",
            seen=(Seen(method="GET", path="/getcookie", status=200, lacks="tutorial.Flavour=*"),),
            acts=(Open("/getcookie"),),
            hint=N_("Press “Go there”, or type `/getcookie` behind the address of this site."),
            note=N_("Ask the class who remembers whom: HTTP has no memory, each request stands for itself."),
        ),
        Step(
            do=N_("Set a cookie: as title write `Flavour`, as value `rye`, kept for one day."),
            watch=N_("The answer to your `POST` will hold a `Set-Cookie` line with both."),
            why=N_("One header line does it. Plain Flask writes it by `response.set_cookie`: see `/setcookie/plain`."),
            at="/setcookie",
            seen=(Seen(method="POST", path="/setcookie", status=303, sets="tutorial.Flavour=rye;*"),),
            acts=(
                Open("/setcookie"),
                Send("main form", {"title": "Flavour", "value": "rye", "lifetime": "day"}),
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/setcookie", sets="tutorial.*", sets_no="tutorial.Flavour=rye;*"),
                    text=N_("That cookie is fine, but this lesson goes on with `Flavour` and `rye`."),
                    at="/setcookie",
                ),
            ),
            note=N_("Show the line in the dock, then “Set by”: the very line of Python that wrote it."),
        ),
        Step(
            do=N_("Open the page that reads it back once more."),
            watch=N_("This time the request sends `Flavour`, without being asked."),
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
            seen=(Seen(method="GET", path="/shop/", sends="tutorial.Flavour=rye"),),
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
            do=N_("Delete the cookie: go back to where it is read, and press “Delete”."),
            watch=N_("The answer deletes it with another `Set-Cookie` line, one that ends in the past."),
            why=N_("A server has no other way: it sets the cookie once more, with an end that is over."),
            at="/getcookie?title=Flavour",
            seen=(
                Seen(method="POST", path="/setcookie/delete", deletes="tutorial.Flavour=*"),
                Seen(method="GET", lacks="tutorial.Flavour=*"),
            ),
            acts=(Open("/getcookie?title=Flavour"), Send("main form.own", button="Flavour")),
            state=(_FLAVOUR,),
            note=N_("Open the deletion line: its name and path are those of the cookie, else nothing would go."),
        ),
    ),
)

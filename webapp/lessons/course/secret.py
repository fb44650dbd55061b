"""Lesson 16: a signed session is readable, and its key is all that keeps others from writing it."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HERE = "/lab/secret"
_DOOR, _KEYS = f"{_HERE}/door", f"{_HERE}/keys"
_GRACE = "lab-session=eyJuYW1lIjoiR3JhY2UifQ.*"  # {"name":"Grace"}
_IN = Seen(method="GET", path=_DOOR, status=200, sends="lab-session=*", part=N_("the app lets you in"))
_OUT = Seen(method="GET", path=_DOOR, status=403, sends="lab-session=*", part=N_("the app refuses it"))


LESSON = Lesson(
    key="secret",
    order=16,
    title=N_("Not a secret"),
    idea=N_("Whoever holds a signed cookie can read it, and whoever finds the key can write it."),
    minutes=8,
    exit=N_("An app signs its session with the key `dev`. What can a stranger read, and what can they write?"),
    hard=2,
    after=("trust",),
    makes=("lab-session; Path=/lab/secret; HttpOnly", "lab-toy; Path=/lab/secret; HttpOnly"),
    troubles=(
        (
            N_("The page says that your browser sent no session."),
            N_("Log in on the bench's page once more; any name will do."),
        ),
        (
            N_("Nobody believes that real apps have such keys."),
            N_("Search public code for `SECRET_KEY` beside one of the ten: the list is taken from there."),
        ),
    ),
    steps=(
        Step(
            do=N_("Log in to the toy app with your name, and leave the key as it is."),
            watch=N_("The new line of `lab-session`: what does it say beside its value?"),
            why=N_("It is Flask's own session: content, moment, signature. Only the signature takes a key."),
            at=_HERE,
            seen=(Seen(method="POST", path=f"{_HERE}/begin", sets=("lab-session=*", "lab-toy=weak.*")),),
            acts=(Open(_HERE), Send("Log in", {"Name": "Ada"})),
            instead=(
                Instead(
                    seen=Seen(method="POST", path=f"{_HERE}/begin", sets="lab-toy=strong.*"),
                    text=N_("That is the long key, which comes later. Choose the word, and log in again."),
                    at=_HERE,
                ),
            ),
            question=Question(
                ask=N_("What will somebody read who sees this cookie, and has no key?"),
                answers=(
                    N_("Letters that mean nothing"),
                    N_("Your name, and when it was signed"),
                    N_("Your name, and the key"),
                ),
                right=1,
            ),
            hint=N_("Write your name into “Name”, and press “Log in”."),
            note=N_("Base64 is no encryption. Ask who has put an address or a price into a session."),
        ),
        Step(
            do=N_("“Go in with it”, and see whom the app takes you for."),
            watch=N_("The request to `/lab/secret/door`: what tells the app who you are?"),
            why=N_("The app keeps no list of who is logged in. It believes the cookie, since its own key signed it."),
            at=_HERE,
            bench="secret",
            seen=(Seen(method="GET", path=_DOOR, status=200, sends="lab-session=*"),),
            acts=(Open(_HERE), Follow("Go in with it")),
            question=Question(
                ask=N_("Where does the app look up who you are?"),
                answers=(N_("In its database"), N_("In the cookie alone"), N_("In its memory")),
                right=1,
            ),
            note=N_("That is why a session of this kind can't be ended on the server: there is nothing to end."),
        ),
        Step(
            do=N_("Write “The owner” into the cookie, without the key."),
            watch=N_("The two last parts of `lab-session`, and the status of the answer."),
            why=N_("The signature was made for another content. It is what the app looks at first."),
            at=_DOOR,
            bench="secret",
            seen=(
                Seen(method="POST", path=f"{_HERE}/change", sets="lab-session=*", part=N_("another name is in it")),
                _OUT,
            ),
            acts=(Open(_DOOR), Send("Write it so", {"Name": "The owner"})),
            question=Question(
                ask=N_("The signature stays as it was. Will the app take you for the owner?"),
                answers=(N_("Yes, it is still signed"), N_("No, it does not fit any more")),
                right=1,
            ),
            hint=N_("The form is on the door's page, under “Without the key”; press “Write it so”."),
            note=N_("So far it is as safe as people think. The next step is why the key matters."),
        ),
        Step(
            do=N_("Try the ten well-known keys on it."),
            watch=N_("One of the ten is marked. How much did the page have to know for that?"),
            why=N_("Each key is tried on the cookie you hold: nothing is asked of the app, and nobody there notices."),
            at=_HERE,
            bench="secret",
            seen=(Seen(method="GET", path=_KEYS, sends=("lab-session=*", "lab-toy=weak.*")),),
            acts=(Open(_HERE), Follow("Try ten well-known keys")),
            question=Question(
                ask=N_("How often does somebody have to ask the app to try ten keys?"),
                answers=(N_("Never"), N_("Once"), N_("Ten times")),
                right=0,
            ),
            hint=N_("Press “Try ten well-known keys”."),
            note=N_("Programs do this with lists of millions, at home, in seconds. No throttle helps."),
        ),
        Step(
            do=N_("Sign a session for “The owner”, and go in."),
            watch=N_("The signature is a new one. Does anything tell it from the app's own?"),
            why=N_(
                "A key that others know signs for others. The app can't tell, since there is nothing to tell it by."
            ),
            at=_KEYS,
            bench="secret",
            seen=(
                Seen(method="POST", path=f"{_HERE}/sign", sets="lab-session=*", part=N_("signed with the key")),
                _IN,
            ),
            acts=(Open(_KEYS), Send("Sign it, and go in", {"Name": "The owner"})),
            question=Question(
                ask=N_("And now, will the app take you for the owner?"),
                answers=(N_("Yes"), N_("No, you never logged in as the owner")),
                right=0,
            ),
            hint=N_("Press “Sign it, and go in”, below the keys."),
            note=N_("Whatever stands in a session is then anybody's: a name, a role, a basket's total."),
        ),
        Step(
            do=N_("Log in anew, to an app with 64 random digits, and try the ten keys."),
            watch=N_("What the page finds now."),
            why=N_("A random key is on no list. Make one, keep it out of the code, and change it when it was seen."),
            at=_HERE,
            bench="secret",
            seen=(
                Seen(method="POST", path=f"{_HERE}/begin", sets="lab-toy=strong.*", part=N_("a long key")),
                Seen(method="GET", path=_KEYS, sends="lab-toy=strong.*", part=N_("ten keys tried")),
            ),
            acts=(
                Open(_HERE),
                Send("Log in", {"Name": "Ada", "64 random digits": True}),
                Follow("Try ten well-known keys"),
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path=f"{_HERE}/begin", sets="lab-toy=weak.*"),
                    text=N_("That app has a word for a key again. Choose the 64 random digits."),
                    at=_HERE,
                ),
            ),
            question=Question(
                ask=N_("What does a long random key change?"),
                answers=(
                    N_("Nobody can read the session any more"),
                    N_("Nobody else can sign one"),
                    N_("The session ends sooner"),
                ),
                right=1,
            ),
            hint=N_("Choose “64 random digits”, press “Log in”, then “Try ten well-known keys”."),
            note=N_("Crumb makes its key at the first start, and refuses a short or known one in production."),
        ),
    ),
    challenge=Step(
        do=N_("Get into an app with a weak key as somebody called “Grace”, without logging in as Grace."),
        watch=N_("We know it when the app's door opens to a session that you signed yourself."),
        why=N_("Three requests, no password. A key from a tutorial is no key."),
        note=N_("Let one learner do it aloud."),
        at=_HERE,
        bench="secret",
        seen=(
            Seen(method="POST", path=f"{_HERE}/sign", sets=_GRACE, part=N_("the session is signed")),
            Seen(method="GET", path=_DOOR, status=200, sends=_GRACE, part=N_("the door opens")),
        ),
        acts=(Open(_HERE), Follow("Try ten well-known keys"), Send("Sign it, and go in", {"Name": "Grace"})),
    ),
)

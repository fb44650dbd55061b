"""Lesson 9: what a server may believe of a cookie."""

from importlib.util import find_spec

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_HERE = Open("/lab/trust")
_AGAIN = tuple(Seen(method="POST", path=f"/lab/trust/{act}") for act in ("begin", "change/*"))
_OFF = "lab-plain=discount.99"
# Where `cryptography` is missing nothing is encrypted, and the lesson goes on without that step.
_SEALED = (
    Step(
        do=N_("In `lab-sealed` change any letter you like, “Write it so”, then “Buy with it”."),
        watch=N_("Look at the status again: 200 or 403?"),
        why=N_("Good encryption signs as well (here `Fernet`): a changed letter is refused, not turned into nonsense."),
        at="/lab/trust",
        seen=(
            Seen(method="POST", path="/lab/trust/change/sealed", sets="lab-sealed=*", part=N_("changed")),
            Seen(method="GET", path="/lab/trust/buy/sealed", status=403, part=N_("refused")),
        ),
        meanwhile=_AGAIN,
        acts=(
            _HERE,
            Send("Write it so", {"What it says": "discount.99"}, near="lab-sealed"),
            Follow("Buy with it", near="lab-sealed"),
        ),
        bench="trust",
        question=Question(
            ask=N_("One letter of the encrypted value was changed. What will the server read?"),
            answers=(N_("Another discount"), N_("Nonsense"), N_("Nothing: it refuses")),
            right=2,
        ),
        note=N_("When to encrypt? When the visitor must not read it. Mostly it is better not to put it in a cookie."),
    ),
) * bool(find_spec("cryptography"))

LESSON = Lesson(
    key="trust",
    order=9,
    title=N_("Trust nothing"),
    idea=N_(
        "A cookie is written by the server and kept by the visitor: unless it is signed, it may say anything by now."
    ),
    minutes=8,
    exit=N_("A cookie says `price=5`. What may a shop do with it, and what does a signature change?"),
    after=("first",),
    hard=2,
    makes=(
        "lab-plain; Path=/lab/trust",
        "lab-signed; Path=/lab/trust",
        "lab-sealed; Path=/lab/trust",
        "lab-key; Path=/lab/trust",
    ),
    troubles=(
        (
            N_("After the keys were changed twice, even the unchanged cookies are refused."),
            N_("As it should be. “Set them anew” writes all of them with the key of now."),
        ),
        (
            N_("A value was written that the page does not take."),
            N_("It keeps to letters, digits and . _ ~ = -, so that the line on the wire stays readable."),
        ),
    ),
    steps=(
        Step(
            do=N_("Press “Set the cookies” (or “Set them anew”)."),
            watch=N_("Compare the values in the `Set-Cookie` lines: where can you read `discount.5`?"),
            why=N_("Plain and signed can be read by anybody; signing only adds a proof. Encrypting hides it as well."),
            at="/lab/trust",
            seen=(Seen(method="POST", path="/lab/trust/begin", sets="lab-signed=discount.5.*"),),
            acts=(_HERE, Send("Set the cookies")),
            question=Question(
                ask=N_("In which of them will you be able to read “discount.5”?"),
                answers=(N_("In the plain one alone"), N_("In the plain and the signed one"), N_("In none")),
                right=1,
            ),
            note=N_("Signed is not secret: people often take the one for the other. Flask's session is signed."),
        ),
        Step(
            do=N_("In `lab-plain` make it `discount.99`, “Write it so”, then “Buy with it”."),
            watch=N_("What does the request send, and what does the till say?"),
            why=N_("The server has no way to tell: a plain cookie may carry a wish, never a right."),
            at="/lab/trust",
            seen=(
                Seen(method="POST", path="/lab/trust/change/plain", sets=f"{_OFF};*", part=N_("changed")),
                Seen(method="GET", path="/lab/trust/buy/plain", status=200, sends=_OFF, part=N_("bought")),
            ),
            meanwhile=_AGAIN,
            bench="trust",
            acts=(
                _HERE,
                Send("Write it so", {"What it says": "discount.99"}, near="lab-plain"),
                Follow("Buy with it", near="lab-plain"),
            ),
            instead=(
                Instead(
                    seen=Seen(method="POST", path="/lab/trust/change/plain", sets="lab-plain=*", sets_no=f"{_OFF};*"),
                    text=N_("That is a change, too. This step waits for `discount.99`, so write it just so."),
                    at="/lab/trust",
                ),
            ),
            question=Question(
                ask=N_("Will the shop take 99 percent off?"),
                answers=(N_("Yes"), N_("No, it remembers that it gave five")),
                right=0,
            ),
            note=N_("Developer tools can do the same with any cookie, HttpOnly or not: this form is only quicker."),
        ),
        Step(
            do=N_("Now the same in `lab-signed`: make it `discount.99`, “Write it so”, then “Buy with it”."),
            watch=N_("Look at the status of the answer: 200 or 403?"),
            why=N_("The signature fits one text and one key. Without the key nobody can make one for another text."),
            at="/lab/trust",
            seen=(
                Seen(method="POST", path="/lab/trust/change/signed", sets="lab-signed=*", part=N_("changed")),
                Seen(method="GET", path="/lab/trust/buy/signed", status=403, part=N_("refused")),
            ),
            meanwhile=_AGAIN,
            bench="trust",
            acts=(
                _HERE,
                Send("Write it so", {"What it says": "discount.99"}, near="lab-signed"),
                Follow("Buy with it", near="lab-signed"),
            ),
            question=Question(
                ask=N_("Will the server notice?"),
                answers=(N_("No, the signature is still there"), N_("Yes, it does not fit any more")),
                right=1,
            ),
            note=N_("It proves who wrote the text, not when: an old signed value can be kept and sent again."),
        ),
        *_SEALED,
        Step(
            do=N_("“Change the key” once, then “Buy with it” at `lab-signed`."),
            watch=N_("Look at the status, and at the number of the key."),
            why=N_("Old keys are kept for a while as fallbacks, so that a new key logs nobody out."),
            at="/lab/trust",
            seen=(
                Seen(method="POST", path="/lab/trust/rotate", sets="lab-key=*", part=N_("a new key")),
                Seen(method="GET", path="/lab/trust/buy/signed", status=200, part=N_("taken")),
            ),
            meanwhile=_AGAIN,
            bench="trust",
            acts=(_HERE, Send("Change the key"), Follow("Buy with it", near="lab-signed")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/trust/buy/signed", status=403),
                    text=N_("Refused: the cookie was changed, or its key is too old. Begin with “Set them anew”."),
                    at="/lab/trust",
                ),
            ),
            question=Question(
                ask=N_("The key is new, the cookie old. What will the server say?"),
                answers=(N_("Taken"), N_("Refused")),
                right=0,
            ),
            note=N_("In Crumb itself this is the setting CRUMB_SECRET_KEY_FALLBACKS; in Flask, SECRET_KEY_FALLBACKS."),
        ),
        Step(
            do=N_("This time “Change the key” twice, then “Buy with it” at `lab-signed`."),
            watch=N_("Nothing in the cookie changed. Look at the status."),
            why=N_("Now its key is gone, and all that it signed: that ends every cookie that may be stolen."),
            at="/lab/trust",
            seen=(
                Seen(method="POST", path="/lab/trust/rotate", sets="lab-key=*", part=N_("a new key")),
                Seen(method="POST", path="/lab/trust/rotate", sets="lab-key=*", part=N_("one more")),
                Seen(method="GET", path="/lab/trust/buy/signed", status=403, part=N_("refused")),
            ),
            meanwhile=_AGAIN,
            bench="trust",
            acts=(_HERE, Send("Change the key"), Send("Change the key"), Follow("Buy with it", near="lab-signed")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/lab/trust/buy/signed", status=200),
                    text=N_("Taken: its key is still one of the two. Change the key once more."),
                    at="/lab/trust",
                ),
            ),
            question=Question(
                ask=N_("And after a second change?"),
                answers=(N_("Still taken"), N_("Refused: only one key before is kept")),
                right=1,
            ),
            note=N_("A key that leaked is changed without a fallback: all are logged out, and that is the point."),
        ),
    ),
    challenge=Step(
        do=N_("Get `lab-signed` refused, then taken again, without setting it anew."),
        watch=N_("We know it when the till has refused `lab-signed` and then takes what you wrote yourself."),
        why=N_("Signing asks no questions: who writes back the old text, letter by letter, has the old proof for it."),
        note=N_("That is replay: a signature says nothing of when, or how often. What would help? A date in it."),
        at="/lab/trust",
        seen=(
            Seen(method="GET", path="/lab/trust/buy/signed", status=403, part=N_("refused")),
            Seen(method="POST", path="/lab/trust/change/signed", part=N_("written back")),
            Seen(method="GET", path="/lab/trust/buy/signed", status=200, part=N_("taken")),
        ),
        meanwhile=(Seen(method="POST", path="/lab/trust/change/*"),),
        acts=(
            _HERE,
            Send("Write it so", {"What it says": "discount.99"}, near="lab-signed"),
            Follow("Buy with it", near="lab-signed"),
            _HERE,
            Send("Write it so", {"What it says": "discount.5"}, near="lab-signed"),
            Follow("Buy with it", near="lab-signed"),
        ),
        bench="trust",
    ),
)

"""Lesson 15: what a site may keep only with a yes, and what a yes and a no do on the wire."""

from webapp.i18n import N_
from webapp.lessons.course import OWN_LANGUAGE
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Pick, Question, Seen, Send, Step

_VIEW = "recent_shop.country-sourdough=1760000000"

LESSON = Lesson(
    key="consent",
    order=15,
    title=N_("May we?"),
    idea=N_("What you did not ask for needs your yes first; you may say no, and change your mind as easily."),
    minutes=9,
    exit=N_("Which cookies may a shop set before you have said yes, and which may it not?"),
    after=("shop",),
    makes=("recent_shop.", "basket.", "theme"),
    stays=(N_("`consent` stays: it is your choice. You change it on “Your choice”, to which “Preferences” leads."),),
    needs=(
        N_(
            "The law spoken of is that of the European Union: the ePrivacy Directive and the General Data Protection "
            "Regulation (GDPR). This is a summary, not legal advice; other countries have other rules."
        ),
    ),
    troubles=(
        (
            N_("A no takes the preferences too: colours and language fall back. Presenter mode stays."),
            N_("That is the lesson. Set them again on “Preferences”: after a no they last until the browser closes."),
        ),
    ),
    steps=(
        Step(
            do=N_("Press “Only necessary” on “Your choice”."),
            watch=N_("Look at what the answer to your `POST` sets."),
            why=N_("A no has to be remembered as well, or you would be asked on each page; that cookie is necessary."),
            at="/",
            seen=(Seen(method="POST", path="/consent", sets="consent=none.*"),),
            acts=(Open("/consent"), Send("Only necessary")),
            question=Question(
                ask=N_("You refuse cookies. Will the answer set one?"),
                answers=(N_("No, that is what a no means"), N_("Yes, one that remembers the no")),
                right=1,
            ),
            note=N_(
                "The rule: to store or read something on a person's device a site needs consent, unless it is strictly "
                "necessary for what the person asked for, or only carries a message (ePrivacy Directive, Article 5(3))."
            ),
        ),
        Step(
            do=N_("Press “Only necessary” on “Your choice” once more, then open something in the shop."),
            watch=N_("Look for the word “withheld” in the dock: asked for, but not sent."),
            why=N_("The shop's code is the same for all: one place asks for your choice before any line is written."),
            at="/consent?next=/shop/",
            seen=(Seen(method="GET", path="/shop/*", sends="consent=none.*", withholds="recent_shop.*"),),
            acts=(Open("/consent?next=/shop/"), Send("Only necessary"), Pick(".goods li a")),
            instead=(
                Instead(
                    seen=Seen(method="GET", path="/shop/*", sets="recent_shop.*"),
                    text=N_("Your choice allows history, so nothing was withheld. Press “Only necessary” first."),
                    at="/consent?next=/shop/",
                ),
                Instead(
                    seen=Seen(method="GET", path="/shop/*", withholds="recent_shop.*", lacks="consent=none.*"),
                    text=N_("It was withheld, but you have not said no yet. Press “Only necessary” first."),
                    at="/consent?next=/shop/",
                ),
            ),
            question=Question(
                ask=N_("The shop remembers what you look at. What does it do after your no?"),
                answers=(
                    N_("It refuses to show anything"),
                    N_("It shows the page and keeps nothing"),
                    N_("It remembers it all the same"),
                ),
                right=1,
            ),
            note=N_(
                "A yes has to be freely given: whoever refuses, or takes it back, must suffer no harm by it (GDPR, "
                "recital 42)."
            ),
        ),
        Step(
            do=N_("On the page of a bread, press “Put into the basket”."),
            watch=N_("Does the answer set a cookie that begins with `basket.`?"),
            why=N_("You asked for it: what a service you want can't do without needs no further yes (Article 5(3))."),
            at="/shop/country-sourdough",
            seen=(Seen(method="POST", path="/shop/basket", sets="basket.*"),),
            acts=(Open("/shop/country-sourdough"), Send("Put into the basket")),
            question=Question(
                ask=N_("Does the basket work for somebody who refused?"),
                answers=(N_("Yes, it does only what they asked for"), N_("No, it needs a cookie")),
                right=0,
            ),
            note=N_("Ask for other examples, such as a log-in. Would a list of what you looked at be one?"),
        ),
        Step(
            do=N_("Press “Allow all” on “Your choice”, then open something in the shop."),
            watch=N_("Look for `recent_shop.` in the dock, and at “Recently viewed” on the page."),
            why=N_("A yes counts from now on: what was withheld before was kept nowhere, and does not come back."),
            at="/",
            seen=(
                Seen(method="POST", path="/consent", sets="consent=preferences~history.*", part=N_("your yes")),
                Seen(method="GET", path="/shop/*", sets="recent_shop.*", part=N_("something in the shop")),
            ),
            acts=(Open("/consent"), Send("Allow all"), Follow("Shop"), Pick(".goods li a")),
            question=Question(
                ask=N_("Will “Recently viewed” also have what you opened before your yes?"),
                answers=(N_("Yes, the shop had noted it"), N_("No, nobody had kept it")),
                right=1,
            ),
            hint=N_("“Shop” is in the menu."),
            note=N_(
                "`consent` says what was allowed, in which revision of the list, and when: a site has to be able "
                "to show that it was given consent (GDPR, Article 7(1))."
            ),
        ),
        Step(
            do=N_("Change your mind: press “Only necessary” on “Your choice”."),
            watch=N_("Count the lines of the answer, and look at what the next request sends."),
            why=N_("Withdrawing must be as easy as giving consent (GDPR, Article 7(3)): the same page, one button."),
            at="/shop/",
            seen=(
                Seen(
                    method="POST",
                    path="/consent",
                    sets="consent=none.*",
                    deletes="recent_shop.*",
                    part=N_("your no"),
                ),
                Seen(method="GET", lacks="recent_shop.*", part=N_("the next request")),
            ),
            acts=(Open("/consent?next=/shop/"), Send("Only necessary")),
            needs=("history",),
            state=(_VIEW,),
            question=Question(
                ask=N_("What becomes of the cookies that your yes had allowed?"),
                answers=(
                    N_("They stay until their time is over"),
                    N_("They are deleted at once"),
                    N_("They stay, but nobody reads them"),
                ),
                right=1,
            ),
            note=N_(
                "Count the deleted lines in the dock. Colours and language go too: preferences were refused as well. "
                "Presenter mode stays: you turned it on, and it lasts half a day (Article 29 Working Party, opinion "
                "04/2012, 3.6)."
            ),
        ),
        Step(
            do=N_("On “Your choice” tick “Keep my preferences” alone, and press “Keep my choice”."),
            watch=N_("Were the boxes empty? Then read how `consent` begins."),
            why=N_("A yes is specific, each purpose on its own, and an act of yours (GDPR, Article 4(11))."),
            at="/",
            seen=(Seen(method="POST", path="/consent", sets="consent=preferences.*"),),
            acts=(
                Open("/consent"),
                Send("Keep my choice", {"Keep my preferences": True, "Keep my history": False}),
            ),
            question=Question(
                ask=N_("May a site tick the boxes for you beforehand?"),
                answers=(N_("Yes, you can untick them"), N_("No, then it is no act of yours")),
                right=1,
            ),
            note=N_("The Court of Justice said so of a box ticked beforehand: Planet49, C-673/17, in 2019."),
        ),
    ),
    challenge=Step(
        do=N_("Keep another theme for longer than this session, while the shop notes nothing of what you look at."),
        watch=N_("We know it when `theme` is set with a `Max-Age`, and `consent` allows no history."),
        why=N_("One purpose without the other: that is what a choice in categories is for."),
        at="/",
        seen=(Seen(method="POST", path="/preferences", sends="consent=preferences.*", sets="theme=*Max-Age=*"),),
        acts=(
            Open("/consent"),
            Send("Keep my choice", {"Keep my preferences": True, "Keep my history": False}),
            Pick(OWN_LANGUAGE),
            Send("Save", {"Dark": True}),
        ),
        meanwhile=(Seen(method="POST", path="/preferences*"),),
        note=N_("“Cookies on this site” is made from the declarations that set them: a yes has to be informed."),
    ),
)

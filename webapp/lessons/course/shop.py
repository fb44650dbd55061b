"""Lesson 4: what a shop makes of what somebody searched for and looked at."""

from webapp.i18n import N_
from webapp.lessons.lesson import Instead, Lesson, Open, Pick, Question, Seen, Send, Step

_VIEW = "recent_shop.apple-pie=1760000100"
_SEARCHES = "/shop/#searches-title"
_PAUSED = Instead(
    seen=Seen(method="GET", path="/shop/search*", sends="search_pause=on"),
    text=N_("The shop is told to remember no searches. Press “Go on remembering”, then search once more."),
    at="/shop/",
)
# Who looked at one of these alone is given something with rye.
LEADS_TO_RYE = (
    "bagel",
    "baguette",
    "barbari",
    "challah",
    "country-sourdough",
    "fatayer",
    "focaccia",
    "oatcake",
    "pita",
    "poppy-roll",
    "pumpernickel",
    "rye-bread",
    "rye-roll",
    "simit",
    "soda-bread",
    "spelt-loaf",
)

LESSON = Lesson(
    key="shop",
    order=4,
    title=N_("Recommended for you"),
    idea=N_("What a shop picks for you comes from what your own browser told it."),
    minutes=8,
    exit=N_("A shop picks something for you that surprises you. Where would you look for the reason?"),
    after=("first",),
    makes=("search_shop.", "recent_shop.", "search_pause"),
    needs=(N_("The cookies of this lesson are history: allow it on “Your choice”, to which “Preferences” leads."),),
    troubles=(
        (
            N_("Somebody has searched here before, so there are more cookies than the lesson speaks of."),
            N_("“Begin this lesson anew, without its cookies” deletes its searches and views there."),
        ),
    ),
    steps=(
        Step(
            do=N_("Search the shop for `honey`."),
            watch=N_("Which cookie does the answer set? Look for your word in its value."),
            why=N_("The shop keeps no list of searches: all that it goes by is this cookie in your browser."),
            at="/shop/",
            seen=(Seen(method="GET", path="/shop/search", sets="search_shop.*"),),
            acts=(Open("/shop/"), Send("Search", {"Search the shop": "honey"})),
            needs=("history",),
            question=Question(
                ask=N_("Can a shop remember what you search for, without an account?"),
                answers=(N_("No, it needs your name"), N_("Yes, in a cookie of your browser")),
                right=1,
            ),
            instead=(_PAUSED,),
            hint=N_("The field “Search the shop” is at the top of the shop, and “Search” beside it."),
            note=N_("Read the value aloud: the seconds since 1970, a dot, and the words that were typed."),
        ),
        Step(
            do=N_("Open the first page of the shop."),
            watch=N_("What does the request send along, and what does “Picked for you” say of it?"),
            why=N_("The server read the cookie while it wrote this very page: it took no script and no account."),
            at="/shop/search",
            seen=(Seen(method="GET", path="/shop/", sends="search_shop.*"),),
            acts=(Open("/shop/"),),
            needs=("history",),
            bench="search",
            question=Question(
                ask=N_("Will the shop's first page look the same for you as for your neighbour?"),
                answers=(N_("Yes, we open the same address"), N_("No, our browsers send different cookies")),
                right=1,
            ),
            note=N_("Let two learners who searched for different words compare their first pages."),
        ),
        Step(
            do=N_("Press “Pause” beside “You searched for”, then search for `rye`."),
            watch=N_("What does the first answer set? And does the search that follows set a `search_shop.`?"),
            why=N_("Even the wish not to be remembered has to be remembered, and again your browser does it."),
            at=_SEARCHES,
            seen=(
                Seen(
                    method="POST",
                    path="/shop/searches",
                    sets="search_pause=on;*",
                    part=N_("the shop was asked to pause"),
                ),
                Seen(method="GET", path="/shop/search", sends="search_pause=on", part=N_("you searched")),
            ),
            acts=(Open("/shop/"), Send("Pause"), Send("Search", {"Search the shop": "rye"})),
            meanwhile=(Seen(method="POST", path="/shop/searches", deletes="search_pause=*"),),
            needs=("history",),
            bench="search",
            question=Question(
                ask=N_("How will the shop know, at your next search, that you paused?"),
                answers=(N_("The server notes it"), N_("The browser says so"), N_("The page notes it")),
                right=1,
            ),
            hint=N_(
                "“You searched for” is on the shop's first page, below the shelf. Does it say “Paused”? Then press “Go "
                "on remembering” first. “Search” is at the top."
            ),
            note=N_("The page finds rye as before. Nothing about the search differs but the missing line."),
        ),
        Step(
            do=N_("Forget your search: press “×” beside it, in “You searched for”."),
            watch=N_("The answer deletes one cookie. What does “Picked for you” say afterwards?"),
            why=N_("What was picked because of that search went with its cookie: the shop goes by nothing else."),
            at=_SEARCHES,
            seen=(Seen(method="POST", path="/shop/searches", deletes="search_shop.*"),),
            acts=(Open("/shop/"), Send("×", near="You searched for")),
            needs=("history",),
            bench="search",
            question=Question(
                ask=N_("What becomes of what was picked because of that search?"),
                answers=(N_("It goes at once"), N_("It stays: the shop has learnt it"), N_("It stays until tomorrow")),
                right=0,
            ),
            hint=N_("“You searched for” is on the shop's first page, below the shelf."),
            note=N_("“The town's favourites” are back, unless something else was searched for or looked at."),
        ),
        Step(
            do=N_("Let the shop remember again: press “Go on remembering”."),
            watch=N_("What does the answer do with `search_pause`?"),
            why=N_("Whoever deletes all cookies deletes this wish too, and is remembered again from then on."),
            at=_SEARCHES,
            seen=(Seen(method="POST", path="/shop/searches", deletes="search_pause=*"),),
            acts=(Open("/shop/"), Send("Go on remembering")),
            state=("search_pause=on",),
            question=Question(
                ask=N_("You asked for a pause, then delete all your cookies. Will the shop remember your searches?"),
                answers=(N_("No, you had asked it not to"), N_("Yes, your wish is gone with the cookies")),
                right=1,
            ),
            hint=N_("The button is on the shop's first page, below the shelf, beside “You searched for”."),
            note=N_("Ask who deletes all cookies when the browser closes, and what that does to such wishes."),
        ),
        Step(
            do=N_("Open one of the things on the shop's first page."),
            watch=N_("What is the cookie called that the answer sets, and what is its value?"),
            why=N_("You neither typed nor bought anything: opening a page was enough to leave a trace."),
            at="/shop/",
            seen=(Seen(method="GET", path="/shop/*", sets="recent_shop.*"),),
            acts=(Open("/shop/"), Pick(".recommended li a")),
            needs=("history",),
            question=Question(
                ask=N_("Does it leave a trace if you only look?"),
                answers=(N_("No, only searching or buying does"), N_("Yes, one more cookie")),
                right=1,
            ),
            note=N_("One small cookie for each thing: two tabs that are open at once then don't overwrite each other."),
        ),
        Step(
            do=N_("Open the first page of the shop once more."),
            watch=N_("Open “How is this chosen?” below the picks: does the dock have all that it lists?"),
            why=N_("A pick can be explained when all of its reasons are known, and here they came with the request."),
            at="/shop/search",
            seen=(Seen(method="GET", path="/shop/", sends="recent_shop.*"),),
            acts=(Open("/shop/"),),
            needs=("history",),
            state=(_VIEW,),
            question=Question(
                ask=N_("The shop gives a reason for each pick. Where does it take the reasons from?"),
                answers=(
                    N_("From what it has stored about you"),
                    N_("From what this very request sends"),
                    N_("From what others have bought"),
                ),
                right=1,
            ),
            note=N_("Compare line by line: what the page explains and what the dock shows can't differ."),
        ),
    ),
    challenge=Step(
        do=N_("Get the shop to pick rye for you without searching for it."),
        watch=N_(
            "We know it when a request for its first page brings no search, and a view of something that leads to rye."
        ),
        why=N_("Whoever knows what a site makes of their cookies can tell it what they like, or nothing."),
        at="/shop/",
        seen=(
            Seen(
                method="GET",
                path="/shop/",
                lacks=("search_shop.*", "*recent_shop.*; *recent_shop.*"),
                either=tuple(Seen(sends=f"recent_shop.{slug}=*") for slug in LEADS_TO_RYE),
            ),
        ),
        acts=(
            Open("/shop/"),
            Send("Forget all", near="Recently viewed"),
            Pick('.goods a[href$="/spelt-loaf"]'),
            Open("/shop/"),
        ),
        meanwhile=(Seen(method="POST", path="/shop/*"), Seen(method="POST", path="/jar/*")),
        needs=("history",),
        state=(_VIEW,),
        hint=N_("Forget what else you looked at, then open something that is like rye bread."),
        note=N_("All ways count, also a cookie that somebody writes by hand in “My cookies”."),
    ),
)

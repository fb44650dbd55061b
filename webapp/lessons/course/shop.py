"""Lesson 4: what a shop makes of what somebody searched for and looked at."""

from webapp.i18n import N_
from webapp.lessons.lesson import Follow, Instead, Lesson, Open, Question, Seen, Send, Step

_KEY = "a55e2e38"  # of the search for honey
_HONEY = f"search_shop.{_KEY}=1760000000.honey"
_VIEW = "recent_shop.country-sourdough=1760000100"
_PAUSED = Instead(
    seen=Seen(method="GET", path="/shop/search*", sends="search_pause=on"),
    text=N_("The shop is told to remember no searches. Press “Go on remembering”, then search once more."),
    at="/shop/",
)

LESSON = Lesson(
    key="shop",
    order=4,
    title=N_("Recommended for you"),
    idea=N_("What a shop picks for you comes from what your own browser told it."),
    minutes=8,
    makes=("search_shop.", "recent_shop.", "search_pause"),
    needs=(N_("The cookies of this lesson are history: allow them on “Your choice”, at the foot of each page."),),
    troubles=(
        (
            N_("The shop remembers nothing, and the dock says “withheld”."),
            N_("History needs a yes: press “Allow all” on “Your choice”."),
        ),
        (
            N_("Somebody has searched here before, so there are more cookies than the lesson speaks of."),
            N_("“Begin this lesson anew” deletes the searches and views of the shop in that browser."),
        ),
    ),
    steps=(
        Step(
            do=N_("Search the shop for `honey`."),
            watch=N_(
                "The answer will set a cookie that begins with `search_shop.`, and what you typed ends its value."
            ),
            why=N_("The shop keeps no list of searches: all that it goes by is this cookie in your browser."),
            at="/shop/",
            seen=(Seen(method="GET", path="/shop/search", sets="search_shop.*"),),
            acts=(Open("/shop/"), Send("form.search", {"q": "honey"})),
            question=Question(
                ask=N_("Can a shop remember what you search for, without an account?"),
                answers=(N_("No, it needs your name"), N_("Yes, in a cookie of your browser")),
                right=1,
            ),
            instead=(_PAUSED,),
            hint=N_("The field “Search the shop” is at the top of the shop."),
            note=N_("Read the value aloud: the seconds since 1970, a dot, and the words that were typed."),
        ),
        Step(
            do=N_("Open the first page of the shop."),
            watch=N_("The request sends your search along, and the page has a part “Picked for you”."),
            why=N_("The server read the cookie while it wrote this very page: it took no script and no account."),
            at="/shop/search",
            seen=(Seen(method="GET", path="/shop/", sends="search_shop.*"),),
            acts=(Open("/shop/"),),
            state=(_HONEY,),
            question=Question(
                ask=N_("Will the shop's first page look the same for you as for your neighbour?"),
                answers=(N_("Yes, we open the same address"), N_("No, our browsers send different cookies")),
                right=1,
            ),
            note=N_("Let two learners who searched for different words compare their first pages."),
        ),
        Step(
            do=N_("Press “Pause” beside “You searched for”, then search for `rye`."),
            watch=N_(
                "The first answer sets `search_pause`. The search that follows sends it, and sets no `search_shop.`"
            ),
            why=N_("Even the wish not to be remembered has to be remembered, and again your browser does it."),
            at="/shop/",
            seen=(
                Seen(method="POST", path="/shop/searches", sets="search_pause=on;*"),
                Seen(method="GET", path="/shop/search", sends="search_pause=on"),
            ),
            acts=(Open("/shop/"), Send(".searches form", button="on"), Send("form.search", {"q": "rye"})),
            state=(_HONEY,),
            question=Question(
                ask=N_("How will the shop know, at your next search, that you paused?"),
                answers=(N_("The server notes it"), N_("The browser says so"), N_("The page notes it")),
                right=1,
            ),
            hint=N_("“You searched for” is on the shop's first page, below the shelf."),
            note=N_("The page finds rye as before. Nothing about the search differs but the missing line."),
        ),
        Step(
            do=N_("Forget your search: press the cross beside it, in “You searched for”."),
            watch=N_("The answer deletes its cookie, and the next request sends no `search_shop.` any more."),
            why=N_("What was picked because of that search went with its cookie: the shop goes by nothing else."),
            at="/shop/",
            seen=(
                Seen(method="POST", path="/shop/searches", deletes="search_shop.*"),
                Seen(method="GET", path="/shop/*", lacks="search_shop.*"),
            ),
            acts=(Open("/shop/"), Send(".searches form", button=_KEY)),
            state=(_HONEY,),
            question=Question(
                ask=N_("What becomes of what was picked because of that search?"),
                answers=(N_("It goes at once"), N_("It stays: the shop has learnt it"), N_("It stays until tomorrow")),
                right=0,
            ),
            hint=N_("If several searches are listed, press the cross of each, or “Forget all”."),
            note=N_("“The town's favourites” are back, unless something was looked at before: that counts too."),
        ),
        Step(
            do=N_("Let the shop remember again: press “Go on remembering”."),
            watch=N_("The answer deletes `search_pause`."),
            why=N_("Whoever deletes all cookies deletes this wish too, and is remembered again from then on."),
            at="/shop/",
            seen=(Seen(method="POST", path="/shop/searches", deletes="search_pause=*"),),
            acts=(Open("/shop/"), Send(".searches form", button="off")),
            state=("search_pause=on",),
            hint=N_("The button is on the shop's first page, below the shelf, beside “You searched for”."),
            note=N_("Ask who deletes all cookies when the browser closes, and what that does to such wishes."),
        ),
        Step(
            do=N_("Open one of the things on the shop's first page."),
            watch=N_("The answer will set a cookie named `recent_shop.` and the thing; its value is only a time."),
            why=N_("You neither typed nor bought anything: opening a page was enough to leave a trace."),
            at="/shop/",
            seen=(Seen(method="GET", path="/shop/*", sets="recent_shop.*"),),
            acts=(Open("/shop/"), Follow(".recommended li a")),
            question=Question(
                ask=N_("Does it leave a trace if you only look?"),
                answers=(N_("No, only searching or buying does"), N_("Yes, one more cookie")),
                right=1,
            ),
            note=N_("One small cookie for each thing: two tabs that are open at once then don't overwrite each other."),
        ),
        Step(
            do=N_("Go back to the shop's first page, and open “How is this chosen?” below the picks."),
            watch=N_("The clues listed there are the same cookies that the dock says your request has sent."),
            why=N_("A pick can be explained when all of its reasons are known, and here they came with the request."),
            at="/shop/search",
            seen=(Seen(method="GET", path="/shop/", sends="recent_shop.*"),),
            acts=(Open("/shop/"),),
            state=(_VIEW,),
            hint=N_("“How is this chosen?” is the line below the pictures of “Picked for you”."),
            note=N_("Compare line by line: what the page explains and what the dock shows can't differ."),
        ),
    ),
)

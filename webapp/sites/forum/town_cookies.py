"""What was written on the board of the browser's cookies; the answers follow RFC 6265bis."""

from datetime import timedelta

from webapp.i18n import N_

from .town_kinds import SeedReply, SeedThread

COOKIES = (
    SeedThread(
        board="cookies",
        title=N_("Why am I logged out after closing the browser?"),
        author="Agnieszka",
        ago=timedelta(days=16, hours=2),
        text=N_(
            "I start at four, so I log in here with flour on my hands. I close the browser at noon. In the evening I "
            "open it, and the site asks me who I am. It still knows that I like the page dark.\n\nWhy does it keep my "
            "taste and forget *me*?"
        ),
        replies=(
            SeedReply(
                author="Tomás",
                ago=timedelta(days=16),
                text=N_(
                    "Two cookies. The one for your log-in has neither `Max-Age` nor `Expires`. That is a **session "
                    "cookie**: it goes when the browser's session ends. The one for your theme has a lifetime, so it "
                    "is **persistent** and stays."
                ),
            ),
            SeedReply(
                author="Salma",
                ago=timedelta(days=15, hours=21),
                text=N_(
                    "Tick *remember me* when you log in. Then you get one more cookie, which has a lifetime and brings "
                    "you back. On a computer that others use too, leave the box empty."
                ),
            ),
            SeedReply(
                author="Hannes",
                ago=timedelta(days=15, hours=2),
                text=N_(
                    "The browser decides when its session ends. Closing a tab does not do it. And if it is set to "
                    "reopen the last tabs at the start, the session cookies may come back with them. On shared "
                    "computers, use *log out*."
                ),
            ),
            SeedReply(
                author="Agnieszka",
                ago=timedelta(days=14, hours=15),
                text=N_(
                    "Ticked. I have closed the browser, slept, baked and opened it again, and the site knew me. It "
                    "then asked whether I would like some bread. I have three hundred loaves here."
                ),
            ),
        ),
    ),
    SeedThread(
        board="cookies",
        title=N_("Max-Age or Expires, when both are there?"),
        author="Youssef",
        ago=timedelta(days=11, hours=7),
        text=N_(
            "A customer showed me this line on his telephone, and we could not agree what the browser does with it:\n\n"
            "```\nSet-Cookie: theme=dark; Max-Age=86400; Expires=Thu, 01 Jan 1970 00:00:00 GMT\n```\n\n"
            "One says a day, the other says 1970. Does the last word count, or the older one?"
        ),
        replies=(
            SeedReply(
                author="Hannes",
                ago=timedelta(days=11, hours=4),
                text=N_(
                    "`Max-Age` wins over `Expires`, in **whichever order** they stand. So this cookie lives for 86400 "
                    "seconds, one day, counted from when the browser received it. A `Max-Age` of zero or less deletes "
                    "at once."
                ),
            ),
            SeedReply(
                author="Salma",
                ago=timedelta(days=11, hours=1),
                text=N_(
                    "`Max-Age` counts seconds, `Expires` names a date. If the computer's clock is seven minutes slow, "
                    "a cookie with only `Expires` may live seven minutes too long. I mention no clock, and no square."
                ),
            ),
            SeedReply(
                author="Marta",
                ago=timedelta(days=10, hours=9),
                text=N_(
                    "Only digits, with at most a minus in front: `Max-Age=1h` is ignored, as if it were not there. "
                    "Then `Expires` counts, and without that it is a session cookie. The standard caps both at 400 "
                    "days."
                ),
            ),
        ),
    ),
    SeedThread(
        board="cookies",
        title=N_("HttpOnly and SameSite: what does each keep out?"),
        author="Priya",
        ago=timedelta(days=6, hours=8),
        text=N_(
            "My nephew builds a page for the kiosk, with a basket. He showed me his line, very proud:\n\n"
            "```\nSet-Cookie: basket=3-cones; Path=/; Secure; HttpOnly; SameSite=Lax\n```\n\n"
            "I nodded. Now I need somebody to tell me what I nodded at. *Whom* does each of the last two attributes "
            "keep out?"
        ),
        replies=(
            SeedReply(
                author="Lucía",
                ago=timedelta(days=6, hours=5),
                text=N_(
                    "`HttpOnly` keeps **scripts** out: they can't read, set or overwrite this cookie. The browser "
                    "still sends it, with `fetch()` too. So a bad script can't carry it away, but can act in your name "
                    "while the page is open."
                ),
            ),
            SeedReply(
                author="Mairi",
                ago=timedelta(days=6, hours=1),
                text=N_(
                    "`SameSite` looks at where a request starts. From another site:\n\n- `Strict`: the cookie is never "
                    "sent.\n- `Lax`: only when your page itself is opened, by a safe method: a link, for instance.\n"
                    "- `None`: sent, if the browser allows; needs `Secure`."
                ),
            ),
            SeedReply(
                author="Priya",
                ago=timedelta(days=5, hours=12),
                text=N_(
                    "So with `Strict` somebody who follows a link from the school's site to mine would find an empty "
                    "basket, until the next click on my own pages. Then `Lax` it is. My nephew nodded."
                ),
            ),
        ),
    ),
    SeedThread(
        board="cookies",
        title=N_("A rolling pin follows me from site to site"),
        author="Nell",
        ago=timedelta(days=2, hours=6),
        text=N_(
            "Last week I looked at a rolling pin. Since then I see it beside the weather, beside the news and beside a "
            "recipe for soup, which needs none.\n\nThe children say *third-party cookies*. They could not say who the "
            "third party is. Who is it?"
        ),
        replies=(
            SeedReply(
                author="Mei-Ling",
                ago=timedelta(days=2, hours=2),
                text=N_(
                    "The first party is the site whose address you see. A third party is another site from which its "
                    "page loads something, such as an advertisement. If the browser sends that site its cookie, it "
                    "recognises you on **every** page that loads from it."
                ),
            ),
            SeedReply(
                author="Salma",
                ago=timedelta(days=1, hours=22),
                text=N_(
                    "Such a cookie says `SameSite=None; Secure`. Many browsers still don't send it there, or keep a "
                    "separate jar for each site you visit: `Partitioned` asks for that. Then the third party can't "
                    "tell that it is you again."
                ),
            ),
            SeedReply(
                author="Nell",
                ago=timedelta(days=1, hours=3),
                text=N_(
                    "I have blocked them in the settings and I am still logged in here, because here the cookie comes "
                    "from the site that I am on. I bought the rolling pin at Abeba's stall. She follows nobody."
                ),
            ),
        ),
    ),
)

"""What was written on the boards of the market and the ferry, and of giving and taking."""

from datetime import timedelta

from webapp.i18n import N_

from .town_kinds import SeedReply, SeedThread

MARKET = (
    SeedThread(
        board="market",
        title=N_("The clock on Clock Square: repair it or leave it?"),
        author="Youssef",
        ago=timedelta(days=18, hours=4),
        text=N_(
            "The council has found money to repair the clock. It is seven minutes slow and has been for as long as we "
            "have lived under it.\n\nBefore a stranger with a ladder comes: **do we want this?** I have set my ovens "
            "by it for eleven years. Please write, and please give reasons."
        ),
        replies=(
            SeedReply(
                author="Salma",
                ago=timedelta(days=18, hours=2),
                text=N_(
                    "Leave it. The whole town adds seven. If it were right, everybody would come seven minutes early "
                    "for a month, and I would have to bake for them."
                ),
            ),
            SeedReply(
                author="Piet",
                ago=timedelta(days=17, hours=23),
                text=N_(
                    "Repair it. The ferry goes by the real time, and visitors go by the clock. Every Saturday I see "
                    "them run along the quay, waving. I wave back, from the water."
                ),
            ),
            SeedReply(
                author="Nell",
                ago=timedelta(days=17, hours=9),
                text=N_(
                    "The children learn to read the time from it. Then they learn to add. Two lessons for one clock: "
                    "leave it."
                ),
            ),
            SeedReply(
                author="Hannes",
                ago=timedelta(days=16, hours=22),
                text=N_(
                    "I have looked inside. Nothing is broken. Behind the dial somebody has written *not to be "
                    "corrected*, and signed it. The signature is my grandfather's. I will not vote."
                ),
            ),
            SeedReply(
                author="Agnieszka",
                ago=timedelta(days=16, hours=9),
                text=N_("At four in the morning nobody looks at a clock. They look for light. I have no opinion."),
            ),
            SeedReply(
                author="Tomás",
                ago=timedelta(days=15, hours=7),
                text=N_(
                    "> I have no opinion\n\nThis is the first sentence here that everybody can agree with. The next "
                    "coffee costs you nothing."
                ),
            ),
            SeedReply(
                author="Mei-Ling",
                ago=timedelta(days=13, hours=18),
                text=N_(
                    "From the Blue Door you see the clock between two chimneys, and only its left half. For me, "
                    "time begins at half past and stops at the full hour. Please leave the chimneys too."
                ),
            ),
            SeedReply(
                author="Marta",
                ago=timedelta(days=13, hours=5),
                text=N_(
                    "The mill goes by the tide, and the tide was never seven minutes late. But nobody runs after the "
                    "tide waving, so I see what Piet means."
                ),
            ),
            SeedReply(
                author="Lucía",
                ago=timedelta(days=11, hours=16),
                text=N_(
                    "On the ship we had two clocks: one for the port we had left and one for the port ahead. Paint "
                    "*Seven minutes ago* under this one, and it is a correct clock."
                ),
            ),
            SeedReply(
                author="Mairi",
                ago=timedelta(days=10, hours=20),
                text=N_(
                    "I second Lucía. From the lighthouse I can't read the sign, but I can't read the clock either, so "
                    "nothing changes for me."
                ),
            ),
            SeedReply(
                author="Priya",
                ago=timedelta(days=9, hours=6),
                text=N_(
                    "Yesterday oskar from the ferry queue asked me for the time. I showed him the clock, and he said: "
                    "ah, so seven more. He has been here for *two days*. The town has decided, I think."
                ),
            ),
            SeedReply(
                author="Youssef",
                ago=timedelta(days=8, hours=4),
                text=N_(
                    "Thank you all. I have counted:\n\n- leave it: three,\n- repair it: one,\n- a sign: two,\n- "
                    "chimneys: one.\n\nThe council has accepted the sign. Hannes paints it, for family reasons."
                ),
            ),
        ),
    ),
    SeedThread(
        board="market",
        title=N_("Ferry in fog: how you learn that it does not run"),
        author="Piet",
        ago=timedelta(days=7, hours=13),
        text=N_(
            "Please don't telephone me in fog. I need both hands. This is how it works:\n\n1. A **white flag** on the "
            "pier: the ferry runs.\n2. A **red flag**: it does not.\n3. You can't see the flag: it does not.\n\nThe "
            "crossing takes eleven minutes, in fog it takes none."
        ),
        replies=(
            SeedReply(
                author="Mairi",
                ago=timedelta(days=7, hours=10),
                text=N_(
                    "And when you hear the horn: that is me. It does not mean that the ferry comes. It means that the "
                    "rock is where it was."
                ),
            ),
        ),
    ),
    SeedThread(
        board="market",
        title=N_("Saturday at the pump: who needs a table?"),
        author="Abeba",
        ago=timedelta(days=4, hours=9),
        text=N_(
            "There is room for two more tables at the pump on Saturday, on the side without wind. We set up at six, we "
            "sell from seven, and at one o'clock the gulls take over.\n\nWrite here what you bring, so that we don't "
            "have five lemon cakes again."
        ),
        replies=(
            SeedReply(
                author="Nell",
                ago=timedelta(days=4, hours=3),
                text=N_(
                    "The older class would like one, for school bread and a poster about the *other* cookies. They "
                    "explain what a browser keeps, and for how long. No lemon cake. One lemon, for show."
                ),
            ),
        ),
    ),
    SeedThread(
        board="market",
        title=N_("Found on Anchor Steps: one blue mitten"),
        author="Mei-Ling",
        ago=timedelta(hours=15),
        text=N_(
            "On step 44, in front of my door: one mitten, blue, left hand, with a button that does not match. It is "
            "drying above the steamer.\n\nWhoever can show me the right hand gets it back with a walnut cookie. "
            "Whoever counts 88 steps has to go down and begin again."
        ),
        replies=(
            SeedReply(
                author="Tomás",
                ago=timedelta(hours=3),
                text=N_(
                    "layla left the café yesterday with one hand in her pocket, and it was not cold. I will ask her to "
                    "climb up to you. She counts 89, she is thorough."
                ),
            ),
        ),
    ),
)

SWAP = (
    SeedThread(
        board="swap",
        title=N_("Wanted: a speculoos mould that is not a ferry"),
        author="Lucía",
        ago=timedelta(days=13, hours=10),
        text=N_(
            "Piet has lent me his mould. It is beautiful and it is a ferry, whatever he says. Now my guests ask when "
            "the biscuit leaves.\n\nHas anybody got a wooden one with something that stands still? A fish would do, or "
            "a saint. I have a pan for doughnuts to give in return."
        ),
        replies=(
            SeedReply(
                author="Piet",
                ago=timedelta(days=13, hours=6),
                text=N_("It is a windmill. You are holding it upside down."),
            ),
            SeedReply(
                author="Hannes",
                ago=timedelta(days=12, hours=14),
                text=N_(
                    "I can carve you one out of pear wood, in a week. Please choose:\n\n- a fish,\n- the pump,\n- Piet."
                    "\n\nThe fish is the easiest. Piet moves too much."
                ),
            ),
        ),
    ),
    SeedThread(
        board="swap",
        title=N_("Who lends the school a very big pot?"),
        author="Nell",
        ago=timedelta(days=2, hours=20),
        text=N_(
            "Soup for 140 on Friday, and our big pot has a hole. I need one that holds **forty litres**, for one day. "
            "It comes back clean, with what is left of the soup.\n\nI did not tick *remember me*, so I had to log in "
            "again to write this. It is urgent."
        ),
        replies=(
            SeedReply(
                author="Lucía",
                ago=timedelta(days=2, hours=17),
                text=N_(
                    "Mine holds forty-five and has been around Cape Horn. It needs two people on the stairs and one "
                    "who opens doors. I can be two of them."
                ),
            ),
            SeedReply(
                author="Nell",
                ago=timedelta(days=1, hours=9),
                text=N_(
                    "Returned, clean, with three litres of soup in the small one. The children ask whether the big pot "
                    "may come every Friday."
                ),
            ),
        ),
    ),
    SeedThread(
        board="swap",
        title=N_("To give away: 31 jam jars, most with lids"),
        author="Salma",
        ago=timedelta(minutes=40),
        text=N_(
            "Thirty-one jars, washed, without labels. Twenty-six have a lid that fits, and three have a lid that looks "
            "as if it fitted.\n\nThey stand in the crate beside our door on Clock Square until the clock says six. You "
            "know what that means."
        ),
    ),
)

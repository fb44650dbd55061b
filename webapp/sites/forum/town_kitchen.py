"""What was written on the boards of baking and of sourdough."""

from datetime import timedelta

from webapp.i18n import N_

from .town_kinds import SeedReply, SeedThread

OVENS = (
    SeedThread(
        board="ovens",
        title=N_("My oven is hotter than it says"),
        author="Nell",
        ago=timedelta(days=12, hours=3),
        text=N_(
            "The oven in the school kitchen says 180 degrees. The biscuits say **at least 200**: dark at the back, "
            "raw at the front.\n\nBefore I ask the council for a new one, and retire before it answers: what can I "
            "test myself?"
        ),
        replies=(
            SeedReply(
                author="Agnieszka",
                ago=timedelta(days=12, hours=1),
                text=N_(
                    "Cover a tray with slices of cheap white bread and bake it for five minutes. The dark slices show "
                    "you where the heat is. Then eat the map with butter."
                ),
            ),
            SeedReply(
                author="Hannes",
                ago=timedelta(days=11, hours=20),
                text=N_(
                    "And hang a thermometer inside. Wait half an hour before you read it:\n\n- the lamp goes out when "
                    "the *air* is hot,\n- the walls need twenty minutes more."
                ),
            ),
            SeedReply(
                author="Nell",
                ago=timedelta(days=10, hours=5),
                text=N_(
                    "It shows 207. I now set it to 155 and turn the tray once. The council has answered too: it wants "
                    "to know what an oven is used for in a school."
                ),
            ),
        ),
    ),
    SeedThread(
        board="ovens",
        title=N_("Fog makes my crust soft"),
        author="Mairi",
        ago=timedelta(days=8, hours=6),
        text=N_(
            "When there is fog I light the lamp, and I bake, as nobody can visit anyway. The loaf comes out with a "
            "hard crust, and two hours later I can fold it.\n\nI have tried a longer bake. Is there more that I can "
            "do, other than move inland?"
        ),
        replies=(
            SeedReply(
                author="Agnieszka",
                ago=timedelta(days=8, hours=2),
                text=N_(
                    "Leave the loaf in the oven for the last ten minutes with the door open by a finger. The water has "
                    "to leave the crumb *before* the fog comes to meet it."
                ),
            ),
            SeedReply(
                author="Mairi",
                ago=timedelta(days=7, hours=9),
                text=N_(
                    "Done, with a wooden spoon in the door. The crust lasted until supper, which is as long as the "
                    "loaf lasted. I can say no more for science."
                ),
            ),
        ),
    ),
    SeedThread(
        board="ovens",
        title=N_("Shortbread that stays in its shape"),
        author="Lucía",
        ago=timedelta(days=5, hours=2),
        text=N_(
            "At sea my biscuits ran to one side, and I blamed the sea. Now I bake on land, with Mairi's recipe, and "
            "they still run, only in *all* directions.\n\nOne part sugar, two of butter, three of flour. What do I "
            "overlook?"
        ),
        replies=(
            SeedReply(
                author="Mairi",
                ago=timedelta(days=4, hours=22),
                text=N_(
                    "The cold. Cut them, then put the whole tray outside for half an hour. At the lighthouse the wall "
                    "is enough; at the Galley, take the fridge."
                ),
            ),
            SeedReply(
                author="Salma",
                ago=timedelta(days=4, hours=20),
                text=N_(
                    "> one part sugar, two of butter, three of flour\n\nBy weight, not by cup. My brother measured by "
                    "cup once. We sold the result as a sauce."
                ),
            ),
        ),
    ),
    SeedThread(
        board="ovens",
        title=N_("My meringues weep"),
        author="Piet",
        ago=timedelta(days=1, hours=4),
        text=N_(
            "Brown drops on every meringue, as if they had seen the timetable. I beat four egg whites until they "
            "stood, and then I poured in all the sugar at once, because the ferry was waiting.\n\nCan they still be "
            "comforted?"
        ),
        replies=(
            SeedReply(
                author="Tomás",
                ago=timedelta(days=1, hours=1),
                text=N_(
                    "Those drops are sugar that did not dissolve. Add it one spoon at a time, and rub a little of the "
                    "foam between two fingers: when you feel no grains, it is ready."
                ),
            ),
            SeedReply(
                author="Mei-Ling",
                ago=timedelta(hours=20),
                text=N_(
                    "These ones: break them over fruit and cream and give the dish a French name. The next ones: bake "
                    "at 90 degrees, and let the ferry wait."
                ),
            ),
        ),
    ),
)

SOURDOUGH = (
    SeedThread(
        board="sourdough",
        title=N_("How old is your starter, honestly?"),
        author="Abeba",
        ago=timedelta(days=20),
        text=N_(
            "At the pump I hear of starters that are a hundred years old, and last week of one that came over with "
            "somebody's great-grandmother, *in her hat*.\n\nPlease write down how old yours is, and how you know. "
            "Mine is three, I still have the receipt for the jar."
        ),
        replies=(
            SeedReply(
                author="Marta",
                ago=timedelta(days=19, hours=21),
                text=N_(
                    "Forty-one years, from my mother. It says so on the lid. The lid is newer than the starter, and "
                    "the jar is newer than the lid."
                ),
            ),
            SeedReply(
                author="Youssef",
                ago=timedelta(days=19, hours=6),
                text=N_(
                    "With every feeding you throw most of it away. What is left of the first day after three years? I "
                    "ask as somebody who lives under a clock that has had four new hands."
                ),
            ),
            SeedReply(
                author="Tomás",
                ago=timedelta(days=18, hours=12),
                text=N_(
                    "It is the same with *remember me* on this site: now and then the cookie is fed. Its first half "
                    "stays, its second half is thrown away and made anew. We call it the same cookie all the same."
                ),
            ),
            SeedReply(
                author="Abeba",
                ago=timedelta(days=17, hours=4),
                text=N_(
                    "Result of the survey: one receipt, one lid, two philosophers. I have written *three years* on my "
                    "sign, and people now ask me what went wrong with the old one."
                ),
            ),
        ),
    ),
    SeedThread(
        board="sourdough",
        title=N_("Away for ten days: who feeds it?"),
        author="Hannes",
        ago=timedelta(days=9, hours=11),
        text=N_(
            "I am going to my sister's for ten days, for the first time in six years. The cat goes to the neighbour. "
            "The starter is more difficult: the neighbour is afraid of it.\n\nDoes it survive ten days without food, "
            "or do I have to take it along on the ferry?"
        ),
        replies=(
            SeedReply(
                author="Marta",
                ago=timedelta(days=9, hours=8),
                text=N_(
                    "1. Feed it with twice the flour, so that it is stiff.\n2. Leave it out for one hour.\n3. Put it "
                    "in the fridge, with the lid on but not tight.\n\nTen days are nothing. It will not even miss you."
                ),
            ),
            SeedReply(
                author="Piet",
                ago=timedelta(days=9, hours=3),
                text=N_(
                    "If you do take it along: jars travel free, below deck, with the lid loose. I say *loose* because "
                    "of a Tuesday that the benches still remember."
                ),
            ),
        ),
    ),
    SeedThread(
        board="sourdough",
        title=N_("It smells of nail varnish. Is it dead?"),
        author="Priya",
        ago=timedelta(days=3, hours=5),
        text=N_(
            "I forgot my starter behind the ice-cream freezer of the kiosk. There is grey water on it, and it smells "
            "like the nail varnish of my aunt, who is a dentist.\n\nNo mould, no pink, no fur. Is it *dead*, or only "
            "offended?"
        ),
        replies=(
            SeedReply(
                author="Marta",
                ago=timedelta(days=3, hours=1),
                text=N_(
                    "Hungry. Pour the grey water off, keep **one spoon**, feed it with fresh flour and water twice a "
                    "day. On the third day it smells of apples. Pink or furry would have been the bin."
                ),
            ),
            SeedReply(
                author="Priya",
                ago=timedelta(hours=7),
                text=N_(
                    "Third day: apples, and it has lifted its lid. I owe you a cone of nankhatai. They are in "
                    "[the shop](/shop/nankhatai) too, but from me you get them warm."
                ),
            ),
        ),
    ),
)

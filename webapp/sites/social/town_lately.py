"""What the town has written since the storm: the posts of the last four days, the newest first."""

from datetime import timedelta

from webapp.i18n import N_

from .town_kinds import SeedComment, SeedPost

LATELY = (
    SeedPost(
        author="Agnieszka",
        ago=timedelta(minutes=25),
        text=N_(
            "Tray number seven is back on its hook. I have washed it twice and baked forty poppy rolls on it. They "
            "have a faint taste of lighthouse. Thirty-eight are sold."
        ),
        likes=("Mairi", "Piet"),
        comments=(
            SeedComment(
                author="Piet",
                ago=timedelta(minutes=9),
                text=N_("Thirty-nine. I was here early, and I felt that I owed it one."),
            ),
        ),
    ),
    SeedPost(
        author="Nell",
        ago=timedelta(hours=2),
        text=N_(
            "The older class has written to ask whether this site knows them. I said: it knows one browser from "
            "another, by its cookies, and who is logged in there. We have one computer for twenty-three children, so "
            "now they log out."
        ),
        likes=("Hannes", "Salma", "Tomás", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Salma",
                ago=timedelta(hours=1, minutes=20),
                text=N_("Twenty-three people and one browser: that is Clock Square on a Saturday."),
            ),
        ),
    ),
    SeedPost(
        author="Tomás",
        ago=timedelta(hours=7),
        text=N_(
            "The first loaf from the starter called Captain. It rose slowly, then all at once, and cracked on the side "
            "where nobody had cut it. I have eaten half to be fair to it."
        ),
        likes=("Marta", "Nell", "Lucía", "Hannes", "Mairi", "Abeba", "Youssef"),
        comments=(
            SeedComment(
                author="Marta",
                ago=timedelta(hours=6),
                text=N_("On the side where nobody cut it. That is my mother's starter, no doubt."),
            ),
        ),
    ),
    SeedPost(
        author="Lucía",
        ago=timedelta(hours=19),
        text=N_(
            "I have the golden pump handle over the stove now. It is heavy, and it has stopped people asking for the "
            "lid of my pot. But somebody comes every ten minutes with a bucket and looks at me."
        ),
        likes=("Abeba", "Nell", "Priya", "Youssef", "Salma"),
        comments=(
            SeedComment(
                author="Abeba",
                ago=timedelta(hours=18),
                text=N_("That is because the pump has no handle. You may bring it back on Sundays."),
            ),
        ),
    ),
    SeedPost(
        author="Abeba",
        ago=timedelta(days=1, hours=3),
        text=N_(
            "The first market prize goes to Lucía, for her ship's biscuit. Each member of the jury took a bite, and "
            "was still chewing when the votes were counted, so nobody could speak against it.\n\nThe prize is the "
            "handle of the old pump, painted gold."
        ),
        likes=("Lucía", "Nell", "Piet", "Hannes", "Marta", "Tomás", "Youssef", "Salma"),
        comments=(
            SeedComment(
                author="Hannes",
                ago=timedelta(days=1, hours=2),
                text=N_("I had a Linzer eye in the contest. It was eaten before the judging. I take that as a result."),
            ),
        ),
    ),
    SeedPost(
        author="Youssef",
        ago=timedelta(days=1, hours=14),
        text=N_(
            "In the storm the clock stood still at ten past two. When the wind was over I went up with a candle and "
            "set it again: seven minutes slow. I have ovens."
        ),
        likes=("Salma", "Hannes", "Nell", "Tomás", "Marta", "Lucía", "Priya", "Mei-Ling", "Abeba"),
        comments=(
            SeedComment(
                author="Hannes",
                ago=timedelta(days=1, hours=11),
                text=N_("Seven minutes to the second? Then my grandfather is pleased."),
            ),
        ),
    ),
    SeedPost(
        author="Marta",
        ago=timedelta(days=1, hours=21),
        text=N_(
            "The storm pushed so much water up to the mill that it ran by itself for four hours. I had no grain in it. "
            "It has ground nothing at all, very finely."
        ),
        comments=(
            SeedComment(
                author="Tomás",
                ago=timedelta(days=1, hours=20),
                text=N_("I would take two kilos of that, for a customer who eats nothing."),
            ),
        ),
    ),
    SeedPost(
        author="Priya",
        ago=timedelta(days=2, hours=6),
        text=N_(
            "I looked at one pineapple tart in the shop, on my telephone. Now that telephone shows me the tart again, "
            "and my laptop at the kiosk knows nothing of it. The cookie is in one browser only.\n\nThe gulls have no "
            "browser. They know anyway."
        ),
        likes=("Mei-Ling", "Salma", "Nell", "Agnieszka"),
    ),
    SeedPost(
        author="Hannes",
        ago=timedelta(days=2, hours=15),
        text=N_(
            "I am at my sister's and write on her computer. I did not tick “remember me”: it is hers. And I will log "
            "out, because her browser opens all its old tabs again in the morning, and with them perhaps me."
        ),
        likes=("Nell", "Agnieszka", "Salma"),
        comments=(
            SeedComment(
                author="Marta",
                ago=timedelta(days=2, hours=13),
                text=N_("Very careful. And has she found the stollen?"),
            ),
            SeedComment(
                author="Hannes",
                ago=timedelta(days=2, hours=12),
                text=N_("The starter is in her fridge. The stollen I do not discuss."),
            ),
        ),
    ),
    SeedPost(
        author="Piet",
        ago=timedelta(days=3, hours=2),
        text=N_(
            "About the tray: I carried it up to the lighthouse myself, under the sack of flour that Mairi had ordered, "
            "and left it there. I have said sorry to Agnieszka, to two passengers and to the sea."
        ),
        likes=("Mairi", "Agnieszka", "Nell", "Lucía", "Priya", "Tomás", "Marta"),
        comments=(
            SeedComment(
                author="Agnieszka",
                ago=timedelta(days=3, hours=1),
                text=N_("I have asked everybody in this town where it was. I never asked the man who carries things."),
            ),
        ),
    ),
    SeedPost(
        author="Mairi",
        ago=timedelta(days=3, hours=9),
        text=N_(
            "The rain came in under the north window all night, and I had put a baking tray there. Today I turned it "
            "over. It has a seven on its back and a dent in one corner.\n\nI had thought that it came with the "
            "lighthouse."
        ),
        likes=("Agnieszka", "Piet", "Priya", "Nell", "Youssef", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Agnieszka",
                ago=timedelta(days=3, hours=7),
                text=N_("Mairi. Do not move it. I am coming up."),
            ),
            SeedComment(
                author="Mairi",
                ago=timedelta(days=3, hours=5, minutes=40),
                text=N_("It holds eleven litres of rain. You may have those as well."),
            ),
        ),
    ),
    SeedPost(
        author="Agnieszka",
        ago=timedelta(days=3, hours=14),
        text=N_(
            "Nobody can sleep in this wind, so the Night Oven is open already.\n\nI have chosen the dark colours on "
            "this site. The choice is in a cookie, so each page comes dark at once, and my eyes keep their night."
        ),
        likes=("Lucía", "Tomás", "Mairi", "Abeba", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Lucía",
                ago=timedelta(days=3, hours=13, minutes=30),
                text=N_("Four of us are on our way. One has a guitar. I am sorry."),
            ),
        ),
    ),
    SeedPost(
        author="Mairi",
        ago=timedelta(days=3, hours=16),
        text=N_(
            "Nine people and a dog in the kitchen of the lighthouse, and no ferry until morning. There are oatcakes, "
            "soup and seven spoons. They take turns with the spoons, and the dog does not need one."
        ),
        likes=("Piet", "Nell", "Lucía", "Priya", "Salma", "Hannes", "Abeba"),
        comments=(
            SeedComment(
                author="Nell",
                ago=timedelta(days=3, hours=15),
                text=N_("Is layla with you? Her mother asks, and so does her mitten."),
            ),
            SeedComment(
                author="Mairi",
                ago=timedelta(days=3, hours=14, minutes=40),
                text=N_("She is here. She has washed up twice and asks me not to say so."),
            ),
        ),
    ),
    SeedPost(
        author="Piet",
        ago=timedelta(days=3, hours=18),
        text=N_(
            "Red flag. The sea has come over the quay and looked into the ticket office. The ferry is tied with four "
            "ropes, and I am the fifth."
        ),
        likes=("Mairi", "Lucía", "Agnieszka", "Youssef"),
        comments=(
            SeedComment(
                author="Priya",
                ago=timedelta(days=3, hours=17),
                text=N_("Your flag is on the roof of my kiosk. It is still red."),
            ),
        ),
    ),
)

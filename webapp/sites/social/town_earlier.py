"""What the town wrote before the storm: the posts that are four to twelve days old, the newest first."""

from datetime import timedelta

from webapp.i18n import N_

from .town_kinds import SeedComment, SeedPost

EARLIER = (
    SeedPost(
        author="Mei-Ling",
        ago=timedelta(days=4, hours=2),
        text=N_(
            "I wrote a new fortune: “You will be given a small text. You will bring it back at every visit, and they "
            "will know you by it.” oskar says that this is no fortune. It is what a browser does with a cookie."
        ),
        likes=("Priya", "Tomás", "Nell", "Hannes", "Salma", "Lucía"),
    ),
    SeedPost(
        author="Tomás",
        ago=timedelta(days=4, hours=12),
        text=N_(
            "In the night Captain left his jar. I found him on the shelf, on the floor and in my left shoe. He looks "
            "well. The shoe does not."
        ),
        likes=("Marta", "Lucía", "Nell", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Marta",
                ago=timedelta(days=4, hours=11),
                text=N_("A bigger jar. His mother went through two lids before she was three."),
            ),
        ),
    ),
    SeedPost(
        author="Abeba",
        ago=timedelta(days=5, hours=1),
        text=N_(
            "My calendar of birthdays says only: “M., noon, with much cardamom.” In this town that may be Marta, "
            "Mairi, Mei-Ling or mira. I have baked one himbasha and I am waiting at the pump."
        ),
        likes=("Marta", "Mairi", "Mei-Ling", "Youssef", "Piet"),
        comments=(
            SeedComment(
                author="Mairi",
                ago=timedelta(days=4, hours=22),
                text=N_("Not mine. But I can be there at noon, if the wind allows."),
            ),
            SeedComment(
                author="Abeba",
                ago=timedelta(days=4, hours=18),
                text=N_("It was the mayor's. He had come to ask what smelled so good, and left with a quarter."),
            ),
        ),
    ),
    SeedPost(
        author="Piet",
        ago=timedelta(days=5, hours=10),
        text=N_(
            "To the passenger who wrote in my name that the ferry is free: it costs three euros.\n\nI had ticked "
            "“remember me” on the tablet in the saloon. I ended that log-in from home, under “Your devices”. The "
            "tablet now asks who it is."
        ),
        likes=("Agnieszka", "Nell", "Priya", "Tomás", "Salma", "Lucía", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Mei-Ling",
                ago=timedelta(days=5, hours=8),
                text=N_("The box is for a browser that only you use. A ferry is the opposite of that."),
            ),
            SeedComment(
                author="Nell",
                ago=timedelta(days=5, hours=6),
                text=N_("The older class denies everything, all at the same time."),
            ),
        ),
    ),
    SeedPost(
        author="Youssef",
        ago=timedelta(days=6),
        text=N_(
            "The sign hangs under the clock: “Seven minutes ago”. Now visitors come in and ask what happened seven "
            "minutes ago. I tell them that there was still baklava."
        ),
        likes=("Salma", "Hannes", "Lucía", "Mairi", "Tomás", "Marta", "Nell", "Priya"),
    ),
    SeedPost(
        author="Marta",
        ago=timedelta(days=6, hours=15),
        text=N_(
            "Low tide was at three in the morning, so that is when I ground the rye. Flour from the night is as good "
            "as flour from the day. The miller is not."
        ),
        likes=("Agnieszka", "Abeba", "Piet"),
        comments=(
            SeedComment(
                author="Agnieszka",
                ago=timedelta(days=6, hours=13),
                text=N_("At three I saw your lamp. At four you could have seen mine."),
            ),
        ),
    ),
    SeedPost(
        author="Priya",
        ago=timedelta(days=7, hours=4),
        text=N_(
            "One gull sits on the roof of the kiosk, on something that shines. Agnieszka, I thought of your tray and "
            "fetched the ladder. It was the lid of a biscuit tin. Mine, missing for a year."
        ),
        likes=("Agnieszka", "Nell", "Mairi"),
        comments=(
            SeedComment(
                author="Agnieszka",
                ago=timedelta(days=7, hours=3),
                text=N_("Thank you for looking. What did the gull say?"),
            ),
            SeedComment(
                author="Priya",
                ago=timedelta(days=7, hours=2),
                text=N_("It wants the lid back. I have put it back."),
            ),
        ),
    ),
    SeedPost(
        author="Hannes",
        ago=timedelta(days=7, hours=20),
        text=N_(
            "The sign for the clock is painted, in gold, and stands in Cooper Lane to dry until tomorrow. Please do "
            "not lean on it. Somebody has leaned on it."
        ),
        likes=("Youssef", "Salma", "Nell", "Tomás", "Priya"),
        comments=(
            SeedComment(
                author="Salma",
                ago=timedelta(days=7, hours=18),
                text=N_("The mayor walks about with “ago” on the back of his coat."),
            ),
        ),
    ),
    SeedPost(
        author="Nell",
        ago=timedelta(days=8, hours=10),
        text=N_(
            "The school has voted on a name for Tomás's starter. Captain: 19. Bubbles: 14. Pizza: 7, which I do not "
            "count as a name. Spinach: 1, from a child who had eaten four of Salma's fatayer."
        ),
        likes=("Tomás", "Salma", "Lucía", "Marta", "Piet", "Hannes"),
        comments=(
            SeedComment(
                author="Lucía",
                ago=timedelta(days=8, hours=6),
                text=N_("I cooked for four captains. It fits: fed at six, or there is trouble."),
            ),
        ),
    ),
    SeedPost(
        author="Mei-Ling",
        ago=timedelta(days=9),
        text=N_(
            "oskar has counted Anchor Steps, and says 88. I went down with chalk and came up again: 89. He had taken "
            "the first one for the pavement. That happens to people who look at the sea."
        ),
        likes=("Priya", "Tomás", "Youssef", "Mairi"),
    ),
    SeedPost(
        author="Lucía",
        ago=timedelta(days=9, hours=7),
        text=N_(
            "Yesterday I closed the browser, and today this site asked for my password. I did not tick “remember me”, "
            "so my session cookie went with the browser. Two hundred sailors at table, and I never forgot one."
        ),
        likes=("Salma", "Priya", "Nell"),
        comments=(
            SeedComment(
                author="Salma",
                ago=timedelta(days=9, hours=5),
                text=N_("I ticked it, on my own laptop. It greets me and says until when."),
            ),
        ),
    ),
    SeedPost(
        author="Piet",
        ago=timedelta(days=10, hours=3),
        text=N_(
            "I have searched the ferry for Agnieszka's tray, from the bridge down to the bilge. Found: three "
            "umbrellas, one cello bow, a wedding list and a pair of good shoes. No tray."
        ),
        likes=("Agnieszka", "Lucía", "Marta"),
    ),
    SeedPost(
        author="Tomás",
        ago=timedelta(days=10, hours=20),
        text=N_(
            "I was away for three weeks and my starter did not wait for me. Marta has given me a spoon of hers, in a "
            "jar. It rises well and has no name yet. Please help."
        ),
        likes=("Marta", "Nell", "Abeba", "Mei-Ling"),
        comments=(
            SeedComment(
                author="Marta",
                ago=timedelta(days=10, hours=19),
                text=N_("Its mother has a name. I do not tell it to strangers, nor to cafés."),
            ),
        ),
    ),
    SeedPost(
        author="Salma",
        ago=timedelta(days=11, hours=4),
        text=N_(
            "Youssef put two pistachios on one ghraybeh and sold it as the same thing. I count them in the evening. I "
            "always count them in the evening."
        ),
        likes=("Hannes", "Priya", "Tomás", "Lucía", "Nell"),
        comments=(
            SeedComment(
                author="Youssef",
                ago=timedelta(days=11, hours=2),
                text=N_("It was for an old lady who had walked from the lighthouse."),
            ),
            SeedComment(
                author="Salma",
                ago=timedelta(days=11, hours=1),
                text=N_("Then I have counted wrong. Once."),
            ),
        ),
    ),
    SeedPost(
        author="Abeba",
        ago=timedelta(days=11, hours=12),
        text=N_(
            "There will be a prize at the Saturday market: for the best thing under two euros that can be eaten "
            "standing. The jury is five people who like to eat, and the mayor. Tell me at the pump."
        ),
        likes=("Piet", "Hannes", "Lucía", "Salma", "Priya", "Youssef"),
        comments=(
            SeedComment(
                author="Hannes",
                ago=timedelta(days=11, hours=10),
                text=N_("What is the prize? I ask for the shelf I would have to build."),
            ),
            SeedComment(
                author="Abeba",
                ago=timedelta(days=11, hours=9),
                text=N_("Something heavy. Build a strong shelf."),
            ),
        ),
    ),
    SeedPost(
        author="Agnieszka",
        ago=timedelta(days=12),
        text=N_(
            "Tray number seven is gone. It left with forty poppy rolls on the first ferry, and the rolls arrived. It "
            "has a seven on the back and a dent in one corner, from me. I want it back, I ask no questions."
        ),
        likes=("Piet", "Mairi", "Priya", "Marta", "Salma"),
        comments=(
            SeedComment(
                author="Mairi",
                ago=timedelta(days=11, hours=22),
                text=N_("Nothing like that up here. I will keep my eyes open."),
            ),
        ),
    ),
)

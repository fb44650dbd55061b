"""Breads, rolls, and what you eat with soup."""

from webapp.i18n import N_

from .goods_kinds import Good

BREADS = (
    Good(
        slug="rye-bread",
        name=N_("Rye Bread"),
        story=N_(
            "Marta Lindqvist grinds the rye herself, at the Tide Mill, when the tide runs out. Dense, dark and sour, "
            "and better on the second day than on the first."
        ),
        price=480,
        category="bread",
        tags=("rye", "sourdough", "wholegrain", "vegan"),
        shape="round",
        dough="dark",
        topping="flour",
    ),
    Good(
        slug="country-sourdough",
        name=N_("Country Sourdough"),
        story=N_(
            "The starter is older than the apprentice and has a name, which is not told to strangers. A crackling "
            "crust, a crumb with holes in it: butter will fall through, have a plate ready."
        ),
        price=520,
        category="bread",
        tags=("sourdough", "vegan"),
        shape="batard",
        dough="brown",
        topping="flour",
    ),
    Good(
        slug="baguette",
        name=N_("Baguette"),
        story=N_(
            "Flour, water, salt, yeast and a steamy oven. Agnieszka Nowak takes the first ones out at four in the "
            "morning; by the time they reach Clock Square the end is usually missing."
        ),
        price=190,
        category="bread",
        tags=("vegan",),
        shape="baguette",
        dough="golden",
    ),
    Good(
        slug="pumpernickel",
        name=N_("Pumpernickel"),
        story=N_(
            "Coarse rye, baked slowly for sixteen hours, until it is nearly black and sweet by itself. Marta "
            "Lindqvist puts it into the oven before supper and goes home."
        ),
        price=390,
        category="bread",
        tags=("rye", "sourdough", "wholegrain", "vegan"),
        shape="sliced",
        dough="black",
        topping="grain",
    ),
    Good(
        slug="challah",
        name=N_("Challah"),
        story=N_(
            "A soft loaf with eggs in the dough, plaited from three strands. Marta Lindqvist learnt it from a "
            "neighbour who asked for one loaf each Friday; now it is forty."
        ),
        price=560,
        category="bread",
        tags=("seeds", "sweet"),
        shape="braid",
        dough="chestnut",
        topping="sesame",
    ),
    Good(
        slug="soda-bread",
        name=N_("Irish Soda Bread"),
        story=N_(
            "No yeast: buttermilk and soda lift the wholemeal. Mairi Campbell cuts a deep cross into it, and has it "
            "on the table of the lighthouse within the hour."
        ),
        price=350,
        category="bread",
        tags=("wholegrain",),
        shape="crossed",
        dough="brown",
        topping="flour",
    ),
    Good(
        slug="spelt-loaf",
        name=N_("Seeded Spelt Loaf"),
        story=N_(
            "A tin loaf with pumpkin seeds and sunflower seeds inside and out. You will find some in your bag a week "
            "later, and be glad."
        ),
        price=540,
        category="bread",
        tags=("wholegrain", "seeds", "vegan"),
        shape="tin",
        dough="brown",
        topping="seeds",
    ),
    Good(
        slug="barbari",
        name=N_("Barbari"),
        story=N_(
            "A long flat bread from Iran with deep furrows and a thin, shining crust. Agnieszka Nowak bakes it for "
            "Dr Karimi, who came to pay for one and stayed to correct the furrows."
        ),
        price=260,
        category="bread",
        tags=("seeds", "vegan"),
        shape="furrowed",
        dough="golden",
        topping="nigella",
    ),
)

ROLLS = (
    Good(
        slug="bagel",
        name=N_("Sesame Bagel"),
        story=N_(
            "Boiled first, then baked: hence the shine, and the bite. The hole is for the string on which Agnieszka "
            "Nowak hands them down to the boats."
        ),
        price=140,
        category="rolls",
        tags=("seeds", "vegan"),
        shape="ring",
        dough="chestnut",
        topping="sesame",
    ),
    Good(
        slug="pretzel",
        name=N_("Pretzel"),
        story=N_(
            "Dipped in lye, strewn with coarse salt, thin arms and a fat belly. Hannes Brandt throws the knot in the "
            "air and has dropped only one, on the mayor."
        ),
        price=130,
        category="rolls",
        tags=("salty", "butter"),
        shape="pretzel",
        dough="chestnut",
        topping="salt",
    ),
    Good(
        slug="simit",
        name=N_("Simit"),
        story=N_(
            "A twisted ring, dipped in grape molasses and rolled in sesame until it is all sesame. Best on the "
            "ferry, with one hand in your pocket and a gull at a safe distance."
        ),
        price=150,
        category="rolls",
        tags=("seeds", "vegan"),
        shape="twist",
        dough="chestnut",
        topping="sesame",
    ),
    Good(
        slug="poppy-roll",
        name=N_("Poppy Seed Roll"),
        story=N_(
            "Five folds in a star, and poppy seeds to the very rim. Agnieszka Nowak's best seller before six in the "
            "morning, when the quay is awake and the rest of us are not."
        ),
        price=90,
        category="rolls",
        tags=("seeds", "vegan"),
        shape="rosette",
        dough="golden",
        topping="poppy",
    ),
    Good(
        slug="rye-roll",
        name=N_("Rye Roll"),
        story=N_(
            "Small, sour and sturdy, with caraway. It survives a rucksack, a rowing boat and a schoolchild, in that "
            "order."
        ),
        price=95,
        category="rolls",
        tags=("rye", "sourdough", "spices", "vegan"),
        shape="roll",
        dough="dark",
        topping="flour",
    ),
    Good(
        slug="pita",
        name=N_("Pita"),
        story=N_(
            "Ninety seconds in a very hot oven and it blows up like a cushion. Youssef Haddad has seen it ten "
            "thousand times and still bends down to watch."
        ),
        price=80,
        category="rolls",
        tags=("vegan",),
        shape="flat",
        dough="blond",
        topping="scorch",
    ),
)

SAVOURY = (
    Good(
        slug="focaccia",
        name=N_("Focaccia with Rosemary"),
        story=N_(
            "Ten fingers of Tomás Ferreira's make the dents, and olive oil fills them. The rosemary grows behind the "
            "Customs House, where nothing has been declared for sixty years."
        ),
        price=330,
        category="savoury",
        tags=("salty", "spices", "vegan"),
        shape="dimpled",
        dough="golden",
        topping="rosemary",
    ),
    Good(
        slug="manakish",
        name=N_("Manakish with Za'atar"),
        story=N_(
            "Flat bread with thyme, sumac, sesame and plenty of olive oil, eaten warm and folded. Youssef Haddad "
            "opens at seven by the clock on the square, so at seven past seven."
        ),
        price=320,
        category="savoury",
        tags=("spices", "seeds", "salty", "vegan"),
        shape="topped",
        dough="blond",
        filling="zaatar",
        topping="sesame",
    ),
    Good(
        slug="pasty",
        name=N_("Miner's Pasty"),
        story=N_(
            "Beef, potato, swede and onion, with a crimp thick enough to hold on to. Port Barley never had a mine; "
            "Mairi Campbell says that a lighthouse has enough stairs to count."
        ),
        price=450,
        category="savoury",
        tags=("salty", "butter"),
        shape="pasty",
        dough="golden",
    ),
    Good(
        slug="fatayer",
        name=N_("Fatayer with Spinach"),
        story=N_(
            "Three corners, pinched shut over spinach, lemon and sumac. Salma Haddad makes the small ones for the "
            "school, and children who do not eat spinach eat four."
        ),
        price=220,
        category="savoury",
        tags=("spices", "salty", "vegan"),
        shape="triangle",
        dough="golden",
        filling="spinach",
    ),
    Good(
        slug="leek-tart",
        name=N_("Leek and Cheese Tart"),
        story=N_(
            "Leeks from the allotments, melted slowly in butter, and a strong hard cheese. Abeba Tesfaye cuts it "
            "into eight at her stall at the pump; the ninth customer gets the recipe."
        ),
        price=420,
        category="savoury",
        tags=("cheese", "butter", "salty"),
        shape="tart",
        dough="golden",
        filling="cheese",
        topping="leek",
    ),
    Good(
        slug="cheese-straws",
        name=N_("Cheese Straws"),
        story=N_(
            "Puff pastry, twisted with hard cheese and a little cayenne. Sold by the bundle at the Customs House; "
            "Tomás Ferreira wraps them in old tide tables."
        ),
        price=280,
        category="savoury",
        tags=("cheese", "butter", "salty", "spices"),
        shape="straws",
        dough="golden",
    ),
    Good(
        slug="oatcake",
        name=N_("Oatcakes"),
        story=N_(
            "Oats, oil, salt and hot water: thin, rough and honest. Mairi Campbell keeps a tin of them beside the "
            "lamp, for those who come in out of the weather."
        ),
        price=260,
        category="savoury",
        tags=("oats", "wholegrain", "salty", "vegan"),
        shape="cookie",
        dough="oat",
        topping="oats",
    ),
)

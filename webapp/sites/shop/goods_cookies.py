"""Cookies and biscuits, the reason why we are here."""

from webapp.i18n import N_

from .goods_kinds import Good

COOKIES = (
    Good(
        slug="choc-chip",
        name=N_("Chocolate Chip Cookie"),
        story=N_(
            "Nell Parata bakes these for the school on Fridays, and on Fridays nobody is ever ill. Crisp at the rim, "
            "soft in the middle, and the chips are chopped by hand, so some are boulders."
        ),
        price=180,
        category="cookies",
        tags=("chocolate", "butter", "sweet"),
        shape="cookie",
        dough="golden",
        topping="chips",
    ),
    Good(
        slug="anzac-biscuit",
        name=N_("Anzac Biscuit"),
        story=N_(
            "Oats, coconut and golden syrup, and not one egg. Nell Parata has the recipe from her grandmother in "
            "Nelson and will tell you firmly that it is a biscuit, not a cookie."
        ),
        price=160,
        category="cookies",
        tags=("oats", "coconut", "butter", "sweet"),
        shape="cookie",
        dough="amber",
        topping="oats",
    ),
    Good(
        slug="speculoos",
        name=N_("Speculoos"),
        story=N_(
            "Thin, dark and full of cinnamon, pressed in a wooden mould. When the ferry is in dock for the winter, "
            "Piet de Vries bakes; the mould is a ferry too, though he says that it is a windmill."
        ),
        price=140,
        category="cookies",
        tags=("spices", "butter", "sweet"),
        shape="moulded",
        dough="amber",
    ),
    Good(
        slug="maamoul",
        name=N_("Ma'amoul with Dates"),
        story=N_(
            "A shell of semolina, a heart of dates, a breath of orange-flower water. Salma Haddad knocks each one "
            "out of its carved mould on the table edge: if you hear knocking on Clock Square, come in ten minutes."
        ),
        price=190,
        category="cookies",
        tags=("fruit", "butter", "sweet"),
        shape="carved",
        dough="blond",
        topping="sugar",
    ),
    Good(
        slug="alfajor",
        name=N_("Alfajor"),
        story=N_(
            "Two tender cornflour rounds held together by dulce de leche, the edge rolled in coconut. Lucía Romero "
            "fed a whole crew with them, from Buenos Aires to here. The crew stayed."
        ),
        price=230,
        category="cookies",
        tags=("coconut", "butter", "sweet"),
        shape="sandwich",
        dough="cream",
        topping="coconut",
        filling="caramel",
    ),
    Good(
        slug="ghraybeh",
        name=N_("Ghraybeh"),
        story=N_(
            "Three ingredients that melt before you can name them: flour, sugar and clarified butter. Youssef Haddad "
            "sets one pistachio on each; his sister Salma counts them in the evening."
        ),
        price=150,
        category="cookies",
        tags=("butter", "nuts", "sweet"),
        shape="ringlet",
        dough="cream",
        topping="pistachio",
    ),
    Good(
        slug="shortbread",
        name=N_("Shortbread Fingers"),
        story=N_(
            "One part sugar, two of butter, three of flour: it can be learnt in a minute and takes years. Mairi "
            "Campbell pricks them with the fork that her grandfather, the keeper, ate his dinner with."
        ),
        price=320,
        category="cookies",
        tags=("butter", "sweet"),
        shape="fingers",
        dough="blond",
        topping="sugar",
    ),
    Good(
        slug="ginger-nut",
        name=N_("Ginger Nut"),
        story=N_(
            "There is no nut in it; it is only as hard as one. Made for dunking: the ferry takes eleven minutes, and "
            "so does a cup of tea with two of these."
        ),
        price=120,
        category="cookies",
        tags=("spices", "butter", "sweet"),
        shape="cracked",
        dough="amber",
    ),
    Good(
        slug="pepparkaka",
        name=N_("Pepparkakor"),
        story=N_(
            "Thin hearts of ginger, clove and cinnamon. Lay one on your palm and press with a knuckle: if it "
            "breaks in three, you may make a wish, says Marta Lindqvist, who bakes them in threes to be fair."
        ),
        price=110,
        category="cookies",
        tags=("spices", "butter", "sweet"),
        shape="heart",
        dough="amber",
        topping="icing",
    ),
    Good(
        slug="amaretti",
        name=N_("Amaretti"),
        story=N_(
            "Ground almonds, sugar and egg white, cracked on top like the harbour ice in February. Tomás Ferreira "
            "puts one on every saucer, and two if you look as if it had been a long day."
        ),
        price=290,
        category="cookies",
        tags=("nuts", "sweet"),
        shape="cracked",
        dough="blond",
        topping="sugar",
    ),
    Good(
        slug="cantuccini",
        name=N_("Cantuccini"),
        story=N_(
            "Baked as a log, cut on the slant, then baked again until they click. Keep the tin shut and they will "
            "outlast the month; nobody in Port Barley could ever check."
        ),
        price=340,
        category="cookies",
        tags=("nuts", "sweet"),
        shape="rusks",
        dough="golden",
        topping="almonds",
    ),
    Good(
        slug="nankhatai",
        name=N_("Nankhatai"),
        story=N_(
            "Short, sandy and warm with cardamom, made with ghee. Priya Nair sells them at the pier in paper cones, "
            "and the gulls have learnt to read her opening hours."
        ),
        price=160,
        category="cookies",
        tags=("spices", "butter", "nuts", "sweet"),
        shape="dome",
        dough="blond",
        topping="pistachio",
    ),
    Good(
        slug="stroopwafel",
        name=N_("Stroopwafel"),
        story=N_(
            "Two thin waffles with a layer of syrup between them. Lay it on top of your cup like a lid and wait: "
            "Piet de Vries, a ferryman, holds that waiting is an ingredient."
        ),
        price=210,
        category="cookies",
        tags=("spices", "butter", "sweet"),
        shape="waffle",
        dough="amber",
        filling="caramel",
    ),
    Good(
        slug="linzer-eye",
        name=N_("Linzer Eye"),
        story=N_(
            "Two rounds of shortcrust, redcurrant jelly, three windows to look through. Hannes Brandt of Cooper Lane "
            "cuts the windows with a thimble, and has done so since he lost the cutter."
        ),
        price=220,
        category="cookies",
        tags=("butter", "fruit", "nuts", "sweet"),
        shape="windows",
        dough="blond",
        topping="sugar",
        filling="redcurrant",
    ),
    Good(
        slug="florentine",
        name=N_("Florentine"),
        story=N_(
            "Almonds and candied peel in caramel, as thin as lace, and chocolate underneath so that it holds. Hold "
            "it up to the light in Hannes Brandt's window and you see the harbour in brown."
        ),
        price=260,
        category="cookies",
        tags=("nuts", "fruit", "chocolate", "butter", "sweet"),
        shape="cookie",
        dough="caramel",
        topping="flakes",
    ),
    Good(
        slug="barazek",
        name=N_("Barazek"),
        story=N_(
            "Sesame on one side, pistachio on the other, and snap in between. Salma Haddad came here with one "
            "suitcase, and a third of it was sesame."
        ),
        price=170,
        category="cookies",
        tags=("seeds", "nuts", "honey", "butter", "sweet"),
        shape="cookie",
        dough="golden",
        topping="sesame",
    ),
    Good(
        slug="black-and-white",
        name=N_("Black and White"),
        story=N_(
            "Soft as cake, one half vanilla, one half chocolate. Lucía Romero tasted the first one in New York on "
            "shore leave; to this day the town can't agree which half is eaten first."
        ),
        price=240,
        category="cookies",
        tags=("chocolate", "butter", "sweet"),
        shape="halves",
        dough="golden",
        topping="icing",
        filling="chocolate",
    ),
    Good(
        slug="checkerboard",
        name=N_("Checkerboard Biscuits"),
        story=N_(
            "A light dough and a dark dough, sliced and stacked until they make a board. Hannes Brandt plays "
            "draughts with them on Sundays, and has to bake again on Mondays."
        ),
        price=310,
        category="cookies",
        tags=("chocolate", "butter", "sweet"),
        shape="checks",
        dough="blond",
        filling="chocolate",
    ),
    Good(
        slug="peanut-cookie",
        name=N_("Peanut Butter Cookie"),
        story=N_(
            "Flattened with a fork, once along and once across, so that you know it from afar. Salt on top, since "
            "Nell Parata thinks that sugar alone is only half a thought."
        ),
        price=170,
        category="cookies",
        tags=("nuts", "butter", "salty", "sweet"),
        shape="forked",
        dough="golden",
        topping="salt",
    ),
    Good(
        slug="dark-oat",
        name=N_("Dark Oat Cookie"),
        story=N_(
            "Oats, cocoa and dark chocolate, bound with apple instead of egg. Abeba Tesfaye made it for the fasting "
            "days, and the rest of the town eats it on all the others."
        ),
        price=180,
        category="cookies",
        tags=("vegan", "oats", "chocolate", "fruit", "sweet"),
        shape="cookie",
        dough="cocoa",
        topping="oats",
    ),
    Good(
        slug="ships-biscuit",
        name=N_("Ship's Biscuit"),
        story=N_(
            "Flour, water and salt, baked until there is nothing left that could spoil. Ours is good for 400 days, "
            "which is as long as a browser keeps a cookie. Soak before use."
        ),
        price=90,
        category="cookies",
        tags=("vegan", "salty"),
        shape="hardtack",
        dough="blond",
    ),
    Good(
        slug="fortune-cookie",
        name=N_("Fortune Cookie"),
        story=N_(
            "Baked flat, folded while hot, with a slip of paper inside. Mei-Ling Tan writes the fortunes herself, "
            "and they come true, as most of them say when the next ferry leaves."
        ),
        price=100,
        category="cookies",
        tags=("sweet",),
        shape="fortune",
        dough="golden",
    ),
    Good(
        slug="walnut-cookie",
        name=N_("Hup Toh Soh, Walnut Cookie"),
        story=N_(
            "Crumbly, cracked all over, with half a walnut pressed into the middle. Mei-Ling Tan bakes them at the "
            "Blue Door, so you have earned yours: forty-four steps up, forty-five to go."
        ),
        price=190,
        category="cookies",
        tags=("nuts", "sweet"),
        shape="cracked",
        dough="golden",
        topping="walnut",
    ),
)

"""Pastries, cakes and tarts, and what is baked for a feast."""

from webapp.i18n import N_

from .goods_kinds import Good

PASTRIES = (
    Good(
        slug="croissant",
        name=N_("Croissant"),
        story=N_(
            "Twenty-seven layers of butter, folded the day before. Tomás Ferreira bakes two trays, one to sell and "
            "one to smell, for the second is what brings the people in."
        ),
        price=210,
        category="pastries",
        tags=("butter",),
        shape="croissant",
        dough="golden",
    ),
    Good(
        slug="pain-au-chocolat",
        name=N_("Pain au Chocolat"),
        story=N_(
            "The croissant's dough with two sticks of dark chocolate rolled in. Eat it over the paper bag, then eat "
            "what is in the bag."
        ),
        price=240,
        category="pastries",
        tags=("butter", "chocolate", "sweet"),
        shape="parcel",
        dough="golden",
        filling="chocolate",
    ),
    Good(
        slug="pastel-de-nata",
        name=N_("Pastel de Nata"),
        story=N_(
            "Crisp leaves around a custard with scorched spots, straight from a fierce oven. Tomás Ferreira dusts it "
            "with cinnamon and asks how your mother is."
        ),
        price=190,
        category="pastries",
        tags=("butter", "spices", "sweet"),
        shape="tart",
        dough="golden",
        filling="custard",
        topping="scorch",
    ),
    Good(
        slug="kanelbulle",
        name=N_("Cinnamon Bun"),
        story=N_(
            "Cinnamon inside, cardamom in the dough, pearl sugar on top. Marta Lindqvist calls it kanelbulle and "
            "takes a break for it at three, and you may as well."
        ),
        price=230,
        category="pastries",
        tags=("butter", "spices", "sweet"),
        shape="spiral",
        dough="chestnut",
        topping="pearl",
    ),
    Good(
        slug="apple-strudel",
        name=N_("Apple Strudel"),
        story=N_(
            "The dough is pulled over the whole table until you can read a letter through it. Hannes Brandt uses one "
            "from his first love, and has never let anybody read it."
        ),
        price=380,
        category="pastries",
        tags=("fruit", "butter", "nuts", "sweet"),
        shape="strudel",
        dough="golden",
        filling="apple",
        topping="sugar",
    ),
    Good(
        slug="baklava",
        name=N_("Baklava"),
        story=N_(
            "Sheet upon sheet of thin pastry, pistachios, butter and syrup. Youssef Haddad cuts the diamonds before "
            "it goes into the oven; afterwards it would be too late, as with most things."
        ),
        price=260,
        category="pastries",
        tags=("nuts", "butter", "sweet"),
        shape="diamonds",
        dough="golden",
        topping="pistachio",
    ),
    Good(
        slug="berry-danish",
        name=N_("Berry Danish"),
        story=N_(
            "Flaky pastry, a spoonful of vanilla cream, and whatever the hedges behind the Tide Mill have to give. "
            "In August that is blackberries, and purple fingers all over town."
        ),
        price=270,
        category="pastries",
        tags=("fruit", "butter", "sweet"),
        shape="pinwheel",
        dough="golden",
        filling="custard",
        topping="berries",
    ),
)

CAKES = (
    Good(
        slug="madeleine",
        name=N_("Madeleine"),
        story=N_(
            "A little sponge in the shape of a shell, with a hump on its back. Some people say that it brings back "
            "everything; Tomás Ferreira says that it goes well with tea."
        ),
        price=140,
        category="cakes",
        tags=("butter", "sweet"),
        shape="shell",
        dough="golden",
    ),
    Good(
        slug="brownie",
        name=N_("Walnut Brownie"),
        story=N_(
            "A thin cracked lid, and underneath it hardly holds together. Nell Parata cuts the tray into thirty-two, "
            "and the corners are allotted by lottery."
        ),
        price=280,
        category="cakes",
        tags=("chocolate", "nuts", "butter", "sweet"),
        shape="block",
        dough="cocoa",
        topping="walnut",
    ),
    Good(
        slug="blueberry-muffin",
        name=N_("Blueberry Muffin"),
        story=N_(
            "Baked high, with a top that leans over the paper. Priya Nair says that it is breakfast, and on the "
            "first ferry nobody argues."
        ),
        price=250,
        category="cakes",
        tags=("fruit", "butter", "sweet"),
        shape="muffin",
        dough="golden",
        topping="berries",
    ),
    Good(
        slug="lamington",
        name=N_("Lamington"),
        story=N_(
            "A cube of sponge, dipped in chocolate, rolled in coconut. Nell Parata wears an apron for the dipping "
            "and a second one for the rolling."
        ),
        price=240,
        category="cakes",
        tags=("chocolate", "coconut", "sweet"),
        shape="block",
        dough="cocoa",
        topping="coconut",
    ),
    Good(
        slug="basbousa",
        name=N_("Basbousa"),
        story=N_(
            "Semolina cake, soaked in syrup while hot, with one almond to each piece. Youssef Haddad swears that the "
            "sound of the syrup going in is the best music on Clock Square, and he has heard the brass band."
        ),
        price=210,
        category="cakes",
        tags=("nuts", "coconut", "butter", "sweet"),
        shape="diamonds",
        dough="amber",
        topping="almonds",
    ),
    Good(
        slug="lemon-tart",
        name=N_("Lemon Tart"),
        story=N_(
            "Short pastry, sharp lemon curd, a collar of meringue. Hannes Brandt makes it for people who claim not "
            "to like sweet things, and watches them."
        ),
        price=340,
        category="cakes",
        tags=("fruit", "butter", "sweet"),
        shape="tart",
        dough="blond",
        filling="lemon",
        topping="meringue",
    ),
    Good(
        slug="apple-pie",
        name=N_("Apple Pie"),
        story=N_(
            "A lattice lid, and below it the sour apples from the Tide Mill's orchard. One pie feeds six, or one "
            "Piet de Vries, when the fog lets no ferry out."
        ),
        price=1450,
        category="cakes",
        tags=("fruit", "spices", "butter", "sweet"),
        shape="pie",
        dough="golden",
        filling="apple",
    ),
)

FESTIVE = (
    Good(
        slug="lebkuchen",
        name=N_("Elisenlebkuchen"),
        story=N_(
            "Hardly any flour, mostly hazelnuts and almonds, on a wafer as thin as paper. Hannes Brandt mixes the "
            "spices behind a closed door; the whole of Cooper Lane knows anyway."
        ),
        price=290,
        category="festive",
        tags=("nuts", "spices", "honey", "fruit", "sweet"),
        shape="cookie",
        dough="dark",
        topping="blanched",
    ),
    Good(
        slug="vanillekipferl",
        name=N_("Vanillekipferl"),
        story=N_(
            "Little crescents of almond and butter, rolled in vanilla sugar while hot. They break if you look at "
            "them, so Hannes Brandt looks away, and counts fourteen to the bag."
        ),
        price=420,
        category="festive",
        tags=("nuts", "butter", "sweet"),
        shape="crescents",
        dough="cream",
        topping="sugar",
    ),
    Good(
        slug="kahk",
        name=N_("Kahk"),
        story=N_(
            "For Eid al-Fitr: round, patterned and white with sugar, and inside honey and nuts. Salma Haddad starts "
            "three nights before, and the neighbours come to help, which means to talk."
        ),
        price=180,
        category="festive",
        tags=("nuts", "honey", "butter", "sweet"),
        shape="carved",
        dough="cream",
        topping="snow",
    ),
    Good(
        slug="zimtstern",
        name=N_("Cinnamon Star"),
        story=N_(
            "Almonds, cinnamon and egg white, under a white coat. Six points, or five and a half: Hannes Brandt pays "
            "a discount on the broken ones, and children hope for those."
        ),
        price=160,
        category="festive",
        tags=("nuts", "spices", "sweet"),
        shape="star",
        dough="amber",
        topping="icing",
    ),
    Good(
        slug="gingerbread-man",
        name=N_("Gingerbread Ferryman"),
        story=N_(
            "Ginger, cloves, and three buttons in a row. He is modelled on Piet de Vries, who eats his own likeness "
            "every December, feet first, out of respect."
        ),
        price=250,
        category="festive",
        tags=("spices", "honey", "butter", "sweet"),
        shape="figure",
        dough="amber",
        topping="icing",
    ),
    Good(
        slug="hamantasch",
        name=N_("Hamantasch"),
        story=N_(
            "Three corners and a black middle of poppy seeds, for Purim. Marta Lindqvist's neighbour, the one with "
            "the Friday loaf, folds them herself and trusts nobody with the corners."
        ),
        price=170,
        category="festive",
        tags=("seeds", "butter", "sweet"),
        shape="triangle",
        dough="blond",
        filling="poppy",
    ),
    Good(
        slug="pineapple-tart",
        name=N_("Pineapple Tart"),
        story=N_(
            "Buttery and open-faced, with pineapple jam cooked down for an afternoon. Mei-Ling Tan makes them for "
            "the Lunar New Year, and by the second day of it there are none."
        ),
        price=180,
        category="festive",
        tags=("fruit", "butter", "spices", "sweet"),
        shape="flower",
        dough="golden",
        filling="pineapple",
    ),
    Good(
        slug="hot-cross-bun",
        name=N_("Hot Cross Bun"),
        story=N_(
            "Currants, peel, spices, and a cross of plain paste, for Good Friday. Split it, toast it, and mind the "
            "butter: it knows the way to your sleeve."
        ),
        price=150,
        category="festive",
        tags=("fruit", "spices", "butter", "sweet"),
        shape="bun",
        dough="chestnut",
        topping="cross",
    ),
    Good(
        slug="stollen",
        name=N_("Stollen"),
        story=N_(
            "Heavy with raisins, almonds and butter, under sugar like the roofs in January. Bake it in November and "
            "hide it until Christmas: Hannes Brandt hides his at his sister's, who has found it."
        ),
        price=2400,
        category="festive",
        tags=("fruit", "nuts", "butter", "sweet"),
        shape="stollen",
        dough="brown",
        topping="snow",
    ),
    Good(
        slug="himbasha",
        name=N_("Himbasha"),
        story=N_(
            "A round loaf scented with cardamom, scored like a wheel before it is baked. Abeba Tesfaye bakes one for "
            "every birthday in town, and has a calendar to prove it."
        ),
        price=890,
        category="festive",
        tags=("spices", "seeds", "sweet"),
        shape="wheel",
        dough="chestnut",
        topping="nigella",
    ),
)

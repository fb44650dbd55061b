"""The goods of Port Barley, in the order in which the shop shows them."""

from .goods_bread import BREADS, ROLLS, SAVOURY
from .goods_cookies import COOKIES
from .goods_kinds import CATEGORIES, TAGS, Good
from .goods_sweet import CAKES, FESTIVE, PASTRIES

__all__ = ["CATEGORIES", "GOODS", "TAGS", "Good"]

# The town, for whoever writes of it: Port Barley, a small harbour with a ferry. The Tide Mill grinds when the tide runs
# out; the clock on Clock Square is seven minutes slow and everybody knows; Anchor Steps are 89 steps; market is on
# Saturday, at the pump. Its bakers:
#   Marta Lindqvist, the Tide Mill          Agnieszka Nowak, the Night Oven on the quay, open from four in the morning
#   Youssef and Salma Haddad, Clock Square  Tomás Ferreira, the café in the old Customs House
#   Hannes Brandt, Cooper Lane              Lucía Romero, the Galley; she was a ship's cook
#   Mei-Ling Tan, the Blue Door, half-way up Anchor Steps    Mairi Campbell, the kitchen of the lighthouse
#   Priya Nair, the kiosk on the pier       Abeba Tesfaye, the stall at the pump
#   Piet de Vries, ferryman; bakes in winter                 Nell Parata, cook of the school
GOODS: dict[str, Good] = {
    good.slug: good for good in (*BREADS, *ROLLS, *COOKIES, *PASTRIES, *CAKES, *SAVOURY, *FESTIVE)
}

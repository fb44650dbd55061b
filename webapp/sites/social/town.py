"""The people of the town, and what they had written before you came, the newest first."""

from webapp.i18n import N_

from .town_earlier import EARLIER
from .town_kinds import SeedComment, SeedPost
from .town_lately import LATELY

__all__ = ["ABOUT", "POSTS", "SeedComment", "SeedPost"]

ABOUT: dict[str, str] = {
    "Marta": N_("Miller and baker at the Tide Mill. Grinds when the tide runs out, at whatever hour that is."),
    "Agnieszka": N_("The Night Oven on the quay, open from four. By noon I am asleep, please knock softly."),
    "Youssef": N_("Bakes on Clock Square with my sister. All times that I give are seven minutes late."),
    "Salma": N_("Clock Square, left-hand oven. I count everything, in the evening, twice."),
    "Tomás": N_("The café in the old Customs House. If you have nothing to declare, declare a coffee."),
    "Hannes": N_("Cooper Lane. Bakes, paints signs, repairs what moves. Plays draughts on Sundays."),
    "Lucía": N_("The Galley. Was a ship's cook for nineteen years, and still holds on to the stove."),
    "Mei-Ling": N_("The Blue Door, forty-four steps up. Writes the fortunes, does not explain them."),
    "Mairi": N_("The kitchen of the lighthouse. There is always soup, and the door opens inwards."),
    "Priya": N_("The kiosk on the pier. Nankhatai, tea, tickets. The gulls are not mine."),
    "Abeba": N_("The stall at the pump, with the calendar. If I know your birthday, there will be a loaf."),
    "Piet": N_("Ferryman. Eleven minutes across and eleven back. Bakes in winter, when the ferry is in dock."),
    "Nell": N_("Cook of the school. One hundred and forty lunches a day, and one lottery for the corners."),
}

POSTS: tuple[SeedPost, ...] = (*LATELY, *EARLIER)

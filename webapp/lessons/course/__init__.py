"""The lessons: each file here is one. CONTRIBUTING.md tells how to write another."""

from webapp.i18n import N_
from webapp.lessons.lesson import Send

# Parts of steps that send a line of the lab's; they tell nothing of how it ends.
SENT, NEXT = N_("the line is sent"), N_("the next request")

# What a text calls "your name at the top", and "at the end of the menu": both are the visitor's own.
OWN_NAME, OWN_LANGUAGE = '.top a[href$="/account"]', '.top a[href*="/preferences"]'


def send_line(line: str | None = None) -> Send:
    """Return the act that sends what stands in the lab's form, or another line; several have a `\\n` between them."""
    return Send("Send it, and see", {} if line is None else {"Set-Cookie lines, one a row": line})

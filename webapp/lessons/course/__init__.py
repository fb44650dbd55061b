"""The lessons: each file here is one. CONTRIBUTING.md tells how to write another."""

from webapp.i18n import N_

# Parts of steps that send a line of the lab's; they tell nothing of how it ends.
SENT, NEXT = N_("the line is sent"), N_("the next request")

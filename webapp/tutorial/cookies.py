"""The cookies that visitors set themselves."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_
from webapp.sandbox import says

LONGEST_TITLE = 40  # characters

# A family of its own, so that no title can touch another cookie. Its titles are all that a name may be: a token
# (RFC 9110 section 5.6.2). Necessary, because each is set only when the visitor asks for just that.
TUTORIAL = Family(
    name="tutorial.",
    key=r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1," + str(LONGEST_TITLE) + "}",
    limit=10,
    purpose=N_("A cookie of your own: you chose its title, its value and how long it stays."),
    does=N_("your own words"),
    says=says,
    category=Category.NECESSARY,
    max_age=timedelta(days=400),
    codec=codecs.Text(4096),
)


def with_title(title: str | None) -> Cookie | None:
    """Return the cookie of that title, None where no cookie can have it."""
    try:
        return TUTORIAL[title or ""]
    except KeyError:
        return None

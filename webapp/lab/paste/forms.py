"""The one field of the page, and what is said of a paste."""

from wtforms import TextAreaField, ValidationError

from webapp.forms import OpenForm
from webapp.i18n import N_, gettext

from .reading import Paste, read

FORMATS = {
    "headers": N_("header lines from a browser's tools"),
    "curl": N_("a curl command, for bash or for cmd"),
    "verbose": N_("what curl -v writes"),
    "values": N_("Set-Cookie lines without the name of the field"),
    "pairs": N_("names and values, as document.cookie has them"),
    "har": N_("a HAR file"),
    "netscape": N_("a cookies.txt"),
    "objects": N_("cookies as JSON, from a browser extension"),
    "state": N_("the storage state of a test tool"),
    "code": N_("a program, or headers in quotes"),
}
NOTES = {
    "folded": N_(
        "Some lines were joined by a comma, as proxies do it. A browser would read one cookie; we parted them."
    ),
    "comma": N_("The comma in a value may have joined two lines. Browsers read one cookie there, and so do we."),
    "scheme": N_("The address is told without http or https: we took what is likely."),
}
PROBLEMS = {
    "empty": N_("There is nothing here yet. Paste header lines, a curl command, or a file with cookies."),
    "binary": N_("These are the bytes of a file, not text. Paste header lines, a curl command, or cookies as text."),
    "har-empty": N_("This HAR file has no request in it. Load the page while the tools are open, and copy it again."),
    "har-clean": N_(
        "This HAR file has requests, and no cookie: tools leave them out unless you export it “with sensitive data”. "
        "Or copy one request as cURL."
    ),
    "json": N_("This begins as JSON and can't be read to its end: something is missing or misplaced. Copy all of it."),
    "unknown": N_(
        "We found no cookie here. Paste header lines with cookies, a curl command, or one of the files below."
    ),
}
_NONE = N_("There is no cookie in what you pasted. We took it for: %(format)s.")
TOO_LONG = N_(
    "That is %(size)s letters long, and we read %(most)s. Copy one request as cURL, or only the lines with the cookies."
)


class PasteForm(OpenForm):
    """The text that was pasted; once it is valid, `paste` is what is in it."""

    text = TextAreaField(N_("What you have"))
    paste: Paste

    def validate_text(self, field: TextAreaField) -> None:
        """Read the text, and say so where there is no cookie in it."""
        self.paste = read(field.data or "")
        if self.paste.problem == "none":
            raise ValidationError(gettext(_NONE, format=gettext(FORMATS[self.paste.format])))
        if self.paste.problem:
            raise ValidationError(PROBLEMS[self.paste.problem])

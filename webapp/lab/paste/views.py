"""The page where people paste what they have. It is answered at once, and nothing of it is kept."""

from flask import Blueprint, current_app, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp import clock
from webapp.i18n import current_language, gettext, speaker
from webapp.lab.forms import said
from webapp.security import open_form
from webapp.useragent import engine_of

from .explained import MOST, explained
from .forms import FORMATS, NOTES, TOO_LONG, PasteForm

bp = Blueprint("paste", __name__, url_prefix="/lab/paste")
_TAKEN = 1024 * 1024  # octets, as our own server does


@bp.get("")
def show() -> str:
    """Show the field, and what may be pasted into it."""
    return _page(PasteForm(formdata=None))


@bp.post("")
@open_form
def read() -> tuple[str, int] | str:
    """Explain each cookie of what was pasted, or say why there is none."""
    most = current_app.config["MAX_CONTENT_LENGTH"]
    # More than is read is still taken, so that it comes back in the field.
    request.max_content_length = request.max_form_memory_size = max(_TAKEN, most)
    try:
        form = PasteForm()
        size = len(form.text.data or "")
    except RequestEntityTooLarge:
        form, size = PasteForm(formdata=None), request.content_length or _TAKEN
    if size > most:
        number = speaker(current_language()).number
        form.text.errors = [gettext(TOO_LONG, size=number(size), most=number(most))]
        return _page(form), 413
    if not form.validate():
        return _page(form), 422
    engine, now = engine_of(request.headers.get("User-Agent", "")), clock.now()
    return render_template(
        "lab/paste/read.html",
        form=PasteForm(formdata=None),
        paste=form.paste,
        cookies=[explained(found, engine, now) for found in form.paste.cookies[:MOST]],
        left=max(len(form.paste.cookies) - MOST, 0),
        formats=FORMATS,
        notes=NOTES,
        said=said,
    )


def _page(form: PasteForm) -> str:
    return render_template("lab/paste/paste.html", form=form, formats=FORMATS)

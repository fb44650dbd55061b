"""What every site does the same way: forget what was looked at there."""

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from webapp.house import house
from webapp.security import open_form, safe_path

from . import sites
from .forms import ForgetForm

bp = Blueprint("sites", __name__)


@bp.post("/<site>/recent/clear")
@open_form
def clear_recent(site: str) -> Response:
    """Forget one thing or all that were looked at on a site, and return to where the visitor was."""
    site = next((each for each in sites() if each.name == site), None)
    if site is None or site.viewed is None:
        abort(404)
    form = ForgetForm()
    if not form.item.data:
        site.viewed.clear()
    else:
        try:
            site.viewed[form.item.data].delete()
        except KeyError:
            abort(404)
    return redirect(safe_path(form.next.data, house().address(site.places[0])), 303)

"""What every site does the same way: forget what was looked at there."""

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from webapp.house import house
from webapp.security import safe_path

from . import sites
from .forms import ForgetForm

bp = Blueprint("sites", __name__)


@bp.post("/<site>/recent/clear")
def clear_recent(site: str) -> tuple[str, int] | Response:
    """Forget one thing or all that were looked at on a site, and return to where the visitor was."""
    site = next((each for each in sites() if each.name == site), None)
    if site is None or site.viewed is None:
        abort(404)
    form = ForgetForm()
    item = form.item.data
    if not form.validate_on_submit():
        title = next((seen.title for seen in site.recent() if seen.id == item), None)
        return render_template("sites/forget.html", form=form, site=site, item=title and item, title=title), 422
    if not item:
        site.viewed.clear()
    else:
        try:
            site.viewed[item].delete()
        except KeyError:
            abort(404)
    return redirect(safe_path(form.next.data, house().address(site.places[0])), 303)

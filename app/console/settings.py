"""What the firm says of itself, for administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.console.setup_forms import SiteForm
from app.identity.access import people
from app.identity.rules import Role
from app.kit import site
from app.kit.once import once

bp = Blueprint("settings", __name__, url_prefix="/admin")


@bp.get("")
@people(Role.ADMIN)
def overview() -> ResponseReturnValue:
    """Show the firm's name, language and clock."""
    return render_template("console/settings.html", form=SiteForm(obj=site.site()))


@bp.post("")
@people(Role.ADMIN)
def change() -> ResponseReturnValue:
    """Change them."""
    form = SiteForm()
    if not form.validate_on_submit():
        return render_template("console/settings.html", form=form), 422
    return once(lambda: _change(form))


def _change(form: SiteForm) -> ResponseReturnValue:
    site.change(**form.values())
    flash(_("Saved."))
    return redirect(url_for(".overview"))

"""The door for administrators: who works here, and what each may do."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.delivery.service import post_letter
from app.identity import mails, queries, service
from app.identity.access import people
from app.identity.errors import AddressTaken, NotYourself
from app.identity.forms import ColleagueForm, RoleForm
from app.identity.rules import Role
from app.kit.i18n import reader_locale
from app.kit.once import once

bp = Blueprint("colleagues", __name__, url_prefix="/admin/colleagues")


@bp.get("")
@people(Role.ADMIN)
def overview() -> ResponseReturnValue:
    """List the colleagues and offer to add one."""
    return _page(ColleagueForm())


@bp.post("")
@people(Role.ADMIN)
def add() -> ResponseReturnValue:
    """Add a colleague and mail them their first sign-in link."""
    form = ColleagueForm()
    if not form.validate_on_submit():
        return _page(form), 422
    return once(lambda: _add(form))


@bp.post("/<int:staff_id>")
@people(Role.ADMIN)
def change(staff_id: int) -> ResponseReturnValue:
    """Give a colleague another role, or end their access; nobody locks themselves out."""
    form = RoleForm()
    if staff_id == g.person.staff_id:
        raise NotYourself
    if not form.validate_on_submit():
        return redirect(url_for(".overview"))
    return once(lambda: _change(staff_id, form.role.data))


def _page(form: ColleagueForm) -> str:
    return render_template("identity/colleagues.html", form=form, role_form=RoleForm(), colleagues=queries.all_staff())


def _add(form: ColleagueForm) -> ResponseReturnValue:
    email = form.email.data
    if queries.find_any_staff_by_email(email):
        raise AddressTaken
    staff = service.add_staff(name=form.name.data, email=email, role=Role(form.role.data))
    secret = service.make_link(staff_id=staff.id)
    post_letter(mails.sign_in_link(to=staff.email, name=staff.name, locale=reader_locale(), secret=secret))
    flash(_("%(name)s is in. Their first sign-in link is on its way.", name=staff.name))
    return redirect(url_for(".overview"))


def _change(staff_id: int, role: str) -> ResponseReturnValue:
    staff = queries.staff(staff_id)
    service.change_role(staff, Role(role) if role else None)
    flash(_("Changed for %(name)s, from this moment on.", name=staff.name))
    return redirect(url_for(".overview"))

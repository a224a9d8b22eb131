"""A person's own sign-in: password, one-time codes, passkeys, and the browsers that are signed in."""

import pyotp
import segno
from flask import Blueprint, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.identity import passwords, queries, service
from app.identity.access import people
from app.identity.forms import CodeForm, EmptyForm, NewPasswordForm
from app.identity.rules import STAFF, Role
from app.kit.db import transaction
from app.kit.i18n import reader_locale
from app.kit.limits import limiter
from app.kit.once import once
from app.kit.site import site

bp = Blueprint("account", __name__, url_prefix="/account")
_NEW_SECRET = "new_totp"  # noqa: S105  # the name of a cookie field, no secret


@bp.get("")
@people(*STAFF)
def overview() -> ResponseReturnValue:
    """Show how this colleague signs in, and where they are signed in."""
    return render_template(
        "identity/account.html",
        me=queries.staff(g.person.staff_id),
        passkeys=queries.passkeys(g.person.staff_id),
        sessions=queries.sessions(staff_id=g.person.staff_id, customer_id=None),
        password=NewPasswordForm(),
        button=EmptyForm(),
    )


@bp.post("/password")
@people(*STAFF)
@limiter.limit("5/minute")
def set_password() -> ResponseReturnValue:
    """Set a new password."""
    form = NewPasswordForm()
    if not form.validate_on_submit():
        flash(str(next(iter(form.password.errors or [_("Please choose a password.")]))), "bad")
        return redirect(url_for(".overview"))
    password_hash = passwords.hashed(form.password.data)
    with transaction():
        service.set_password(g.person.staff_id, password_hash)
    flash(_("Your new password is set."))
    return redirect(url_for(".overview"))


@bp.route("/codes", methods=["GET", "POST"])
@people(*STAFF)
@limiter.limit("10/minute", methods=["POST"])
def codes() -> ResponseReturnValue:
    """Switch one-time codes on: show the secret as a QR code, and keep it once a first code fits."""
    form = CodeForm()
    secret = session.setdefault(_NEW_SECRET, pyotp.random_base32())
    if form.validate_on_submit():
        if pyotp.TOTP(secret).verify(form.code.data, valid_window=1):
            with transaction():
                service.switch_totp(g.person.staff_id, session.pop(_NEW_SECRET))
            flash(_("From now on we ask for a code after your password."))
            return redirect(url_for(".overview"))
        form.code.errors = [_("This code does not fit. Check the clock of your phone.")]
    uri = pyotp.TOTP(secret).provisioning_uri(name=g.person.email, issuer_name=site().name(reader_locale()))
    # our own drawing, without a style attribute: the content policy forbids one
    picture = Markup(segno.make(uri, error="m").svg_inline(scale=5, border=2, svgclass="qr"))  # noqa: S704
    return render_template(
        "identity/codes.html", form=form, picture=picture, secret=secret
    ), 422 if form.errors else 200


@bp.post("/codes/off")
@people(*STAFF)
def codes_off() -> ResponseReturnValue:
    """Switch one-time codes off."""
    return once(_codes_off)


@bp.post("/sessions/<int:session_id>/end")
@people(*Role)
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of the reader's own sessions."""
    with transaction():
        service.end_session(session_id, staff_id=g.person.staff_id, customer_id=g.person.customer_id)
    flash(_("That browser is signed out."))
    return redirect(url_for(".overview") if g.person.staff_id else "/portal")


def _codes_off() -> ResponseReturnValue:
    service.switch_totp(g.person.staff_id, None)
    flash(_("One-time codes are off."))
    return redirect(url_for(".overview"))

"""The first page of a new installation, opened once by the link that `up` prints."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer

from app.console.setup_forms import SetupForm
from app.identity import passwords, queries, service
from app.identity.access import anyone
from app.identity.rules import LINK_LIVES, Role
from app.identity.views import browser_name, welcome
from app.kit import site
from app.kit.db import transaction
from app.kit.errors import Refused
from app.kit.limits import limiter
from app.kit.pages import public_url

bp = Blueprint("setup", __name__)


class SetupOver(Refused):
    """The product has been set up, or the link is too old or not ours."""

    status = 410
    message = _l("This link has done its work, or is older than 30 minutes. Start the product again for a new one.")


def link() -> str:
    """Return the address under which the product can be set up once within 30 minutes."""
    return public_url("setup.first", secret=_signer().dumps("first administrator"))


@bp.route("/setup", methods=["GET", "POST"], defaults={"secret": ""})
@bp.route("/setup/<secret>", methods=["GET", "POST"])
@anyone("the secret in the address is the key, and it opens only while nobody works here")
@limiter.limit("10/minute", methods=["POST"])
def first(secret: str) -> ResponseReturnValue:
    """Ask for the firm and its first administrator, and sign that person in."""
    _check(secret)
    form = SetupForm(obj=site.site())
    if form.validate_on_submit():
        password_hash = passwords.hashed(form.password.data)
        with transaction():
            kept = _set_up(form, password_hash)
        return welcome(kept, "/admin")
    return render_template("console/setup.html", form=form), 422 if form.errors else 200


def _set_up(form: SetupForm, password_hash: str) -> str:
    if not site.claim_set_up():
        raise SetupOver
    site.change(**form.values())
    admin = service.add_staff(name=form.admin_name.data, email=form.email.data, role=Role.ADMIN)
    service.set_password(admin.id, password_hash)
    return service.start_session(staff_id=admin.id, how="setup", browser=browser_name())


def _check(secret: str) -> None:
    try:
        _signer().loads(secret, max_age=int(LINK_LIVES.total_seconds()))
    except BadData as fault:
        raise SetupOver from fault
    if site.site().set_up_at or queries.has_staff():
        raise SetupOver


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="setup")

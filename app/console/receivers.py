"""Who gets the stage events by webhook: add a receiver, try it, change its secret, switch it off."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.delivery import endpoints, queries
from app.delivery.errors import BadReceiver
from app.identity.access import people
from app.identity.rules import Role
from app.kit.forms import Form, one_line, strip
from app.kit.once import once

bp = Blueprint("receivers", __name__, url_prefix="/admin/receivers")


class ReceiverForm(Form):
    """A receiver's address and the events that it wants."""

    url = StringField(_l("Address"), [InputRequired(_l("An address is needed.")), Length(max=500), one_line], [strip])
    types = StringField(_l("Which events"), [Length(max=500), one_line], [strip])

    def wanted(self) -> list[str]:
        """Return the kinds of events, one a word; none means all."""
        return (self.types.data or "").replace(",", " ").split()


@bp.route("", methods=["GET", "POST"])
@people(Role.ADMIN)
def overview() -> ResponseReturnValue:
    """List the receivers, and add one."""
    form = ReceiverForm()
    if form.validate_on_submit():
        try:
            return once(lambda: _add(form))
        except BadReceiver as refusal:
            form.url.errors = [str(refusal.message)]
    return render_template(
        "console/receivers.html", form=form, receivers=queries.endpoints()
    ), 422 if form.errors else 200


@bp.get("/<int:endpoint_id>")
@people(Role.ADMIN)
def receiver(endpoint_id: int) -> ResponseReturnValue:
    """Show one receiver, with the secret that it needs to trust what it gets."""
    return render_template("console/receiver.html", receiver=queries.endpoint(endpoint_id))


@bp.post("/<int:endpoint_id>/on")
@people(Role.ADMIN)
def on(endpoint_id: int) -> ResponseReturnValue:
    """Let a receiver get events again."""
    return once(lambda: _switch(endpoint_id, on=True))


@bp.post("/<int:endpoint_id>/off")
@people(Role.ADMIN)
def off(endpoint_id: int) -> ResponseReturnValue:
    """Stop sending to a receiver."""
    return once(lambda: _switch(endpoint_id, on=False))


@bp.post("/<int:endpoint_id>/secret")
@people(Role.ADMIN)
def new_secret(endpoint_id: int) -> ResponseReturnValue:
    """Give a receiver a new secret; the one before stays valid until the next change."""

    def act() -> ResponseReturnValue:
        endpoints.new_secret(endpoint_id)
        flash(_("A new secret is in use. The one before is accepted too, until you change it once more."))
        return redirect(url_for(".receiver", endpoint_id=endpoint_id))

    return once(act)


@bp.post("/<int:endpoint_id>/try")
@people(Role.ADMIN)
def trial(endpoint_id: int) -> ResponseReturnValue:
    """Send a trial event, which means nothing, to see that it arrives."""

    def act() -> ResponseReturnValue:
        endpoints.post_trial(endpoint_id)
        flash(_("A trial event is on its way. Whether it arrived stands under Deliveries."))
        return redirect(url_for(".receiver", endpoint_id=endpoint_id))

    return once(act)


def _add(form: ReceiverForm) -> ResponseReturnValue:
    added = endpoints.add(form.url.data, types=form.wanted())
    flash(_("Added. Give the receiver its secret, then send a trial event."))
    return redirect(url_for(".receiver", endpoint_id=added.id))


def _switch(endpoint_id: int, *, on: bool) -> ResponseReturnValue:
    endpoints.switch(endpoint_id, on=on)
    flash(_("It gets events again from now on.") if on else _("It gets no more events."))
    return redirect(url_for(".receiver", endpoint_id=endpoint_id))

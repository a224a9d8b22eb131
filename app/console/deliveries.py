"""What left the building and what did not: mails and webhooks, and events whose reactions wait."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.delivery import queries, service
from app.delivery.rules import State
from app.identity.access import people
from app.identity.rules import Role
from app.kit import parked
from app.kit.once import once

bp = Blueprint("deliveries", __name__, url_prefix="/admin/deliveries")

# What a colleague calls the states, in the order of the views.
NAMES: dict[State | None, Any] = {
    None: _l("All of them"),
    State.WAITING: _l("Waiting"),
    State.SENDING: _l("On the way"),
    State.DEAD: _l("Given up"),
    State.DONE: _l("Delivered"),
}
TONES = {State.WAITING: "soon", State.SENDING: "soon", State.DEAD: "bad", State.DONE: "ok"}


@bp.get("")
@people(Role.ADMIN)
def overview() -> ResponseReturnValue:
    """List what is on its way out, the newest first."""
    state = _state(request.args.get("state"))
    return render_template(
        "console/deliveries.html",
        page=queries.parcels(state=state, cursor=request.args.get("cursor")),
        state=state,
        views=[_view(one, state) for one in NAMES],
        names=NAMES,
        tones=TONES,
        parked=parked.count(),
    )


@bp.post("/<int:parcel_id>/again")
@people(Role.ADMIN)
def again(parcel_id: int) -> ResponseReturnValue:
    """Give something that was given up all its tries anew."""

    def act() -> ResponseReturnValue:
        if service.send_again(parcel_id):
            flash(_("It goes out again now."))
        else:
            flash(_("It has not been given up, so there was nothing to do."))
        return redirect(url_for(".overview", state=State.DEAD))

    return once(act)


@bp.get("/parked")
@people(Role.ADMIN)
def parked_events() -> ResponseReturnValue:
    """List the events whose reactions failed; what the customer said is kept either way."""
    return render_template("console/parked.html", page=parked.waiting(request.args.get("cursor")))


@bp.post("/parked/<int:parked_id>/now")
@people(Role.ADMIN)
def now(parked_id: int) -> ResponseReturnValue:
    """Run the reactions of one event at the worker's next look."""

    def act() -> ResponseReturnValue:
        parked.hurry(parked_id)
        flash(_("The worker takes it up within ten seconds."))
        return redirect(url_for(".parked_events"))

    return once(act)


def _state(name: str | None) -> State | None:
    return State(name) if name and name in {*State} else None


def _view(state: State | None, current: State | None) -> dict[str, Any]:
    return {"label": NAMES[state], "url": url_for(".overview", state=state), "current": state == current, "count": None}

"""After an answer: what was kept, who takes it up and by when, and what it earned. Several domains on one page."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.identity.access import anyone
from app.kit import clock, i18n
from app.kit.pages import local_time
from app.kit.site import site
from app.loyalty import queries as loyalty
from app.support import links
from app.support import queries as support
from app.surveys import queries as surveys

bp = Blueprint("thanks", __name__)


@bp.get("/s/<token>/thanks")
@anyone("the survey's link is the key")
def show(token: str) -> ResponseReturnValue:
    """Say what happens next."""
    asked = surveys.asked_by_token(token)
    i18n.speak_like(asked.locale)
    given = surveys.find_answer(asked.id)
    if given is None:
        return redirect(url_for("surveys.answer", token=token))
    follow_up = support.find_follow_up(given.id)
    return render_template(
        "portal/thanks.html",
        asked=asked,
        given=given,
        follow_up=follow_up,
        due=follow_up and moment(follow_up.due_at),
        request_link=follow_up and url_for("support.by_link", token=_request_token(follow_up.number)),
        points=loyalty.find_points_for_response(asked.customer_id, given.id),
    )


def moment(due_at: datetime) -> str:
    """Return when a promise is due, as one says it: a clock time, with the day unless it is today."""
    is_today = site().local(due_at).date() == site().local(clock.now()).date()
    return _("today %(time)s", time=local_time(due_at)) if is_today else local_time(due_at)


def _request_token(number: int) -> str:
    return links.token_of(support.request_by_number(number))

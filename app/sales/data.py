"""Data out: how the feed and the webhooks work, keys for programs, and files to take along."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog
from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.delivery import queries as delivery
from app.identity import queries as identity
from app.identity import service as identity_service
from app.identity.access import people
from app.identity.rules import Role, Scope
from app.kit import clock, i18n
from app.kit.forms import Form, one_line, strip
from app.kit.once import once
from app.lifecycle import catalogue, queries
from app.lifecycle.cloudevents import source
from app.sales import satisfaction as answers

bp = Blueprint("sales_data", __name__, url_prefix="/sales/data")
log = structlog.get_logger(__name__)
_LIVES = {"30": _l("30 days"), "90": _l("90 days"), "365": _l("1 year")}


class KeyForm(Form):
    """A key for a program: what it is for, what it may do, how long it lives."""

    name = StringField(
        _l("What is it for?"), [InputRequired(_l("Say what it is for, in a word.")), Length(max=120), one_line], [strip]
    )
    scopes = SelectMultipleField(
        _l("What may it do?"),
        [InputRequired(_l("Choose at least one thing that it may do."))],
        choices=[
            SelectChoice(Scope.EVENTS_READ.value, _l("Read the stage events")),
            SelectChoice(Scope.PURCHASES_WRITE.value, _l("Send us purchases")),
        ],
    )
    days = SelectField(_l("How long?"), choices=[SelectChoice(days, words) for days, words in _LIVES.items()])


@bp.route("", methods=["GET", "POST"])
@people(Role.SALES)
def overview() -> ResponseReturnValue:
    """Show the ways out, and make a key."""
    form = KeyForm()
    if form.validate_on_submit():
        return once(lambda: _make_key(form))
    base = current_app.extensions["revisit.config"].public_url
    page = render_template(
        "sales/data.html",
        form=form,
        base=base,
        source=source(base),
        latest=queries.latest_sequence(),
        events=queries.latest_events(),
        catalogue=catalogue.CATALOGUE,
        names={entry.full_name: entry.name for entry in catalogue.CATALOGUE},
        keys=identity.tokens(),
        receivers=delivery.endpoints(),
        now=clock.now(),
    )
    return page, 422 if form.errors else 200


@bp.post("/keys/<int:token_id>/end")
@people(Role.SALES)
def end_key(token_id: int) -> ResponseReturnValue:
    """End a key at once."""

    def act() -> ResponseReturnValue:
        identity_service.revoke_token(token_id)
        log.info("audit", who=g.person.key, what="key ended", key=token_id)
        flash(_("The key has ended. What used it gets no more answers."))
        return redirect(url_for(".overview"))

    return once(act)


@bp.get("/satisfaction.csv")
@people(Role.SALES)
def satisfaction() -> ResponseReturnValue:
    """Download every answer as a CSV that Excel opens in Chinese."""
    log.info("audit", who=g.person.key, what="satisfaction export")
    day = clock.now().date().isoformat()
    answer = Response(
        stream_with_context(_packed(answers.csv(i18n.reader_locale()))), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="revisit-satisfaction-{day}.csv"'
    return answer


def _packed(lines: Iterator[str], size: int = 65536) -> Iterator[bytes]:
    """Join lines into pieces worth a system call."""
    kept: list[str] = []
    length = 0
    for told in lines:
        kept.append(told)
        length += len(told)
        if length >= size:
            yield "".join(kept).encode()
            kept, length = [], 0
    yield "".join(kept).encode()


def _make_key(form: Any) -> ResponseReturnValue:
    expires_at = clock.now() + timedelta(days=int(form.days.data))
    secret = identity_service.make_token(
        name=form.name.data, scopes=[Scope(scope) for scope in form.scopes.data], expires_at=expires_at
    )
    log.info("audit", who=g.person.key, what="key made", name=form.name.data, scopes=form.scopes.data)
    flash(_("Copy the key now; it is not shown again: %(secret)s", secret=secret))
    return redirect(url_for(".overview"))

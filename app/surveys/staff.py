"""The colleagues' door: what customers answered, and whom we asked or why not."""

from datetime import datetime

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.customers import queries as customers
from app.identity.access import people
from app.identity.rules import Role, may
from app.kit.i18n import reader_locale
from app.kit.pages import public_url
from app.kit.paging import Page, page, unseal
from app.kit.site import today
from app.surveys import overview as counts
from app.surveys import queries, voices, wording
from app.surveys.filters import AnswerFilter, select
from app.surveys.queries import Asked
from app.surveys.rules import CLOSED, InvitationState
from app.surveys.voices import Voice

bp = Blueprint("answers", __name__, url_prefix="/surveys")
_PAGE = 25
_PRODUCTS = 500  # a longer menu helps nobody


@bp.get("")
@people(Role.LEAD, Role.SALES)
def overview() -> ResponseReturnValue:
    """Show what was said in a period: the figures, the themes, and the answers themselves."""
    names = {str(product.id): product.name(reader_locale()) for product in customers.products(limit=_PRODUCTS)}
    chosen = AnswerFilter.read(request.args, names)
    period = (chosen.first_day, today().date())
    return render_template(
        "surveys/answers.html",
        views=_views("answers"),
        chosen=chosen,
        selects=chosen.selects(names),
        totals=counts.totals_by_metric(*period, language=chosen.language or None),
        themes=counts.themes(*period, language=chosen.language or None, limit=6),
        page=_answers(chosen, request.args.get("cursor")),
        is_sales=may(g.person.role, frozenset({Role.SALES})),
        wording=wording,
    )


@bp.get("/invitations")
@people(Role.LEAD, Role.SALES)
def invitations() -> ResponseReturnValue:
    """Show whom we asked, who answered, and why somebody was not asked."""
    state = InvitationState(given) if (given := request.args.get("state", "")) in set(InvitationState) else None
    return render_template(
        "surveys/invitations.html",
        views=_views("invitations"),
        selects=[select("state", _("State"), _("In every state"), state or "", wording.STATES)],
        state=state,
        page=_invitations(state, request.args.get("cursor")),
        links=public_url("surveys.answer", token=""),
        closed=CLOSED,
        wording=wording,
    )


def _answers(chosen: AnswerFilter, cursor: str | None) -> Page[Voice]:
    after = unseal("answers", cursor) if cursor else None
    rows = voices.voices(
        label=chosen.label or None,
        band=chosen.band or None,
        language=chosen.language or None,
        product_id=int(chosen.product) if chosen.product else None,
        since=chosen.since if chosen.period != "all" else None,
        after=(datetime.fromisoformat(after[0]), after[1]) if after else None,
        limit=_PAGE + 1,
    )
    return page(rows, _PAGE, lambda voice: (voice.submitted_at.isoformat(), voice.id), "answers")


def _invitations(state: InvitationState | None, cursor: str | None) -> Page[Asked]:
    before = unseal("invitations", cursor)[0] if cursor else None
    rows = queries.invitations(state=state, before=before, limit=_PAGE + 1)
    return page(rows, _PAGE, lambda asked: (asked.id,), "invitations")


def _views(current: str) -> list[dict[str, object]]:
    return [
        {"label": _("Answers"), "url": url_for(".overview"), "current": current == "answers"},
        {"label": _("Whom we asked"), "url": url_for(".invitations"), "current": current == "invitations"},
    ]

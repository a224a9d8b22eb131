"""What surveys can tell; nothing here changes anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app.customers.models import Customer, Product, Purchase
from app.kit.db import db
from app.surveys.errors import UnknownLink
from app.surveys.models import Invitation, Response, Survey, SurveyVersion
from app.surveys.rules import CLOSED, InvitationState, Metric, WhyNot


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An invitation with all that its page and its mail show."""

    id: int
    token: str
    state: InvitationState
    why_not: WhyNot | None
    due_at: datetime
    expires_at: datetime
    sent_at: datetime | None
    is_demo: bool
    customer_id: int
    customer_name: str
    public_id: str
    email: str | None
    locale: str
    purchase_id: int | None
    purchased_at: datetime | None
    quantity: int | None
    product_id: int | None
    product_en: str | None
    product_zh: str | None
    survey_id: int
    metric: Metric
    score_min: int
    score_max: int
    version_id: int
    content: str

    def product(self, locale: str) -> str:
        """Return what was bought, in the reader's language; empty if it was no purchase."""
        return (self.product_zh if locale.startswith("zh") else self.product_en) or ""


_ASKED = (
    select(
        Invitation.id,
        Invitation.token,
        Invitation.state,
        Invitation.why_not,
        Invitation.due_at,
        Invitation.expires_at,
        Invitation.sent_at,
        Invitation.is_demo,
        Customer.id.label("customer_id"),
        Customer.name.label("customer_name"),
        Customer.public_id,
        Customer.email,
        Customer.locale,
        Invitation.purchase_id,
        Purchase.purchased_at,
        Purchase.quantity,
        Purchase.product_id,
        Product.name_en.label("product_en"),
        Product.name_zh.label("product_zh"),
        Survey.id.label("survey_id"),
        Survey.metric,
        Survey.score_min,
        Survey.score_max,
        Invitation.version_id,
        SurveyVersion.content,
    )
    .join(Customer, Customer.id == Invitation.customer_id)
    .join(SurveyVersion, SurveyVersion.id == Invitation.version_id)
    .join(Survey, Survey.id == SurveyVersion.survey_id)
    .outerjoin(Purchase, Purchase.id == Invitation.purchase_id)
    .outerjoin(Product, Product.id == Purchase.product_id)
)


_BY_TOKEN = _ASKED.where(Invitation.token == bindparam("token"))
_BY_ID = _ASKED.where(Invitation.id == bindparam("id"))


def asked(invitation_id: int) -> Asked:
    """Return the invitation; raise `UnknownLink`."""
    return _asked(_BY_ID, {"id": invitation_id})


def asked_by_token(token: str) -> Asked:
    """Return the invitation behind a link; raise `UnknownLink` for a forged or cut one."""
    return _asked(_BY_TOKEN, {"token": token})


def invitations(*, state: InvitationState | None = None, before: int | None = None, limit: int = 50) -> list[Asked]:
    """Return invitations, newest first; `before` is the id of the last one shown."""
    query = _ASKED.where(Invitation.state == state) if state else _ASKED
    if before is not None:
        query = query.where(Invitation.id < before)
    rows = db.session.execute(query.order_by(Invitation.id.desc()).limit(limit)).mappings()
    return [Asked(**row) for row in rows]


def newest_asked(customer_id: int) -> Asked:
    """Return the latest invitation of a customer that may still be answered; raise `UnknownLink`."""
    waiting = _ASKED.where(Invitation.customer_id == customer_id, Invitation.state.not_in(list(CLOSED)))
    return _asked(waiting.order_by(Invitation.due_at.desc(), Invitation.id.desc()).limit(1))


def find_last_asked_at(customer_id: int) -> datetime | None:
    """Return when the customer was last mailed an invitation."""
    return db.session.scalar(select(func.max(Invitation.sent_at)).where(Invitation.customer_id == customer_id))


def due_invitations(now: datetime, limit: int) -> list[int]:
    """Return the invitations that wait and are due, the longest waiting first."""
    due = select(Invitation.id).where(Invitation.state == InvitationState.WAITING, Invitation.due_at <= now)
    return list(db.session.scalars(due.order_by(Invitation.due_at, Invitation.id).limit(limit)))


def find_answer(invitation_id: int) -> Response | None:
    """Return what was answered to an invitation, or None."""
    return db.session.scalars(select(Response).filter_by(invitation_id=invitation_id)).first()


def _asked(query: Select[*tuple[Any, ...]], values: dict[str, Any] | None = None) -> Asked:
    row = db.session.execute(query, values).mappings().first()
    if row is None:
        raise UnknownLink
    return Asked(**row)


def last_response_id() -> int:
    """Return the id of the newest answer, 0 before the first."""
    return db.session.scalar(select(func.max(Response.id))) or 0


def known_sources(hashes: Iterable[str]) -> set[str]:
    """Return those fingerprints of feedback from elsewhere that are kept already."""
    return set(db.session.scalars(select(Response.source_hash).where(Response.source_hash.in_(list(hashes)))))


def most_upset(*, after_id: int, limit: int) -> Sequence[Response]:
    """Return the most upset answers among the newer ones, the urgent first. Reads them all: for commands only."""
    upset = select(Response).where(Response.id > after_id, Response.label == "negative")
    order = (Response.is_urgent.desc(), Response.polarity, Response.id)
    return db.session.scalars(upset.order_by(*order).limit(limit)).all()

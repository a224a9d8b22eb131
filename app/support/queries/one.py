"""What is known of one request, and of the requests of one customer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.customers.models import Product, Purchase
from app.identity.models import Staff
from app.kit import clock
from app.kit.db import db
from app.kit.errors import NotThere
from app.support.clocks import Span
from app.support.models import Change, Message, Note, Request, is_in, is_unsolved
from app.support.rules import State, What


@dataclass(frozen=True)
class Said:
    """One public message. `by` is the colleague's name, or nothing for the customer."""

    at: datetime
    by: str | None
    text: str
    verdict: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """Something that happened to a request: for colleagues."""

    at: datetime
    what: What
    state: State
    due_at: datetime
    by: str | None


@dataclass(frozen=True)
class Conversation:
    """What a customer may read of a request: nothing here comes from colleagues' notes."""

    request: Request
    said: list[Said]
    changes: list[Fact]


@dataclass(frozen=True)
class FollowUp:
    """The promise that an unhappy answer was given."""

    number: int
    due_at: datetime
    state: State


def request_by_number(number: int) -> Request:
    """Return the request; raise `NotThere`."""
    found = db.session.scalars(select(Request).filter_by(number=number)).first()
    if found is None:
        raise NotThere
    return found


def request_of_customer(number: int, customer_id: int) -> Request:
    """Return the request if it is this customer's own; raise `NotThere` for any other."""
    found = request_by_number(number)
    if found.customer_id != customer_id:
        raise NotThere
    return found


def requests_of(customer_id: int, limit: int = 50) -> list[Request]:
    """Return a customer's requests, the newest first."""
    mine = select(Request).filter_by(customer_id=customer_id).order_by(Request.id.desc()).limit(limit)
    return list(db.session.scalars(mine))


def open_of(customer_id: int) -> list[Request]:
    """Return the customer's unsolved requests, the one that is due first in front."""
    mine = select(Request).where(Request.customer_id == customer_id, is_unsolved(Request.state))
    return list(db.session.scalars(mine.order_by(Request.due_at, Request.id).limit(20)))


def find_follow_up(response_id: int) -> FollowUp | None:
    """Return the follow-up that an answer opened, or None."""
    columns = select(Request.number, Request.due_at, Request.state)
    row = db.session.execute(columns.where(Request.response_id == response_id)).first()
    return FollowUp(*row) if row else None


def conversation(request: Request) -> Conversation:
    """Return what was said in public, in order."""
    rows = db.session.execute(
        select(Message.at, Staff.name, Message.text, Message.verdict)
        .outerjoin(Staff, Staff.id == Message.staff_id)
        .where(Message.request_id == request.id)
        .order_by(Message.id)
    )
    return Conversation(request, [Said(*row) for row in rows], changes(request.id))


def changes(request_id: int) -> list[Fact]:
    """Return what happened to a request, in order."""
    rows = db.session.execute(
        select(Change.at, Change.what, Change.state, Change.due_at, Staff.name)
        .outerjoin(Staff, Staff.id == Change.staff_id)
        .where(Change.request_id == request_id)
        .order_by(Change.id)
    )
    return [Fact(*row) for row in rows]


def notes(request_id: int) -> list[tuple[datetime, str, str]]:
    """Return colleagues' notes in order: when, who, what. For staff pages only."""
    rows = select(Note.at, Staff.name, Note.text).join(Staff, Staff.id == Note.staff_id)
    found = db.session.execute(rows.where(Note.request_id == request_id).order_by(Note.id))
    return [(at, by, text) for at, by, text in found]


def pauses(facts: list[Fact], *, since: datetime, now: datetime) -> list[Span]:
    """Return when the clock stood still since it was started; a pause that lasts ends now."""
    found: list[Span] = []
    held: datetime | None = None
    for fact in facts:
        stands_still = fact.state != State.OPEN
        if stands_still and held is None:
            held = fact.at
        elif not stands_still and held is not None:
            found.append((held, fact.at))
            held = None
    if held is not None:
        found.append((held, now))
    return [(max(start, since), end) for start, end in found if end > since]


def overdue(limit: int) -> list[int]:
    """Return the requests whose promise has passed and that nobody has marked yet, the longest overdue first."""
    late = select(Request.id).where(is_in(Request.state, State.OPEN), Request.late_at.is_(None))
    return list(db.session.scalars(late.where(Request.due_at <= clock.now()).order_by(Request.due_at).limit(limit)))


def products_of(customer_id: int, locale: str) -> list[tuple[int, str]]:
    """Return what a customer bought, the latest first: product id and name in the reader's language."""
    bought = (
        select(Product, func.max(Purchase.purchased_at).label("latest"))
        .join(Purchase, Purchase.product_id == Product.id)
        .where(Purchase.customer_id == customer_id)
        .group_by(Product.id)
        .order_by(func.max(Purchase.purchased_at).desc())
        .limit(50)
    )
    return [(product.id, product.name(locale)) for product, _ in db.session.execute(bought)]

"""A request ends, the customer says whether it truly has, and lateness is marked when it happens."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.customers import queries as customers
from app.events import RequestReopened, RequestResolved
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.support import clocks, moods, queries
from app.support.errors import NotSolved
from app.support.models import Message, Request, is_in
from app.support.rules import State, What
from app.support.service.record import locked, write_down


def resolve(request: Request, *, staff_id: int, at: datetime) -> None:
    """Mark a request (under lock) as solved; the time that it waited for the customer does not count."""
    due_at = _due_without_pauses(request, at)
    request.state, request.resolved_at, request.waiting_since = State.RESOLVED, at, None
    request.due_at = due_at
    write_down(request, What.STATE, at=at, staff_id=staff_id)
    publish(
        RequestResolved(
            customer_id=request.customer_id,
            request_id=request.id,
            number=f"#{request.number}",
            within_promise=at <= due_at,
            open_requests=len(queries.open_of(request.customer_id)),
        )
    )


def confirm(request: Request, *, at: datetime | None = None) -> None:
    """The customer says that it is truly solved; saying so twice is saying it once. Raises `NotSolved`."""
    request = locked(request.id)
    if request.state != State.RESOLVED:
        raise NotSolved
    if request.confirmed_at is None:
        request.confirmed_at, request.version = at or clock.now(), request.version + 1
        write_down(request, What.CONFIRMED, at=request.confirmed_at)


def reopen(request: Request, *, text: str = "", staff_id: int | None = None, at: datetime | None = None) -> None:
    """Take a solved request up again: it gets a new promise, in the same hands. Raises `NotSolved`."""
    request, at = locked(request.id), at or clock.now()
    if request.state != State.RESOLVED:
        raise NotSolved
    if text.strip():
        verdict = moods.verdict_on(text, customers.customer(request.customer_id).locale)
        db.session.add(Message(request_id=request.id, text=text, verdict=verdict, at=at))
    request.state, request.resolved_at, request.confirmed_at = State.OPEN, None, None
    request.late_at, request.clock_from, request.version = None, at, request.version + 1
    request.due_at = clocks.add(queries.calendar(), at, timedelta(minutes=request.target_minutes))
    write_down(request, What.REOPENED, at=at, staff_id=staff_id)
    publish(RequestReopened(customer_id=request.customer_id, request_id=request.id, number=f"#{request.number}"))


def mark_late(request_id: int) -> bool:
    """Mark a request whose promise has passed, once, by one conditional statement; False if somebody else did."""
    now = clock.now()
    late = db.session.scalars(
        update(Request)
        .where(
            Request.id == request_id,
            is_in(Request.state, State.OPEN),
            Request.late_at.is_(None),
            Request.due_at <= now,
        )
        .values(late_at=now)
        .returning(Request)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).first()
    if late is None:
        return False
    write_down(late, What.LATE, at=now)
    return True


def _due_without_pauses(request: Request, at: datetime) -> datetime:
    if request.state != State.WAITING:
        return request.due_at
    pauses = queries.pauses(queries.changes(request.id), since=request.clock_from, now=at)
    target = timedelta(minutes=request.target_minutes)
    return clocks.due(queries.calendar(), request.clock_from, target, pauses)

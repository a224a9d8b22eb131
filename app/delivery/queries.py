"""What delivery can tell: what is due, what waits, what is dead, who receives."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.delivery.models import Endpoint, Parcel, is_pending
from app.delivery.rules import State
from app.kit import clock
from app.kit.db import db
from app.kit.errors import NotThere
from app.kit.paging import Page, page, unseal

BACKLOG_CAP = 1000
_PAGE = 50
_LIST = "parcels"


def due(limit: int) -> Sequence[int]:
    """Return the ids of the parcels whose time and turn have come and that no living worker holds."""
    return db.session.scalars(select(Parcel.id).where(*is_due(clock.now())).order_by(Parcel.id).limit(limit)).all()


def backlog() -> int:
    """Return how many parcels have not left yet, counted up to 1,000."""
    pending = select(Parcel.id).where(is_pending(Parcel.state)).limit(BACKLOG_CAP)
    return db.session.scalar(select(func.count()).select_from(pending.subquery())) or 0


def waiting_for() -> timedelta:
    """Return for how long the oldest parcel that could go has been waiting: the age of the queue."""
    oldest: datetime | None = db.session.scalar(
        select(Parcel.next_at).where(*is_due(clock.now())).order_by(Parcel.next_at).limit(1)
    )
    return clock.now() - oldest if oldest else timedelta(0)


def endpoint(endpoint_id: int) -> Endpoint:
    """Return a receiver; raise `NotThere`."""
    found = db.session.get(Endpoint, endpoint_id)
    if found is None:
        raise NotThere
    return found


def endpoints() -> Sequence[Endpoint]:
    """Return all receivers, the oldest first."""
    return db.session.scalars(select(Endpoint).order_by(Endpoint.id)).all()


def parcels(*, state: State | None, cursor: str | None) -> Page[Row[Any]]:
    """Return a page of parcels, the newest first, without the bodies of mails."""
    columns = (
        Parcel.id,
        Parcel.kind,
        Parcel.key,
        Parcel.state,
        Parcel.attempts,
        Parcel.fault,
        Parcel.next_at,
        Parcel.created_at,
        Parcel.customer_id,
        Parcel.payload["to"].as_string().label("mail_to"),
        Parcel.payload["subject"].as_string().label("subject"),
        Parcel.payload["type"].as_string().label("event_type"),
        Endpoint.url,
    )
    statement = select(*columns).outerjoin(Endpoint, Endpoint.id == Parcel.endpoint_id)
    if state is not None:
        statement = statement.where(Parcel.state == state)
    if cursor:
        statement = statement.where(Parcel.id < unseal(_LIST, cursor)[0])
    rows = db.session.execute(statement.order_by(Parcel.id.desc()).limit(_PAGE + 1)).all()
    return page(rows, _PAGE, lambda row: (row.id,), _LIST)


def is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what must hold for a parcel to be taken: its time, its turn in the stream, and no living worker on it."""
    earlier = aliased(Parcel)
    return (
        is_pending(Parcel.state),
        Parcel.next_at <= now,
        or_(Parcel.lease_until.is_(None), Parcel.lease_until < now),
        ~exists().where(earlier.stream == Parcel.stream, earlier.id < Parcel.id, is_pending(earlier.state)),
    )

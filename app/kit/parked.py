"""Parked events as staff see them: how many wait, which, and "try this one now"."""

from typing import Any

from sqlalchemy import Row, func, select, update

from app.kit import clock
from app.kit.bus import ParkedEvent
from app.kit.db import db
from app.kit.errors import NotThere
from app.kit.paging import Page, page, unseal

_PAGE = 50
_CAP = 1000
_LIST = "parked"


def count() -> int:
    """Return how many events wait for their reactions, counted up to 1,000."""
    waiting = select(ParkedEvent.id).where(ParkedEvent.done_at.is_(None)).limit(_CAP)
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def waiting(cursor: str | None) -> Page[Row[Any]]:
    """Return a page of the events that wait, the newest first."""
    statement = select(
        ParkedEvent.id,
        ParkedEvent.name,
        ParkedEvent.fault,
        ParkedEvent.attempts,
        ParkedEvent.next_at,
        ParkedEvent.created_at,
        ParkedEvent.payload["customer_id"].as_integer().label("customer_id"),
    ).where(ParkedEvent.done_at.is_(None))
    if cursor:
        statement = statement.where(ParkedEvent.id < unseal(_LIST, cursor)[0])
    rows = db.session.execute(statement.order_by(ParkedEvent.id.desc()).limit(_PAGE + 1)).all()
    return page(rows, _PAGE, lambda row: (row.id,), _LIST)


def hurry(parked_id: int) -> None:
    """Let the worker run the reactions of this event at its next look; raise `NotThere` when there is none."""
    if db.session.get(ParkedEvent, parked_id) is None:
        raise NotThere
    db.session.execute(
        update(ParkedEvent)
        .where(ParkedEvent.id == parked_id, ParkedEvent.done_at.is_(None))
        .values(next_at=clock.now())
    )

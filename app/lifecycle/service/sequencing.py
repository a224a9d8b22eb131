"""The one sequencer: gives committed events the next public numbers, without a gap, and lets them leave the building.

A number is given only after the commit of the event, by one transaction at a time, so a reader who has seen number n
has seen, or can still fetch, everything below n: nothing commits late below a number that was handed out.
"""

from collections import Counter as Tally
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.events import StageEventSequenced
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.lifecycle.cloudevents import complete
from app.lifecycle.models import PendingEvent, StageEvent
from app.lifecycle.service import counting

_ONE_AT_A_TIME = 0x5EC0E4CE  # the key of the advisory lock: any number that nobody else uses


def sequence(limit: int = 500) -> int:
    """Move up to `limit` committed events to the log and publish each; return how many. 0 if another one is at it."""
    if not _is_alone():
        return 0
    rows = _oldest(limit)
    if not rows:
        return 0
    first = _next()
    numbered = [_numbered(row, number) for number, row in enumerate(rows, start=first)]
    db.session.execute(insert(StageEvent), numbered)
    db.session.execute(delete(PendingEvent).where(PendingEvent.id.in_([row.id for row in rows])))
    moves: Tally[tuple[str, str]] = Tally()
    for row in rows:
        moves.update(counting.moves(row.type, row.draft))
    counting.add(moves)
    for event in numbered:
        publish(
            StageEventSequenced(
                customer_id=event["customer_id"],
                event_id=event["event_id"],
                type=event["type"],
                sequence=event["sequence"],
                cloud_event=event["body"],
            )
        )
    return len(rows)


def my_turn() -> int:
    """Keep every other sequencer out until the transaction ends; return the next number."""
    if db.session.connection().dialect.name != "sqlite":
        db.session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    return _next()


def _next() -> int:
    return (db.session.scalar(select(func.max(StageEvent.sequence))) or 0) + 1


def _is_alone() -> bool:
    """Take the lock that ends with the transaction; SQLite's writer is alone anyway."""
    if db.session.connection().dialect.name == "sqlite":
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))))


def _oldest(limit: int) -> Sequence[Any]:
    columns = PendingEvent.__table__.columns
    oldest = select(*columns).order_by(PendingEvent.id).limit(limit).with_for_update(skip_locked=True)
    return db.session.execute(oldest).all()


def _numbered(row: Any, number: int) -> dict[str, Any]:
    return {
        "sequence": number,
        "event_id": row.event_id,
        "type": row.type,
        "customer_id": row.customer_id,
        "revision": row.revision,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "sequenced_at": clock.now(),
        "body": complete(row.draft, number),
        "is_demo": row.is_demo,
    }

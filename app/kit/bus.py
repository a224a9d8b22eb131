"""The bus: a published event runs its reactions at once, in one savepoint; a fault parks the event and keeps the word.

What reacts to what is `wiring.REACTIONS`. A customer's answer must never be lost because a reaction to it failed, so
the savepoint is rolled back, the event is written to `kit_parked_event`, and the worker runs its reactions again
until they pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import structlog
from flask import Flask, current_app
from pydantic import TypeAdapter
from sqlalchemy import Text, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from app.kit import clock
from app.kit.db import Json, Model, UtcDateTime, created_at, db, primary_key, transaction

Reaction = Callable[[Any], None]
Reactions = Mapping[type[Any], Sequence[Reaction]]

_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
log = structlog.get_logger(__name__)
_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=1)


class ParkedEvent(Model):
    """An event whose reactions failed: it waits for the worker, visible to staff, until they pass."""

    __tablename__ = "kit_parked_event"

    id: Mapped[int] = primary_key()
    name: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    fault: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=1)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = created_at()
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)


@dataclass(frozen=True)
class Bus:
    """The reactions by event, and the events by name."""

    reactions: Reactions

    def named(self, name: str) -> type[Any]:
        """Return the class of the event called `name`."""
        return next(kind for kind in self.reactions if kind.__name__ == name)


def init_app(app: Flask, reactions: Reactions) -> None:
    """Connect the table of reactions."""
    app.extensions["revisit.bus"] = Bus(reactions)


def publish(event: Any) -> None:
    """Run the reactions to `event` now; if one fails, undo them all and park the event. The caller's own work stays."""
    if not _bus().reactions.get(type(event)):
        return
    fault = _react(event)
    if fault:
        log.error("event parked", parked=type(event).__name__, fault=fault)
        db.session.add(
            ParkedEvent(
                name=type(event).__name__,
                payload=_adapter(type(event)).dump_python(event, mode="json"),
                fault=fault,
                next_at=clock.now() + _FIRST_PAUSE,
            )
        )


def pause_after(attempts: int) -> timedelta:
    """Return how long a parked event waits after its n-th failure: doubling from 10 seconds, at most one hour."""
    doublings = min(attempts - 1, 20)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


def retry_parked(limit: int = 100) -> int:
    """Run the reactions of the events that are due again, each in its own transaction; return how many passed."""
    due = select(ParkedEvent.id).where(ParkedEvent.done_at.is_(None), ParkedEvent.next_at <= clock.now())
    return sum(_retry(parked_id) for parked_id in db.session.scalars(due.order_by(ParkedEvent.id).limit(limit)).all())


def _retry(parked_id: int) -> bool:
    with transaction() as session:
        now = clock.now()
        claim = update(ParkedEvent).where(
            ParkedEvent.id == parked_id, ParkedEvent.done_at.is_(None), ParkedEvent.next_at <= now
        )
        claimed = session.scalars(
            claim.values(attempts=ParkedEvent.attempts + 1, next_at=now + _LONGEST_PAUSE).returning(ParkedEvent)
        ).first()
        if claimed is None:
            return False  # another worker has it
        fault = _react(_adapter(_bus().named(claimed.name)).validate_python(claimed.payload))
        if fault:
            claimed.fault, claimed.next_at = fault, now + pause_after(claimed.attempts)
        else:
            claimed.done_at = now
        return not fault


def _react(event: Any) -> str | None:
    """Run all reactions in one savepoint; return what went wrong. A lost database is no fault of theirs."""
    try:
        with db.session.begin_nested():
            for reaction in _bus().reactions[type(event)]:
                reaction(event)
    except Exception as fault:  # whatever a reaction raises, the customer's word is kept
        if isinstance(fault, DBAPIError) and fault.connection_invalidated:
            raise
        log.exception("a reaction failed", reacted_to=type(event).__name__)
        return f"{type(fault).__name__}: {fault}"[:2000]
    return None


def _bus() -> Bus:
    bus: Bus = current_app.extensions["revisit.bus"]
    return bus

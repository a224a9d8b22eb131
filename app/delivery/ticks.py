"""The turns of the schedule: one row a turn, so that each happens once, and again if the worker died in it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.delivery.models import Tick
from app.kit import clock
from app.kit.db import db, upsert

_LEASE = timedelta(minutes=10)
_KEPT = timedelta(days=3)


def claim(job: str, due_at: datetime) -> bool:
    """Take a turn by one statement; False if it is done, or in the hands of a worker that is alive."""
    now = clock.now()
    statement = upsert(Tick).values(job=job, due_at=due_at, lease_until=now + _LEASE)
    claimed = db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["job", "due_at"],
            set_={"lease_until": now + _LEASE},
            where=(Tick.done_at.is_(None)) & (Tick.lease_until < now),
        ).returning(Tick.job)
    )
    return claimed.scalar() is not None


def done(job: str, due_at: datetime) -> None:
    """Write down that a turn is over, and forget the turns of long ago."""
    now = clock.now()
    db.session.execute(update(Tick).where(Tick.job == job, Tick.due_at == due_at).values(done_at=now))
    db.session.execute(delete(Tick).where(Tick.job == job, Tick.due_at < now - _KEPT, Tick.done_at.is_not(None)))


def broken_off() -> list[tuple[str, datetime]]:
    """Return the turns whose worker died."""
    rows = db.session.execute(
        select(Tick.job, Tick.due_at).where(Tick.done_at.is_(None), Tick.lease_until < clock.now()).limit(100)
    )
    return [(job, due_at) for job, due_at in rows]


def touch(job: str, due_at: datetime) -> None:
    """Write one row and nothing else: the proof that the database takes writes."""
    now = clock.now()
    statement = upsert(Tick).values(job=job, due_at=due_at, lease_until=now, done_at=now)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["job", "due_at"], set_={"done_at": now, "lease_until": now})
    )

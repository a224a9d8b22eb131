"""Removes what was made for show. Nothing else ever leaves the log: its triggers refuse."""

from collections.abc import Iterable

from sqlalchemy import delete

from app.kit.db import db
from app.lifecycle.models import PendingEvent, StageEvent, Standing
from app.lifecycle.service.counting import recount


def forget_demo(customer_ids: Iterable[int]) -> None:
    """Remove the events and standings of demo customers, and count anew. Their sequence numbers stay unused."""
    ids = list(customer_ids)
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for table in (PendingEvent, StageEvent):
            db.session.execute(delete(table).where(table.customer_id.in_(some), table.is_demo))
        db.session.execute(delete(Standing).where(Standing.customer_id.in_(some)))
    recount()

"""How many customers are where: folded from the events as they get their numbers, by the sequencer alone.

One writer, so no two transactions wait for the same hot row; a page reads a few rows and counts nothing.
"""

import json
from collections import Counter as Tally
from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select

from app.kit.db import db, upsert
from app.lifecycle.catalogue import BY_NAME
from app.lifecycle.models import Counter, Standing
from app.lifecycle.rules.kinds import Band

Moves = Mapping[tuple[str, str], int]
_STAGE, _BAND = BY_NAME["stage.changed"].full_name, BY_NAME["health.band.changed"].full_name


def moves(event_type: str, draft: str) -> dict[tuple[str, str], int]:
    """Return what one event adds to and takes from the counters."""
    if event_type not in {_STAGE, _BAND}:
        return {}
    data = json.loads(draft)["data"]
    if event_type == _BAND:
        return {key: n for key, n in _shift("band", data).items() if key[1] != Band.UNKNOWN}
    return _shift("stage", data) | _shift("side", data["side"])


def add(changes: Moves) -> None:
    """Add to the counters."""
    rows = [{"kind": kind, "value": value, "n": n} for (kind, value), n in sorted(changes.items()) if n]
    if not rows:
        return
    statement = upsert(Counter)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["kind", "value"], set_={"n": Counter.n + statement.excluded.n}),
        rows,
    )


def recount() -> bool:
    """Count anew from the standings, once every event is numbered; return True when the counters had been right."""
    counted = {
        (kind, str(value)): n
        for kind, column in (("stage", Standing.stage), ("side", Standing.side), ("band", Standing.band))
        for value, n in db.session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column))
        if value != Band.UNKNOWN
    }
    kept = {(row.kind, row.value): row.n for row in db.session.scalars(select(Counter)) if row.n}
    if counted != kept:
        db.session.execute(delete(Counter))
        db.session.expire_all()
        if counted:
            db.session.execute(
                insert(Counter), [{"kind": kind, "value": value, "n": n} for (kind, value), n in counted.items()]
            )
    return counted == kept


def _shift(kind: str, change: Mapping[str, str | None]) -> dict[tuple[str, str], int]:
    shift: Tally[tuple[str, str]] = Tally()
    for value, n in ((change["from"], -1), (change["to"], 1)):
        if value:
            shift[kind, value] += n
    return dict(shift)

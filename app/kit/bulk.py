"""Many rows at once, for loads that nobody waits for: plain inserts that publish nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from app.kit.db import Model, db

Rows = Sequence[Mapping[str, Any]]


def add_rows(model: type[Model], rows: Rows) -> None:
    """Insert rows that name every column but the key."""
    if rows:
        db.session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]  # a Table, typed as its base


def add_named_rows(model: type[Model], rows: Rows, name: str) -> list[int]:
    """Insert rows and return their new keys in the same order; the unique column `name` tells them apart."""
    if not rows:
        return []
    columns = model.__table__.c
    adding = insert(model.__table__).returning(columns[name], columns.id)  # type: ignore[arg-type]  # a Table, typed as its base
    keys: dict[Any, int] = dict(list(db.session.execute(adding, rows)))
    return [keys[row[name]] for row in rows]

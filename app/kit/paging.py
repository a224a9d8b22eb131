"""Keyset pages: the next page begins after the last row shown, so page 10,000 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer

from app.kit.errors import Refused

Row = TypeVar("Row")


class BadCursor(Refused):
    """The cursor was changed on the way, or belongs to another list."""

    status = 400
    message = _l("This page link is not whole. Begin again from the first page.")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in order, and the cursor that continues after them (None at the end)."""

    rows: Sequence[Row]
    next: str | None


def page(rows: Sequence[Row], size: int, key: Any, name: str) -> Page[Row]:
    """Make a page of at most `size` of the `size + 1` rows read; `key(row)` gives the values that order them."""
    more = len(rows) > size
    shown = rows[:size]
    return Page(rows=shown, next=seal(name, list(key(shown[-1]))) if more else None)


def seal(name: str, values: Any) -> str:
    """Return an opaque signed cursor for the list called `name`."""
    return str(_serializer(name).dumps(values))


def unseal(name: str, cursor: str) -> Any:
    """Return what `seal` was given; raise `BadCursor` for anything else."""
    try:
        return _serializer(name).loads(cursor)
    except BadData as fault:
        raise BadCursor from fault


def _serializer(name: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"cursor:{name}")

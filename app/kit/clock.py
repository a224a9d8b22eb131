"""The time, in one place, so that it can be another one: for a test, or to tell a story of last month."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block happen at `moment` (aware)."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)

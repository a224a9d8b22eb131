"""The work of an import, batch by batch: each is one transaction that also moves the place in the file.

A worker that is killed loses the open batch and nothing else; whoever comes next goes on at the place. Two at once
cannot take the same rows: the place is moved by one conditional statement.
"""

import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import structlog
from sqlalchemy import insert, update
from sqlalchemy.exc import InterfaceError, OperationalError

from app.customers import importing, queries
from app.customers.models import Import, ImportRefusal
from app.customers.promises import Promises
from app.customers.rules.imports import LEAST_BATCH, ImportState, next_batch
from app.customers.rules.reasons import Fault, Reason
from app.customers.rules.rows import RowWrong
from app.customers.takers import Outcome, Taker
from app.kit import clock, sheets
from app.kit.db import db, transaction

log = structlog.get_logger(__name__)
Progress = Callable[[int], None]
_MOST_REFUSALS_OF_A_CHECK = 1000


def _quiet(after: int, /) -> None:
    """Tell nobody."""


class _Lost(Exception):
    """Somebody else has gone on with this import."""


@dataclass(frozen=True)
class _Place:
    """How far an import is."""

    import_id: int
    state: ImportState
    after: int
    line: int
    refused: int


@dataclass(frozen=True)
class _Work:
    """One run over one import."""

    told: Import
    taker: Taker
    promises: Promises | None
    least: int


def run(
    import_id: int,
    taker_for: Callable[[Import], Taker],
    *,
    seconds: float | None = None,
    least: int = LEAST_BATCH,
    progress: Progress = _quiet,
) -> bool:
    """Go on with an import until it is done or the seconds are over; False when somebody else is at it.

    `progress` gets the place in bytes after each batch; a batch has `least` rows at least.
    """
    told = queries.import_by_id(import_id)
    db.session.expunge(told)
    with _held(told.public_id) as is_ours:
        return is_ours and _run(told, taker_for(told), least, seconds, progress)


def _run(told: Import, taker: Taker, least: int, seconds: float | None, progress: Progress) -> bool:
    is_check = told.state == ImportState.CHECKING
    promises = Promises(importing.file_of(told.public_id).with_suffix(".promises")) if is_check else None
    work = _Work(told, taker, promises, least)
    place = _Place(told.id, told.state, told.after, told.line, told.refused)
    try:
        _go_on(work, place, seconds, progress)
    except _Lost:
        return False
    finally:
        if promises:
            promises.close()
    return True


@contextmanager
def _held(public_id: str) -> Iterator[bool]:
    """Hold the import while the block runs; the system lets go for a process that is killed."""
    with importing.file_of(public_id).with_suffix(".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _go_on(work: _Work, place: _Place, seconds: float | None, progress: Progress) -> None:
    ends = time.monotonic() + seconds if seconds else float("inf")
    stream = _rows(work.told, place)
    size = work.least
    while batch := list(islice(stream, size)):
        began = time.monotonic()
        place = _take(work, place, batch)
        db.session.expunge_all()  # a long file must not stay in memory
        progress(place.after)
        size = next_batch(len(batch), time.monotonic() - began, work.least)
        if time.monotonic() > ends and place.after < work.told.size:
            return
    _finish(work, place)


def _rows(told: Import, place: _Place) -> Any:
    path = importing.file_of(told.public_id)
    return sheets.rows(path, told.delimiter, is_quoted=told.is_quoted, after=place.after, line=place.line)


def _take(work: _Work, place: _Place, batch: Sequence[sheets.Row]) -> _Place:
    """Take a batch; when a fault nobody foresaw hides in it, take its rows one by one and refuse the one."""
    try:
        return _batch(work, place, batch)
    except (_Lost, OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("a row of an import failed", name=work.told.public_id, line=batch[0].line)
    if len(batch) > 1:
        for row in batch:
            place = _take(work, place, [row])
        return place
    return _keep(work, place, batch, {batch[0].line: [Fault("", Reason.UNFORESEEN)]}, list)


def _batch(work: _Work, place: _Place, batch: Sequence[sheets.Row]) -> _Place:
    faults: dict[int, list[Fault]] = {}
    values: list[tuple[int, Any]] = []
    for row in batch:
        try:
            values.append((row.line, work.taker.read(_cells(work.told, row), row.line)))
        except RowWrong as wrong:
            faults[row.line] = wrong.faults
    if work.promises:
        outcomes = work.taker.take(values, work.promises) if values else []
        return _keep(work, place, batch, faults, lambda: list(zip([line for line, _ in values], outcomes, strict=True)))
    lines = [line for line, _ in values]
    return _keep(work, place, batch, faults, lambda: list(zip(lines, work.taker.take(values, None), strict=True)))


def _keep(
    work: _Work,
    place: _Place,
    batch: Sequence[sheets.Row],
    faults: dict[int, list[Fault]],
    act: Callable[[], list[tuple[int, Outcome]]],
) -> _Place:
    """Move the place, run `act` and write down what was refused, all in one transaction."""
    with transaction():
        _move(place, {"after": place.after})
        added = known = 0
        for line, outcome in act():
            if isinstance(outcome, bool):
                added, known = added + outcome, known + (not outcome)
            else:
                faults[line] = outcome
        _refuse(work, place, batch, faults)
        _move(
            place,
            {
                "after": batch[-1].after,
                "line": batch[-1].next_line,
                "rows": Import.rows + len(batch),
                "added": Import.added + added,
                "known": Import.known + known,
                "refused": Import.refused + len(faults),
            },
        )
    return replace(place, after=batch[-1].after, line=batch[-1].next_line, refused=place.refused + len(faults))


def _refuse(work: _Work, place: _Place, batch: Sequence[sheets.Row], faults: dict[int, list[Fault]]) -> None:
    if not faults or (work.promises and place.refused >= _MOST_REFUSALS_OF_A_CHECK):
        return
    refused = [
        {
            "import_id": place.import_id,
            "line": row.line,
            "faults": [fault.kept() for fault in faults[row.line]],
            "cells": row.cells,
        }
        for row in batch
        if row.line in faults
    ]
    db.session.execute(insert(ImportRefusal), refused)


def _move(place: _Place, values: dict[str, Any]) -> None:
    """Change the import if it still stands where we left it, else raise `_Lost`; the row stays locked until the end."""
    moved = db.session.execute(
        update(Import)
        .where(Import.id == place.import_id, Import.state == place.state, Import.after == place.after)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]  # a cursor result
        raise _Lost


def _finish(work: _Work, place: _Place) -> None:
    with transaction():
        values: dict[str, Any] = {"state": ImportState.READY, "total": Import.rows}
        if work.promises:
            work.promises.forget()
        else:
            values |= {"state": ImportState.DONE, "finished_at": clock.now()}
            importing.forget_file(work.told.public_id)
        _move(place, values)


def _cells(told: Import, row: sheets.Row) -> dict[str, str]:
    """Return the cells under the names of their fields."""
    if not row.is_whole:
        raise RowWrong([Fault("", Reason.BROKEN_OFF)])
    if len(row.cells) > len(told.fields) and any(cell.strip() for cell in row.cells[len(told.fields) :]):
        raise RowWrong([Fault("", Reason.TOO_MANY_CELLS)])
    return {field: cell for field, cell in zip(told.fields, row.cells, strict=False) if field}

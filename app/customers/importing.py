"""The life of an import: a file is received, checked, confirmed or discarded. The work itself is in `batches`."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, update

from app.customers import queries
from app.customers.errors import AlreadyDecided, FileUnreadable
from app.customers.models import Import, ImportRefusal
from app.customers.rules.columns import Columns
from app.customers.rules.imports import ImportState
from app.kit import clock, sheets
from app.kit.db import after_commit, db
from app.kit.ids import uuid7

_STEP = 1 << 20
HeaderReader = Callable[[Sequence[str]], Columns]


@dataclass(frozen=True)
class Received:
    """A file as it was kept: its place, its content's sum, how it is written, and what its header says."""

    public_id: str
    name: str
    sha256: str
    encoding: str
    shape: sheets.Shape
    columns: Columns


def folder() -> Path:
    """Return where files of imports are kept; only this product reads there."""
    kept: Path = current_app.extensions["revisit.config"].data_dir / "imports"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    return kept


def file_of(public_id: str) -> Path:
    """Return where the file of an import is kept."""
    return folder() / f"{public_id}.csv"


def receive(source: Path, name: str, read: HeaderReader, *, may_be_packed: bool = False) -> Received:
    """Keep a file as UTF-8 and read its header; a file that is no table raises `FileUnreadable` and is not kept."""
    public_id = uuid7()
    kept = file_of(public_id)
    try:
        encoding = sheets.to_utf8(source, kept, may_be_packed=may_be_packed)
        found = sheets.shape(kept, lambda cell: read([cell]).fields[0] is not None)
    except sheets.Unreadable as fault:
        kept.unlink(missing_ok=True)
        raise FileUnreadable(fault.why) from fault
    return Received(public_id, name[-200:], _sum(kept), encoding, found, read(found.header))


def add_import(
    received: Received,
    *,
    kind: str,
    state: ImportState,
    options: Mapping[str, Any],
    staff_id: int | None = None,
    is_for_worker: bool = True,
) -> Import:
    """Begin an import of a file that was received."""
    told = Import(
        public_id=received.public_id,
        kind=kind,
        state=state,
        name=received.name,
        sha256=received.sha256,
        encoding=received.encoding,
        delimiter=received.shape.delimiter,
        is_quoted=received.shape.is_quoted,
        header=list(received.shape.header),
        fields=list(received.columns.fields),
        options=dict(options),
        size=file_of(received.public_id).stat().st_size,
        first_after=received.shape.after,
        first_line=received.shape.line,
        after=received.shape.after,
        line=received.shape.line,
        staff_id=staff_id,
        is_for_worker=is_for_worker,
    )
    db.session.add(told)
    db.session.flush()
    return told


def first_rows(told: Import, most: int = 5) -> list[list[str]]:
    """Return the first rows of the file as they stand there."""
    path = file_of(told.public_id)
    if not path.exists():
        return []
    rows = sheets.rows(path, told.delimiter, is_quoted=told.is_quoted, after=told.first_after, line=told.first_line)
    return [row.cells for row in islice(rows, most)]


def confirm(told: Import, *, is_history: bool | None = None) -> None:
    """Let the rows in, once; a second press raises `AlreadyDecided`."""
    begun = db.session.execute(
        update(Import)
        .where(Import.id == told.id, Import.state == ImportState.READY)
        .values(
            state=ImportState.RUNNING,
            options=dict(told.options) | {"is_history": is_history},
            after=told.first_after,
            line=told.first_line,
            rows=0,
            added=0,
            known=0,
            refused=0,
        )
    )
    if not begun.rowcount:  # type: ignore[attr-defined]  # a cursor result
        raise AlreadyDecided
    db.session.execute(delete(ImportRefusal).where(ImportRefusal.import_id == told.id))


def discard(told: Import) -> None:
    """Forget an import that was not confirmed, and its file."""
    gone = db.session.execute(
        delete(Import).where(Import.id == told.id, Import.state.in_([ImportState.CHECKING, ImportState.READY]))
    )
    if not gone.rowcount:  # type: ignore[attr-defined]  # a cursor result
        raise AlreadyDecided
    forget_file(told.public_id)


def forget_file(public_id: str) -> None:
    """Remove the file once the open transaction is safe: what stands in it is in the books or among the refusals."""
    kept = file_of(public_id)
    after_commit(partial(kept.unlink, missing_ok=True))
    for beside in (".promises", ".lock"):
        after_commit(partial(kept.with_suffix(beside).unlink, missing_ok=True))


def forget_left_over() -> None:
    """Discard imports that nobody confirmed for a week."""
    for told in queries.left_over_imports(clock.now()):
        discard(told)


def _sum(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(_STEP), b""):
            made.update(block)
    return made.hexdigest()

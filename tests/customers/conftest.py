"""Files that people send, and the work of an import as the product's own doors do it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.customers import batches, importing, queries
from app.customers.models import Import
from app.customers.rules.columns import NEEDED, TABLES, read_header
from app.customers.rules.imports import ImportState
from app.customers.takers import taker_for
from app.kit.db import db, transaction


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., Import]:
    """Return a function that receives a table (text or bytes) and begins its import."""

    def receive(content: str | bytes, kind: str = "customers", state: ImportState = ImportState.RUNNING) -> Import:
        source = tmp_path / "sent.csv"
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        received = importing.receive(source, "sent.csv", lambda names: read_header(names, TABLES[kind], NEEDED[kind]))
        with transaction():
            return importing.add_import(received, kind=kind, state=state, options={})

    return receive


@pytest.fixture
def bring_in(begin: Callable[..., Import]) -> Callable[..., Import]:
    """Return a function that imports a whole table and tells how it went."""

    def run(content: str | bytes, kind: str = "customers", state: ImportState = ImportState.RUNNING) -> Import:
        told = begin(content, kind, state)
        batches.run(told.id, taker_for)
        finished = queries.import_by_id(told.id)
        db.session.expunge(finished)
        return finished

    return run

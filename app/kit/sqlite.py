"""How Revisit opens SQLite: two engines on one file, and one writer at a time, in turn."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # an acknowledged answer survives a power cut
    "busy_timeout": "10000",
    "foreign_keys": "ON",
    "cache_size": "-32000",
    "mmap_size": str(256 * 1024 * 1024),
    "temp_store": "MEMORY",
    "wal_autocheckpoint": "1000",
    "journal_size_limit": str(64 * 1024 * 1024),
}


def prepare(engine: Engine, *, writes: bool) -> None:
    """Set the pragmas of each new connection and say how a transaction begins.

    The driver's own transaction handling is switched off: it begins deferred, and a deferred
    read-then-write loses updates.
    """

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for name, value in _PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Gate:
    """Lets one writer through at a time, among threads and processes.

    SQLite's own waiting sleeps and retries, which is unfair: the slowest of many writers waits
    seconds. This queue is fair.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".gate")
        self._threads = threading.Lock()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Hold the gate for the length of the block."""
        with self._threads:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)

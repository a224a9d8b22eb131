"""The worker process: it takes jobs from the queue, and its clock finds what is due and what the schedule asks for."""

import fcntl
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from flask import Flask

from app.delivery import jobs, queries, queue, service, ticks
from app.kit import clock
from app.kit.db import db, transaction
from app.kit.ids import uuid7
from config import Config

Schedule = Sequence[tuple[str, timedelta, Callable[[], Any]]]

log = structlog.get_logger(__name__)
_SWEEP_SECONDS = 2.0
_OFTEN = timedelta(minutes=1)
_HEARD_FOR = timedelta(seconds=60)
_PATIENCE_SECONDS = 25.0


class Worker:
    """One worker process of one application."""

    def __init__(self, app: Flask, schedule: Schedule) -> None:
        self._app = app
        self._config: Config = app.extensions["revisit.config"]
        self._schedule = {name: (every, act) for name, every, act in schedule}
        self._last: dict[str, datetime] = {}
        self._asked: dict[int, datetime] = {}
        self._stopped = threading.Event()
        folder: Path = self._config.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "worker.lock").open("a+", encoding="ascii")
        self.name = self._named()

    def run(self) -> None:
        """Work until SIGTERM; what is in hand is finished first."""
        work = queue_of(self._app)
        work.job("deliver", lambda parcel_id: jobs.deliver(parcel_id, self.name))
        work.job("turn", self._turn)
        with self._app.app_context(), transaction():
            freed = service.release(self.name)
        log.info("worker ready", name=self.name, taken_up_again=freed)
        ticking = threading.Thread(target=self._tick_until_stopped, name="clock", daemon=True)
        ticking.start()
        consumer = work.open().create_consumer(
            workers=self._config.workers,
            periodic=False,
            max_delay=0.5,
            graceful_signal="TERM",
            shutdown_timeout=_PATIENCE_SECONDS,
        )
        consumer.run()
        self._stopped.set()
        ticking.join(timeout=5)
        self.close()

    def close(self) -> None:
        """Give the name back that this worker held."""
        self._lock.close()

    def tick(self) -> None:
        """Hand what is due to the queue: parcels, and the turns of the schedule."""
        now = clock.now()
        self._asked = {parcel: at for parcel, at in self._asked.items() if now - at < _HEARD_FOR}
        for parcel_id in queries.due(200):
            if parcel_id not in self._asked:  # a parcel in the queue already is not asked for again at once
                self._asked[parcel_id] = now
                queue.enqueue(parcel_id)
        for name, (every, act) in self._schedule.items():
            due_at = turn_at(now, every)
            if self._last.get(name) == due_at:
                continue
            self._last[name] = due_at
            if every < _OFTEN:
                act()  # claims each piece of its own work, so a second worker does no harm
            else:
                self._begin(name, due_at)
        for name, due_at in ticks.broken_off():
            self._begin(name, due_at)

    def _begin(self, name: str, due_at: datetime) -> None:
        with transaction():
            is_ours = ticks.claim(name, due_at)
        if is_ours and name in self._schedule:
            queue.queue().put("turn", name, due_at)

    def _turn(self, name: str, due_at: datetime) -> None:
        _, act = self._schedule[name]
        act()
        with transaction():
            ticks.done(name, due_at)

    def _tick_until_stopped(self) -> None:
        while not self._stopped.is_set():
            with self._app.app_context():
                try:
                    self.tick()
                except Exception:  # the clock must go on; a database that is away comes back
                    log.exception("the clock stumbled")
                finally:
                    with suppress(Exception):
                        db.session.remove()
            self._stopped.wait(_SWEEP_SECONDS)

    def _named(self) -> str:
        """Return the name under which parcels are held.

        The first worker on a data folder holds its lock and keeps one name for ever: what it held when it was killed
        is its own again the moment it starts anew. Every other worker gets a fresh name, and its leases run out.
        """
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return uuid7()
        self._lock.seek(0)
        name = self._lock.read().strip()
        if not name:
            name = uuid7()
            self._lock.write(name)
            self._lock.flush()
            os.fsync(self._lock.fileno())
        return name


def queue_of(app: Flask) -> queue.Queue:
    """Return the queue of an application."""
    found: queue.Queue = app.extensions["revisit.queue"]
    return found


def turn_at(now: datetime, every: timedelta) -> datetime:
    """Return the moment of the present turn: the same for every worker, counted from 1970 in steps of `every`."""
    seconds = every.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)

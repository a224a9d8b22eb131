"""The job queue: Huey in SQLite, PostgreSQL or Redis. It only says "now"; what is to be done stands in the outbox.

A job that the queue loses (a killed worker, a queue file removed) is found again by the sweep, so nothing here has to
be safe.
"""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app
from huey import BlackHoleHuey, Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer

from config import Config

log = structlog.get_logger(__name__)
_NAME = "revisit"


class Queue:
    """The queue of one application; opened at first use, so that a web server can fork before."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._config: Config = app.extensions["revisit.config"]
        self._lock = threading.Lock()
        self._huey: Huey | None = None
        self._jobs: dict[str, Callable[..., Any]] = {}
        self._tasks: dict[str, Any] = {}

    def job(self, name: str, act: Callable[..., Any]) -> None:
        """Register what `put(name, …)` makes a worker do, inside an application context."""

        def run(*args: Any) -> None:
            with self._app.app_context():
                act(*args)

        self._jobs[name] = run

    def open(self) -> Huey:
        """Return Huey with every job registered."""
        with self._lock:
            if self._huey is None:
                huey = _make(self._config)
                for name, run in self._jobs.items():
                    self._tasks[name] = huey.task(name=name)(run)
                self._huey = huey
            return self._huey

    def put(self, name: str, *args: Any) -> None:
        """Ask a worker to run a job now."""
        self.open()
        self._tasks[name](*args)


def init_app(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["revisit.queue"] = Queue(app)


def queue() -> Queue:
    """Return the queue of the running application."""
    found: Queue = current_app.extensions["revisit.queue"]
    return found


def enqueue(parcel_id: int) -> None:
    """Ask for a parcel to be delivered now. A queue that is away is no fault of the caller: the sweep comes by."""
    try:
        queue().put("deliver", parcel_id)
    except Exception as fault:  # noqa: BLE001  # each kind of queue fails in its own way, and none may reach the page
        log.warning("the queue did not answer; the sweep will deliver", fault=f"{type(fault).__name__}: {fault}")


def _make(config: Config) -> Huey:
    # Who reaches the queue must not be able to run code here: Huey's messages are pickles.
    signed = SignedSerializer(secret=config.secret_key, salt="queue")
    common: dict[str, Any] = {"results": False, "utc": True, "serializer": signed}
    if config.testing and not config.queue_url:
        return BlackHoleHuey(_NAME, **common)
    scheme, _, rest = config.queue.partition("://")
    if scheme == "sqlite":
        return SqliteHuey(_NAME, filename=rest.removeprefix("/"), timeout=30, fsync=False, **common)
    if scheme.startswith("postgresql"):
        return PostgresHuey(_NAME, dsn=f"postgresql://{rest}", **common)
    return RedisHuey(_NAME, url=config.queue, **common)

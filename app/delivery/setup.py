"""Makes an application ready to send: which mail server, which queue, which jobs."""

from datetime import datetime

from flask import Flask

from app.delivery import jobs, queue
from app.delivery.transports import mail


def init_app(app: Flask) -> None:
    """Connect the mail transport and the queue."""
    mail.init_app(app)
    queue.init_app(app)
    work: queue.Queue = app.extensions["revisit.queue"]
    work.job("deliver", jobs.deliver)
    work.job("turn", _only_in_a_worker)


def _only_in_a_worker(name: str, due_at: datetime) -> None:
    raise RuntimeError(f"{name} of {due_at} belongs to a worker, which knows the schedule")

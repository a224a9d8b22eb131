"""What lifecycle does when time passes: number committed events, let customers grow older, count again at night."""

import structlog

from app.kit.db import transaction
from app.lifecycle import queries, service

log = structlog.get_logger(__name__)
_BATCH = 100  # a short transaction: SQLite has one writer, and customers are writing too
_BATCHES = 20


def sequence_events() -> int:
    """Give committed events their numbers, 2,000 at most before others get a turn; return how many got one."""
    numbered = 0
    for _ in range(_BATCHES):
        if not queries.has_pending():
            break
        with transaction():
            moved = service.sequence(_BATCH)
        numbered += moved
        if moved < _BATCH:
            break
    return numbered


def pass_time(limit: int = 1000) -> int:
    """Look again at the customers for whom time alone may have changed something; return how many."""
    due = queries.to_look_at(limit)
    for customer_id in due:
        with transaction():
            service.pass_time(customer_id)
    return len(due)


def verify_counters() -> None:
    """Compare the counters with the customers; what differs is mended and written down."""
    while sequence_events():
        pass
    with transaction():
        if not service.recount():
            log.warning("the counters of stages were wrong and have been mended")

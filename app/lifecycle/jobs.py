"""What lifecycle does when time passes: number committed events, let customers grow older, count again at night."""

import structlog

from app.kit.db import transaction
from app.lifecycle import queries, service

log = structlog.get_logger(__name__)
_BATCH = 500


def sequence_events() -> int:
    """Give every committed event its number; return how many got one."""
    numbered = 0
    while queries.has_pending():
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
    sequence_events()
    with transaction():
        if not service.recount():
            log.warning("the counters of stages were wrong and have been mended")

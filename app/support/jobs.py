"""What support does when time has passed."""

from app.kit.db import transaction
from app.support import queries, service


def mark_late(limit: int = 200) -> int:
    """Mark every request whose promise has passed, each once and in its own transaction; return how many."""
    marked = 0
    for request_id in queries.overdue(limit):
        with transaction():
            marked += service.mark_late(request_id)
    return marked

"""The life of an import, and how many rows go into one transaction."""

from enum import StrEnum

FIRST_BATCH = 50
LARGEST_BATCH = 500
_WISHED_SECONDS = 0.25


class ImportState(StrEnum):
    """Checking reads without writing; ready waits for a person; running writes."""

    CHECKING = "checking"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"


def next_batch(size: int, seconds: float) -> int:
    """Return how many rows to take next, so that a batch holds the database for about a quarter of a second."""
    fitting = int(size * _WISHED_SECONDS / max(seconds, 0.001))
    return max(1, min(fitting, size * 2, LARGEST_BATCH))

"""The life of an import, and how many rows go into one transaction."""

from enum import StrEnum

LEAST_BATCH = 50
LARGEST_BATCH = 500
_WISHED_SECONDS = 0.25


class ImportState(StrEnum):
    """Checking reads without writing; ready waits for a person; running writes."""

    CHECKING = "checking"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"


def next_batch(size: int, seconds: float, least: int = LEAST_BATCH) -> int:
    """Return how many rows to take next, so that a batch holds the database for about a quarter of a second.

    Never fewer than `least`: a busy machine must not make the batches so small that their own cost is all that is left.
    """
    fitting = int(size * _WISHED_SECONDS / max(seconds, 0.001))
    return max(least, min(fitting, size * 2, LARGEST_BATCH))

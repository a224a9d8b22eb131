"""Time passed: imports that people began go on, and the files that nobody confirmed are forgotten."""

from app.customers import batches, importing, queries
from app.customers.takers import taker_for
from app.kit.db import transaction

_GLANCE_SECONDS = 1.0
_TURN_SECONDS = 50.0


def begin_imports() -> None:
    """Take up what waits, for a second: a small file is done at once."""
    _go_on(_GLANCE_SECONDS)


def continue_imports() -> None:
    """Work through long files for most of a minute."""
    _go_on(_TURN_SECONDS)


def forget_left_over_imports() -> None:
    """Discard the imports that nobody confirmed."""
    with transaction():
        importing.forget_left_over()


def _go_on(seconds: float) -> None:
    for import_id in queries.imports_to_do():
        batches.run(import_id, taker_for, seconds=seconds)

"""The refused rows of an import as a table that can be mended and sent again."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from app.console import import_words
from app.customers import queries
from app.kit.sheets import csv_bytes

_AT_ONCE = 500


def table_of_refused(told: Any) -> Iterator[bytes]:
    """Write the refused rows with their line and reason after the columns of the file; formulas are closed."""
    return csv_bytes(_rows(told))


def _rows(told: Any) -> Iterator[Sequence[object]]:
    width = len(told.header)
    yield [*told.header, _("Line"), _("Why it was not taken")]
    line = 0
    while found := queries.refusals(told.id, after_line=line, limit=_AT_ONCE):
        for row in found:
            cells = (row.cells + [""] * width)[:width]
            yield [*cells, row.line, import_words.faults(row.faults)]
        line = found[-1].line

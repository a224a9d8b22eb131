"""A customer's statement as CSV that opens in Excel, in the customer's language."""

import csv
import io

from flask_babel import gettext as _

from app.kit.site import site
from app.loyalty import queries, words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def statement_csv(customer_id: int, locale: str) -> bytes:
    """Return every entry, oldest first: when, why, points, balance after; UTF-8 with a byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("When"), _("What"), _("Points"), _("Balance")])
    for entry in queries.entries(customer_id):
        when = site().local(entry.occurred_at).strftime("%Y-%m-%d %H:%M")
        writer.writerow([when, _safe(words.line(entry, locale)), entry.points, entry.balance_after])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

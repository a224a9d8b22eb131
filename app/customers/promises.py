"""While a file is checked: what its earlier rows will have made, kept beside the file and not in memory."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.customers.intake import Books
from app.customers.rules.rows import Bought, Buyer, Sale

_MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Promised:
    """Somebody or something that an earlier line of the file will make."""

    line: int
    external_id: str | None = None


class Promises:
    """The promises of one file. A row that is checked again after a kill keeps its own promise and stays new."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = sqlite3.connect(path, isolation_level=None)
        self._kept.execute("PRAGMA synchronous=OFF")
        self._kept.execute("CREATE TABLE IF NOT EXISTS promise (key TEXT PRIMARY KEY, line INTEGER, number TEXT)")
        self._new: list[tuple[str, int, str | None]] = []

    def at(self, line: int) -> "_Promising":
        """Return the hand that promises what the row at this line makes."""
        return _Promising(line, self._new)

    def remember(self, books: Books, buyers: Iterable[Buyer], sales: Iterable[Sale] = (), *, before: int) -> None:
        """Add to the books what rows before this line have promised about these rows."""
        buyers, sales = list(buyers), list(sales)
        self._fill(books.by_number, {f"n:{b.external_id}": b.external_id for b in buyers if b.external_id}, before)
        self._fill(books.by_email, {f"e:{b.email}": b.email for b in buyers if b.email}, before)
        self._fill(books.products, {f"p:{s.bought.sku}": s.bought.sku for s in sales}, before)
        self._fill(books.sales, {_key(s): (s.reference, s.bought.sku) for s in sales}, before)

    def keep(self) -> None:
        """Write the new promises down."""
        self._kept.execute("BEGIN")
        self._kept.executemany("INSERT OR IGNORE INTO promise VALUES (?, ?, ?)", self._new)
        self._kept.execute("COMMIT")
        self._new.clear()

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()

    def forget(self) -> None:
        """Remove the promises: the check is over."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _fill(self, known: dict[Any, Any], wanted: dict[str, Any], before: int) -> None:
        keys = list(wanted)
        for start in range(0, len(keys), _MOST_AT_ONCE):
            some = keys[start : start + _MOST_AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT key, line, number FROM promise WHERE line < ? AND key IN ({marks})"  # noqa: S608  # only marks
            for key, line, number in self._kept.execute(query, [before, *some]):
                known.setdefault(wanted[key], Promised(line, number))


@dataclass(frozen=True)
class _Promising:
    """Promises instead of making."""

    line: int
    new: list[tuple[str, int, str | None]]

    def customer(self, buyer: Buyer) -> Promised:
        """Promise a customer under number and address."""
        for prefix, value in (("n", buyer.external_id), ("e", buyer.email)):
            if value:
                self.new.append((f"{prefix}:{value}", self.line, buyer.external_id))
        return Promised(self.line, buyer.external_id)

    def product(self, bought: Bought) -> Promised:
        """Promise a product."""
        self.new.append((f"p:{bought.sku}", self.line, None))
        return Promised(self.line)

    def sale(self, sale: Sale, customer: Any, product: Any) -> Promised:  # noqa: ARG002  # as `Hand` says
        """Promise a purchase."""
        self.new.append((_key(sale), self.line, None))
        return Promised(self.line)


def _key(sale: Sale) -> str:
    return f"s:{sale.reference}\n{sale.bought.sku}"

"""What each kind of import does with its rows: reads them, says what is known, and takes them in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Protocol

from app.customers.intake import Hand, Writing, look_up, take_customer, take_sale
from app.customers.models import Import
from app.customers.promises import Promises
from app.customers.rules import columns, rows
from app.customers.rules.reasons import Fault, Wrong
from app.kit import clock
from app.kit.site import site

Outcome = bool | list[Fault]  # new, known, or what is wrong


class Taker(Protocol):
    """Takes the rows of one kind of import."""

    def read(self, cells: Mapping[str, str], line: int) -> Any:
        """Turn cells into values; raise `RowWrong`."""

    def take(self, values: Sequence[tuple[int, Any]], promises: Promises | None) -> list[Outcome]:
        """Take rows (line, values) in, or only say what would happen when there are `promises` to keep track with."""


@dataclass(frozen=True)
class CustomersTaker:
    """Rows about customers. Somebody who is known stays as they are."""

    def read(self, cells: Mapping[str, str], line: int) -> rows.Buyer:  # noqa: ARG002  # other kinds need the line
        """Turn cells into a customer's values."""
        return rows.customer(cells)

    def take(self, values: Sequence[tuple[int, rows.Buyer]], promises: Promises | None) -> list[Outcome]:
        """Make those known who are not."""
        buyers = [buyer for _, buyer in values]
        books = look_up(buyers)
        if promises:
            promises.remember(books, buyers, before=values[0][0])
        hands = promises or Writing("import")
        return _each(values, hands, lambda buyer, hand: take_customer(books, buyer, hand)[1])


@dataclass(frozen=True)
class PurchasesTaker:
    """Rows about purchases; they bring new customers and products along."""

    zone: tzinfo
    is_history: bool | None = None

    def read(self, cells: Mapping[str, str], line: int) -> rows.Sale:  # noqa: ARG002  # other kinds need the line
        """Turn cells into a purchase's values."""
        return rows.purchase(cells, zone=self.zone, now=clock.now())

    def take(self, values: Sequence[tuple[int, rows.Sale]], promises: Promises | None) -> list[Outcome]:
        """Record the purchases that are not known."""
        sales = [sale for _, sale in values]
        buyers = [sale.buyer for sale in sales]
        books = look_up(buyers, sales)
        if promises:
            promises.remember(books, buyers, sales, before=values[0][0])
        writing = Writing("import", self.is_history)
        return _each(values, promises or writing, lambda sale, hand: take_sale(books, sale, hand)[1])


def table_of(kind: str) -> tuple[columns.Table, Sequence[tuple[str, ...]]]:
    """Return the accepted names of columns of a kind, and which it needs."""
    return columns.TABLES[kind], columns.NEEDED[kind]


def taker_for(told: Import) -> Taker:
    """Return who takes the rows of this import."""
    if told.kind == "customers":
        return CustomersTaker()
    return PurchasesTaker(site().zone, told.options.get("is_history"))


def _each(
    values: Sequence[tuple[int, Any]], hands: Promises | Writing, act: Callable[[Any, Hand], bool]
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for line, value in values:
        try:
            outcomes.append(act(value, hands.at(line) if isinstance(hands, Promises) else hands))
        except Wrong as wrong:
            outcomes.append([Fault(wrong.field, wrong.reason)])
    if isinstance(hands, Promises):
        hands.keep()
    return outcomes

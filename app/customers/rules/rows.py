"""From the cells of one row to values: every fault of a row is found, not only the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from app.customers.rules import contacts, days, money, texts
from app.customers.rules.reasons import Fault, Reason, Wrong

HISTORY_AFTER = timedelta(days=90)
Cells = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """Who is meant, and what is known of them should they be new. One of `external_id` and `email` is set."""

    external_id: str | None
    email: str | None
    name: str
    phone: str | None
    company: str
    locale: str
    may_mail: bool = True


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What was bought, and its names should it be new."""

    sku: str
    name_en: str
    name_zh: str


@dataclass(frozen=True, kw_only=True)
class Sale:
    """One purchase as it was told to us."""

    buyer: Buyer
    bought: Bought
    reference: str
    purchased_at: datetime
    quantity: int = 1
    amount_minor: int = 0
    currency: str = "CNY"


class RowWrong(Exception):
    """A row cannot be read; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(", ".join(fault.reason for fault in faults))


class CellReader:
    """Reads the cells of one row and collects what is wrong."""

    def __init__(self, cells: Cells) -> None:
        self.cells, self.faults = cells, list[Fault]()

    def value(self, field: str, read: Callable[[str], Any], default: Any = None, *, needed: bool = False) -> Any:
        """Return what a cell says, or the default when it is empty or wrong."""
        written = self.cells.get(field, "")
        if not written.strip():
            if needed:
                self.faults.append(Fault(field, Reason.MISSING))
            return default
        try:
            return read(written)
        except Wrong as wrong:
            self.faults.append(Fault(field, wrong.reason, written))
            return default

    def done(self) -> None:
        """Raise `RowWrong` if anything was wrong."""
        if self.faults:
            raise RowWrong(self.faults)


def customer(cells: Cells) -> Buyer:
    """Read a row about a customer; raise `RowWrong`."""
    reader = CellReader(cells)
    found = _buyer(reader, is_name_needed=True)
    reader.done()
    return found


def purchase(cells: Cells, *, zone: tzinfo, now: datetime) -> Sale:
    """Read a row about a purchase; raise `RowWrong`."""
    reader = CellReader(cells)
    told = reader.value("currency", money.currency)
    amount_minor, code = reader.value("amount", lambda text: money.amount(text, told), (0, told or "CNY"))
    sale = Sale(
        buyer=_buyer(reader, is_name_needed=False),
        bought=_bought(reader),
        reference=reader.value("reference", texts.number_in_books, "", needed=True),
        purchased_at=reader.value("purchased_at", lambda text: days.past_moment(text, zone, now), now, needed=True),
        quantity=reader.value("quantity", money.pieces, 1),
        amount_minor=amount_minor,
        currency=code,
    )
    reader.done()
    return sale


def is_history(purchased_at: datetime, now: datetime) -> bool:
    """Return True when a purchase is so old that nobody should be asked about it: more than 90 days."""
    return now - purchased_at > HISTORY_AFTER


def _buyer(reader: CellReader, *, is_name_needed: bool) -> Buyer:
    external_id = reader.value("external_id", texts.number_in_books)
    email = reader.value("email", contacts.email)
    if not external_id and not email and not {"external_id", "email"} & {fault.field for fault in reader.faults}:
        reader.faults.append(Fault("", Reason.NO_NUMBER))
    name = reader.value("name", lambda text: texts.line(text, 200), "", needed=is_name_needed)
    return Buyer(
        external_id=external_id,
        email=email,
        name=name,
        phone=reader.value("phone", contacts.phone),
        company=reader.value("company", lambda text: texts.line(text, 200), ""),
        locale=reader.value("locale", texts.language, texts.language_of(name)),
        may_mail=reader.value("may_mail", texts.is_yes, default=True),
    )


def _bought(reader: CellReader) -> Bought:
    def named(field: str) -> str:
        return str(reader.value(field, lambda text: texts.line(text, 200), ""))

    either, chinese, english = named("product_name"), named("product_zh"), named("product_en")
    chinese, english = chinese or either or english, english or either or chinese
    # A shop without article numbers knows its products by name.
    sku = reader.value("sku", texts.number_in_books, "") or (chinese or english)[:100]
    if not sku:
        reader.faults.append(Fault("sku", Reason.MISSING))
    return Bought(sku=sku, name_en=english, name_zh=chinese)

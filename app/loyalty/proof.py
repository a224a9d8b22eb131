"""The proof of the ledger: every balance derived anew from its entries and compared. Changes nothing."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import aliased

from app.kit.db import db
from app.loyalty.models import Account, Entry, Voucher
from app.loyalty.rules import Counter, VoucherState

Rows = Select[Any, Any, Any]  # where, the figure that is kept, the figure derived anew


def totals() -> dict[str, int]:
    """Return the firm's side: points issued, redeemed, and owed to customers, and how much was looked at."""
    by_counter = dict(list(db.session.execute(select(Entry.counter, func.sum(Entry.points)).group_by(Entry.counter))))
    accounts, owed = db.session.execute(select(func.count(), func.coalesce(func.sum(Account.balance), 0))).one()
    return {
        "accounts": int(accounts),
        "entries": int(db.session.scalar(select(func.count()).select_from(Entry)) or 0),
        "issued": int(by_counter.get(Counter.ISSUED, 0)),
        "redeemed": -int(by_counter.get(Counter.REDEEMED, 0)),
        "owed": int(owed),
    }


def differences() -> Iterator[dict[str, Any]]:
    """Yield everything that does not add up: what, where, the figure that is kept and the one derived anew."""
    for what, found in (
        ("balance", _wrong_balances()),
        ("chain of entries", _broken_chains()),
        ("reversal", _wrong_reversals()),
        ("voucher", _wrong_vouchers()),
        ("redemption without voucher", _lost_vouchers()),
    ):
        for place, kept, derived in db.session.execute(found):
            yield {"what": what, "where": place, "kept": kept, "derived": derived}


def _wrong_balances() -> Rows:
    derived = func.coalesce(func.sum(Entry.points), 0)
    return (
        select(Account.customer_id, Account.balance, derived)
        .outerjoin(Entry, Entry.customer_id == Account.customer_id)
        .group_by(Account.customer_id, Account.balance)
        .having(Account.balance != derived)
    )


def _broken_chains() -> Rows:
    before = func.lag(Entry.balance_after, 1, 0).over(partition_by=Entry.customer_id, order_by=Entry.id)
    chain = select(Entry.id, Entry.balance_after, (before + Entry.points).label("derived")).subquery()
    return select(chain.c.id, chain.c.balance_after, chain.c.derived).where(chain.c.balance_after != chain.c.derived)


def _wrong_reversals() -> Rows:
    first = aliased(Entry)
    return (
        select(Entry.id, Entry.points, -first.points)
        .join(first, first.id == Entry.reverses_id)
        .where((Entry.points != -first.points) | (Entry.customer_id != first.customer_id))
    )


def _wrong_vouchers() -> Rows:
    """A voucher was paid for with its price; a cancelled one, and no other, has its points returned."""
    back = aliased(Entry)
    is_cancelled = Voucher.state == VoucherState.CANCELLED
    return (
        select(Voucher.id, Voucher.price, -Entry.points)
        .join(Entry, Entry.id == Voucher.entry_id)
        .outerjoin(back, back.reverses_id == Entry.id)
        .where(
            (Voucher.price != -Entry.points)
            | (Voucher.customer_id != Entry.customer_id)
            | (is_cancelled & back.id.is_(None))
            | (~is_cancelled & back.id.is_not(None))
        )
    )


def _lost_vouchers() -> Rows:
    return (
        select(Entry.id, Entry.points, literal(0))
        .outerjoin(Voucher, Voucher.entry_id == Entry.id)
        .where(Entry.counter == Counter.REDEEMED, Entry.reverses_id.is_(None), Voucher.id.is_(None))
    )

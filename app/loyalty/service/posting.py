"""The only writer of the ledger: one conditional statement for the balance, one entry, or neither."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.customers.models import Customer
from app.events import PointsEarned
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db, upsert
from app.loyalty.errors import MovementReused, NotEnoughPoints
from app.loyalty.models import Account, Entry
from app.loyalty.rules import Counter, Reason, fingerprint


@dataclass(frozen=True)
class Posted:
    """A movement in the ledger; `is_new` is False when its key had moved the points before."""

    entry_id: int
    balance: int
    is_new: bool


def earn(
    customer_id: int,
    *,
    points: int,
    reason: Reason,
    key: str,
    about: tuple[str, str] = ("", ""),
    at: datetime | None = None,
) -> Posted:
    """Credit points once for each `key` and publish `PointsEarned`; `about` is the line in English and Chinese."""
    posted = post(customer_id, points=points, counter=Counter.ISSUED, reason=reason, key=key, about=about, at=at)
    if posted.is_new:
        publish(
            PointsEarned(
                customer_id=customer_id,
                entry_id=posted.entry_id,
                points=points,
                reason=reason,
                balance=posted.balance,
            )
        )
    return posted


def post(
    customer_id: int,
    *,
    points: int,
    counter: Counter,
    reason: Reason,
    key: str,
    about: tuple[str, str] = ("", ""),
    reverses_id: int | None = None,
    at: datetime | None = None,
) -> Posted:
    """Move points: positive to the customer, negative from them. Raise `NotEnoughPoints` or `MovementReused`.

    The balance comes first: its row lock puts the movements of one customer in line, so that the key is looked at
    when every earlier movement can be seen. A key that is taken gives the balance back and answers what it did then.
    """
    input_hash = fingerprint(points, counter.value, reason.value, reverses_id)  # not the words: names change
    balance = _credit(customer_id, points) if points > 0 else _debit(customer_id, -points)
    if balance is None:
        return _earlier(customer_id, key, input_hash) or _refuse()
    entry = upsert(Entry).values(
        customer_id=customer_id,
        points=points,
        balance_after=balance,
        counter=counter,
        reason=reason,
        about_en=about[0][:200],
        about_zh=about[1][:200],
        key=key,
        input_hash=input_hash,
        reverses_id=reverses_id,
        is_demo=select(Customer.is_demo).where(Customer.id == customer_id).scalar_subquery(),
        occurred_at=at or clock.now(),
        recorded_at=clock.now(),
    )
    entry_id = db.session.scalar(
        entry.on_conflict_do_nothing(index_elements=["customer_id", "key"]).returning(Entry.id)
    )
    if entry_id is not None:
        return Posted(entry_id, balance, is_new=True)
    db.session.execute(
        update(Account).where(Account.customer_id == customer_id).values(balance=Account.balance - points)
    )
    return _earlier(customer_id, key, input_hash) or _refuse()


def _credit(customer_id: int, points: int) -> int | None:
    account = upsert(Account).values(customer_id=customer_id, balance=points)
    more = account.on_conflict_do_update(
        index_elements=["customer_id"], set_={"balance": Account.balance + points}
    ).returning(Account.balance)
    balance: int | None = db.session.scalar(more)
    return balance


def _debit(customer_id: int, points: int) -> int | None:
    return db.session.scalar(
        update(Account)
        .where(Account.customer_id == customer_id, Account.balance >= points)
        .values(balance=Account.balance - points)
        .returning(Account.balance)
        .execution_options(synchronize_session=False)
    )


def _earlier(customer_id: int, key: str, input_hash: str) -> Posted | None:
    """Return the movement that this key made before, or None; raise `MovementReused` when it was another one."""
    found = db.session.execute(
        select(Entry.id, Entry.balance_after, Entry.input_hash).filter_by(customer_id=customer_id, key=key)
    ).first()
    if found is None:
        return None
    if found.input_hash != input_hash:
        raise MovementReused
    return Posted(found.id, found.balance_after, is_new=False)


def _refuse() -> Posted:
    raise NotEnoughPoints

"""What loyalty can tell; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import case, select

from app.kit.db import db
from app.kit.errors import NotThere
from app.loyalty.models import Account, Entry, Reward, Voucher

PAGE = 20
Found = TypeVar("Found", Reward, Voucher)


@dataclass(frozen=True)
class Statement:
    """Some entries, newest first: `opening` + their points = `closing`. `older` continues before them."""

    entries: Sequence[Entry]
    opening: int
    closing: int
    older: int | None


def balance(customer_id: int) -> int:
    """Return the customer's points; none for somebody who never earned any."""
    return db.session.scalar(select(Account.balance).filter_by(customer_id=customer_id)) or 0


def statement(customer_id: int, *, before: int | None = None, size: int = PAGE) -> Statement:
    """Return a page of the customer's entries before the entry `before` (newest when None)."""
    rows = select(Entry).filter_by(customer_id=customer_id).order_by(Entry.id.desc()).limit(size + 1)
    found = db.session.scalars(rows if before is None else rows.where(Entry.id < before)).all()
    shown = found[:size]
    if not shown:
        return Statement((), 0, 0, None)
    opening = shown[-1].balance_after - shown[-1].points
    return Statement(shown, opening, shown[0].balance_after, shown[-1].id if len(found) > size else None)


def entries(customer_id: int) -> Sequence[Entry]:
    """Return every entry of the customer, oldest first."""
    return db.session.scalars(select(Entry).filter_by(customer_id=customer_id).order_by(Entry.id)).all()


def find_points_for_response(customer_id: int, response_id: int) -> int | None:
    """Return what an answer earned, or None while it has earned nothing."""
    return db.session.scalar(select(Entry.points).filter_by(customer_id=customer_id, key=f"response:{response_id}"))


def rewards_on_offer() -> Sequence[Reward]:
    """Return the active rewards, cheapest first; a catalogue is short, and 200 are its end."""
    return db.session.scalars(
        select(Reward).filter_by(is_active=True).order_by(Reward.price, Reward.id).limit(200)
    ).all()


def all_rewards() -> Sequence[Reward]:
    """Return every reward, offered ones first."""
    order = (Reward.is_active.desc(), Reward.price, Reward.id)
    return db.session.scalars(select(Reward).order_by(*order).limit(200)).all()


def reward(public_id: str) -> Reward:
    """Return the reward, offered or not; raise `NotThere`."""
    return _one(db.session.scalars(select(Reward).filter_by(public_id=public_id)).first())


def reward_for_update(public_id: str) -> Reward:
    """Return the reward as it is now, locked until the transaction ends; raise `NotThere`."""
    rows = select(Reward).filter_by(public_id=public_id).with_for_update()
    return _one(db.session.scalars(rows.execution_options(populate_existing=True)).first())


def find_next_reward(balance: int) -> Reward | None:
    """Return the reward to save for: the cheapest one dearer than the balance, else the dearest one."""
    offered = select(Reward).where(Reward.is_active, Reward.stock.is_(None) | (Reward.stock > 0))
    is_ahead = Reward.price > balance
    order = (is_ahead.desc(), case((is_ahead, Reward.price), else_=-Reward.price), Reward.id)
    return db.session.scalars(offered.order_by(*order).limit(1)).first()


def vouchers(customer_id: int) -> Sequence[Voucher]:
    """Return the customer's newest vouchers, at most 100."""
    rows = select(Voucher).filter_by(customer_id=customer_id).order_by(Voucher.id.desc()).limit(100)
    return db.session.scalars(rows).all()


def find_voucher(code: str) -> Voucher | None:
    """Return the voucher with this code, or None."""
    return db.session.scalars(select(Voucher).filter_by(code=code)).first()


def voucher(code: str) -> Voucher:
    """Return the voucher with this code; raise `NotThere`."""
    return _one(find_voucher(code))


def voucher_of(customer_id: int, code: str) -> Voucher:
    """Return the customer's own voucher; anybody else's is `NotThere`."""
    return _one(db.session.scalars(select(Voucher).filter_by(code=code, customer_id=customer_id)).first())


def _one(found: Found | None) -> Found:
    if found is None:
        raise NotThere
    return found

"""Demo data goes again: the only entries of the ledger that the database lets anybody remove."""

from sqlalchemy import delete, exists, select

from app.customers.models import Customer
from app.kit.db import db
from app.loyalty.models import Account, Entry, Reward, Voucher


def forget_demo() -> None:
    """Remove the points, vouchers and rewards of demo customers; real ones stay."""
    demo = select(Customer.id).where(Customer.is_demo)
    db.session.execute(delete(Voucher).where(Voucher.customer_id.in_(demo)))
    db.session.execute(delete(Entry).where(Entry.is_demo))
    db.session.execute(delete(Account).where(Account.customer_id.in_(demo)))
    bought = exists().where(Voucher.reward_id == Reward.id)
    db.session.execute(delete(Reward).where(Reward.is_demo, ~bought))

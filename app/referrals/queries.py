"""What referrals can tell; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.customers.models import Customer
from app.customers.names import given_name
from app.kit.db import db
from app.kit.errors import NotThere
from app.referrals.models import Code, Referral
from app.referrals.rules import State


@dataclass(frozen=True)
class Inviter:
    """Whose link it is. Only `first_name` is for other people's eyes."""

    customer_id: int
    first_name: str
    email: str | None


@dataclass(frozen=True)
class Friend:
    """Somebody who came: a first name and how far they have come, never an address."""

    first_name: str
    state: State
    at: datetime


@dataclass(frozen=True)
class Standing:
    """A customer's own code (None before it was made), and how many friends came and bought."""

    code: str | None
    came: int
    bought: int


def inviter(code: str) -> Inviter:
    """Return whose code it is; raise `NotThere`."""
    rows = select(Customer.id, Customer.name, Customer.email).join(Code, Code.customer_id == Customer.id)
    found = db.session.execute(rows.where(Code.code == code.lower())).first()
    if found is None:
        raise NotThere
    return Inviter(found.id, given_name(found.name), found.email)


def standing(customer_id: int) -> Standing:
    """Return the customer's code and counts, in one statement over their own few rows."""
    mine = Referral.referrer_id == customer_id
    row = db.session.execute(
        select(
            select(Code.code).filter_by(customer_id=customer_id).scalar_subquery(),
            select(func.count()).select_from(Referral).where(mine).scalar_subquery(),
            select(func.count()).select_from(Referral).where(mine, Referral.state == State.QUALIFIED).scalar_subquery(),
        )
    ).one()
    return Standing(*row)


def friends(customer_id: int) -> Sequence[Friend]:
    """Return the newest friends that the customer brought, at most 100."""
    rows = select(Customer.name, Referral.state, Referral.registered_at, Referral.qualified_at)
    rows = rows.join(Customer, Customer.id == Referral.friend_id).where(Referral.referrer_id == customer_id)
    found = db.session.execute(rows.order_by(Referral.id.desc()).limit(100))
    return [Friend(given_name(row.name), row.state, row.qualified_at or row.registered_at) for row in found]


def find_referrer(friend_id: int) -> tuple[int, str] | None:
    """Return the number and name of who brought this customer, or None."""
    rows = select(Customer.id, Customer.name).join(Referral, Referral.referrer_id == Customer.id)
    found = db.session.execute(rows.where(Referral.friend_id == friend_id)).first()
    return (found.id, found.name) if found else None

"""What referrals remembers: each customer's code, and who brought whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import EnumText, Model, UtcDateTime, created_at, primary_key
from app.referrals.rules import State


class Code(Model):
    """A customer's own code: short, unguessable, and the same for ever, because it is printed and passed on."""

    __tablename__ = "referral_code"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    created_at: Mapped[datetime] = created_at()


class Referral(Model):
    """A friend came through somebody's link. A friend has one referral: the first touch wins."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_referrer_id_id", "referrer_id", "id"),
        CheckConstraint("referrer_id <> friend_id", name="not_oneself"),
    )

    id: Mapped[int] = primary_key()
    referrer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    friend_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), unique=True)
    state: Mapped[State] = mapped_column(EnumText(State), default=State.REGISTERED)
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id", ondelete="SET NULL"), default=None)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    qualified_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

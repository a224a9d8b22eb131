"""What loyalty remembers: balances, the ledger behind them, rewards and vouchers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import BigId, EnumText, Model, UtcDateTime, created_at, primary_key
from app.kit.ids import uuid7
from app.loyalty.rules import Counter, Reason, VoucherState


class Account(Model):
    """A customer's points. `balance` is a copy of the sum of the entries, kept by the same transaction."""

    __tablename__ = "loyalty_account"
    __table_args__ = (CheckConstraint("balance >= 0", name="balance"),)

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True, autoincrement=False)
    balance: Mapped[int] = mapped_column(BigId, default=0)


class Entry(Model):
    """One movement: `points` to the customer and the same number from `counter`, so both sides sum to zero.

    Append-only: triggers refuse UPDATE, and DELETE of everything but demo data. `balance_after` makes a chain in
    which a missing or foreign entry shows.
    """

    __tablename__ = "loyalty_entry"
    __table_args__ = (
        UniqueConstraint("customer_id", "key"),
        Index("ix_loyalty_entry_customer_id_id", "customer_id", "id"),
        CheckConstraint("points <> 0", name="points"),
        CheckConstraint("balance_after >= 0", name="balance_after"),
    )

    id: Mapped[int] = primary_key()
    customer_id: Mapped[int] = mapped_column(ForeignKey("loyalty_account.customer_id"))
    points: Mapped[int] = mapped_column(BigId)
    balance_after: Mapped[int] = mapped_column(BigId)
    counter: Mapped[Counter] = mapped_column(EnumText(Counter))
    reason: Mapped[Reason] = mapped_column(EnumText(Reason))
    about_en: Mapped[str] = mapped_column(String(200), default="")
    about_zh: Mapped[str] = mapped_column(String(200), default="")
    key: Mapped[str] = mapped_column(String(120))
    input_hash: Mapped[str] = mapped_column(String(64))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("loyalty_entry.id"), unique=True, default=None)
    is_demo: Mapped[bool] = mapped_column(default=False)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = created_at()


class Reward(Model):
    """Something that points buy. `stock` None is without limit; `price` is in points."""

    __tablename__ = "loyalty_reward"
    __table_args__ = (
        Index("ix_loyalty_reward_is_active_price", "is_active", "price", "id"),
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("stock >= 0", name="stock"),
    )

    id: Mapped[int] = primary_key()
    public_id: Mapped[str] = mapped_column(String(36), unique=True, default_factory=uuid7)
    name_en: Mapped[str] = mapped_column(String(120))
    name_zh: Mapped[str] = mapped_column(String(120))
    note_en: Mapped[str] = mapped_column(String(300), default="")
    note_zh: Mapped[str] = mapped_column(String(300), default="")
    price: Mapped[int]
    stock: Mapped[int | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at()

    def name(self, locale: str) -> str:
        """Return the reward's name in the reader's language."""
        return self.name_zh if locale.startswith("zh") else self.name_en

    def note(self, locale: str) -> str:
        """Return what the reward is, in the reader's language."""
        return self.note_zh if locale.startswith("zh") else self.note_en


class Voucher(Model):
    """What a customer got for points. `code` is shown to its owner and works once; it cannot be guessed."""

    __tablename__ = "loyalty_voucher"
    __table_args__ = (Index("ix_loyalty_voucher_customer_id_id", "customer_id", "id"),)

    id: Mapped[int] = primary_key()
    code: Mapped[str] = mapped_column(String(20), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    reward_id: Mapped[int] = mapped_column(ForeignKey("loyalty_reward.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("loyalty_entry.id"), unique=True)
    name_en: Mapped[str] = mapped_column(String(120))
    name_zh: Mapped[str] = mapped_column(String(120))
    price: Mapped[int]
    state: Mapped[VoucherState] = mapped_column(EnumText(VoucherState), default=VoucherState.ISSUED)
    issued_at: Mapped[datetime] = created_at()
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id", ondelete="SET NULL"), default=None)

    def name(self, locale: str) -> str:
        """Return what was bought, as it was called then, in the reader's language."""
        return self.name_zh if locale.startswith("zh") else self.name_en

    @property
    def spoken_code(self) -> str:
        """Return the code in groups of four, as it is read aloud."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

"""What is remembered of customers, products and purchases."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import BigId, Model, UtcDateTime, created_at, primary_key
from app.kit.ids import uuid7


class Customer(Model):
    """A person or a firm that bought, or is about to. `email` is kept in lower case."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_name_id", "name", "id"),
        Index("ix_customer_owner_id", "owner_id", "id"),
    )

    id: Mapped[int] = primary_key()
    public_id: Mapped[str] = mapped_column(String(36), unique=True, default_factory=uuid7)
    external_id: Mapped[str | None] = mapped_column(String(100), unique=True, default=None)
    name: Mapped[str] = mapped_column(String(200))
    company: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True, default=None)
    phone: Mapped[str | None] = mapped_column(String(32), default=None)
    locale: Mapped[str] = mapped_column(String(20), default="zh_Hans")
    may_mail: Mapped[bool] = mapped_column(default=True)
    owner_id: Mapped[int | None] = mapped_column(BigId, default=None)
    source: Mapped[str] = mapped_column(String(20), default="staff")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at()


class Product(Model):
    """Something that is sold. `ask_after_days` is the pause between a purchase and its survey."""

    __tablename__ = "product"
    __table_args__ = (CheckConstraint("ask_after_days BETWEEN 0 AND 3650", name="ask_after_days"),)

    id: Mapped[int] = primary_key()
    sku: Mapped[str] = mapped_column(String(100), unique=True)
    name_en: Mapped[str] = mapped_column(String(200))
    name_zh: Mapped[str] = mapped_column(String(200))
    industry: Mapped[str] = mapped_column(String(40), default="")
    ask_after_days: Mapped[int] = mapped_column(default=14)
    is_demo: Mapped[bool] = mapped_column(default=False)

    def name(self, locale: str) -> str:
        """Return the product's name in the reader's language."""
        return self.name_zh if locale.startswith("zh") else self.name_en


class Purchase(Model):
    """A customer bought a product. `reference` is the order number in the firm's books; money is in minor units."""

    __tablename__ = "purchase"
    __table_args__ = (
        UniqueConstraint("reference", "product_id"),
        Index("ix_purchase_customer_id_purchased_at", "customer_id", "purchased_at"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    id: Mapped[int] = primary_key()
    reference: Mapped[str] = mapped_column(String(100))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity: Mapped[int] = mapped_column(default=1)
    amount_minor: Mapped[int] = mapped_column(BigId, default=0)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    purchased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at()

"""What is remembered of customers, products and purchases."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.customers.rules.imports import ImportState
from app.kit.db import BigId, EnumText, Json, Model, UtcDateTime, created_at, primary_key
from app.kit.ids import uuid7


class Customer(Model):
    """A person or a firm that bought, or is about to. `email` is kept in lower case.

    `is_collective` marks one that stands for many whom nobody knows by name: never mailed, of no stage.
    """

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
    is_collective: Mapped[bool] = mapped_column(default=False)
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


class Import(Model):
    """A file of rows that came in. `after` and `line` say how far it has been read: a killed worker goes on there."""

    __tablename__ = "customers_import"
    __table_args__ = (
        Index("ix_customers_import_state_id", "state", "id"),
        Index("ix_customers_import_sha256_kind", "sha256", "kind"),
    )

    id: Mapped[int] = primary_key()
    public_id: Mapped[str] = mapped_column(String(36), unique=True, default_factory=uuid7)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[ImportState] = mapped_column(EnumText(ImportState))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    encoding: Mapped[str] = mapped_column(String(20))
    delimiter: Mapped[str] = mapped_column(String(1))
    is_quoted: Mapped[bool]
    header: Mapped[list[str]] = mapped_column(Json)
    fields: Mapped[list[str | None]] = mapped_column(Json)
    options: Mapped[dict[str, Any]] = mapped_column(Json)
    size: Mapped[int] = mapped_column(BigId)
    first_after: Mapped[int] = mapped_column(BigId)
    first_line: Mapped[int] = mapped_column(BigId)
    after: Mapped[int] = mapped_column(BigId)
    line: Mapped[int] = mapped_column(BigId)
    rows: Mapped[int] = mapped_column(BigId, default=0)
    total: Mapped[int | None] = mapped_column(BigId, default=None)
    added: Mapped[int] = mapped_column(BigId, default=0)
    known: Mapped[int] = mapped_column(BigId, default=0)
    refused: Mapped[int] = mapped_column(BigId, default=0)
    staff_id: Mapped[int | None] = mapped_column(BigId, default=None)
    is_for_worker: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = created_at()
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ImportRefusal(Model):
    """A row that was not taken: its line, every fault (field, reason, what stood there) and its cells."""

    __tablename__ = "customers_import_refusal"

    import_id: Mapped[int] = mapped_column(ForeignKey("customers_import.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(BigId, primary_key=True)
    faults: Mapped[list[list[str]]] = mapped_column(Json)
    cells: Mapped[list[str]] = mapped_column(Json)

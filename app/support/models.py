"""What support remembers. What customers may read and what only colleagues may lie in different tables."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, Text, literal_column, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.kit.db import BigId, EnumText, Json, Model, UtcDateTime, primary_key
from app.support.rules import Mood, Origin, State, What

_UNSOLVED = text("state IN ('open', 'waiting')")
_MAY_FALL_DUE = text("state = 'open' AND late_at IS NULL")
_RESOLVED = text("state = 'resolved'")


class Request(Model):
    """Something that a customer needs put right. `number` is the name that people use; the id never leaves.

    `rank` orders by mood. The clock counts from `clock_from`, which is when the request was opened, or opened again.
    `version` grows with every change: who wrote against an older one has not seen everything.
    """

    __tablename__ = "support_request"
    __table_args__ = (
        CheckConstraint("rank BETWEEN 0 AND 4", name="rank"),
        Index("ix_support_request_queue", "rank", "due_at", "id", sqlite_where=_UNSOLVED, postgresql_where=_UNSOLVED),
        Index(
            "ix_support_request_owner",
            "owner_id",
            "rank",
            "due_at",
            "id",
            sqlite_where=_UNSOLVED,
            postgresql_where=_UNSOLVED,
        ),
        Index(
            "ix_support_request_product",
            "product_id",
            "rank",
            "due_at",
            "id",
            sqlite_where=_UNSOLVED,
            postgresql_where=_UNSOLVED,
        ),
        Index("ix_support_request_due", "due_at", sqlite_where=_MAY_FALL_DUE, postgresql_where=_MAY_FALL_DUE),
        Index("ix_support_request_resolved", "resolved_at", "id", sqlite_where=_RESOLVED, postgresql_where=_RESOLVED),
        Index("ix_support_request_customer_id_id", "customer_id", "id"),
    )

    id: Mapped[int] = primary_key()
    number: Mapped[int] = mapped_column(BigId, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), default=None)
    response_id: Mapped[int | None] = mapped_column(BigId, unique=True, default=None)
    origin: Mapped[Origin] = mapped_column(EnumText(Origin))
    state: Mapped[State] = mapped_column(EnumText(State), default=State.OPEN)
    subject: Mapped[str] = mapped_column(String(200))
    score: Mapped[int | None] = mapped_column(default=None)
    score_max: Mapped[int] = mapped_column(default=10)
    mood: Mapped[Mood] = mapped_column(EnumText(Mood))
    rank: Mapped[int]
    strength: Mapped[int] = mapped_column(default=1)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    quote: Mapped[str] = mapped_column(Text, default="")
    spans: Mapped[list[list[float]]] = mapped_column(Json, default_factory=list)
    confidence: Mapped[float] = mapped_column(default=0.0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_from: Mapped[datetime] = mapped_column(UtcDateTime)
    target_minutes: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    first_reply_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    mail_ids: Mapped[list[str]] = mapped_column(Json, default_factory=list)
    is_demo: Mapped[bool] = mapped_column(default=False)


class Message(Model):
    """What a customer and the firm wrote to each other: public by its very type. No `staff_id`: the customer's."""

    __tablename__ = "support_message"
    __table_args__ = (Index("ix_support_message_request_id_id", "request_id", "id"),)

    id: Mapped[int] = primary_key()
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id"), default=None)
    text: Mapped[str] = mapped_column(Text)
    verdict: Mapped[dict[str, Any]] = mapped_column(Json, default_factory=dict)
    message_id: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Model):
    """What colleagues tell each other about a request. No page or mail for customers reads this table."""

    __tablename__ = "support_note"
    __table_args__ = (Index("ix_support_note_request_id_id", "request_id", "id"),)

    id: Mapped[int] = primary_key()
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("identity_staff.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Model):
    """A fact about a request: from these rows every clock can be computed anew. `due_at` is the promise after it."""

    __tablename__ = "support_change"
    __table_args__ = (Index("ix_support_change_request_id_id", "request_id", "id"),)

    id: Mapped[int] = primary_key()
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id", ondelete="CASCADE"))
    what: Mapped[What] = mapped_column(EnumText(What))
    state: Mapped[State] = mapped_column(EnumText(State))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("identity_staff.id"), default=None)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Counter(Model):
    """The last number given to a request: one row."""

    __tablename__ = "support_counter"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    last: Mapped[int] = mapped_column(BigId)


class Hours(Model):
    """The firm's working week (windows of Monday to Sunday) and the country of its holidays: one row or none."""

    __tablename__ = "support_hours"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    week: Mapped[list[list[list[int]]]] = mapped_column(Json)
    country: Mapped[str] = mapped_column(String(2), default="CN")


class Day(Model):
    """A date on which the firm works otherwise than the week and the country's holidays say; no window means closed."""

    __tablename__ = "support_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    windows: Mapped[list[list[int]]] = mapped_column(Json)
    why: Mapped[str] = mapped_column(String(200), default="")


def is_unsolved(state: InstrumentedAttribute[State]) -> ColumnElement[bool]:
    """Return the condition in the very words of the partial indexes; a bound value would hide it from SQLite."""
    return state.in_([literal_column("'open'"), literal_column("'waiting'")])


def is_in(state: InstrumentedAttribute[State], value: State) -> ColumnElement[bool]:
    """Return the condition that a request is in one state, in the words of the partial indexes."""
    return state == literal_column(f"'{value.value}'")

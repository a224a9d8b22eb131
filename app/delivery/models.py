"""The outbox, the receivers of webhooks, and the ticks of the schedule."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, literal_column, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.delivery.rules import Kind, State
from app.kit.db import BigId, EnumText, Json, Model, UtcDateTime, created_at, primary_key

_IS_PENDING = text("state IN ('waiting', 'sending')")


class Endpoint(Model):
    """A receiver of webhooks. The first secret is the one in use; a second one signs too while it is being changed."""

    __tablename__ = "delivery_endpoint"

    id: Mapped[int] = primary_key()
    url: Mapped[str] = mapped_column(Text)
    secrets: Mapped[list[str]] = mapped_column(Json)
    types: Mapped[list[str]] = mapped_column(Json, default_factory=list)
    is_enabled: Mapped[bool] = mapped_column(default=True)
    why_off: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = created_at()


class Parcel(Model):
    """Something that has to leave the building, written in the transaction of its cause.

    `key` is what the receiver sees on every try; parcels of one `stream` travel in the order of their ids. `attempts`
    also tells a worker whether the parcel is still its own when it comes back with an outcome.
    """

    __tablename__ = "delivery_parcel"
    __table_args__ = (
        UniqueConstraint("key", "endpoint_id"),
        Index("ix_delivery_parcel_due", "next_at", sqlite_where=_IS_PENDING, postgresql_where=_IS_PENDING),
        Index("ix_delivery_parcel_turn", "stream", "id", sqlite_where=_IS_PENDING, postgresql_where=_IS_PENDING),
        Index("ix_delivery_parcel_state_id", "state", "id"),
        Index("ix_delivery_parcel_customer_id", "customer_id"),
    )

    id: Mapped[int] = primary_key()
    kind: Mapped[Kind] = mapped_column(EnumText(Kind))
    key: Mapped[str] = mapped_column(String(64))
    stream: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    customer_id: Mapped[int | None] = mapped_column(BigId, default=None)
    endpoint_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_endpoint.id"), default=None)
    state: Mapped[State] = mapped_column(EnumText(State), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(Text, default="")
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    leased_by: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = created_at()
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def is_pending(state: InstrumentedAttribute[State]) -> ColumnElement[bool]:
    """Return the condition in the very words of the partial indexes; a bound value would hide it from SQLite."""
    return state.in_([literal_column("'waiting'"), literal_column("'sending'")])


class Tick(Model):
    """One turn of a scheduled job: the row makes it happen once, however many workers there are."""

    __tablename__ = "delivery_tick"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

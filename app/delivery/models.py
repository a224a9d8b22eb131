"""What delivery remembers: the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit import clock
from app.kit.db import BigId, Json, Model, UtcDateTime, created_at


class Parcel(Model):
    """Something that leaves the building. `lane` orders: parcels of one lane go one after the other."""

    __tablename__ = "delivery_parcel"
    __table_args__ = (
        Index("ix_delivery_parcel_state_next_at", "state", "next_at"),
        Index("ix_delivery_parcel_lane_number", "lane", "number"),
    )

    number: Mapped[int] = mapped_column(BigId, primary_key=True, init=False)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    lane: Mapped[str] = mapped_column(String(100))
    key: Mapped[str | None] = mapped_column(String(200), unique=True, default=None)
    customer_id: Mapped[int | None] = mapped_column(BigId, default=None)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, default_factory=clock.now)
    fault: Mapped[str] = mapped_column(String(2000), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    created_at: Mapped[datetime] = created_at()

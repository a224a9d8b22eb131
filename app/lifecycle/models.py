"""What lifecycle remembers: where each customer stands, the events without a number yet, the numbered log, counters."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.db import BigId, EnumText, Json, Model, UtcDateTime, primary_key
from app.lifecycle.rules.kinds import Band, Side, Stage, Step


class Standing(Model):
    """Where one customer stands. `facts` is what the rules decide from; `reached` says when each stage began.

    The row is locked by whoever writes an event of this customer, so `revision` counts their events without a gap.
    `as_of` is the moment for which the rules were asked last, `look_at` the next at which time alone may change
    something.
    """

    __tablename__ = "lifecycle_standing"
    __table_args__ = (
        Index("ix_lifecycle_standing_changed", "changed_at", "customer_id"),
        Index("ix_lifecycle_standing_stage", "stage", "changed_at", "customer_id"),
        Index("ix_lifecycle_standing_side", "side", "changed_at", "customer_id"),
        Index("ix_lifecycle_standing_band", "band", "changed_at", "customer_id"),
        Index("ix_lifecycle_standing_urgency", "urgency", "health", "customer_id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    as_of: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    stage: Mapped[Stage | None] = mapped_column(EnumText(Stage), default=None)
    stage_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    side: Mapped[Side | None] = mapped_column(EnumText(Side), default=None)
    side_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    band: Mapped[Band] = mapped_column(EnumText(Band), default=Band.UNKNOWN)
    health: Mapped[int | None] = mapped_column(default=None)
    step: Mapped[Step] = mapped_column(EnumText(Step), default=Step.LET_BE)
    step_why: Mapped[dict[str, str]] = mapped_column(Json, default_factory=dict)
    urgency: Mapped[int] = mapped_column(default=9)
    last_score: Mapped[int | None] = mapped_column(default=None)
    last_score_max: Mapped[int] = mapped_column(default=10)
    last_label: Mapped[str] = mapped_column(String(16), default="")
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    look_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    revision: Mapped[int] = mapped_column(BigId, default=0)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default_factory=dict)
    reached: Mapped[dict[str, str]] = mapped_column(Json, default_factory=dict)


class PendingEvent(Model):
    """An event in the transaction of its cause, without a public number. The sequencer moves it to the log.

    `draft` is the CloudEvent but for its sequence. Triggers refuse a change, and refuse to remove a row that is not in
    the log.
    """

    __tablename__ = "lifecycle_pending"

    id: Mapped[int] = primary_key()
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    type: Mapped[str] = mapped_column(String(64))
    customer_id: Mapped[int] = mapped_column(BigId, index=True)
    revision: Mapped[int] = mapped_column(BigId)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft: Mapped[str] = mapped_column(Text)
    is_demo: Mapped[bool] = mapped_column(default=False)


class StageEvent(Model):
    """An event with its public number: the log, append-only by triggers. `body` is the CloudEvent as everybody gets it.

    No foreign key: what was said stays when a customer goes; the body holds numbers and reasons, never a name.
    """

    __tablename__ = "lifecycle_event"
    __table_args__ = (
        UniqueConstraint("customer_id", "revision"),
        Index("ix_lifecycle_event_type_sequence", "type", "sequence"),
        Index("ix_lifecycle_event_customer_occurred", "customer_id", "occurred_at", "revision"),
        Index("ix_lifecycle_event_sequenced", "sequenced_at", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    type: Mapped[str] = mapped_column(String(64))
    customer_id: Mapped[int] = mapped_column(BigId)
    revision: Mapped[int] = mapped_column(BigId)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequenced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str] = mapped_column(Text)
    is_demo: Mapped[bool] = mapped_column(default=False)


class Counter(Model):
    """How many customers are in a stage, a side state or a band, folded from the log by the sequencer alone."""

    __tablename__ = "lifecycle_counter"

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[str] = mapped_column(String(32), primary_key=True)
    n: Mapped[int] = mapped_column(BigId, default=0)

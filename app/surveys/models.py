"""What surveys remembers: what was asked, whom, and what they said."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit import clock
from app.kit.db import EnumText, Json, Model, UtcDateTime, created_at, primary_key
from app.surveys.rules import Channel, InvitationState, Metric, Missing, WhyNot


class Survey(Model):
    """A survey through all its versions; `metric` says how its score is read."""

    __tablename__ = "survey"

    id: Mapped[int] = primary_key()
    key: Mapped[str] = mapped_column(String(60), unique=True)
    metric: Mapped[Metric] = mapped_column(EnumText(Metric))
    score_min: Mapped[int]
    score_max: Mapped[int]
    created_at: Mapped[datetime] = created_at()


class SurveyVersion(Model):
    """What was asked, word for word in both languages: `content` is canonical JSON and never changes."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"), UniqueConstraint("survey_id", "content_hash"))

    id: Mapped[int] = primary_key()
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default_factory=clock.now)


class Invitation(Model):
    """One customer asked about one purchase. `token`, 192 random bits, is the link's key; staff may copy it."""

    __tablename__ = "survey_invitation"
    __table_args__ = (
        Index("ix_survey_invitation_state_id", "state", "id"),
        Index("ix_survey_invitation_state_due_at", "state", "due_at"),
        Index("ix_survey_invitation_customer_id_sent_at", "customer_id", "sent_at"),
    )

    id: Mapped[int] = primary_key()
    token: Mapped[str] = mapped_column(String(64), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), unique=True, default=None)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    state: Mapped[InvitationState] = mapped_column(EnumText(InvitationState), default=InvitationState.WAITING)
    why_not: Mapped[WhyNot | None] = mapped_column(EnumText(WhyNot), default=None)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created_at()


class Response(Model):
    """What a customer said, pinned to the version that was shown. Without a comment there is no `label`."""

    __tablename__ = "survey_response"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND score_max", name="score"),
        Index("ix_survey_response_submitted_at_id", "submitted_at", "id"),
        Index("ix_survey_response_customer_id_submitted_at", "customer_id", "submitted_at", "id"),
        Index("ix_survey_response_label_submitted_at", "label", "submitted_at", "id"),
        Index("ix_survey_response_score_band_submitted_at", "score_band", "submitted_at", "id"),
        Index("ix_survey_response_product_id_submitted_at", "product_id", "submitted_at", "id"),
        Index("ix_survey_response_language_submitted_at", "language", "submitted_at", "id"),
    )

    id: Mapped[int] = primary_key()
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("survey_invitation.id"), unique=True, default=None)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), default=None)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), default=None)
    score: Mapped[int | None] = mapped_column(default=None)
    score_max: Mapped[int]
    score_band: Mapped[str] = mapped_column(String(12), default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    may_contact: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(20))
    channel: Mapped[Channel] = mapped_column(EnumText(Channel))
    label: Mapped[str | None] = mapped_column(String(12), default=None)
    polarity: Mapped[float] = mapped_column(default=0.0)
    confidence: Mapped[float] = mapped_column(default=0.0)
    subjectivity: Mapped[float] = mapped_column(default=0.0)
    is_doubtful: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    text_language: Mapped[str] = mapped_column(String(12), default="")
    urgency: Mapped[list[Any]] = mapped_column(Json, default_factory=list)
    themes: Mapped[list[Any]] = mapped_column(Json, default_factory=list)
    evidence: Mapped[list[Any]] = mapped_column(Json, default_factory=list)
    model_version: Mapped[str] = mapped_column(String(40), default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    source_hash: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_demo: Mapped[bool] = mapped_column(default=False)


class Answer(Model):
    """The answer to one question: an option, a number, a text, or why there is none. Each option is a row."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index("ix_survey_answer_response_id", "response_id"),)

    id: Mapped[int] = primary_key()
    response_id: Mapped[int] = mapped_column(ForeignKey("survey_response.id", ondelete="CASCADE"))
    question_key: Mapped[str] = mapped_column(String(60))
    option_id: Mapped[str | None] = mapped_column(String(60), default=None)
    number: Mapped[int | None] = mapped_column(default=None)
    text: Mapped[str | None] = mapped_column(Text, default=None)
    missing_reason: Mapped[Missing | None] = mapped_column(EnumText(Missing), default=None)


class DayTotal(Model):
    """All answers of one day as counts. Eight slots, so that writers on PostgreSQL rarely wait for the same row."""

    __tablename__ = "survey_day_total"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    channel: Mapped[Channel] = mapped_column(EnumText(Channel), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    responses: Mapped[int] = mapped_column(default=0)
    scored: Mapped[int] = mapped_column(default=0)
    score_sum: Mapped[int] = mapped_column(default=0)
    promoters: Mapped[int] = mapped_column(default=0)
    passives: Mapped[int] = mapped_column(default=0)
    detractors: Mapped[int] = mapped_column(default=0)
    tops: Mapped[int] = mapped_column(default=0)
    negative: Mapped[int] = mapped_column(default=0)
    neutral: Mapped[int] = mapped_column(default=0)
    positive: Mapped[int] = mapped_column(default=0)
    mixed: Mapped[int] = mapped_column(default=0)
    unread: Mapped[int] = mapped_column(default=0)


class ThemeTotal(Model):
    """How often a theme was spoken of on one day, and how often happily or unhappily."""

    __tablename__ = "survey_theme_total"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    theme: Mapped[str] = mapped_column(String(60), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    mentions: Mapped[int] = mapped_column(default=0)
    negative: Mapped[int] = mapped_column(default=0)
    positive: Mapped[int] = mapped_column(default=0)

"""What customers said, one by one: for lists, timelines and quotes. Keyset pages, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from app.customers.models import Customer, Product
from app.kit.db import db
from app.kit.errors import NotThere
from app.surveys.models import Response, Survey, SurveyVersion
from app.surveys.rules import Channel, Metric


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What one customer said once: for lists, timelines and quotes. `evidence` are the spans that decided."""

    id: int
    customer_id: int
    customer_name: str
    public_id: str
    company: str
    purchase_id: int | None
    product_id: int | None
    product_en: str | None
    product_zh: str | None
    metric: Metric
    score: int | None
    score_max: int
    score_band: str
    comment: str
    may_contact: bool
    language: str
    channel: Channel
    label: str | None
    polarity: float
    confidence: float
    is_doubtful: bool
    is_urgent: bool
    text_language: str
    themes: list[Any]
    evidence: list[Any]
    submitted_at: datetime

    def product(self, locale: str) -> str:
        """Return what it is about, in the reader's language; empty if it was no purchase."""
        return (self.product_zh if locale.startswith("zh") else self.product_en) or ""


_OF_RESPONSE = ("purchase_id", "product_id", "score", "score_max", "score_band", "comment", "may_contact", "language")
_OF_JUDGEMENT = ("channel", "label", "polarity", "confidence", "is_doubtful", "is_urgent", "text_language")
_VOICE = (
    select(
        Response.id,
        Customer.id.label("customer_id"),
        Customer.name.label("customer_name"),
        Customer.public_id,
        Customer.company,
        Product.name_en.label("product_en"),
        Product.name_zh.label("product_zh"),
        Survey.metric,
        *(Response.__table__.c[name] for name in (*_OF_RESPONSE, *_OF_JUDGEMENT, "themes", "evidence", "submitted_at")),
    )
    .join(Customer, Customer.id == Response.customer_id)
    .join(SurveyVersion, SurveyVersion.id == Response.version_id)
    .join(Survey, Survey.id == SurveyVersion.survey_id)
    .outerjoin(Product, Product.id == Response.product_id)
)
_NEWEST = (Response.submitted_at.desc(), Response.id.desc())


def voice(response_id: int) -> Voice:
    """Return what was said; raise `NotThere`."""
    row = db.session.execute(_VOICE.where(Response.id == response_id)).mappings().first()
    if row is None:
        raise NotThere
    return Voice(**row)


def voices(
    *,
    customer_id: int | None = None,
    label: str | None = None,
    band: str | None = None,
    product_id: int | None = None,
    language: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    has_comment: bool = False,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Voice]:
    """Return what was said, newest first; `after` is (submitted_at, id) of the last one shown.

    `until` is the first moment that no longer belongs. Ask for one more than shown to know whether there are more.
    """
    equal = {
        Response.customer_id: customer_id,
        Response.label: label,
        Response.score_band: band,
        Response.product_id: product_id,
        Response.language: language,
    }
    query = _VOICE.where(*(column == value for column, value in equal.items() if value is not None))
    if since:
        query = query.where(Response.submitted_at >= since)
    if until:
        query = query.where(Response.submitted_at < until)
    if has_comment:
        query = query.where(Response.comment != "")
    if after:
        query = query.where(tuple_(Response.submitted_at, Response.id) < after)
    return [Voice(**row) for row in db.session.execute(query.order_by(*_NEWEST).limit(limit)).mappings()]


def find_latest_voice(customer_id: int) -> Voice | None:
    """Return the newest answer of a customer that has a score, or None."""
    query = _VOICE.where(Response.customer_id == customer_id, Response.score.is_not(None))
    row = db.session.execute(query.order_by(*_NEWEST).limit(1)).mappings().first()
    return Voice(**row) if row else None

"""The shape of the data of each event type; the published JSON Schemas are made from these classes."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.lifecycle.rules.kinds import Band, Part, Satisfaction, Side, Stage


class Shape(BaseModel):
    """A part of an event; unknown fields are a mistake of ours."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, from_attributes=True)


class CustomerRef(Shape):
    """Whom the event is about: our number, and the one in the firm's own books."""

    id: str
    external_id: str | None


class Sentence(Shape):
    """One sentence in both languages."""

    en: str
    zh: str


class EvidenceRef(Shape):
    """What the event rests on: a response, a request, a purchase, a referral, points or time."""

    kind: str
    id: str
    text: str = ""


class HealthRef(Shape):
    """Health right after the event; `known` is the share of the weights that rests on something."""

    score: int | None = Field(ge=0, le=100)
    band: Band
    known: float = Field(ge=0, le=1)


class EventData(Shape):
    """What every event carries. `revision` counts the events of this customer: a receiver drops what is older."""

    customer: CustomerRef
    revision: int = Field(ge=1)
    evidence: list[EvidenceRef]
    is_history: bool = False


class PurchaseRecorded(EventData):
    """A purchase came in; money in minor units."""

    purchase_id: str
    product_id: str
    purchased_at: datetime
    amount_minor: int
    currency: str
    is_first: bool


class ResponseSubmitted(EventData):
    """A customer answered a survey; the comment itself stays here."""

    response_id: str
    purchase_id: str | None
    score: int | None
    score_max: int
    label: str
    polarity: float
    satisfaction: Satisfaction | None
    is_urgent: bool
    language: str


class SatisfactionChanged(EventData):
    """The last word that could be read sounds different from the one before."""

    before: Satisfaction | None = Field(alias="from")
    after: Satisfaction = Field(alias="to")
    score: int | None
    score_max: int
    reason: Sentence


class SideChange(Shape):
    """The side state before and after."""

    before: Side | None = Field(alias="from")
    after: Side | None = Field(alias="to")


class StageChanged(EventData):
    """The stage or the side state changed. `rule` and `definition` say by which rule of which version."""

    before: Stage | None = Field(alias="from")
    after: Stage | None = Field(alias="to")
    side: SideChange
    rule: str
    definition: int
    reason: Sentence
    health: HealthRef


class HealthPart(Shape):
    """One part of the health score; a score of null is unknown, which counts for nothing."""

    part: Part
    score: int | None
    weight: float
    why: Sentence


class HealthBandChanged(EventData):
    """The health score crossed a threshold; `cap` is the hard signal that overruled it."""

    before: Band = Field(alias="from")
    after: Band = Field(alias="to")
    score: int | None
    known: float
    definition: int
    cap: Sentence | None
    parts: list[HealthPart]


class TicketOpened(EventData):
    """A support request was opened."""

    number: str
    mood: str
    is_urgent: bool
    origin: str
    due_at: datetime


class TicketResolved(EventData):
    """A support request was solved."""

    number: str
    within_promise: bool
    open_requests: int


class TicketReopened(EventData):
    """A solved request came back."""

    number: str


class PointsEarned(EventData):
    """Points were credited."""

    points: int
    reason: str
    balance: int


class PointsRedeemed(EventData):
    """Points were spent on a reward."""

    points: int
    reward: str
    balance: int


class Referral(EventData):
    """A referral moved on; both sides get an event. `role` is what this customer is in it."""

    referral_id: str
    role: str = Field(pattern="^(friend|referrer)$")
    other: CustomerRef


def as_json(data: EventData) -> dict[str, Any]:
    """Return the data as it travels."""
    return data.model_dump(mode="json", by_alias=True)

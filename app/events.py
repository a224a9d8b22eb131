"""Everything that can happen, as frozen facts: the language between domains.

An event is named for what happened, carries values and ids, and is handled at once in the transaction that
published it, by the reactions that `wiring.REACTIONS` lists.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about one customer."""

    customer_id: int


@dataclass(frozen=True, kw_only=True)
class CustomerAdded(Event):
    """Somebody became known to us; `source` is import, api, referral, staff or feedback.

    `is_collective`: they stand for many whom nobody knows by name.
    """

    source: str
    is_collective: bool = False


@dataclass(frozen=True, kw_only=True)
class PurchaseRecorded(Event):
    """A purchase came in. `is_history` marks one of the past, which earns nothing and asks nobody."""

    purchase_id: int
    product_id: int
    purchased_at: datetime
    amount_minor: int
    currency: str
    is_first: bool
    is_history: bool = False


@dataclass(frozen=True, kw_only=True)
class ResponseSubmitted(Event):
    """A customer answered. `score` lies in 0 to `score_max`; `label` and `polarity` judge the comment."""

    response_id: int
    purchase_id: int | None
    product_id: int | None
    score: int | None
    score_max: int
    comment: str
    label: str
    polarity: float
    is_urgent: bool
    language: str
    submitted_at: datetime
    may_contact: bool = False
    is_history: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestOpened(Event):
    """A support request exists; `origin` is survey, portal, staff or mail."""

    request_id: int
    number: str
    subject: str
    mood: str
    is_urgent: bool
    origin: str
    due_at: datetime
    response_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RequestReplied(Event):
    """A public message was added to a request, by staff or by the customer."""

    request_id: int
    number: str
    by_staff: bool


@dataclass(frozen=True, kw_only=True)
class RequestResolved(Event):
    """Staff solved a request; `within_promise` says whether in time."""

    request_id: int
    number: str
    within_promise: bool
    open_requests: int


@dataclass(frozen=True, kw_only=True)
class RequestReopened(Event):
    """A solved request came back."""

    request_id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class PointsEarned(Event):
    """Points were credited; `reason` is response, purchase, referral, welcome or manual."""

    entry_id: int
    points: int
    reason: str
    balance: int


@dataclass(frozen=True, kw_only=True)
class PointsRedeemed(Event):
    """Points were spent on a reward, which gave one voucher."""

    entry_id: int
    points: int
    reward: str
    voucher_id: int
    balance: int


@dataclass(frozen=True, kw_only=True)
class FriendRegistered(Event):
    """A friend (`customer_id`) came through the link of `referrer_id`."""

    referral_id: int
    referrer_id: int


@dataclass(frozen=True, kw_only=True)
class ReferralQualified(Event):
    """The friend (`customer_id`) bought for the first time: both sides have earned their reward."""

    referral_id: int
    referrer_id: int
    purchase_id: int
    referrer_points: int = 0
    friend_points: int = 0


@dataclass(frozen=True, kw_only=True)
class StageReached(Event):
    """The customer's stage changed; texts in both languages say why."""

    from_stage: str | None
    to_stage: str
    side_state: str | None
    revision: int
    reason_en: str
    reason_zh: str


@dataclass(frozen=True, kw_only=True)
class HealthBandChanged(Event):
    """The customer's health crossed a threshold; `score` is 0 to 100."""

    from_band: str | None
    to_band: str
    score: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class StageEventSequenced(Event):
    """A stage event got its public sequence number and may leave the building: `cloud_event` is the JSON text."""

    event_id: str
    type: str
    sequence: int
    cloud_event: str

"""The event types, one table: name, shape, meaning, and how a fact of another domain becomes one.

A domain joins by a line here; feed, webhooks, schemas, timeline and documentation follow from the table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app import events
from app.lifecycle import shapes
from app.lifecycle.rules.facts import satisfaction
from app.lifecycle.rules.words import Evidence, Words

PREFIX = "app.revisit."


@dataclass(frozen=True, kw_only=True)
class EventType:
    """One type. `of`, `evidence`, `data` and `happened` are empty for changes that lifecycle itself finds out.

    What `happens_once` with the same evidence is written once, however often it is told.
    """

    name: str
    shape: type[shapes.EventData]
    meaning: Words
    group: str
    version: int = 1
    of: type[events.Event] | None = None
    happens_once: bool = True
    evidence: Callable[[Any], Evidence] | None = None
    data: Callable[[Any], dict[str, Any]] = field(default=lambda _: {})
    happened: Callable[[Any], datetime | None] = field(default=lambda _: None)

    @property
    def full_name(self) -> str:
        """Return the `type` attribute of the CloudEvent."""
        return f"{PREFIX}{self.name}.v{self.version}"


def _response_text(event: events.ResponseSubmitted) -> str:
    return f"{event.score}/{event.score_max}" if event.score is not None else event.label


CATALOGUE = (
    EventType(
        name="purchase.recorded",
        shape=shapes.PurchaseRecorded,
        meaning=Words("A purchase came in.", "来了一笔购买。"),
        group="purchases",
        of=events.PurchaseRecorded,
        evidence=lambda e: Evidence(kind="purchase", id=str(e.purchase_id)),
        happened=lambda e: e.purchased_at,
        data=lambda e: {
            "purchase_id": str(e.purchase_id),
            "product_id": str(e.product_id),
            "purchased_at": e.purchased_at,
            "amount_minor": e.amount_minor,
            "currency": e.currency,
            "is_first": e.is_first,
        },
    ),
    EventType(
        name="survey.response.submitted",
        shape=shapes.ResponseSubmitted,
        meaning=Words("A customer answered a survey.", "客户答了问卷。"),
        group="answers",
        of=events.ResponseSubmitted,
        evidence=lambda e: Evidence(kind="response", id=str(e.response_id), text=_response_text(e)),
        happened=lambda e: e.submitted_at,
        data=lambda e: {
            "response_id": str(e.response_id),
            "purchase_id": str(e.purchase_id) if e.purchase_id else None,
            "score": e.score,
            "score_max": e.score_max,
            "label": e.label,
            "polarity": e.polarity,
            "satisfaction": satisfaction(score=e.score, score_max=e.score_max, label=e.label),
            "is_urgent": e.is_urgent,
            "language": e.language,
        },
    ),
    EventType(
        name="satisfaction.changed",
        shape=shapes.SatisfactionChanged,
        meaning=Words("The last word sounds different from the one before.", "最近一次说的和上一次不一样了。"),
        group="answers",
    ),
    EventType(
        name="stage.changed",
        shape=shapes.StageChanged,
        meaning=Words(
            "A customer reached a stage, or entered or left a side state.", "客户到了新的阶段，或者进出旁路。"
        ),
        group="stages",
    ),
    EventType(
        name="health.band.changed",
        shape=shapes.HealthBandChanged,
        meaning=Words("The health score crossed a threshold.", "健康度跨过了一道线。"),
        group="stages",
    ),
    EventType(
        name="ticket.opened",
        shape=shapes.TicketOpened,
        meaning=Words("A support request was opened.", "有了新的请求。"),
        group="requests",
        of=events.RequestOpened,
        evidence=lambda e: Evidence(kind="request", id=e.number, text=e.number),
        data=lambda e: {
            "number": e.number,
            "mood": e.mood,
            "is_urgent": e.is_urgent,
            "origin": e.origin,
            "due_at": e.due_at,
        },
    ),
    EventType(
        name="ticket.resolved",
        happens_once=False,
        shape=shapes.TicketResolved,
        meaning=Words("A support request was solved.", "请求解决了。"),
        group="requests",
        of=events.RequestResolved,
        evidence=lambda e: Evidence(kind="request", id=e.number, text=e.number),
        data=lambda e: {
            "number": e.number,
            "within_promise": e.within_promise,
            "open_requests": e.open_requests,
        },
    ),
    EventType(
        name="ticket.reopened",
        happens_once=False,
        shape=shapes.TicketReopened,
        meaning=Words("A solved request came back.", "解决过的请求又回来了。"),
        group="requests",
        of=events.RequestReopened,
        evidence=lambda e: Evidence(kind="request", id=e.number, text=e.number),
        data=lambda e: {"number": e.number},
    ),
    EventType(
        name="points.earned",
        shape=shapes.PointsEarned,
        meaning=Words("Points were credited.", "积分到账。"),
        group="points",
        of=events.PointsEarned,
        evidence=lambda e: Evidence(kind="points", id=str(e.entry_id), text=f"+{e.points}"),
        data=lambda e: {"points": e.points, "reason": e.reason, "balance": e.balance},
    ),
    EventType(
        name="points.redeemed",
        shape=shapes.PointsRedeemed,
        meaning=Words("Points were exchanged for a reward.", "积分换了奖励。"),
        group="points",
        of=events.PointsRedeemed,
        evidence=lambda e: Evidence(kind="points", id=str(e.entry_id), text=f"-{e.points}"),
        data=lambda e: {"points": e.points, "reward": e.reward, "balance": e.balance},
    ),
    EventType(
        name="referral.registered",
        shape=shapes.Referral,
        meaning=Words("A friend came through a referral link.", "朋友通过推荐链接来了。"),
        group="friends",
        of=events.FriendRegistered,
        evidence=lambda e: Evidence(kind="referral", id=str(e.referral_id)),
        data=lambda e: {"referral_id": str(e.referral_id)},
    ),
    EventType(
        name="referral.qualified",
        shape=shapes.Referral,
        meaning=Words("The friend bought for the first time.", "推荐来的朋友第一次买了。"),
        group="friends",
        of=events.ReferralQualified,
        evidence=lambda e: Evidence(kind="referral", id=str(e.referral_id)),
        data=lambda e: {"referral_id": str(e.referral_id)},
    ),
)

BY_NAME = {entry.name: entry for entry in CATALOGUE}
BY_FULL_NAME = {entry.full_name: entry for entry in CATALOGUE}
BY_EVENT = {entry.of: entry for entry in CATALOGUE if entry.of}
GROUPS = tuple(dict.fromkeys(entry.group for entry in CATALOGUE))


def json_schema(entry: EventType, base: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the data of one event type, under its public address."""
    schema = entry.shape.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_address(entry, base),
        "title": entry.full_name,
        "description": f"{entry.meaning.en} {entry.meaning.zh}",
    } | {name: value for name, value in schema.items() if name not in {"title", "description"}}


def schema_address(entry: EventType, base: str) -> str:
    """Return where the schema of an event type is served."""
    return f"{base}/api/v1/event-schemas/{entry.name}.v{entry.version}"

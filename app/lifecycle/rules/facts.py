"""What is known of one customer, folded from what happened; the order in which old news arrives does not matter."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from app import events
from app.lifecycle.rules.kinds import Satisfaction

_HAPPY_FROM, _UNHAPPY_TO = 0.9, 0.6  # of the scale: 9 and 6 of 10 as in NPS, 5 and 3 of 5


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules decide from. `None` is "never" or "not known"."""

    purchases: int = 0
    first_bought_at: datetime | None = None
    answers: int = 0
    satisfaction: Satisfaction | None = None
    score: int | None = None
    score_max: int = 10
    label: str = ""
    said_at: datetime | None = None
    delighted_score: int | None = None
    delighted_max: int = 10
    open_requests: int = 0
    request_number: str = ""
    is_grave: bool = False
    is_back: bool = False
    asked_at: datetime | None = None
    solved_at: datetime | None = None
    was_in_time: bool = True
    points_at: datetime | None = None
    has_redeemed: bool = False
    was_brought: bool = False
    friends: int = 0
    friends_bought: int = 0
    friend_at: datetime | None = None


def satisfaction(*, score: int | None, score_max: int, label: str) -> Satisfaction | None:
    """Return how an answer sounds: by its score, without one by its words; None when neither can be read."""
    if score is not None:
        share = score / score_max
        if share <= _UNHAPPY_TO:
            return Satisfaction.UNHAPPY
        return Satisfaction.HAPPY if share >= _HAPPY_FROM else Satisfaction.CONTENT
    return {
        "negative": Satisfaction.UNHAPPY,
        "mixed": Satisfaction.CONTENT,
        "neutral": Satisfaction.CONTENT,
        "positive": Satisfaction.HAPPY,
    }.get(label)


@singledispatch
def after(event: events.Event, facts: Facts, at: datetime, is_referrer: bool = False) -> Facts:
    """Return what is known once the event, which happened `at`, has been heard, perhaps about the friend's referrer."""
    raise NotImplementedError(f"{type(event).__name__} {facts} {at} {is_referrer}")


@after.register
def _(_event: events.PurchaseRecorded, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    first = min(facts.first_bought_at, at) if facts.first_bought_at else at
    return replace(facts, purchases=facts.purchases + 1, first_bought_at=first)


@after.register
def _(event: events.ResponseSubmitted, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    facts = replace(facts, answers=facts.answers + 1)
    heard = satisfaction(score=event.score, score_max=event.score_max, label=event.label)
    if heard is None:
        return facts  # a text that nobody can read says nothing, not even "so-so"
    if heard == Satisfaction.HAPPY and event.score is not None and facts.delighted_score is None:
        facts = replace(facts, delighted_score=event.score, delighted_max=event.score_max)
    if facts.said_at and at < facts.said_at:
        return facts  # old news: a later word is known
    return replace(
        facts, satisfaction=heard, score=event.score, score_max=event.score_max, label=event.label, said_at=at
    )


@after.register
def _(event: events.RequestOpened, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    return replace(
        facts,
        open_requests=facts.open_requests + 1,
        request_number=event.number,
        is_grave=event.is_urgent or event.mood == "negative",
        asked_at=at,
    )


@after.register
def _(event: events.RequestReopened, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    return replace(facts, open_requests=facts.open_requests + 1, request_number=event.number, is_back=True, asked_at=at)


@after.register
def _(event: events.RequestResolved, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    is_all = event.open_requests == 0
    return replace(
        facts,
        open_requests=event.open_requests,
        request_number=event.number if is_all else facts.request_number,
        is_grave=facts.is_grave and not is_all,
        is_back=facts.is_back and not is_all,
        solved_at=at,
        was_in_time=event.within_promise,
    )


@after.register
def _(_event: events.PointsEarned, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    return replace(facts, points_at=at)


@after.register
def _(_event: events.PointsRedeemed, facts: Facts, at: datetime, _is_referrer: bool = False) -> Facts:
    return replace(facts, points_at=at, has_redeemed=True)


@after.register
def _(_event: events.FriendRegistered, facts: Facts, at: datetime, is_referrer: bool = False) -> Facts:
    if not is_referrer:
        return replace(facts, was_brought=True)
    return replace(facts, friends=facts.friends + 1, friend_at=at)


@after.register
def _(_event: events.ReferralQualified, facts: Facts, at: datetime, is_referrer: bool = False) -> Facts:
    if not is_referrer:
        return facts
    return replace(facts, friends_bought=facts.friends_bought + 1, friend_at=at)

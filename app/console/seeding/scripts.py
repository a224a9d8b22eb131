"""A life made ready to be copied: judged, promised and heard once, for however many customers live it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from app import sentiment
from app.console.seeding.lives import TEXTS, Asked, Life, Said
from app.events import Event, PointsEarned, PurchaseRecorded, RequestOpened, RequestResolved, ResponseSubmitted
from app.lifecycle.service.copying import STAND_IN, Story, heard
from app.loyalty.rules import Reason
from app.sentiment import Judgement
from app.support.rules import State
from app.support.service.seeding import Case, Planned, plan
from app.surveys.questionnaire import SCORES
from app.surveys.rules import Metric

_NOBODY = 0  # a story tells of whoever lives it


@dataclass(frozen=True)
class Script:
    """A life with everything that does not differ between those who live it."""

    life: Life
    product_id: int
    judged: tuple[Judgement | None, ...]
    planned: tuple[Planned, ...]
    story: Story


@dataclass(frozen=True)
class Cast:
    """Who and what the lives are about: products, and colleagues of support and sales."""

    product_ids: Sequence[int]
    agent_ids: Sequence[int]
    owner_ids: Sequence[int]


@lru_cache(maxsize=1024)
def judge(comment: str, locale: str) -> Judgement | None:
    """Judge a text once."""
    return sentiment.judge(comment, locale) if comment else None


def script(life: Life, cast: Cast, *, now: datetime) -> Script:
    """Make a life ready. Its ids are stood for in the order: purchase, answers, requests, points."""
    product_id = cast.product_ids[life.product % len(cast.product_ids)]
    judged = tuple(judge(said.comment, life.locale) for said in life.said)
    planned = tuple(plan(_case(asked, life.locale, product_id, cast), now=now) for asked in life.asked)
    events = [(life.bought_at, _purchase(life, product_id)), *_answers(life, judged, product_id)]
    events += [*_requests(life, planned), *_points(life)]
    events.sort(key=lambda told: told[0])
    return Script(life, product_id, judged, planned, heard(events, now=now))


def _case(asked: Asked, locale: str, product_id: int, cast: Cast) -> Case:
    return Case(
        opened_at=asked.at,
        subject=asked.subject,
        text=asked.text,
        locale=locale,
        product_id=product_id,
        origin=asked.origin,
        state=asked.state,
        reply="" if asked.state == State.OPEN else TEXTS[locale]["reply"]["said"],
        staff_id=cast.agent_ids[asked.staff % len(cast.agent_ids)] if asked.touched_at else None,
        touched_at=asked.touched_at,
    )


def _purchase(life: Life, product_id: int) -> Event:
    return PurchaseRecorded(
        customer_id=_NOBODY,
        purchase_id=STAND_IN,
        product_id=product_id,
        purchased_at=life.bought_at,
        amount_minor=life.amount_minor,
        currency="CNY",
        is_first=True,
        is_history=True,
    )


def _answers(life: Life, judged: Sequence[Judgement | None], product_id: int) -> Iterator[tuple[datetime, Event]]:
    for place, (said, judgement) in enumerate(zip(life.said, judged, strict=True), start=1):
        yield said.at, _answer(said, judgement, STAND_IN + place, product_id, life.locale)


def _answer(said: Said, judgement: Judgement | None, response_id: int, product_id: int, locale: str) -> Event:
    return ResponseSubmitted(
        customer_id=_NOBODY,
        response_id=response_id,
        purchase_id=STAND_IN,
        product_id=product_id,
        score=said.score,
        score_max=SCORES[Metric.NPS][1],
        comment=said.comment,
        label=judgement.label.value if judgement else "unread",
        polarity=judgement.polarity if judgement else 0.0,
        is_urgent=bool(judgement and judgement.urgent),
        language=locale,
        submitted_at=said.at,
        is_history=True,
    )


def _requests(life: Life, planned: Sequence[Planned]) -> Iterator[tuple[datetime, Event]]:
    for place, one in enumerate(planned, start=1 + len(life.said)):
        number = f"#{STAND_IN + place}"
        yield (
            one.case.opened_at,
            RequestOpened(
                customer_id=_NOBODY,
                request_id=STAND_IN + place,
                number=number,
                subject=one.case.subject,
                mood=one.mood.value,
                is_urgent=one.is_urgent,
                origin=one.case.origin.value,
                due_at=one.due_at,
            ),
        )
        if one.solved_at:
            yield one.solved_at, _solved(one, one.solved_at, number, STAND_IN + place, planned)


def _solved(one: Planned, at: datetime, number: str, request_id: int, planned: Sequence[Planned]) -> Event:
    before = [other for other in planned if other is not one and other.case.opened_at <= at]
    return RequestResolved(
        customer_id=_NOBODY,
        request_id=request_id,
        number=number,
        within_promise=at <= one.due_at,
        open_requests=sum(other.solved_at is None or other.solved_at > at for other in before),
    )


def _points(life: Life) -> Iterator[tuple[datetime, Event]]:
    balance = 0
    for place, earned in enumerate(life.earned, start=1 + len(life.said) + len(life.asked)):
        balance += earned.points
        yield (
            earned.at,
            PointsEarned(
                customer_id=_NOBODY,
                entry_id=STAND_IN + place,
                points=earned.points,
                reason=Reason.PURCHASE,
                balance=balance,
            ),
        )

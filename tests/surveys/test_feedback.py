"""Feedback from elsewhere is kept once, judged, counted, and told as history."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.events import ResponseSubmitted
from app.kit import clock
from app.kit.bus import Bus
from app.kit.db import db, transaction
from app.surveys import overview, voices
from app.surveys.models import DayTotal, Response
from app.surveys.rules import Channel, Metric
from app.surveys.service import totals
from app.surveys.service.recording import Feedback, record_feedback
from tests import factories

NOON = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)


def feedback(customer_id: int, number: int, **values: object) -> Feedback:
    return Feedback(
        **{
            "customer_id": customer_id,
            "source": f"shop.tsv:{number}",
            "comment": "质量很好，下次还来",
            "language": "zh_Hans",
            "submitted_at": NOON,
            "score": 9,
        }
        | values
    )


@pytest.fixture
def customer_id(inside) -> int:
    return inside(factories.customer).id


def test_the_same_source_is_kept_once(inside, customer_id):
    items = [feedback(customer_id, 1), feedback(customer_id, 2), feedback(customer_id, 1)]

    first, again = inside(record_feedback, items), inside(record_feedback, items)

    assert (len(first), again) == (2, [])
    assert db.session.scalar(select(func.count()).select_from(Response)) == 2


def test_it_is_judged_and_told_as_history(app, monkeypatch, inside, customer_id):
    told: list[ResponseSubmitted] = []
    monkeypatch.setitem(app.extensions, "revisit.bus", Bus({ResponseSubmitted: (told.append,)}))

    inside(record_feedback, [feedback(customer_id, 1, comment="太差了，三天就坏", score=1, metric=Metric.CSAT)])

    [event], [voice] = told, voices.voices(customer_id=customer_id)
    assert (event.is_history, event.label, event.score, event.score_max) == (True, "negative", 1, 5)
    assert (voice.channel, voice.metric, voice.score_band) == (Channel.IMPORT, Metric.CSAT, "low")


def test_a_score_outside_of_its_scale_is_a_mistake_of_the_caller(customer_id):
    with pytest.raises(ValueError, match="6 is no score"), transaction():
        record_feedback([feedback(customer_id, 1, score=6, metric=Metric.CSAT)])


def test_the_day_totals_equal_a_recount(inside, customer_id):
    chance = random.Random(7)
    texts = ["质量很好", "太差了，再也不来", "", "Great quality", "Это плохо", "还行吧"]
    items = [
        feedback(
            customer_id,
            number,
            comment=chance.choice(texts),
            score=chance.choice([None, *range(11)]),
            language=chance.choice(["zh_Hans", "en"]),
            submitted_at=NOON + timedelta(hours=chance.randrange(-100, 100)),
        )
        for number in range(120)
    ]

    for batch in (items[:50], items[40:], items[:10]):
        inside(record_feedback, batch)

    assert counted() == recounted()
    whole = overview.totals(date(2026, 3, 1), date(2026, 3, 31))
    assert whole.responses == 120
    assert whole.scored == sum(item.score is not None for item in items)
    assert whole.nps.n == whole.scored


def counted() -> dict[tuple[object, ...], Counter[str]]:
    days: dict[tuple[object, ...], Counter[str]] = {}
    for row in db.session.scalars(select(DayTotal)):
        key = (row.day, row.language, row.channel)
        days.setdefault(key, Counter()).update({name: getattr(row, name) for name in overview.Totals.__annotations__})
    return {key: +counts for key, counts in days.items()}


def recounted() -> dict[tuple[object, ...], Counter[str]]:
    days: dict[tuple[object, ...], Counter[str]] = {}
    for row in db.session.scalars(select(Response)):
        key = (totals.local_day(row.submitted_at), row.language, row.channel)
        counts = Counter(responses=1)
        if row.score is not None:
            group = "promoters" if row.score >= 9 else "passives" if row.score >= 7 else "detractors"
            counts.update({"scored": 1, "score_sum": row.score, group: 1, "tops": int(row.score >= 9)})
        if row.label:
            counts[row.label] += 1
        days.setdefault(key, Counter()).update(counts)
    return {key: +counts for key, counts in days.items()}


def test_themes_are_counted_with_their_side(inside, customer_id):
    inside(record_feedback, [feedback(customer_id, n, comment="送货太慢了，等了很久", score=2) for n in range(3)])

    found = {theme.key: theme for theme in overview.themes(date(2026, 3, 12), date(2026, 3, 12))}

    assert (found["delivery"].mentions, found["delivery"].negative, found["delivery"].positive) == (3, 3, 0)
    assert overview.themes(date(2026, 3, 13), date(2026, 3, 14)) == []


def test_pages_of_voices_meet_without_gap_or_repeat(inside, customer_id):
    when = [NOON + timedelta(minutes=n // 3) for n in range(10)]
    inside(record_feedback, [feedback(customer_id, n, submitted_at=at) for n, at in enumerate(when)])

    seen: list[int] = []
    after = None
    while page := voices.voices(customer_id=customer_id, after=after, limit=3):
        seen += [voice.id for voice in page]
        after = (page[-1].submitted_at, page[-1].id)

    assert len(seen) == len(set(seen)) == 10
    assert voices.find_latest_voice(customer_id).id == seen[0]


def test_voices_can_be_narrowed(inside, customer_id):
    product_id = inside(factories.product).id
    inside(
        record_feedback,
        [
            feedback(customer_id, 1, comment="太差了", score=2),
            feedback(customer_id, 2, comment="Great", language="en", product_id=product_id),
            feedback(customer_id, 3, comment="", score=8, submitted_at=NOON - timedelta(days=9)),
        ],
    )

    assert [voice.score for voice in voices.voices(label="negative")] == [2]
    assert [voice.score for voice in voices.voices(band="middle")] == [8]
    assert [voice.language for voice in voices.voices(product_id=product_id)] == ["en"]
    assert len(voices.voices(since=NOON - timedelta(days=1), until=clock.now())) == 2
    assert len(voices.voices(has_comment=True)) == 2

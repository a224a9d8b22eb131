"""An unhappy answer opens one follow-up with a promised time."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from app.customers.models import Product
from app.delivery.models import Parcel
from app.kit.bus import ParkedEvent, publish
from app.kit.db import db, transaction
from app.support import queries
from app.support.models import Request
from app.support.rules import Mood, is_low, mood_of, needs_follow_up
from tests import factories


def _requests() -> list[Request]:
    assert not db.session.scalars(select(ParkedEvent.fault)).all()
    return list(db.session.scalars(select(Request).order_by(Request.id)))


@pytest.mark.parametrize(
    ("score", "score_max", "label", "is_urgent", "comment", "expected"),
    [
        (6, 10, "neutral", False, "", True),
        (7, 10, "neutral", False, "", False),
        (2, 5, "neutral", False, "", True),
        (3, 5, "neutral", False, "", False),
        (2, 7, "neutral", False, "", True),
        (9, 10, "negative", False, "不好", True),
        (9, 10, "positive", True, "好，但是漏电", True),
        (None, 10, "unread", False, "Замечательно", True),
        (None, 10, "unread", False, "", False),
        (9, 10, "unread", False, "Замечательно", False),
        (None, 10, "positive", False, "很好", False),
    ],
)
def test_who_needs_care_is_decided_by_score_words_and_urgency(score, score_max, label, is_urgent, comment, expected):
    decided = needs_follow_up(score=score, score_max=score_max, label=label, is_urgent=is_urgent, comment=comment)

    assert decided is expected


@pytest.mark.parametrize(
    ("label", "comment", "score", "mood"),
    [
        ("unread", "", 3, Mood.NEGATIVE),
        ("unread", "Плохо", 3, Mood.UNREAD),
        ("neutral", "换了一个", 3, Mood.NEGATIVE),
        ("positive", "很好", 3, Mood.MIXED),
        ("positive", "很好", 9, Mood.POSITIVE),
    ],
)
def test_a_low_score_pulls_the_mood_down(label, comment, score, mood):
    assert mood_of(label=label, comment=comment, is_low_score=is_low(score, 10)) is mood


def test_an_unhappy_answer_opens_a_follow_up_due_in_four_working_hours(answer, watch):
    event = answer()

    (request,) = _requests()
    assert request.response_id == event.response_id
    assert request.number == 1001
    assert request.mood == Mood.NEGATIVE
    assert request.spans
    assert request.due_at == watch.set("11-18 15:30")


def test_a_happy_answer_and_one_of_the_past_open_nothing(answer):
    answer(score=9, label="positive", comment="很好")
    answer(response_id=2, is_history=True)

    assert not _requests()


def test_the_same_answer_twice_opens_one(answer, inside):
    event = answer()
    inside(publish, event)

    assert len(_requests()) == 1


def test_many_reactions_at_once_open_one_follow_up(app, answer):
    event = answer(score=9, label="positive", comment="")
    wake, faults = Barrier(6), []
    unhappy = type(event)(**{**event.__dict__, "score": 1})

    def react() -> None:
        with app.app_context():
            wake.wait()
            try:
                with transaction():
                    publish(unhappy)
            except Exception as fault:  # noqa: BLE001  # a thread cannot fail the test by itself
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [Thread(target=react) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    assert len(_requests()) == 1


def test_requests_get_different_numbers(answer):
    for response_id in (1, 2, 3):
        answer(response_id)

    assert [request.number for request in _requests()] == [1001, 1002, 1003]


@pytest.mark.parametrize(
    ("locale", "subject", "promise"),
    [
        ("zh_Hans", "W2 净水器", "15:30"),
        ("en", "[#1001] Water filter W2: scored 3", "Wed 18 Nov 15:30"),
    ],
)
def test_the_customer_reads_the_promise_in_their_language(answer, inside, watch, locale, subject, promise):
    customer = inside(factories.customer, locale=locale)
    product = inside(factories.product)

    answer(customer=customer, product_id=product.id)

    letter = db.session.scalars(select(Parcel.payload)).one()
    assert subject in letter["subject"]
    assert promise in letter["text"]
    assert "/q/" in letter["text"]
    assert db.session.scalar(select(func.count()).select_from(Product)) == 1


def test_the_answer_knows_its_follow_up(answer):
    event = answer()

    found = queries.find_follow_up(event.response_id)

    assert found
    assert found.number == 1001
    assert queries.find_follow_up(99) is None

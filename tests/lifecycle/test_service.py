"""What lifecycle writes down when something happens, on a real database."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.kit import clock
from app.kit.db import db, transaction
from app.lifecycle import jobs, queries, service
from app.lifecycle.models import PendingEvent, StageEvent
from app.lifecycle.rules.kinds import Band, Side, Stage, Step
from tests import factories
from tests.lifecycle import happenings


@pytest.fixture
def customer(inside):
    return inside(factories.customer)


def note(event, **options):
    with transaction():
        service.note(event, **options)


def standing(customer):
    found = queries.find_standing(customer.id)
    db.session.refresh(found)
    return found


def log_of(customer):
    jobs.sequence_events()
    rows = db.session.scalars(
        db.select(StageEvent).filter_by(customer_id=customer.id).order_by(StageEvent.sequence)
    ).all()
    return [json.loads(row.body) for row in rows]


def types_of(customer):
    return [event["type"].removeprefix("app.revisit.").removesuffix(".v1") for event in log_of(customer)]


def test_a_customer_of_whom_nothing_was_heard_has_a_place_and_no_stage(customer):
    assert standing(customer).stage is None
    assert log_of(customer) == []


def test_a_purchase_makes_a_customer_and_two_events(customer):
    note(happenings.bought(customer.id))

    assert standing(customer).stage == Stage.PURCHASED
    assert types_of(customer) == ["purchase.recorded", "stage.changed"]


def test_the_same_fact_twice_is_heard_once(customer):
    event = happenings.bought(customer.id)
    note(event)
    note(event)
    jobs.sequence_events()
    note(event)

    assert types_of(customer) == ["purchase.recorded", "stage.changed"]
    assert standing(customer).facts["purchases"] == 1


def test_a_stage_change_carries_reason_evidence_health_and_its_cause(customer):
    note(happenings.bought(customer.id))
    answer = happenings.answered(customer.id, score=9, label="positive")
    note(answer)

    told, changed = [e for e in log_of(customer) if "submitted" in e["type"] or "stage" in e["type"]][1:]
    assert changed["data"]["from"] == "purchased"
    assert changed["data"]["to"] == "satisfied"
    assert changed["data"]["reason"] == {"en": "Answered 9 of 10.", "zh": "打了 9 分（满分 10）。"}
    assert changed["data"]["evidence"] == [{"kind": "response", "id": str(answer.response_id), "text": "9/10"}]
    assert changed["data"]["health"] == {"score": 90, "band": "good", "known": 0.35}
    assert changed["causationid"] == told["id"]


def test_a_bad_answer_leads_into_a_side_state_and_a_solved_request_and_a_better_word_lead_out(customer):
    note(happenings.bought(customer.id))
    note(happenings.opened(customer.id, number="R-7", mood="negative"))
    note(happenings.answered(customer.id, score=3))
    assert (standing(customer).side, standing(customer).step) == (Side.ISSUE_OPEN, Step.LISTEN)

    note(happenings.resolved(customer.id, number="R-7"))
    assert (standing(customer).side, standing(customer).step) == (Side.AT_RISK, Step.WIN_BACK)

    note(happenings.answered(customer.id, score=8))
    assert standing(customer).side is None
    assert standing(customer).stage == Stage.USING


def test_a_solved_request_that_comes_back_counts_more_than_any_average(customer):
    note(happenings.answered(customer.id, score=10))
    note(happenings.opened(customer.id, number="R-1"))
    note(happenings.resolved(customer.id))
    note(happenings.reopened(customer.id))
    assert standing(customer).band == Band.NEEDS_CARE
    note(happenings.resolved(customer.id))

    assert standing(customer).band == Band.GOOD
    assert types_of(customer).count("ticket.resolved") == 2


def test_time_alone_moves_a_customer_from_purchase_to_use(customer):
    note(happenings.bought(customer.id))
    for days in (2, 15):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            jobs.pass_time()

    kept = standing(customer)
    assert kept.stage == Stage.USING
    reached = [kept.reached[stage][:10] for stage in ("purchased", "onboarding", "using")]
    days = [(clock.now() + timedelta(days=n)).date().isoformat() for n in (0, 1, 14)]
    assert reached == days


def test_old_purchases_are_placed_where_they_belong_in_time(customer):
    long_ago = clock.now() - timedelta(days=100)
    note(happenings.bought(customer.id, purchased_at=long_ago, is_history=True))

    assert standing(customer).stage == Stage.USING
    assert standing(customer).reached["using"][:10] == (long_ago + timedelta(days=14)).date().isoformat()
    assert {event["data"]["is_history"] for event in log_of(customer)} == {True}


def test_a_bad_word_is_forgotten_after_ninety_days(customer):
    note(happenings.answered(customer.id, score=2))
    assert standing(customer).side == Side.AT_RISK
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        jobs.pass_time()

    assert standing(customer).side is None


def test_a_friend_who_came_is_aware_and_one_who_bought_makes_an_advocate(inside, customer):
    friend = inside(factories.customer, source="referral")
    registered = happenings.brought(friend.id, customer.id)
    note(registered)
    note(registered, customer_id=customer.id)
    assert standing(friend).stage == Stage.AWARENESS

    qualified = happenings.friend_bought(friend.id, customer.id)
    note(qualified)
    note(qualified, customer_id=customer.id)

    assert standing(customer).stage == Stage.ADVOCATE
    roles = [event["data"]["role"] for event in log_of(customer) if "referral" in event["type"]]
    assert roles == ["referrer", "referrer"]


def test_revisions_of_one_customer_have_no_gap_and_sequences_none_at_all(inside):
    customers = [inside(factories.customer) for _ in range(3)]
    for score in (3, 9, 7):
        for one in customers:
            note(happenings.answered(one.id, score=score))
    jobs.sequence_events()

    columns = (StageEvent.sequence, StageEvent.customer_id, StageEvent.revision)
    rows = db.session.execute(db.select(*columns).order_by(StageEvent.sequence)).all()
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    for one in customers:
        assert [row.revision for row in rows if row.customer_id == one.id] == list(
            range(1, sum(row.customer_id == one.id for row in rows) + 1)
        )


def test_the_counters_are_a_fold_of_the_log(inside):
    for score in (3, 9, 9):
        note(happenings.answered(inside(factories.customer).id, score=score))
    jobs.sequence_events()

    assert queries.counts() == {
        "stage": {"using": 1, "satisfied": 2},
        "side": {"at_risk": 1},
        "band": {"good": 2, "needs_care": 1},
    }
    with transaction():
        assert service.recount()


@pytest.mark.parametrize("table", [StageEvent, PendingEvent])
def test_the_log_refuses_change_and_removal(customer, table):
    note(happenings.bought(customer.id))
    if table is StageEvent:
        jobs.sequence_events()

    for statement in (update(table).values(type="else"), delete(table)):
        with pytest.raises((DBAPIError, IntegrityError)), transaction() as session:
            session.execute(statement)
    assert len(log_of(customer)) == 2


@pytest.mark.postgres
def test_the_log_cannot_be_emptied_in_one_stroke(customer):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text("TRUNCATE lifecycle_event"))


def test_what_was_made_for_show_can_go(inside):
    shown, real = inside(factories.customer, is_demo=True), inside(factories.customer)
    for one in (shown, real):
        note(happenings.bought(one.id))
    jobs.sequence_events()
    with transaction():
        service.forget_demo([shown.id, real.id])

    assert (len(log_of(shown)), len(log_of(real))) == (0, 2)


def test_an_event_names_the_customer_by_the_numbers_that_may_leave_and_never_by_name(customer):
    note(happenings.answered(customer.id, comment="我叫沈知夏"))

    told = json.dumps(log_of(customer), ensure_ascii=False)
    assert customer.public_id in told
    assert customer.external_id in told
    assert customer.name not in told
    assert "沈知夏" not in told

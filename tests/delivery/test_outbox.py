"""The outbox: what is written with its cause is delivered once, in order, and tried again in time."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.delivery import jobs, queries, service
from app.delivery.letters import Letter
from app.delivery.models import Endpoint, Parcel
from app.delivery.rules import DELIVERED, LEASE, TRIES, State
from app.kit import clock
from app.kit.db import db, transaction


def parcels() -> list[Parcel]:
    db.session.rollback()
    return list(db.session.scalars(select(Parcel).order_by(Parcel.id).execution_options(populate_existing=True)))


def states() -> list[State]:
    return [parcel.state for parcel in parcels()]


def test_what_is_rolled_back_never_leaves(write):
    with pytest.raises(ZeroDivisionError), transaction():
        service.post_letter(Letter(to="a@example.com", subject="never", text="never"), customer_id=1)
        raise ZeroDivisionError

    assert jobs.deliver_due() == 0
    assert parcels() == []


def test_an_event_reaches_its_receiver_signed_and_once(receiver, subscribed, happen):
    event = happen('{"id":"1","note":"客户满意"}')

    assert jobs.deliver_due() == 1
    assert jobs.deliver_due() == 0
    ((headers, body),) = receiver.got
    assert body == '{"id":"1","note":"客户满意"}'
    assert headers["webhook-id"] == event.event_id
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert states() == [State.DONE]


def test_the_same_event_twice_is_one_parcel(receiver, subscribed, happen):
    event = happen()
    with transaction():
        service.post_event(event)

    jobs.deliver_due()

    assert len(receiver.got) == 1


def test_events_of_one_customer_travel_in_order_past_a_failure(receiver, subscribed, happen):
    receiver.status = 500
    happen("first", customer_id=1)
    happen("second", customer_id=1)
    happen("other", customer_id=2)
    jobs.deliver_due()
    assert sorted(receiver.bodies) == ["first", "other"]

    receiver.status = 200
    receiver.got.clear()
    with time_machine.travel(clock.now() + timedelta(seconds=10)):
        jobs.deliver_due()

    assert [body for body in receiver.bodies if body != "other"] == ["first", "second"]
    assert states() == [State.DONE] * 3


def test_every_try_carries_the_same_id_and_a_fresh_time(receiver, subscribed, happen):
    receiver.status = 503
    with time_machine.travel(clock.now(), tick=False) as travel:
        happen()
        jobs.deliver_due()
        travel.shift(timedelta(seconds=7))
        jobs.deliver_due()

    first, second = (headers for headers, _ in receiver.got)
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 7


def test_a_receiver_that_asks_for_an_hour_gets_an_hour(receiver, subscribed, happen):
    receiver.status, receiver.headers = 429, {"Retry-After": "3600"}
    happen()

    jobs.deliver_due()

    (parcel,) = parcels()
    assert parcel.next_at - clock.now() > timedelta(minutes=59)


def test_after_the_last_try_a_parcel_is_dead_and_its_receiver_switched_off(receiver, subscribed, happen):
    receiver.status = 500
    with time_machine.travel(clock.now(), tick=False) as travel:
        happen()
        for _ in range(TRIES):
            jobs.deliver_due()
            travel.shift(timedelta(hours=30))
        jobs.deliver_due()

    assert len(receiver.got) == TRIES
    assert states() == [State.DEAD]
    assert not queries.endpoint(subscribed.id).is_enabled


def test_a_receiver_that_is_gone_is_left_alone(receiver, subscribed, happen):
    receiver.status = 410
    happen("first")
    happen("second")

    jobs.deliver_due()

    assert receiver.bodies == ["first"]
    assert states() == [State.DEAD, State.DEAD]
    assert queries.endpoint(subscribed.id).why_off == "gone"


def test_a_dead_parcel_can_be_sent_again_by_hand(receiver, subscribed, happen):
    receiver.status = 410
    happen("again")
    jobs.deliver_due()
    with transaction() as session:
        session.execute(update(Endpoint).values(is_enabled=True))
        assert service.send_again(session.scalars(select(Parcel.id)).one())

    receiver.status = 200
    jobs.deliver_due()

    assert states() == [State.DONE]


def test_a_redirect_is_not_followed(receiver, subscribed, happen):
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    happen()

    jobs.deliver_due()

    assert len(receiver.got) == 1
    assert states() == [State.WAITING]


def test_a_private_receiver_is_never_contacted(receiver, subscribed, happen, app: Flask, monkeypatch):
    monkeypatch.setitem(app.extensions, "revisit.config", app.extensions["revisit.config"].but(outbound_allow=()))
    happen()

    jobs.deliver_due()

    assert receiver.got == []
    assert parcels()[0].fault == "127.0.0.1 is a private address"


def test_a_parcel_in_the_hands_of_a_worker_is_not_taken_by_another(write):
    write()
    with transaction():
        held = service.claim(queries.due(10)[0], worker="first")
    assert held is not None

    with transaction():
        assert service.claim(held.id, worker="second") is None
    assert queries.due(10) == []

    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        assert list(queries.due(10)) == [held.id]


def test_a_worker_that_comes_back_too_late_changes_nothing(write):
    write()
    with transaction():
        late = service.claim(queries.due(10)[0], worker="late")
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)), transaction():
        assert service.claim(late.id, worker="next") is not None

    with transaction():
        assert service.settle(late, DELIVERED) is None
    assert states() == [State.SENDING]


def test_a_restarted_worker_takes_up_its_own_parcels_at_once(write):
    write()
    with transaction():
        service.claim(queries.due(10)[0], worker="me")
        assert service.release("somebody else") == 0
        assert service.release("me") == 1

    assert jobs.deliver_due() == 1


def test_of_eight_workers_one_takes_the_parcel(write, app: Flask):
    write()
    parcel_id = queries.due(10)[0]
    db.session.rollback()
    taken: list[bool] = []
    together = threading.Barrier(8)

    def take() -> None:
        with app.app_context():
            together.wait()
            with transaction():
                taken.append(service.claim(parcel_id, worker="w") is not None)
            db.session.remove()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken.count(True) == 1


def test_what_was_delivered_long_ago_is_forgotten(write):
    write()
    jobs.deliver_due()
    jobs.forget_delivered()
    assert states() == [State.DONE]

    with time_machine.travel(clock.now() + timedelta(days=31)):
        jobs.forget_delivered()

    assert parcels() == []


def test_a_customer_who_is_forgotten_leaves_no_mail_behind(write):
    write(customer_id=7)
    write(customer_id=8)
    with transaction():
        service.forget_customers([7])

    assert [parcel.customer_id for parcel in parcels()] == [8]

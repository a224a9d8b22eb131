"""A fault in a reaction: the purchase is kept, the standing follows later, once."""

from flask import Flask

from app.customers.models import Purchase
from app.events import PurchaseRecorded
from app.kit import bus
from app.kit.db import db, transaction
from app.lifecycle import jobs, queries
from app.lifecycle.models import StageEvent
from app.lifecycle.rules.kinds import Stage
from tests import factories


def _stumble(_event: PurchaseRecorded) -> None:
    raise ZeroDivisionError


def test_what_failed_once_is_done_later_and_once(app: Flask, inside):
    customer = inside(factories.customer)
    whole = app.extensions["revisit.bus"]
    broken = {**whole.reactions, PurchaseRecorded: (*whole.reactions[PurchaseRecorded], _stumble)}
    app.extensions["revisit.bus"] = bus.Bus(broken)
    try:
        with transaction():
            factories.purchase(customer)
    finally:
        app.extensions["revisit.bus"] = whole
    assert db.session.scalars(db.select(Purchase)).one()
    assert queries.portrait(customer.id).stage is None

    with transaction() as session:
        session.execute(db.update(bus.ParkedEvent).values(next_at=customer.created_at))
    assert bus.retry_parked() >= 1
    jobs.sequence_events()
    db.session.rollback()

    assert queries.portrait(customer.id).stage == Stage.ONBOARDING
    told = db.session.scalars(db.select(StageEvent.type).filter_by(customer_id=customer.id)).all()
    assert told.count("app.revisit.purchase.recorded.v1") == 1

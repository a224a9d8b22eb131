"""A fault in a reaction: the purchase is kept, the standing follows later, once."""

from app.customers.models import Purchase
from app.kit import bus
from app.kit.db import db, transaction
from app.lifecycle import jobs, queries
from app.lifecycle.models import StageEvent
from app.lifecycle.rules.kinds import Stage
from app.lifecycle.service import noting
from tests import factories


def test_what_failed_once_is_done_later_and_once(monkeypatch, inside):
    customer = inside(factories.customer)
    keep = noting._keep

    def stumble(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(noting, "_keep", stumble)
    with transaction():
        factories.purchase(customer)
    assert db.session.scalars(db.select(Purchase)).one()
    assert queries.portrait(customer.id).stage is None

    monkeypatch.setattr(noting, "_keep", keep)
    with transaction() as session:
        session.execute(db.update(bus.ParkedEvent).values(next_at=customer.created_at))
    assert bus.retry_parked() >= 1
    jobs.sequence_events()
    db.session.rollback()

    assert queries.portrait(customer.id).stage == Stage.ONBOARDING
    told = db.session.scalars(db.select(StageEvent.type).filter_by(customer_id=customer.id)).all()
    assert told.count("app.revisit.purchase.recorded.v1") == 1

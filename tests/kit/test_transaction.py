"""The transaction: one way in, one way out, on both databases."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from app.customers.models import Customer
from app.kit.db import after_commit, db, transaction
from tests import factories


def test_what_a_transaction_wrote_is_kept(inside):
    made = inside(factories.customer, name="顾以宁")

    assert db.session.scalars(select(Customer.name).filter_by(id=made.id)).one() == "顾以宁"


def test_a_fault_undoes_the_whole_transaction():
    with pytest.raises(ZeroDivisionError), transaction():
        factories.customer()
        raise ZeroDivisionError

    assert db.session.scalars(select(Customer)).all() == []


def test_writing_outside_of_a_transaction_is_impossible():
    with pytest.raises(DBAPIError):
        factories.customer()


def test_a_transaction_inside_a_transaction_is_a_mistake_of_the_programmer():
    with transaction(), pytest.raises(RuntimeError), transaction():
        pass


def test_what_waits_for_the_commit_does_not_run_after_a_fault():
    calls: list[str] = []
    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: calls.append("never"))
        raise ZeroDivisionError
    with transaction():
        after_commit(lambda: calls.append("once"))

    assert calls == ["once"]


def test_writers_at_once_lose_no_update(app: Flask, inside):
    counted = inside(factories.customer, phone="0").id

    def add_ten() -> None:
        with app.app_context():
            for _ in range(10):
                with transaction() as session:
                    row = session.scalars(select(Customer).filter_by(id=counted).with_for_update()).one()
                    session.execute(update(Customer).filter_by(id=counted).values(phone=str(int(row.phone or 0) + 1)))
                db.session.remove()

    threads = [threading.Thread(target=add_ten) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert db.session.scalars(select(Customer.phone).filter_by(id=counted)).one() == "80"

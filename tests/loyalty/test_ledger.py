"""The ledger: append-only, each key once, never below zero, and always equal to its own sum."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit.db import db, transaction
from app.loyalty import proof, queries, service
from app.loyalty.errors import MovementReused, NotEnoughPoints, VoucherSpent
from app.loyalty.rules import Reason
from tests.loyalty import stories


def test_the_same_key_moves_points_once():
    ada = stories.customer_with(0)
    with transaction():
        first = service.earn(ada, points=50, reason=Reason.RESPONSE, key="response:1")
        second = service.earn(ada, points=50, reason=Reason.RESPONSE, key="response:1")

    assert (first.is_new, second.is_new, second.entry_id) == (True, False, first.entry_id)
    assert queries.balance(ada) == 50
    assert stories.proven()


def test_the_same_key_with_other_points_is_refused():
    ada = stories.customer_with(0)
    with pytest.raises(MovementReused), transaction():
        service.earn(ada, points=50, reason=Reason.RESPONSE, key="response:1")
        service.earn(ada, points=51, reason=Reason.RESPONSE, key="response:1")

    assert queries.balance(ada) == 0


def test_one_key_on_two_rewards_buys_both():
    ada, first, second = stories.customer_with(900), stories.reward(price=400), stories.reward(price=400)
    with transaction():
        codes = {service.redeem(ada, prize.public_id, price=400, key="same").code for prize in (first, second)}

    assert (len(codes), queries.balance(ada)) == (2, 100)


def test_two_customers_may_have_the_same_key():
    ada, ben = stories.customer_with(0), stories.customer_with(0)
    with transaction():
        service.earn(ada, points=400, reason=Reason.REFERRAL, key="referral:1")
        service.earn(ben, points=200, reason=Reason.WELCOME, key="referral:1")

    assert (queries.balance(ada), queries.balance(ben)) == (400, 200)


def test_nobody_spends_what_they_do_not_have():
    ada, prize = stories.customer_with(499), stories.reward(price=500)
    with pytest.raises(NotEnoughPoints), transaction():
        service.redeem(ada, prize.public_id, price=500, key="k")

    assert queries.balance(ada) == 499
    assert stories.proven()


def test_a_cancelled_voucher_gives_its_points_and_its_piece_back_once():
    ada, prize = stories.customer_with(600), stories.reward(price=500, stock=1)
    with transaction():
        code = service.redeem(ada, prize.public_id, price=500, key="k").code
    with transaction():
        service.cancel_voucher(code, staff_id=None)
    with pytest.raises(VoucherSpent), transaction():
        service.cancel_voucher(code, staff_id=None)
    with pytest.raises(VoucherSpent), transaction():
        service.use_voucher(code, staff_id=None)

    assert queries.balance(ada) == 600
    assert db.session.scalar(text("SELECT stock FROM loyalty_reward")) == 1
    assert stories.proven()


@pytest.mark.parametrize("change", ["UPDATE loyalty_entry SET points = 9000", "DELETE FROM loyalty_entry"])
def test_the_database_refuses_to_change_an_entry(change):
    stories.customer_with(100)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(change))


def test_demo_points_can_go_again_and_real_ones_stay():
    real, demo = stories.customer_with(100), stories.customer_with(100, is_demo=True)
    prize = stories.reward(price=50, is_demo=True)
    with transaction():
        service.redeem(demo, prize.public_id, price=50, key="k")
    with transaction():
        service.forget_demo()

    assert (queries.balance(real), queries.balance(demo)) == (100, 0)
    assert queries.rewards_on_offer() == []
    assert stories.proven()


def test_the_firm_owes_what_it_issued_and_did_not_redeem():
    ada, prize = stories.customer_with(600), stories.reward(price=500)
    with transaction():
        service.redeem(ada, prize.public_id, price=500, key="k")

    assert proof.totals() == {"accounts": 1, "entries": 2, "issued": 600, "redeemed": 500, "owed": 100}


def test_a_statement_adds_up_on_every_page():
    ada = stories.customer_with(0)
    with transaction():
        for number in range(45):
            service.earn(ada, points=number + 1, reason=Reason.RESPONSE, key=f"response:{number}")

    pages, before = [], None
    while True:
        pages.append(queries.statement(ada, before=before))
        before = pages[-1].older
        if before is None:
            break

    assert [len(page.entries) for page in pages] == [20, 20, 5]
    assert all(page.opening + sum(entry.points for entry in page.entries) == page.closing for page in pages)
    assert [page.opening for page in pages][:-1] == [page.closing for page in pages][1:]
    assert (pages[-1].opening, pages[0].closing) == (0, queries.balance(ada))

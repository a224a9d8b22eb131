"""`ledger verify` finds what somebody with a key to the database has done."""

import json

import pytest
from sqlalchemy import text

from app.kit.db import db, transaction
from app.loyalty import service
from tests.loyalty import stories


def test_a_true_ledger_passes(runner):
    stories.customer_with(600)
    answer = runner.invoke(args=["ledger", "verify", "--json"])

    assert answer.exit_code == 0
    report = json.loads(answer.output)[0]
    assert (report["is_true"], report["owed"], report["differences"]) == (True, 600, [])


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("UPDATE loyalty_account SET balance = balance + 1", "balance"),
        ("UPDATE loyalty_voucher SET price = price - 1", "voucher"),
        ("DELETE FROM loyalty_voucher", "redemption without voucher"),
        ("UPDATE loyalty_voucher SET state = 'cancelled'", "voucher"),
    ],
)
def test_every_kind_of_harm_is_found(runner, harm, what):
    ada, prize = stories.customer_with(600), stories.reward(price=500)
    with transaction() as session:
        service.redeem(ada, prize.public_id, price=500, key="k")
        session.execute(text(harm))

    answer = runner.invoke(args=["ledger", "verify"])

    assert answer.exit_code == 1
    assert what in answer.output


def test_an_entry_smuggled_in_breaks_the_chain(runner):
    ada = stories.customer_with(600)
    with transaction() as session:
        session.execute(
            text(
                "INSERT INTO loyalty_entry (customer_id, points, balance_after, counter, reason, about_en, about_zh,"
                " key, input_hash, is_demo, occurred_at, recorded_at) "
                "SELECT customer_id, 400, 400, counter, reason, '', '', 'smuggled', '', is_demo, occurred_at,"
                " recorded_at FROM loyalty_entry WHERE customer_id = :ada"
            ),
            {"ada": ada},
        )
        session.execute(text("UPDATE loyalty_account SET balance = 1000"))
    db.session.rollback()

    answer = runner.invoke(args=["ledger", "verify"])

    assert answer.exit_code == 1
    assert "chain of entries" in answer.output

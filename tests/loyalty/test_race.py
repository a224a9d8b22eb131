"""Many at once: exactly as many win as are allowed, by points, by stock and by key, on both databases."""

import pytest
from flask import Flask

from app.kit.db import transaction
from app.loyalty import queries, service
from app.loyalty.errors import NotEnoughPoints, SoldOut, VoucherSpent
from app.loyalty.models import Voucher
from app.loyalty.rules import Reason
from tests.loyalty import stories

MANY = 32


def _redeem(customer_id: int, public_id: str, key: str) -> str:
    with transaction():
        return service.redeem(customer_id, public_id, price=100, key=key).code


@pytest.mark.slow
def test_thirty_two_at_once_spend_only_what_is_there(app: Flask):
    ada, wanted = stories.customer_with(570), stories.reward(price=100).public_id

    answers = stories.at_once(app, [lambda n=n: _redeem(ada, wanted, f"k{n}") for n in range(MANY)])

    won = [answer for answer in answers if isinstance(answer, str)]
    assert len(set(won)) == 5
    assert sum(isinstance(answer, NotEnoughPoints) for answer in answers) == MANY - 5
    assert queries.balance(ada) == 70
    assert stories.proven()


@pytest.mark.slow
def test_thirty_two_at_once_share_a_stock_of_three(app: Flask):
    prize = stories.reward(price=100, stock=3)
    people = [stories.customer_with(100) for _ in range(MANY)]
    wanted = prize.public_id  # read here: a thread must not read through another's session

    answers = stories.at_once(app, [lambda who=who: _redeem(who, wanted, "k") for who in people])

    assert sum(isinstance(answer, str) for answer in answers) == 3
    assert sum(isinstance(answer, SoldOut) for answer in answers) == MANY - 3
    assert sum(queries.balance(who) for who in people) == 100 * (MANY - 3)
    assert stories.proven()


@pytest.mark.slow
def test_one_key_at_once_is_one_voucher_for_all(app: Flask):
    ada, wanted = stories.customer_with(1_000), stories.reward(price=100).public_id

    answers = stories.at_once(app, [lambda: _redeem(ada, wanted, "same")] * MANY)

    assert len(set(answers)) == 1
    assert queries.balance(ada) == 900
    assert stories.proven()


@pytest.mark.slow
def test_one_fact_at_once_earns_once(app: Flask):
    ada = stories.customer_with(0)

    def earn() -> bool:
        with transaction():
            return service.earn(ada, points=50, reason=Reason.RESPONSE, key="response:1").is_new

    assert sorted(stories.at_once(app, [earn] * 16)) == [False] * 15 + [True]
    assert queries.balance(ada) == 50


@pytest.mark.slow
def test_a_voucher_is_used_once_by_whoever_is_first(app: Flask):
    ada, prize = stories.customer_with(100), stories.reward(price=100)
    code = _redeem(ada, prize.public_id, "k")

    def use() -> None:
        with transaction():
            service.use_voucher(code, staff_id=None)

    answers = stories.at_once(app, [use] * 8)

    assert answers.count(None) == 1
    assert sum(isinstance(answer, VoucherSpent) for answer in answers) == 7
    assert queries.voucher(code).state == "used"
    assert isinstance(queries.voucher(code), Voucher)

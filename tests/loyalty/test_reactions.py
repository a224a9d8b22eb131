"""Facts from elsewhere earn points: each once, whatever the answer says, and nothing for the past."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.customers.models import Product
from app.events import PurchaseRecorded, ResponseSubmitted
from app.kit import clock
from app.kit.db import db, transaction
from app.loyalty import queries, reactions
from tests import factories
from tests.loyalty import stories


def _answer(customer_id: int, **values: object) -> ResponseSubmitted:
    answer = ResponseSubmitted(
        customer_id=customer_id,
        response_id=7,
        purchase_id=None,
        product_id=None,
        score=9,
        score_max=10,
        comment="",
        label="unread",
        polarity=0.0,
        is_urgent=False,
        language="en",
        submitted_at=clock.now(),
    )
    return replace(answer, **values)


@pytest.mark.parametrize("score", [0, 3, 10, None])
def test_an_answer_earns_the_same_whatever_it_says(score):
    ada = stories.customer_with(0)
    with transaction():
        reactions.reward_response(_answer(ada, score=score))

    assert queries.balance(ada) == 50


def test_an_answer_that_is_told_twice_earns_once():
    ada = stories.customer_with(0)
    for _ in range(2):
        with transaction():
            reactions.reward_response(_answer(ada))

    assert queries.balance(ada) == 50


def test_an_answer_of_the_past_earns_nothing():
    ada = stories.customer_with(0)
    with transaction():
        reactions.reward_response(_answer(ada, is_history=True))

    assert queries.balance(ada) == 0


def test_a_purchase_earns_by_its_price_and_says_what_it_was():
    with transaction():
        bought = factories.purchase(amount_minor=259_900)

    entry = queries.statement(bought.customer_id).entries[0]
    assert (entry.points, entry.about_zh) == (259, "W2 净水器")
    assert entry.occurred_at == bought.purchased_at


@pytest.mark.parametrize("values", [{"is_history": True}, {"amount_minor": 999}], ids=["of the past", "too small"])
def test_some_purchases_earn_nothing(values):
    with transaction():
        bought = factories.purchase(**values)

    assert queries.balance(bought.customer_id) == 0


def test_a_renamed_product_does_not_stop_a_fact_that_is_told_again():
    with transaction():
        bought = factories.purchase(amount_minor=259_900)
        db.session.scalars(select(Product)).one().name_en = "Filter W2, new name"
    with transaction():
        again = _told_again(bought)
        reactions.reward_purchase(again)

    assert queries.balance(bought.customer_id) == 259
    assert stories.proven()


def _told_again(bought):
    return PurchaseRecorded(
        customer_id=bought.customer_id,
        purchase_id=bought.id,
        product_id=bought.product_id,
        purchased_at=bought.purchased_at,
        amount_minor=bought.amount_minor,
        currency=bought.currency,
        is_first=True,
    )

"""A friend comes once, is told the same whoever they are, and the first purchase thanks both sides once."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.customers import queries as customers
from app.delivery.models import Parcel
from app.kit.db import db, transaction
from app.loyalty import queries as loyalty
from app.referrals import queries, service
from app.referrals.models import Referral
from tests import factories
from tests.loyalty import stories


def _referrals() -> int:
    return db.session.scalar(select(func.count()).select_from(Referral)) or 0


def test_every_new_customer_has_a_code_of_their_own(ada, inside):
    other = inside(factories.customer)

    assert queries.standing(ada.id).code != queries.standing(other.id).code
    assert inside(service.make_code, ada.id) == queries.standing(ada.id).code


def test_a_friend_comes_through_the_link_and_gets_a_way_in(client, ada, code, friend):
    answer = client.post(f"/r/{code}", data=friend)

    made = customers.find_customer_by_email("yining@example.com")
    assert answer.status_code == 302
    assert (made.name, made.source, queries.find_referrer(made.id)) == ("顾以宁", "referral", (ada.id, "沈知夏"))
    mail = db.session.scalars(select(Parcel)).one().payload
    assert mail["to"] == "yining@example.com"
    way_in = re.search(r"/sign-in/link/\S+", mail["text"])
    assert client.post(way_in[0]).location == "/portal"


def test_the_answer_tells_nobody_which_addresses_are_known(client, ada, code, friend):
    addresses = ["new@example.com", "zhixia@example.com", "known@example.com", "zhixia+2@example.com"]
    with transaction():
        factories.customer(email="known@example.com")

    answers = [client.post(f"/r/{code}", data=friend | {"email": address}) for address in addresses]

    assert {(answer.status_code, answer.location, answer.text) for answer in answers} == {
        (302, f"/r/{code}/thanks", answers[0].text)
    }
    assert _referrals() == 1


def test_nobody_brings_themselves(ada, code, friend, signed_in):
    signed_in(ada.id).post(f"/r/{code}", data=friend)

    assert _referrals() == 0
    assert customers.find_customer_by_email("yining@example.com") is None


def test_whoever_brought_the_friend_first_has_brought_them(client, ada, code, friend, inside):
    second = queries.standing(inside(factories.customer).id).code
    client.post(f"/r/{code}", data=friend)
    client.post(f"/r/{second}", data=friend)

    assert queries.find_referrer(customers.find_customer_by_email("yining@example.com").id) == (ada.id, "沈知夏")


@pytest.mark.slow
def test_the_same_friend_at_once_comes_once(app: Flask, code):
    def come() -> bool:
        with transaction():
            return service.register_friend(code, name="顾以宁", email="yi@example.com", locale="zh_Hans") is not None

    assert sorted(stories.at_once(app, [come] * 8)) == [False] * 7 + [True]
    db.session.rollback()
    assert _referrals() == 1


def test_the_first_purchase_thanks_both_sides_and_the_second_nobody(client, ada, code, friend):
    client.post(f"/r/{code}", data=friend)
    made = customers.find_customer_by_email("yining@example.com").id
    for _ in range(2):
        with transaction():
            factories.purchase(customers.customer(made), amount_minor=0)

    assert (loyalty.balance(ada.id), loyalty.balance(made)) == (400, 200)
    assert (queries.standing(ada.id).came, queries.standing(ada.id).bought) == (1, 1)
    assert stories.proven()


def test_a_referral_stays_with_the_purchase_that_qualified_it(client, code, friend):
    client.post(f"/r/{code}", data=friend)
    made = customers.find_customer_by_email("yining@example.com")
    with transaction():
        first, second = (factories.purchase(made, is_history=True) for _ in range(2))
    for bought in (first, second):
        with transaction():
            service.qualify(made.id, purchase_id=bought.id, at=bought.purchased_at)

    assert db.session.scalars(select(Referral.purchase_id)).one() == first.id


def test_a_purchase_of_the_past_qualifies_nothing(client, ada, code, friend):
    client.post(f"/r/{code}", data=friend)
    made = customers.find_customer_by_email("yining@example.com").id
    with transaction():
        factories.purchase(customers.customer(made), is_history=True)

    assert loyalty.balance(ada.id) == 0


@pytest.mark.slow
def test_parallel_first_purchases_thank_both_sides_once(app: Flask, client, ada, code, friend, inside):
    client.post(f"/r/{code}", data=friend)
    made, ada_id = customers.find_customer_by_email("yining@example.com").id, ada.id
    product = inside(factories.product).id

    def buy() -> None:
        with transaction():
            factories.purchase(customers.customer(made), customers.product(product), amount_minor=0)

    assert stories.at_once(app, [buy] * 8) == [None] * 8
    db.session.rollback()
    assert (loyalty.balance(ada_id), loyalty.balance(made)) == (400, 200)
    assert stories.proven()

"""`POST /api/v1/purchases`: once, for those who may, and only what is described."""

import threading
from copy import deepcopy

import pytest
from sqlalchemy import func, select

from app import create_app
from app.customers import queries
from app.customers.models import Customer, Product, Purchase
from app.identity import service as identity
from app.identity.rules import Scope
from app.kit.db import db
from app.kit.limits import limiter
from tests import factories

PURCHASE = {
    "reference": "SO-2026-1",
    "customer": {"external_id": "C-1", "email": "Zhixia@example.com", "name": "沈知夏", "phone": "13800138000"},
    "product": {"sku": "W2", "name_en": "Water filter W2", "name_zh": "W2 净水器"},
    "purchased_at": "2026-11-20T14:05:00+08:00",
    "amount_minor": 259_900,
}


@pytest.fixture
def token(inside):
    return inside(identity.make_token, name="shop", scopes=[Scope.PURCHASES_WRITE])


@pytest.fixture
def send(client, token):
    def post(body=PURCHASE, *, secret=token, headers=(), **changes):
        headers = {"Authorization": f"Bearer {secret}"} | dict(headers) if secret else dict(headers)
        return client.post("/api/v1/purchases", json=deepcopy(body) | changes, headers=headers)

    return post


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_new_purchase_is_created_with_its_customer_and_product(send):
    answer = send()

    assert answer.status_code == 201
    zhixia = queries.find_customer_by_external_id("C-1")
    assert answer.json == {
        "reference": "SO-2026-1",
        "sku": "W2",
        "customer_id": zhixia.public_id,
        "purchased_at": "2026-11-20T06:05:00Z",
        "quantity": 1,
        "amount_minor": 259_900,
        "currency": "CNY",
        "is_new": True,
    }
    assert (zhixia.email, zhixia.phone, zhixia.source) == ("zhixia@example.com", "+8613800138000", "api")


def test_the_same_purchase_again_is_the_first_one(send):
    first = send()
    again = send(amount_minor=1, quantity=9)

    assert again.status_code == 200
    assert again.json == first.json | {"is_new": False}
    assert number_of(Purchase) == 1


def test_the_same_key_gives_the_same_answer_and_one_effect(send):
    first, again = (send(headers={"Idempotency-Key": "k1"}) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert number_of(Purchase) == 1


def test_the_same_key_with_another_body_is_a_conflict(send):
    send(headers={"Idempotency-Key": "k1"})

    assert send(headers={"Idempotency-Key": "k1"}, quantity=2).status_code == 409


def test_two_programs_may_use_the_same_key(send, inside):
    other = inside(identity.make_token, name="other", scopes=[Scope.PURCHASES_WRITE])
    send(headers={"Idempotency-Key": "k1"})

    assert send(headers={"Idempotency-Key": "k1"}, secret=other, reference="SO-2").status_code == 201


def test_a_known_customer_and_product_need_no_names(send, inside):
    buyer = inside(factories.customer, external_id="C-9", email="nine@example.com")
    product = inside(factories.product, sku="F1")

    by_number = send(customer={"external_id": "C-9"}, product={"sku": "F1"})
    by_email = send(customer={"email": "NINE@example.com"}, product={"sku": "F1"}, reference="SO-3")

    assert {by_number.json["customer_id"], by_email.json["customer_id"]} == {buyer.public_id}
    assert number_of(Customer) == number_of(Product) == 1
    assert product.sku == by_email.json["sku"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"product": {"sku": "X9"}}, "product.sku"),
        ({"purchased_at": "2031-01-01T00:00:00Z"}, "purchased_at"),
        ({"purchased_at": "1969-01-01T00:00:00Z"}, "purchased_at"),
    ],
)
def test_what_does_not_fit_is_a_conflict_that_names_the_field(send, changes, field):
    answer = send(**changes)

    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert number_of(Customer) == 0


def test_number_and_address_of_two_customers_are_a_conflict(send, inside):
    inside(factories.customer, external_id="C-1", email="a@example.com")
    inside(factories.customer, external_id="C-2", email="b@example.com")

    answer = send(customer={"external_id": "C-1", "email": "b@example.com"})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (409, "customer.email")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": True}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 1.5}, "quantity"),
        ({"quantity": "2"}, "quantity"),
        ({"quantity": 10**400}, "quantity"),
        ({"amount_minor": -1}, "amount_minor"),
        ({"amount_minor": 10**18}, "amount_minor"),
        ({"amount_minor": False}, "amount_minor"),
        ({"amount_minor": None}, "amount_minor"),
        ({"currency": "XYZ1"}, "currency"),
        ({"currency": "ABC"}, "currency"),
        ({"reference": ""}, "reference"),
        ({"reference": "a\nb"}, "reference"),
        ({"reference": "x" * 101}, "reference"),
        ({"reference": 7}, "reference"),
        ({"purchased_at": "2026-11-20T14:05:00"}, "purchased_at"),
        ({"purchased_at": 1_700_000_000}, "purchased_at"),
        ({"purchased_at": "yesterday"}, "purchased_at"),
        ({"customer": {"name": "沈知夏"}}, "customer"),
        ({"customer": {"external_id": "C-1", "email": "nobody"}}, "customer.email"),
        ({"customer": {"external_id": "C-1", "name": "a\x00b"}}, "customer.name"),
        ({"customer": {"external_id": "C-1", "phone": "12"}}, "customer.phone"),
        ({"customer": []}, "customer"),
        ({"product": {"sku": "X", "colour": "blue"}}, "product.colour"),
        ({"is_history": "yes"}, "is_history"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_is_not_as_described_is_refused_with_the_field(send, changes, field):
    answer = send(**changes)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert field in {error["field"] for error in answer.json["errors"]}
    assert number_of(Purchase) == 0


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("reference=1", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        ("{", "application/json", 400),
        ("", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ('"{}"', "application/json", 422),
        ("{}", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        ('{"reference": "\\ud800"}', "application/json", 422),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(client, token, data, kind, status):
    answer = client.post(
        "/api/v1/purchases", data=data, content_type=kind, headers={"Authorization": f"Bearer {token}"}
    )

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_only_a_program_with_the_scope_may_tell_us(send, inside):
    reader = inside(identity.make_token, name="bi", scopes=[Scope.EVENTS_READ])

    assert send(secret=None).status_code == 401
    assert send(secret="rv_wrong").status_code == 401
    assert send(secret=reader).status_code == 403
    assert number_of(Purchase) == 0


def test_people_have_no_token_and_may_not_use_the_api(signed_in):
    from app.identity.rules import Role

    assert signed_in(Role.ADMIN).post("/api/v1/purchases", json=PURCHASE).status_code == 401


def test_the_same_purchase_from_many_programs_at_once_is_one(app, token):
    statuses = []

    def post():
        with app.test_client() as client:
            answer = client.post("/api/v1/purchases", json=PURCHASE, headers={"Authorization": f"Bearer {token}"})
            statuses.append(answer.status_code)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] * 7 + [201]
    assert number_of(Purchase) == 1


def test_too_many_in_a_minute_are_asked_to_wait_each_program_for_itself(config, token, inside, request):
    other = inside(identity.make_token, name="other", scopes=[Scope.PURCHASES_WRITE])
    limited = create_app(config.but(rate_limit=True))
    client = limited.test_client()

    def close():
        limiter.enabled = False
        with limited.app_context():
            for engine in db.engines.values():
                engine.dispose()

    request.addfinalizer(close)

    def post(secret):
        return client.post("/api/v1/purchases", data="", headers={"Authorization": f"Bearer {secret}"}).status_code

    assert [post(token) for _ in range(601)][-1] == 429
    assert post(other) == 415


def test_the_description_is_public_and_names_every_refusal(client):
    spec = client.get("/api/v1/openapi.json").json

    operation = spec["paths"]["/api/v1/purchases"]["post"]
    assert set(operation["responses"]) == {"200", "201", "400", "401", "403", "409", "415", "422", "429"}
    assert operation["security"] == [{"token": []}]
    assert "application/problem+json" in operation["responses"]["422"]["content"]


def test_the_description_shows_an_example_that_works(client, send):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]

    def example(name):
        made = {}
        for field, schema in schemas[name]["properties"].items():
            if schema.get("$ref"):
                made[field] = example(schema["$ref"].rsplit("/", 1)[-1])
            elif schema.get("examples"):
                made[field] = schema["examples"][0]
        return made

    assert send(example("PurchaseIn")).status_code == 201

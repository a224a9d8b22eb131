"""Fields and filters that name a thing: somebody else's and what does not exist change nothing and break nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.identity import access
from app.identity import service as identity
from app.identity.models import ApiToken, Staff
from app.identity.rules import Role, Scope
from app.kit.db import db
from app.kit.ids import uuid7
from app.kit.paging import seal
from app.loyalty import service as loyalty
from app.loyalty.models import Entry, Voucher
from app.loyalty.rules import Reason
from app.support import service as support
from app.support.models import Request
from tests import factories

HUGE = str(10**30)
_CURSORS = ("after", "cursor", "before")
_FILTERS = (
    "band",
    "code",
    "label",
    "language",
    "limit",
    "mood",
    "name",
    "next",
    "only",
    "owner",
    "period",
    "product",
    "side",
    "since",
    "stage",
    "state",
    "type",
    "view",
)


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask, _forms_need_their_token):
    """A missing form token would shut every door before the one that is tried."""
    app.config["WTF_CSRF_ENABLED"] = False


def _rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


@pytest.mark.parametrize("bought", ["somebody else", "nobody", "no number"])
def test_a_customer_asks_only_about_what_they_bought(signed_in, inside, bought):
    mine, theirs = inside(factories.purchase), inside(factories.purchase)
    product = {"somebody else": str(theirs.product_id), "nobody": "999999", "no number": HUGE}[bought]
    browser = signed_in(mine.customer_id)
    words = {"subject": "漏水", "text": "接头一直漏水。"}

    assert browser.post("/portal/requests/new", data=words | {"product_id": product}).status_code == 422
    assert _rows(Request) == []
    assert browser.post("/portal/requests/new", data=words | {"product_id": str(mine.product_id)}).status_code == 302


def test_picking_takes_what_is_free_and_leaves_the_rest(signed_in, inside, make_staff):
    other, customer = make_staff(), inside(factories.customer)
    free, taken, solved = (inside(support.open_request, customer, subject="漏水", text="漏水。") for _ in range(3))
    inside(support.take, taken, staff_id=other.id)
    inside(
        support.reply,
        solved,
        text="好了。",
        then="resolve",
        staff_id=other.id,
        staff_name=other.name,
        version=solved.version,
    )
    picked = [str(free.number), str(taken.number), str(solved.number), "999999", HUGE, "-1", "x", "", "٣"]

    answer = signed_in(Role.AGENT).post("/support/take", data={"pick": picked})

    assert answer.status_code == 302
    owners = [request.owner_id for request in _rows(Request)]
    assert owners[1:] == [other.id, solved.owner_id]
    assert owners[0] not in {None, other.id}


@pytest.mark.parametrize("price", ["1", "0", "-10", HUGE, ""])
def test_a_reward_costs_what_it_costs(signed_in, inside, price):
    customer, reward = inside(factories.customer), inside(loyalty.add_reward, name_en="Set", name_zh="一套", price=10)
    inside(loyalty.earn, customer.id, points=100, reason=Reason.RESPONSE, key=uuid7())

    answer = signed_in(customer.id).post(f"/portal/points/rewards/{reward.public_id}", data={"price": price})

    assert answer.status_code in {409, 422}
    assert (_rows(Voucher), len(_rows(Entry))) == ([], 1)


def test_a_reward_that_is_not_on_offer_is_not_given(signed_in, inside):
    customer = inside(factories.customer)
    hidden = inside(loyalty.add_reward, name_en="Set", name_zh="一套", price=10, is_active=False)
    inside(loyalty.earn, customer.id, points=100, reason=Reason.RESPONSE, key=uuid7())

    answer = signed_in(customer.id).post(f"/portal/points/rewards/{hidden.public_id}", data={"price": "10"})

    assert (answer.status_code, _rows(Voucher)) == (409, [])


def test_a_place_in_somebody_elses_statement_shows_ones_own(signed_in, inside):
    mine, theirs = inside(factories.customer), inside(factories.customer)
    inside(loyalty.earn, mine.id, points=111, reason=Reason.RESPONSE, key=uuid7())
    inside(loyalty.earn, theirs.id, points=999, reason=Reason.RESPONSE, key=uuid7())

    page = signed_in(mine.id).get(f"/portal/points?after={seal('points', 10**6)}").text

    assert ("+111" in page, "+999" in page) == (True, False)


def test_nobody_is_made_a_colleague_of_an_unknown_kind(signed_in, make_staff):
    colleague, admin = make_staff(role=Role.AGENT), signed_in(Role.ADMIN)

    for role in ("customer", "owner", "ADMIN", "x"):
        admin.post(f"/admin/colleagues/{colleague.id}", data={"role": role})
        admin.post("/admin/colleagues", data={"name": "A", "email": "a@example.com", "role": role})

    assert [staff.role for staff in _rows(Staff)] == [Role.AGENT, Role.ADMIN]


def test_a_key_may_do_only_what_keys_can_do(signed_in):
    sales = signed_in(Role.SALES)

    for scopes in (["admin"], [Scope.EVENTS_READ, "everything"], []):
        answer = sales.post("/sales/data", data={"name": "bi", "scopes": scopes, "days": "30"})
        assert answer.status_code == 422
    assert sales.post("/sales/data", data={"name": "bi", "scopes": ["events:read"], "days": "9999"}).status_code == 422

    assert _rows(ApiToken) == []


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_next_page_leads_to_another_house(client, inside, target):
    customer = inside(factories.customer)
    secret = inside(identity.make_link, customer_id=customer.id, next_path=target)

    for answer in (
        client.post(f"/sign-in/link/{secret}"),
        client.post("/language", data={"to": "en", "next": target}),
    ):
        assert answer.status_code in {302, 303}
        assert answer.location == "/"


def test_the_sign_that_no_database_keeps_is_left_out_of_what_is_typed(signed_in, inside, client):
    customer, nul = inside(factories.customer), "a\x00b"
    own, agent, admin = signed_in(customer.id), signed_in(Role.AGENT), signed_in(Role.ADMIN)
    words = {"text": nul, "once": nul}

    answers = [
        own.post("/portal/requests/new", data=words | {"subject": nul}),
        own.post("/portal/requests/1001", data=words),
        agent.post("/support/1001", data=words | {"to": "note", "then": "wait", "version": "1"}),
        admin.post("/admin/rewards/new", data={"name_en": nul, "name_zh": nul, "price": "5", "once": nul}),
        admin.post("/admin/colleagues", data={"name": nul, "email": "a@example.com", "role": "agent"}),
        client.post("/sign-in", data={"email": "a@example.com", "next": f"/portal?{nul}"}),
        signed_in(Role.SALES).post("/sales/data", data={"name": nul, "scopes": ["events:read"], "days": "30"}),
    ]

    assert [answer.status_code for answer in answers] == [302] * len(answers)
    assert [request.subject for request in _rows(Request)] == ["ab"]


def _pages(app: Flask) -> list[tuple[str, access.Access]]:
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and "<" not in rule.rule]
        return [(rule.rule, access.of(rule.endpoint)) for rule in rules]


def _reader(who: access.Access, admin: FlaskClient, customer: FlaskClient) -> FlaskClient:
    return customer if Role.CUSTOMER in who.roles else admin


@pytest.mark.parametrize("value", [HUGE, "\x00", "-x'%"], ids=["huge", "nul", "signs"])
def test_what_no_filter_or_cursor_can_mean_breaks_no_page(app: Flask, signed_in, inside, value):
    app.config["WTF_CSRF_ENABLED"] = True
    admin, customer = signed_in(Role.ADMIN), signed_in(inside(factories.customer).id)
    secret = inside(identity.make_token, name="bi", scopes=[Scope.EVENTS_READ])
    broken = []

    for rule, who in _pages(app):
        for names in (_FILTERS, _CURSORS):
            headers = {"Authorization": f"Bearer {secret}"} if who.scope else {}
            browser = app.test_client() if who.scope else _reader(who, admin, customer)
            answer = browser.get(rule, query_string=dict.fromkeys(names, value), headers=headers, buffered=True)
            if answer.status_code >= 500 and rule != "/readyz":
                broken.append((rule, names, answer.status))

    assert broken == []

"""The customer's own requests."""

import re

import pytest
from sqlalchemy import select

from app.delivery.models import Parcel
from app.identity.rules import Role
from app.kit.db import db, transaction
from app.support import links, queries, service
from app.support.models import Message
from app.support.rules import State, Then
from tests import factories


@pytest.fixture
def customer(inside):
    return inside(factories.customer)


def test_a_customer_asks_for_help_and_sees_the_promise(customer, inside, signed_in):
    product = inside(factories.product)
    inside(factories.purchase, customer, product)
    browser = signed_in(customer.id)
    assert product.name_zh in browser.get("/portal/requests/new", headers={"Accept-Language": "zh"}).text

    answer = browser.post(
        "/portal/requests/new", data={"subject": "漏水", "text": "接头漏水", "product_id": str(product.id)}
    )

    assert answer.headers["Location"].endswith("/portal/requests/1001")
    page = browser.get("/portal/requests/1001").text
    assert "接头漏水" in page
    assert queries.request_by_number(1001).product_id == product.id


def test_the_same_form_sent_twice_opens_one_request(customer, signed_in):
    browser = signed_in(customer.id)
    form = {"subject": "漏水", "text": "接头漏水", "product_id": "0", "once": "k1"}

    first, second = (browser.post("/portal/requests/new", data=form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(queries.requests_of(customer.id)) == 1


@pytest.mark.parametrize(
    "form", [{"subject": "", "text": "x"}, {"subject": "x", "text": ""}, {"subject": "x", "text": "长" * 5001}]
)
def test_a_form_that_lacks_something_keeps_what_was_typed(customer, signed_in, form):
    answer = signed_in(customer.id).post("/portal/requests/new", data=form | {"product_id": "0"})

    assert answer.status_code == 422
    assert (form["subject"] or form["text"])[:50] in answer.text
    assert not queries.requests_of(customer.id)


@pytest.mark.parametrize("path", ["", "/reopen", "/confirm"])
def test_another_customers_request_is_not_there(make_request, customer, signed_in, path):
    make_request()
    stranger = signed_in(customer.id)

    assert stranger.post(f"/portal/requests/1001{path}", data={"text": "x"}).status_code == 404
    assert stranger.get("/portal/requests/1001").status_code == 404
    assert "漏水" not in stranger.get("/portal/requests").text


@pytest.mark.parametrize("path", ["/support", "/support/1001"])
@pytest.mark.parametrize("role", [Role.SALES, "customer", None])
def test_the_desk_is_for_agents(make_request, signed_in, client, path, role):
    request = make_request()
    browser = client if role is None else signed_in(request.customer_id if role == "customer" else role)

    assert browser.get(path).status_code == (302 if role is None else 403)
    assert browser.post("/support/1001/take").status_code == (401 if role is None else 403)


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMIN])
def test_agents_leads_and_administrators_work_at_the_desk(make_request, signed_in, role):
    make_request()

    assert signed_in(role).get("/support/1001").status_code == 200


def test_a_link_opens_exactly_one_request(make_request, client):
    mine, other = make_request(), make_request(subject="别人的发票")
    link = f"/q/{links.token_of(mine)}"

    assert "净水器漏水" in client.get(link).text
    assert "别人的发票" not in client.get(link).text
    assert client.get(f"{link}x").status_code == 404
    assert links.token_of(other) not in client.get(link).text


def test_opening_a_link_changes_nothing(make_request, client):
    request = make_request()
    with transaction():
        service.reply(request, text="好了", then=Then.RESOLVE, staff_id=factories.staff().id, staff_name="林小满")
    link = f"/q/{links.token_of(request)}"

    for path in ("", "/reopen", "/confirm"):
        assert client.get(link + path).status_code == (200 if not path else 405)

    db.session.rollback()
    assert queries.request_by_number(1001).state == State.RESOLVED
    assert queries.request_by_number(1001).confirmed_at is None


def test_the_customer_confirms_once_and_may_still_come_back(make_request, client, watch):
    request = make_request()
    with transaction():
        service.reply(request, text="好了", then=Then.RESOLVE, staff_id=factories.staff().id, staff_name="林小满")
    link = f"/q/{links.token_of(request)}"

    assert client.post(f"{link}/confirm").status_code == 302
    assert client.post(f"{link}/confirm").status_code == 302
    watch.set("11-19 09:00")
    assert client.post(f"{link}/reopen", data={"text": ""}).status_code == 302

    db.session.rollback()
    db.session.expire_all()
    again = queries.request_by_number(1001)
    assert again.state == State.OPEN
    assert again.due_at == watch.set("11-19 14:30")
    assert again.confirmed_at is None


def test_an_open_request_cannot_be_reopened_or_confirmed(make_request, client):
    link = f"/q/{links.token_of(make_request())}"

    assert client.post(f"{link}/confirm").status_code == 409
    assert client.post(f"{link}/reopen", data={"text": "x"}).status_code == 409


def test_a_customers_message_in_a_link_is_kept(make_request, client):
    request = make_request()

    assert client.post(f"/q/{links.token_of(request)}", data={"text": "照片来了"}).status_code == 302
    assert client.post(f"/q/{links.token_of(request)}", data={"text": "  "}).status_code == 422

    assert db.session.scalars(select(Message.text).order_by(Message.id)).all()[-1] == "照片来了"


@pytest.mark.parametrize(("locale", "words"), [("zh_Hans", "1001"), ("en", "Is it truly solved?")])
def test_the_last_mail_asks_whether_it_is_solved(inside, make_request, locale, words):
    request = make_request(inside(factories.customer, locale=locale))
    with transaction():
        service.reply(request, text="Done", then=Then.RESOLVE, staff_id=factories.staff().id, staff_name="Lin")

    letter = db.session.scalars(select(Parcel.payload).order_by(Parcel.id)).all()[-1]
    assert words in letter["text"] + letter["subject"]
    assert re.search(r"https?://\S+/q/\S+", letter["text"])


def test_a_customer_without_an_address_gets_no_mail(inside, make_request):
    make_request(inside(factories.customer, email=None))

    assert not db.session.scalars(select(Parcel)).all()

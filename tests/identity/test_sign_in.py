"""Signing in and out, through the door."""

import re

import pyotp
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.delivery.models import Parcel
from app.identity import passwords, service
from app.identity.models import SignInSession, Staff
from app.identity.rules import Role
from app.kit import clock
from app.kit.db import db, transaction
from tests import factories


def _link(**person: int) -> str:
    with transaction():
        return f"/sign-in/link/{service.make_link(**person)}"


def test_a_customer_asks_for_a_link_and_presses_its_button(client: FlaskClient, inside):
    customer = inside(factories.customer, email="zhixia@example.com", name="沈知夏")
    client.post("/sign-in", data={"email": "ZhiXia@example.com", "next": "/account"})
    mail = db.session.scalars(select(Parcel.payload)).one()
    path = re.search(r"/sign-in/link/\S+", mail["text"]).group()

    assert "沈知夏" in client.get(path).get_data(as_text=True)
    answer = client.post(path)

    assert (answer.status_code, answer.location) == (302, "/account")
    assert db.session.scalars(select(SignInSession.customer_id)).one() == customer.id


def test_opening_a_link_signs_nobody_in_and_does_not_use_it_up(client: FlaskClient, inside):
    link = _link(customer_id=inside(factories.customer).id)

    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert db.session.scalars(select(SignInSession)).all() == []
    assert client.post(link).status_code == 302


def test_a_link_works_once(client: FlaskClient, inside):
    link = _link(customer_id=inside(factories.customer).id)
    client.post(link)

    assert client.post(link).status_code == 410
    assert client.get(link).status_code == 410


def test_a_link_is_too_old_after_half_an_hour(client: FlaskClient, inside):
    link = _link(customer_id=inside(factories.customer).id)
    with time_machine.travel(clock.now().timestamp() + 31 * 60):
        assert client.post(link).status_code == 410


def test_a_link_for_nobody_opens_nothing(client: FlaskClient):
    assert client.post(_link()).status_code == 410


def test_the_answer_does_not_tell_who_exists(client: FlaskClient, inside):
    inside(factories.customer, email="here@example.com")

    known = client.post("/sign-in", data={"email": "here@example.com"})
    unknown = client.post("/sign-in", data={"email": "nobody@example.com"})

    assert (known.status_code, known.data, known.location) == (unknown.status_code, unknown.data, unknown.location)


def test_a_link_leads_only_to_pages_of_this_site(client: FlaskClient, inside):
    inside(factories.customer, email="here@example.com")
    client.post("/sign-in", data={"email": "here@example.com", "next": "//evil.example"})
    mail = db.session.scalars(select(Parcel.payload)).one()

    assert client.post(re.search(r"/sign-in/link/\S+", mail["text"]).group()).location == "/"


@pytest.fixture
def agent(inside):
    staff = inside(factories.staff, email="lin@example.com", role=Role.AGENT)
    inside(service.set_password, staff.id, passwords.hashed("correct horse battery"))
    return staff


def test_a_colleague_signs_in_by_password(client: FlaskClient, agent):
    answer = client.post("/sign-in/password", data={"email": "lin@example.com", "password": "correct horse battery"})

    assert answer.status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [("lin@example.com", "wrong"), ("nobody@example.com", "correct horse battery"), ("lin@example.com", "x" * 10_000)],
)
def test_a_wrong_password_and_an_unknown_address_sound_the_same(client: FlaskClient, agent, email, password):
    answer = client.post("/sign-in/password", data={"email": email, "password": password})

    assert answer.status_code == 422
    assert "do not fit together" in answer.get_data(as_text=True)


def test_the_stored_hash_is_no_password(client: FlaskClient, agent):
    answer = client.post("/sign-in/password", data={"email": "lin@example.com", "password": agent.password_hash})

    assert answer.status_code == 422


@time_machine.travel("2026-03-12T03:45:10Z", tick=False)
def test_with_a_second_factor_the_password_alone_opens_nothing_and_a_code_works_once(
    client: FlaskClient, agent, inside
):
    secret = pyotp.random_base32()
    inside(service.switch_totp, agent.id, secret)
    client.post("/sign-in/password", data={"email": "lin@example.com", "password": "correct horse battery"})
    assert client.get("/account").location.startswith("/sign-in")
    code = pyotp.TOTP(secret).now()

    assert client.post("/sign-in/code", data={"code": code}).status_code == 302
    client.post("/sign-out")
    client.post("/sign-in/password", data={"email": "lin@example.com", "password": "correct horse battery"})
    assert client.post("/sign-in/code", data={"code": code}).status_code == 422


def test_a_mailed_link_does_not_replace_the_second_factor(client: FlaskClient, agent, inside):
    inside(service.switch_totp, agent.id, pyotp.random_base32())

    assert client.post(_link(staff_id=agent.id)).location == "/sign-in/code"
    assert client.get("/account").location.startswith("/sign-in")


def test_the_code_page_without_a_password_leads_back(client: FlaskClient):
    assert client.get("/sign-in/code").status_code == 410


def test_signing_out_ends_the_session_for_a_copied_cookie_too(client: FlaskClient, signed_in):
    browser = signed_in(Role.AGENT)
    thief = browser.application.test_client()
    with browser.session_transaction() as kept, thief.session_transaction() as copied:
        copied.update(kept)
    assert thief.get("/account").status_code == 200

    browser.post("/sign-out")

    assert thief.get("/account").location.startswith("/sign-in")


def test_signing_in_gives_a_new_session_whatever_was_planted(client: FlaskClient, inside):
    with client.session_transaction() as kept:
        kept["sid"], kept["planted"] = "planted", "yes"
    client.post(_link(customer_id=inside(factories.customer).id))

    with client.session_transaction() as kept:
        assert kept["sid"] != "planted"
        assert "planted" not in kept


def test_a_colleague_ends_only_sessions_of_their_own(signed_in):
    mine, other = signed_in(Role.AGENT), signed_in(Role.AGENT)
    theirs = db.session.scalars(select(SignInSession.id).order_by(SignInSession.id.desc())).first()

    mine.post(f"/account/sessions/{theirs}/end")

    assert other.get("/account").status_code == 200


def test_a_session_falls_asleep(signed_in):
    browser = signed_in(Role.AGENT)
    with time_machine.travel(clock.now().timestamp() + 13 * 3600):
        assert browser.get("/account").location.startswith("/sign-in")


def test_a_deactivated_colleague_is_out_at_once(signed_in):
    browser = signed_in(Role.SALES)
    with transaction() as session:
        session.scalars(select(Staff)).one().is_active = False

    assert browser.get("/account").location.startswith("/sign-in")


def test_without_the_csrf_token_nothing_is_written(app, client: FlaskClient, inside):
    link = _link(customer_id=inside(factories.customer).id)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post(link).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(link).status_code == 302

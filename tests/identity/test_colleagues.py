"""Administrators, colleagues, and the first page of a new installation."""

import re

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.console import setup
from app.identity import service
from app.identity.models import Passkey, Staff
from app.identity.rules import Role, may
from app.kit import clock
from app.kit.db import db
from tests import factories

NEW_FIRM = {
    "name_zh": "青芥家电",
    "name_en": "Qingjie Home",
    "locale": "zh_Hans",
    "timezone": "Asia/Shanghai",
    "admin_name": "周予安",
    "email": "zhou@example.com",
    "password": "a short sentence",
}


def _path(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def test_a_new_installation_is_set_up_once_by_its_link(client: FlaskClient):
    path = _path(setup.link())
    assert client.get(path).status_code == 200

    assert client.post(path, data=NEW_FIRM).location == "/admin"

    assert client.get("/admin").status_code == 200
    assert client.application.test_client().post(path, data=NEW_FIRM).status_code == 410
    assert db.session.scalars(select(Staff.role)).all() == [Role.ADMIN]


@pytest.mark.parametrize("path", ["/setup", "/setup/forged"])
def test_without_the_printed_link_nobody_becomes_administrator(client: FlaskClient, path):
    assert client.post(path, data=NEW_FIRM).status_code == 410
    assert db.session.scalars(select(Staff)).all() == []


def test_the_setup_link_is_too_old_after_half_an_hour(client: FlaskClient):
    path = _path(setup.link())
    with time_machine.travel(clock.now().timestamp() + 31 * 60):
        assert client.post(path, data=NEW_FIRM).status_code == 410


def test_setup_keeps_what_was_typed_beside_the_error(client: FlaskClient):
    answer = client.post(_path(setup.link()), data=NEW_FIRM | {"email": "nonsense"})

    assert answer.status_code == 422
    assert "青芥家电" in answer.get_data(as_text=True)


def test_a_new_colleague_gets_a_first_link_by_mail(signed_in):
    browser = signed_in(Role.ADMIN)
    browser.post("/admin/colleagues", data={"name": "林小满", "email": "Lin@example.com", "role": "agent"})

    assert (
        db.session.scalars(select(Staff.email).filter_by(name="林小满", role=Role.AGENT)).all()[-1] == "lin@example.com"
    )
    assert (
        browser.post(
            "/admin/colleagues", data={"name": "又一个", "email": "lin@example.com", "role": "agent"}
        ).status_code
        == 409
    )


def test_who_leaves_is_out_at_once_and_nobody_locks_themselves_out(signed_in):
    admin, agent = signed_in(Role.ADMIN), signed_in(Role.AGENT)
    mine, theirs = (
        db.session.scalars(select(Staff.id).filter_by(role=role)).one() for role in (Role.ADMIN, Role.AGENT)
    )

    assert admin.post(f"/admin/colleagues/{theirs}", data={"role": ""}).status_code == 302
    assert agent.get("/account").location.startswith("/sign-in")
    assert admin.post(f"/admin/colleagues/{mine}", data={"role": "agent"}).status_code == 409


def test_a_role_that_does_not_exist_changes_nothing(signed_in):
    admin = signed_in(Role.ADMIN)
    signed_in(Role.AGENT)
    theirs = db.session.scalars(select(Staff.id).filter_by(role=Role.AGENT)).one()

    admin.post(f"/admin/colleagues/{theirs}", data={"role": "owner"})

    assert db.session.get(Staff, theirs).role == Role.AGENT


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ADMIN, {Role.ADMIN, Role.LEAD, Role.AGENT, Role.SALES}),
        (Role.LEAD, {Role.LEAD, Role.AGENT}),
        (Role.AGENT, {Role.AGENT}),
        (Role.SALES, {Role.SALES}),
        (Role.CUSTOMER, {Role.CUSTOMER}),
    ],
)
def test_what_each_role_includes(role, allowed):
    assert {other for other in Role if may(role, frozenset({other}))} == allowed


def test_a_colleague_removes_only_passkeys_of_their_own(signed_in, inside):
    owner = inside(factories.staff)
    inside(lambda: db.session.add(Passkey(staff_id=owner.id, credential_id=b"id", public_key=b"key")))
    key = db.session.scalars(select(Passkey.id)).one()

    signed_in(Role.AGENT).post(f"/account/passkeys/{key}/remove")

    assert db.session.scalars(select(Passkey.id)).all() == [key]


def test_a_passkey_answer_without_a_challenge_is_refused(signed_in, client: FlaskClient):
    assert client.post("/sign-in/passkey", json={"id": "x"}).status_code == 422
    assert signed_in(Role.AGENT).post("/account/passkeys", json={"id": "x"}).status_code == 422


def test_a_forged_passkey_answer_is_refused(client: FlaskClient):
    client.post("/sign-in/passkey/options", json={})

    assert client.post("/sign-in/passkey", json={"id": "AAAA", "rawId": "AAAA", "response": {}}).status_code == 422


def test_a_token_is_kept_as_a_hash_only(inside):
    secret = inside(service.make_token, name="crm", scopes=[])

    assert secret not in str(db.session.execute(select(service.ApiToken.token_hash, service.ApiToken.prefix)).one())

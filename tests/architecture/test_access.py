"""The whole URL map, each verb, each kind of person: nobody gets past a door that is not theirs."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.identity import access
from app.identity.rules import STAFF, Role, may
from tests import factories

_SAMPLE = {"int": "1", "string": "x", "path": "x", "uuid": "018f0000-0000-7000-8000-000000000000"}


def _doors(app: Flask) -> list[tuple[str, str, access.Access]]:
    with app.test_request_context():
        return [
            (method, _address(rule.rule), access.of(rule.endpoint))
            for rule in app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            if rule.endpoint != "static"
        ]


def _address(rule: str) -> str:
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda match: _SAMPLE[match.group(1) or "string"], rule)


def _is_turned_away(browser: FlaskClient, method: str, address: str) -> bool:
    answer = browser.open(address, method=method)
    led_to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in?")
    return led_to_sign_in or answer.status_code in {401, 403}


@pytest.mark.parametrize("role", [None, *Role])
def test_every_door_turns_away_those_it_is_not_for(app: Flask, signed_in, inside, role):
    if role == Role.CUSTOMER:
        browser = signed_in(inside(factories.customer).id)
    else:
        browser = signed_in(role) if role else app.test_client()

    open_doors = [
        f"{method} {address}"
        for method, address, who in _doors(app)
        if not who.why
        and not (role and who.roles and may(role, who.roles))
        and not _is_turned_away(browser, method, address)
    ]

    assert open_doors == []


@pytest.mark.parametrize("role", STAFF)
def test_every_get_door_lets_in_those_it_is_for(app: Flask, signed_in, role):
    browser = signed_in(role)

    shut = [
        address
        for method, address, who in _doors(app)
        if method == "GET" and who.roles and may(role, who.roles) and _is_turned_away(browser, method, address)
    ]

    assert shut == []


def test_doors_for_programs_take_no_session(app: Flask, signed_in):
    browser = signed_in(Role.ADMIN)

    assert [
        address for method, address, who in _doors(app) if who.scope and not _is_turned_away(browser, method, address)
    ] == []


def test_a_forged_token_opens_nothing(app: Flask, client: FlaskClient):
    for method, address, who in _doors(app):
        if who.scope:
            answer = client.open(address, method=method, headers={"Authorization": "Bearer rv_forged"})
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), address

"""Whatever an address or a field names: somebody else's is not shown, not changed, and looks like nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.identity import service as identity
from app.identity.rules import STAFF, Role, may
from tests import factories
from tests.journeys.doors import COLLEAGUE, CUSTOMER, DOORS, KEY, OF_NOBODY, Door
from tests.journeys.things import Owner

_PART = re.compile(r"<(?:\w+:)?\w+>")


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask, _forms_need_their_token):
    """A missing form token would shut every door before the one that is tried."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def owner(inside) -> Owner:
    return Owner(inside(factories.customer).id, inside(factories.staff).id)


@pytest.fixture
def people(app: Flask, signed_in, inside, owner: Owner) -> dict[str, FlaskClient]:
    """Return a browser for everybody: this customer and colleague, another customer, each role, and nobody known."""
    secret = inside(identity.start_session, staff_id=owner.staff_id, how="test", browser="test")
    colleague = app.test_client()
    with colleague.session_transaction() as kept:
        kept["sid"] = secret
    others = {str(role): signed_in(role) for role in STAFF}
    return others | {
        CUSTOMER: signed_in(owner.customer_id),
        COLLEAGUE: colleague,
        "another customer": signed_in(inside(factories.customer).id),
        "nobody": app.test_client(),
    }


def _addressed(app: Flask) -> dict[str, list[str]]:
    """Return the methods of every route whose address names something."""
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if "<" in rule.rule:
            found.setdefault(rule.rule, []).extend(sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}))
    return found


def _is_for(door: Door, name: str) -> bool:
    """Tell whether a door is for a browser of this name."""
    if isinstance(door.who, str):
        return name == door.who
    role = {CUSTOMER: Role.CUSTOMER, "another customer": Role.CUSTOMER, COLLEAGUE: Role.AGENT, "nobody": None}
    mine = role[name] if name in role else Role(name)
    return mine is not None and may(mine, frozenset(door.who))


def _knock(browser: FlaskClient, method: str, rule: str, named: object, door: Door):
    return browser.open(_PART.sub(str(named), rule), method=method, data=door.body if method == "POST" else None)


def _is_shut(answer) -> bool:
    led_to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in?")
    return led_to_sign_in or answer.status_code in {401, 403, 404}


def test_every_address_that_names_something_is_in_the_table(app: Flask):
    assert set(_addressed(app)) == set(DOORS) | set(OF_NOBODY), "add a line to doors.py: whose it is, how to make one"


@pytest.mark.parametrize("rule", [rule for rule, door in DOORS.items() if door.who != KEY])
def test_it_opens_for_those_it_is_for_and_for_nobody_else(app: Flask, people, owner, rule):
    door = DOORS[rule]
    for method in _addressed(app)[rule]:
        thing = door.make(owner)
        for name, browser in people.items():
            if not _is_for(door, name):
                answer = _knock(browser, method, rule, thing, door)
                assert _is_shut(answer), f"{method} {rule} for {name}: {answer.status}"
        entitled = next(name for name in people if _is_for(door, name))
        answer = _knock(people[entitled], method, rule, thing, door)
        assert answer.status_code in {200, 302, 303}, f"{method} {rule} for {entitled}: {answer.status}"
        assert not _is_shut(answer), f"{method} {rule} for {entitled} leads to sign-in"


@pytest.mark.parametrize("rule", [rule for rule, door in DOORS.items() if door.who == CUSTOMER])
def test_somebody_elses_looks_like_nothing(app: Flask, people, owner, rule):
    door, browser = DOORS[rule], people["another customer"]
    for method in _addressed(app)[rule]:
        pages = []
        for named in (door.make(owner), door.nothing[0]):
            answer = _knock(browser, method, rule, named, door)
            pages.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))
        assert pages[0] == pages[1]


@pytest.mark.parametrize("rule", DOORS)
def test_what_is_not_there_is_not_there(app: Flask, people, rule):
    door = DOORS[rule]
    browser = people["nobody"] if door.who == KEY else next(people[name] for name in people if _is_for(door, name))
    for method in _addressed(app)[rule]:
        for named in door.nothing:
            answer = _knock(browser, method, rule, named, door)
            shut = 404 if "%00" in str(named) else door.shut  # a sign that no address of ours has
            assert answer.status_code == shut, f"{method} {rule} with {named}: {answer.status}"


def test_a_key_opens_its_own_door_and_no_other(app: Flask, client: FlaskClient, owner):
    doors = {rule: door for rule, door in DOORS.items() if door.who == KEY}
    keys = {rule: door.make(owner) for rule, door in doors.items()}
    for rule, door in doors.items():
        for method in _addressed(app)[rule]:
            for other, key in keys.items():
                if other.split("/")[1] != rule.split("/")[1]:
                    answer = _knock(client, method, rule, key, door)
                    assert answer.status_code == door.shut, f"{method} {rule} with the key of {other}: {answer.status}"
            own = _knock(client, method, rule, keys[rule], door)
            assert own.status_code in {200, 302, 303}, f"{method} {rule}: {own.status}"

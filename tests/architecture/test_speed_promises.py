"""What a page costs does not grow with what it shows: as many statements for thirty rows as for three."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.letters import Letter
from app.delivery.service import post_letter
from app.identity import access
from app.identity import service as identity
from app.identity.rules import Role, Scope
from app.kit.site import site
from app.lifecycle import jobs as lifecycle_jobs
from app.referrals import queries as referrals
from app.referrals import service as referrals_service
from app.support import queries as requests
from app.support import service as support
from app.surveys import jobs as surveys_jobs
from tests import factories
from tests.journeys import things
from tests.journeys.things import Owner

FEW, MANY = 3, 30
MOST = 8  # with the one that tells who is signed in
# Pages that show what the test makes more of; if one of them did not grow, the test would prove nothing about it.
LISTS = {
    "/admin/colleagues",
    "/admin/deliveries",
    "/admin/deliveries/parked",
    "/admin/imports",
    "/admin/products",
    "/admin/receivers",
    "/admin/rewards",
    "/api/v1/stage-events",
    "/portal/friends",
    "/portal/points",
    "/portal/points/rewards",
    "/portal/points/statement.csv",
    "/portal/points/vouchers",
    "/portal/requests",
    "/portal/requests/new",
    "/sales",
    "/sales/customers",
    "/sales/data",
    "/sales/data/satisfaction.csv",
    "/support",
    "/surveys",
    "/surveys/invitations",
}


@pytest.fixture
def owner(inside) -> Owner:
    return Owner(inside(factories.customer).id, inside(factories.staff, role=Role.ADMIN).id)


def _grow(inside, owner: Owner, count: int) -> None:
    """Make `count` more of everything that a page lists."""
    code = referrals.standing(owner.customer_id).code or ""
    for number in range(count):
        bought = inside(factories.purchase)
        buyer = Owner(bought.customer_id, owner.staff_id)
        inside(
            factories.purchase,
            things.customers.customer(owner.customer_id),
            things.customers.product(bought.product_id),
        )
        things.answered_key(buyer)
        request = requests.request_by_number(things.number(owner))
        inside(support.note, request, text=f"note {number}", staff_id=owner.staff_id)
        for make in (things.voucher, things.parked, things.sent_file, things.program, things.colleague):
            make(owner)
        friend = {"name": "顾以宁", "email": f"friend{owner.customer_id}-{count}-{number}@example.com"}
        inside(referrals_service.register_friend, code, **friend, locale="en")
        inside(post_letter, Letter(to="a@example.com", subject=f"s{number}", text="t"), customer_id=buyer.customer_id)
    surveys_jobs.send_due_invitations()
    lifecycle_jobs.sequence_events()
    for _ in range(count):  # last, so that they get none of the events
        things.receiver(owner)


def _addresses(app: Flask, owner: Owner) -> list[tuple[str, access.Access]]:
    with app.test_request_context():
        plain = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "<" not in rule.rule]
        public_id = things.portrait(owner)
        return [
            *((rule.rule, access.of(rule.endpoint)) for rule in plain),
            (f"/sales/customers/{public_id}", access.of("sales_customers.one")),
            ("/support/1001", access.of("case.one")),
        ]


@pytest.fixture
def costs(app: Flask, signed_in, inside, statements, owner: Owner):
    """Return a function that opens every page and tells, for each, its statements and the size of its text."""
    customer, admin = signed_in(owner.customer_id), signed_in(Role.ADMIN)
    secret = inside(identity.make_token, name="bi", scopes=[Scope.EVENTS_READ])

    def browser_of(who: access.Access) -> FlaskClient:
        return app.test_client() if who.scope else customer if Role.CUSTOMER in who.roles else admin

    def look() -> dict[str, tuple[list[str], int]]:
        found = {}
        for address, who in _addresses(app, owner):
            headers = {"Authorization": f"Bearer {secret}"} if who.scope else {}
            site(), requests.calendar()  # both are read once in ten seconds, by whichever page comes then
            with statements() as seen:
                answer = browser_of(who).get(address, headers=headers, buffered=True)
            found[address] = (seen, len(answer.data))
        return found

    return look


@pytest.mark.slow
def test_no_page_takes_more_statements_for_more_rows(inside, owner, costs):
    _grow(inside, owner, FEW)
    few = costs()
    _grow(inside, owner, MANY - FEW)
    many = costs()

    assert {address for address in few if many[address][1] > few[address][1]} >= LISTS
    grown = {address: (len(few[address][0]), len(many[address][0])) for address in few}
    assert {address: pair for address, pair in grown.items() if pair[1] > pair[0]} == {}
    assert {address: pair[1] for address, pair in grown.items() if pair[1] > MOST} == {}

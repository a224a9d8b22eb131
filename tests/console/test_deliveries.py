"""The staff pages of what leaves the building."""

import pytest
from sqlalchemy import select

from app.delivery import jobs, queries
from app.delivery.letters import Letter
from app.delivery.models import Endpoint, Parcel
from app.delivery.rules import State
from app.delivery.service import post_letter
from app.identity.rules import Role
from app.kit.bus import ParkedEvent
from app.kit.clock import now
from app.kit.db import db, transaction


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMIN)


@pytest.fixture
def dead() -> int:
    """Return the id of a mail that was given up."""
    with transaction() as session:
        post_letter(Letter(to="a@example.com", subject="bad\nsubject", text="t"), customer_id=1)
        session.flush()
        parcel_id = session.scalars(select(Parcel.id)).one()
    jobs.deliver_due()
    return parcel_id


def state_of(parcel_id: int) -> State:
    db.session.rollback()
    return db.session.scalars(select(Parcel.state).filter_by(id=parcel_id)).one()


def only_endpoint() -> Endpoint:
    db.session.rollback()
    return db.session.scalars(select(Endpoint).execution_options(populate_existing=True)).one()


def test_nothing_sent_yet_is_said_kindly(admin):
    assert "Nothing here" in admin.get("/admin/deliveries").text


def test_what_was_given_up_is_shown_with_its_reason_and_can_be_sent_again(admin, dead):
    page = admin.get("/admin/deliveries?state=dead").text
    assert "a header holds a line break" in page

    admin.post(f"/admin/deliveries/{dead}/again", data={"once": "1"})

    assert state_of(dead) == State.WAITING


def test_a_double_click_sends_again_once(admin, dead):
    for _ in range(2):
        answer = admin.post(f"/admin/deliveries/{dead}/again", data={"once": "same"})
        assert answer.status_code == 302

    assert queries.backlog() == 1


def test_pages_follow_one_another_without_a_gap(admin):
    with transaction():
        for number in range(60):
            post_letter(Letter(to="a@example.com", subject=f"mail no {number}.", text="t"), customer_id=number + 1)

    first = admin.get("/admin/deliveries").text
    cursor = first.split("cursor=")[1].split('"')[0].replace("&amp;", "&")
    second = admin.get(f"/admin/deliveries?cursor={cursor}").text

    assert [sum(f"mail no {number}." in page for page in (first, second)) for number in range(60)] == [1] * 60


def test_the_list_costs_as_many_statements_for_fifty_rows_as_for_one(admin, statements):
    def post(count: int) -> None:
        with transaction():
            for number in range(count):
                post_letter(Letter(to="a@example.com", subject="s", text="t"), customer_id=number + 1)

    post(1)
    admin.get("/admin/deliveries")  # the firm's own row is read once in ten seconds
    with statements() as few:
        admin.get("/admin/deliveries")
    post(49)
    with statements() as many:
        admin.get("/admin/deliveries")

    assert len(many) == len(few)


def test_a_parked_event_is_shown_and_can_be_hurried(admin):
    with transaction() as session:
        later = now().replace(year=2099)
        session.add(ParkedEvent(name="ResponseSubmitted", payload={"customer_id": 7}, fault="Boom: 1", next_at=later))

    assert "Some reactions failed" in admin.get("/admin/deliveries").text
    assert "Boom: 1" in admin.get("/admin/deliveries/parked").text
    parked_id = db.session.scalars(select(ParkedEvent.id)).one()
    admin.post(f"/admin/deliveries/parked/{parked_id}/now", data={"once": "1"})

    db.session.rollback()
    assert db.session.scalars(select(ParkedEvent.next_at)).one() <= now()


def test_a_receiver_is_added_and_shows_its_secret(admin):
    answer = admin.post(
        "/admin/receivers", data={"url": "https://crm.example/hook", "types": "a.b.*, c.d", "once": "1"}
    )

    added = only_endpoint()
    assert (added.url, added.types) == ("https://crm.example/hook", ["a.b.*", "c.d"])
    assert added.secrets[0] in admin.get(answer.location).text


@pytest.mark.parametrize("url", ["", "crm", "ftp://crm.example", "https://me:pw@crm.example/"])
def test_what_is_no_address_is_refused_and_kept_on_the_page(admin, url):
    answer = admin.post("/admin/receivers", data={"url": url, "once": "1"})

    assert answer.status_code == 422
    assert f'value="{url}"' in answer.text


def test_a_receiver_is_switched_off_and_on(admin):
    admin.post("/admin/receivers", data={"url": "https://crm.example/hook", "once": "1"})
    address = f"/admin/receivers/{only_endpoint().id}"

    admin.post(f"{address}/off", data={"once": "2"})
    assert not only_endpoint().is_enabled
    assert "switched it off" in admin.get(address).text
    admin.post(f"{address}/on", data={"once": "3"})
    assert only_endpoint().is_enabled


def test_a_changed_secret_keeps_the_one_before(admin):
    admin.post("/admin/receivers", data={"url": "https://crm.example/hook", "once": "1"})
    before = only_endpoint().secrets[0]

    admin.post(f"/admin/receivers/{only_endpoint().id}/secret", data={"once": "2"})

    new, old = only_endpoint().secrets
    assert old == before
    assert new != before


def test_a_trial_event_is_posted_to_this_receiver_alone(admin):
    admin.post("/admin/receivers", data={"url": "https://one.example/", "once": "1"})
    endpoint_id = only_endpoint().id
    admin.post("/admin/receivers", data={"url": "https://two.example/", "once": "2"})

    admin.post(f"/admin/receivers/{endpoint_id}/try", data={"once": "3"})

    db.session.rollback()
    (parcel,) = db.session.scalars(select(Parcel)).all()
    assert (parcel.endpoint_id, parcel.payload["type"]) == (endpoint_id, "revisit.trial.v1")


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.SALES])
@pytest.mark.parametrize("path", ["/admin/deliveries", "/admin/deliveries/parked", "/admin/receivers"])
def test_only_administrators_come_here(signed_in, role, path):
    assert signed_in(role).get(path).status_code == 403


def test_an_unknown_receiver_is_not_there(admin):
    assert admin.get("/admin/receivers/999").status_code == 404
    assert admin.post("/admin/receivers/999/try", data={"once": "1"}).status_code == 404

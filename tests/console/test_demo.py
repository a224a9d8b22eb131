"""The demo data: every page has something to show, nothing real is touched, and all of it goes again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import func, select

from app.console.demo import telling
from app.customers import queries as customers
from app.identity import queries as identity
from app.identity import service
from app.kit.bus import ParkedEvent
from app.kit.db import db, transaction
from app.lifecycle.jobs import sequence_events
from tests import factories

LEFT = {
    "kit_site",
    "survey",
    "survey_version",
    "support_counter",
    "survey_day_total",
    "survey_theme_total",
    "lifecycle_counter",
}


def _rows() -> dict[str, int]:
    db.session.rollback()
    counts = {
        name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in db.metadatas[None].tables.items()
    }
    return {name: count for name, count in counts.items() if count and name not in LEFT}


@pytest.mark.slow
def test_the_demo_is_told_and_goes_again_and_what_is_real_stays(app: Flask, runner: FlaskCliRunner, inside):
    inside(factories.purchase)
    sequence_events()
    before = _rows()

    told = runner.invoke(args=["demo", "load", "--json"])
    assert told.exit_code == 0, told.output
    full = _rows()
    removed = runner.invoke(args=["demo", "remove"])

    assert removed.exit_code == 0, removed.output
    assert {"support_request", "survey_response", "loyalty_voucher", "referral", "lifecycle_event"} <= set(full)
    assert "kit_parked_event" not in full, db.session.scalars(select(ParkedEvent.fault)).all()
    assert _rows() == before


@pytest.mark.slow
def test_no_page_of_the_menu_is_broken_or_empty_with_the_demo(runner: FlaskCliRunner, signed_in, client: FlaskClient):
    runner.invoke(args=["demo", "load"])

    for _name, email, _role in telling.COLLEAGUES:
        _walk(client, staff_id=identity.staff_by_email(email).id)
    _walk(client, customer_id=customers.customer_by_email(telling.FIRST_CUSTOMER).id)


def _walk(client: FlaskClient, **person: int) -> None:
    with transaction():
        secret = service.start_session(how="test", browser="test", **person)
    with client.session_transaction() as kept:
        kept["sid"] = secret
    for language in ("en", "zh"):
        front = client.get("/", headers={"Accept-Language": language}, follow_redirects=True)
        assert front.status_code == 200
        page = front.get_data(as_text=True)
        menu = {part.split('"')[0] for part in page.split('<li><a href="')[1:]}
        assert menu
        for address in menu:
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code == 200, address


def test_loading_twice_is_refused(runner: FlaskCliRunner, inside):
    inside(factories.customer, is_demo=True)

    assert runner.invoke(args=["demo", "load"]).exit_code == 1

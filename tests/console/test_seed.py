"""Bulk data for load tests is real data: every total holds, every page opens, the same seed plants the same."""

import json

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from app.customers.models import Customer
from app.identity.rules import Role
from app.kit import clock
from app.kit.db import db, transaction
from app.lifecycle import service as lifecycle
from app.lifecycle.cloudevents import name_of
from app.lifecycle.models import StageEvent, Standing
from app.lifecycle.queries import facts_of
from app.lifecycle.rules.health import health
from app.lifecycle.rules.stages import side_of
from app.support import queries as support
from app.support.models import Change, Request
from app.support.rules import State
from app.surveys.models import DayTotal, Response, Survey, SurveyVersion, ThemeTotal
from app.surveys.service import totals

SMALL = ["--customers", "60", "--responses", "90", "--tickets", "40", "--points", "130", "--json"]


@pytest.fixture
def planted(runner: FlaskCliRunner):
    """Return a function that plants a small seed and returns what the command says."""

    def plant(seed: int = 7) -> dict[str, int]:
        ran = runner.invoke(args=["seed", *SMALL, "--seed", str(seed)])
        assert ran.exit_code == 0, ran.output
        db.session.rollback()
        return json.loads(ran.stdout)[0]

    return plant


def test_exactly_as_many_rows_are_planted_as_were_asked_for(planted):
    told = planted()

    assert {name: told[name] for name in ("customers", "responses", "tickets", "points")} == {
        "customers": 60,
        "responses": 90,
        "tickets": 40,
        "points": 130,
    }
    assert told["stage_events"] == db.session.scalar(select(func.count()).select_from(StageEvent))


def test_the_ledger_is_the_sum_of_its_entries(planted, runner):
    planted()

    verified = runner.invoke(args=["ledger", "verify", "--json"])

    assert verified.exit_code == 0
    assert json.loads(verified.stdout)[0]["entries"] == 130


def test_the_totals_of_the_days_equal_a_recount(planted):
    planted()
    kept = _totals()

    with transaction() as session:
        rows = session.execute(
            select(Response, Survey.id, Survey.metric)
            .join(SurveyVersion, SurveyVersion.id == Response.version_id)
            .join(Survey, Survey.id == SurveyVersion.survey_id)
        ).all()
        totals.add([_counted(*row) for row in rows], times=-1)

    assert sum(kept) > 90
    assert not any(_totals())


def test_the_counters_of_stages_equal_a_recount(planted):
    planted()

    with transaction():
        assert lifecycle.recount()


def test_everybody_stands_where_the_rules_say(planted):
    planted()

    for standing in db.session.scalars(select(Standing)):
        facts, now = facts_of(standing), clock.now()
        side = side_of(facts, now)
        assert standing.band == health(facts, now).band
        assert standing.side == (side.side if side else None)
        assert facts.open_requests == len(support.open_of(standing.customer_id))


def test_events_are_numbered_densely_and_name_their_own_customer(planted):
    planted()
    customers = {one.id: one for one in db.session.scalars(select(Customer))}

    events = db.session.scalars(select(StageEvent).order_by(StageEvent.sequence)).all()

    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    for event in events:
        body = json.loads(event.body)
        customer = customers[event.customer_id]
        assert (body["id"], body["partitionkey"]) == (event.event_id, customer.public_id)
        assert body["data"]["customer"] == {"id": customer.public_id, "external_id": customer.external_id}
        if event.type == "app.revisit.stage.changed.v1":
            assert event.event_id == name_of("stage.changed", customer.public_id, event.revision)


def test_requests_have_promises_that_their_facts_confirm(planted):
    planted()

    for request in db.session.scalars(select(Request)):
        facts = db.session.scalars(select(Change).filter_by(request_id=request.id).order_by(Change.id)).all()
        assert facts[0].at == request.opened_at
        assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)
        assert {fact.due_at for fact in facts} == {request.due_at}
        assert (request.resolved_at is not None) == (request.state == State.RESOLVED)
    assert not support.overdue(10)


def test_the_same_seed_gives_the_same_names_and_scores(planted, database):
    planted(seed=3)
    first = _names_and_scores()
    db.session.rollback()
    db.session.remove()
    database.clean()

    planted(seed=3)

    assert _names_and_scores() == first


def test_another_seed_gives_other_names(planted):
    planted(seed=3)
    first = _names_and_scores()

    planted(seed=4)

    assert len({name for name, *_ in _names_and_scores()} - {name for name, *_ in first}) > 10


def test_a_seed_is_planted_once(planted, runner):
    planted()

    again = runner.invoke(args=["seed", *SMALL, "--seed", "7"])

    assert again.exit_code == 1
    assert "choose another --seed" in again.output


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.AGENT, "/support"), (Role.SALES, "/sales"), (Role.SALES, "/sales/customers"), (Role.LEAD, "/surveys")],
)
def test_pages_open_on_planted_data(planted, signed_in, role, path):
    planted()

    assert signed_in(role).get(path, follow_redirects=True).status_code == 200


def test_a_planted_customer_and_request_open(planted, signed_in):
    planted()
    customer = db.session.scalars(select(Customer).limit(1)).one()
    number = db.session.scalars(select(Request.number).limit(1)).one()

    assert customer.name in signed_in(Role.SALES).get(f"/sales/customers/{customer.public_id}").text
    assert signed_in(Role.AGENT).get(f"/support/{number}").status_code == 200


def _totals() -> list[int]:
    db.session.rollback()
    return [row.responses for row in db.session.scalars(select(DayTotal))] + [
        row.mentions for row in db.session.scalars(select(ThemeTotal))
    ]


def _counted(response: Response, survey_id: int, metric: str) -> totals.Counted:
    return totals.Counted(
        response_id=response.id,
        survey_id=survey_id,
        metric=metric,
        language=response.language,
        channel=response.channel,
        score=response.score,
        label=response.label,
        themes=[tuple(theme) for theme in response.themes],
        submitted_at=response.submitted_at,
    )


def _names_and_scores() -> list[tuple[object, ...]]:
    rows = select(Customer.name, Customer.company, Response.score, Response.comment)
    said = rows.join(Response, Response.customer_id == Customer.id).order_by(Customer.id, Response.source_hash)
    return [tuple(row) for row in db.session.execute(said)]

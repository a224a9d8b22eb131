"""The pull feed: complete, in order, for programs with the right token, at the cost of one statement."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import jsonschema_rs
import pytest

from app.identity import service as identity
from app.identity.rules import Scope
from app.kit import clock
from app.kit.db import transaction
from app.lifecycle import catalogue, jobs, service
from tests import factories
from tests.lifecycle import happenings

FEED = "/api/v1/stage-events"
SPEC = json.loads(Path(__file__).with_name("cloudevents.json").read_text("utf-8"))


@pytest.fixture
def token(inside):
    return inside(identity.make_token, name="CRM", scopes=[Scope.EVENTS_READ])


@pytest.fixture
def read(client, token):
    def ask(accept="application/json", **query):
        return client.get(FEED, query_string=query, headers={"Authorization": f"Bearer {token}", "Accept": accept})

    return ask


@pytest.fixture
def customer(inside):
    return inside(factories.customer)


def everything_of(customer, friend):
    """Make an event of every type there is."""
    with transaction():
        for event in (
            happenings.bought(customer.id),
            happenings.answered(customer.id, score=3, comment="漏水"),
            happenings.opened(customer.id, number="R-1"),
            happenings.resolved(customer.id),
            happenings.reopened(customer.id),
            happenings.earned(customer.id),
            happenings.redeemed(customer.id),
            happenings.brought(friend.id, customer.id),
            happenings.friend_bought(friend.id, customer.id),
        ):
            service.note(event)
    jobs.sequence_events()


def test_every_event_is_a_cloudevent_and_its_data_has_the_published_shape(read, client, inside, customer):
    everything_of(customer, inside(factories.customer))
    events = read().json["events"]

    assert {event["type"] for event in events} == set(catalogue.BY_FULL_NAME)
    for event in events:
        jsonschema_rs.validate(SPEC, event)
        assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for name in event.keys() - {"data"})
        assert all(isinstance(value, str) for name, value in event.items() if name != "data")
        assert event["specversion"] == "1.0"
        assert uuid.UUID(event["id"]).version == 5
        schema = client.get(event["dataschema"].removeprefix("http://localhost:8000"))
        assert schema.status_code == 200, event["dataschema"]
        jsonschema_rs.validate(schema.json, event["data"])


def test_numbers_are_dense_and_sort_as_text(read, inside, customer):
    everything_of(customer, inside(factories.customer))

    numbers = [event["sequence"] for event in read().json["events"]]
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    assert numbers == sorted(numbers)


def test_pages_follow_each_other_without_a_gap(read, inside, customer):
    everything_of(customer, inside(factories.customer))
    seen, answer = [], read(limit=3).json
    while True:
        seen += [int(event["sequence"]) for event in answer["events"]]
        if not answer["has_more"]:
            break
        answer = read(limit=3, cursor=answer["next"]).json

    assert seen == list(range(1, len(seen) + 1))
    assert read(cursor=answer["next"]).json == {"events": [], "has_more": False, "next": answer["next"]}


def test_the_feed_begins_at_a_time_and_goes_on_from_there(read, customer):
    with transaction():
        service.note(happenings.bought(customer.id))
    jobs.sequence_events()
    soon = (clock.now() + timedelta(seconds=1)).isoformat()

    assert len(read(since=(clock.now() - timedelta(minutes=1)).isoformat()).json["events"]) == 2
    nothing = read(since=soon).json
    assert nothing["events"] == []
    assert read(cursor=nothing["next"]).json["events"] == []


def test_types_are_filtered_by_short_or_full_name(read, inside, customer):
    everything_of(customer, inside(factories.customer))

    for name in ("ticket.opened", "app.revisit.ticket.opened.v1"):
        assert [event["data"]["number"] for event in read(type=name).json["events"]] == ["R-1"]
    assert read(type="ticket.eaten").status_code == 422


def test_the_batch_is_the_events_alone_and_the_way_on_is_in_a_header(read, customer):
    with transaction():
        service.note(happenings.bought(customer.id))
    jobs.sequence_events()
    answer = read(accept="application/cloudevents-batch+json", limit=1)

    assert answer.content_type == "application/cloudevents-batch+json"
    assert len(json.loads(answer.data)) == 1
    assert answer.headers["Revisit-Has-More"] == "true"
    cursor = re.search(r"cursor=([^>]+)>", answer.headers["Link"])[1]
    assert len(read(cursor=cursor).json["events"]) == 1


@pytest.mark.parametrize("cursor", ["x", "WzFd.forged", "0"])
def test_a_forged_cursor_is_refused_with_problem_details(read, cursor):
    answer = read(cursor=cursor)

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"since": "yesterday"}, {"colour": "red"}])
def test_a_wrong_question_is_refused(read, query):
    assert read(**query).status_code == 422


def test_only_a_token_with_the_scope_may_read(client, inside, signed_in):
    other = inside(identity.make_token, name="shop", scopes=[Scope.PURCHASES_WRITE])

    assert client.get(FEED).status_code == 401
    assert client.get(FEED, headers={"Authorization": "Bearer rv_nonsense"}).status_code == 401
    assert client.get(FEED, headers={"Authorization": f"Bearer {other}"}).status_code == 403


def test_a_page_costs_one_statement_beyond_the_token(read, customer, statements):
    with transaction():
        for _ in range(5):
            service.note(happenings.bought(customer.id))
    jobs.sequence_events()
    with statements() as seen:
        read()

    assert len([statement for statement in seen if "identity_token" not in statement]) == 1


def test_an_event_without_a_number_is_not_in_the_feed(read, customer):
    with transaction():
        service.note(happenings.bought(customer.id))

    assert read().json["events"] == []

"""The addresses for machines."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.kit.db import transaction

FORWARDED = {"X-Forwarded-For": "203.0.113.9"}


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_migrated_database_that_takes_writes_is_ready(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert [check["ok"] for check in answer.json["checks"].values()] == [True] * 4


def test_a_database_behind_its_migrations_is_not_ready(client):
    with transaction() as session:
        head = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        answer = client.get("/readyz")
    finally:
        with transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})

    assert answer.status_code == 503
    assert answer.json["checks"]["migrations"]["ok"] is False


def test_a_database_that_takes_no_writes_is_not_ready(client):
    with transaction() as session:
        session.execute(text("ALTER TABLE delivery_tick RENAME TO delivery_tick_away"))
    try:
        answer = client.get("/readyz")
    finally:
        with transaction() as session:
            session.execute(text("ALTER TABLE delivery_tick_away RENAME TO delivery_tick"))

    assert answer.status_code == 503
    assert list(answer.json["checks"]) == ["database"]


def test_metrics_are_for_this_machine(client):
    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert b"revisit_outbox_backlog 0.0" in answer.data


def test_metrics_are_hidden_from_whom_a_proxy_passed_on(client):
    assert client.get("/metrics", headers=FORWARDED).status_code == 404


@pytest.mark.parametrize(("token", "status"), [("right-token", 200), ("wrong-token", 404), ("", 404)])
def test_metrics_open_to_the_token(client, app: Flask, monkeypatch, token, status):
    config = app.extensions["revisit.config"].but(metrics_token="right-token")
    monkeypatch.setitem(app.extensions, "revisit.config", config)

    answer = client.get("/metrics", headers=FORWARDED | {"Authorization": f"Bearer {token}"})

    assert answer.status_code == status

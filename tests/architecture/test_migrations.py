"""Migrations make exactly the tables of the models, on the database at hand, up and down."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.kit.db import db


def test_models_and_migrations_agree(app: Flask):
    with db.engines[None].connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), db.metadatas[None]
        )

    assert differences == []


def test_every_migration_can_be_undone_and_done_again(app: Flask):
    db.session.remove()
    downgrade(revision="base")
    try:
        assert set(inspect(db.engines[None]).get_table_names()) <= {"alembic_version"}
    finally:
        upgrade()
        db.session.remove()
    for engine in db.engines.values():
        engine.dispose()

"""How Alembic finds the database and the models: both come from the running application."""

from typing import Any

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db

# A migration must run for ever, so it names plain column types and imports nothing from the application.
_PLAIN = {"UtcDateTime": "sa.DateTime(timezone=True)", "EnumText": "sa.String(length=32)"}


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write the application's own column types as what they are in the database."""
    return _PLAIN.get(type(item).__name__, False) if kind == "type" else False


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the tables of the job queue alone, which may live in the same database (QUEUE_URL)."""
    return kind != "table" or not str(name).startswith("huey_")


def run() -> None:
    """Run the migrations on the writing engine, each in its own transaction."""
    with database.engines[None].connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadatas[None],
            render_as_batch=True,
            render_item=render_item,
            include_name=is_ours,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

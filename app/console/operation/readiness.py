"""What must hold for the product to be ready: the database takes a write, its tables are new, the outbox moves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import Config as AlembicConfig
from sqlalchemy.exc import SQLAlchemyError

from app.delivery import queries, ticks
from app.kit.db import db, transaction

_OLDEST = timedelta(minutes=10)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is well, and what was seen."""

    name: str
    is_well: bool
    seen: str


def look() -> list[Check]:
    """Look at everything; the database first, because nothing else can be told without it."""
    written = _tried("database", _write)
    if not written.is_well:
        return [written]
    return [
        written,
        _tried("migrations", _migrations),
        _tried("queue age", _age),
        _tried("outbox backlog", _backlog),
    ]


def _tried(name: str, check: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *check())
    except SQLAlchemyError as fault:
        db.session.rollback()
        return Check(name, False, type(fault).__name__)


def _write() -> tuple[bool, str]:
    with transaction():
        ticks.touch("readyz", _BEGINNING)
    return True, "took a write"


def _migrations() -> tuple[bool, str]:
    here = current()
    return here == head(), f"{here or 'none'} of {head()}"


def current() -> str | None:
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def head() -> str | None:
    """Return the newest migration that this version of the product brings."""
    kept = current_app.extensions
    if "revisit.head" not in kept:
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(current_app.extensions["migrate"].directory))
        kept["revisit.head"] = ScriptDirectory.from_config(settings).get_current_head()
    found: str | None = kept["revisit.head"]
    return found


def _age() -> tuple[bool, str]:
    age = queries.waiting_for()
    return age < _OLDEST, f"{age.total_seconds():.0f} s"


def _backlog() -> tuple[bool, str]:
    waiting = queries.backlog()
    return True, f"{queries.BACKLOG_CAP}+" if waiting >= queries.BACKLOG_CAP else str(waiting)

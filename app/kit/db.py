"""The database: the base of every model, the column types, and `transaction`, the only place that commits."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, dataclass_transform

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, MappedColumn, Session, mapped_column

from app.kit import clock
from app.kit.sqlite import Gate, prepare
from config import Config

READER = "reader"
E = TypeVar("E", bound=StrEnum)


class Base(DeclarativeBase):
    """What Flask-SQLAlchemy builds on; it names every constraint so that migrations can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RoutedSession(FlaskSession):
    """Reads go to an engine that cannot write; inside `transaction` everything goes to the writer."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **_: Any) -> Any:
        """Choose the engine by what the session is doing, not by what it touches."""
        return bind or self._db.engines[None if self.info.get("writing") else READER]


db = SQLAlchemy(model_class=Base, session_options={"class_": RoutedSession, "expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on the way in and on the way out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: it would mean another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive value its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[E], Generic[E]):
    """A `StrEnum` kept by value in a text column: a new member needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Store the value; a text that is no member is refused."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the member."""
        return None if value is None else self.kind(value)


Json = JSON().with_variant(postgresql.JSONB(), "postgresql")
BigId = BigInteger().with_variant(Integer, "sqlite")


def primary_key(*, init: Literal[False] = False) -> MappedColumn[int]:
    """Return the integer key that every table has; it never leaves the building."""
    return mapped_column(BigId, primary_key=True, init=init)


def created_at(*, init: Literal[False] = False) -> MappedColumn[datetime]:
    """Return the column that says since when a row exists."""
    return mapped_column(UtcDateTime, init=init, default_factory=clock.now)


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column, primary_key, created_at))
class Model(MappedAsDataclass, Base, kw_only=True):
    """A thing that the product remembers: constructed by keyword, typed, named for what it is."""

    __abstract__ = True


def upsert(table: type[Model] | Table) -> Any:
    """Return an INSERT of the database in use that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = db.session().get_bind().dialect.name
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)


@contextmanager
def transaction() -> Iterator[Session]:
    """Run the block in one write transaction: all of it is kept, or nothing.

    It begins anew, so what is read inside is the newest state; a service never opens one. What was handed to
    `after_commit` runs once the block is safe.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a transaction is open already: only a door opens one")
    session.rollback()  # ends the read that the page began
    session.expire_all()  # what was read before may have changed since
    gate: Gate | None = current_app.extensions["revisit.gate"]
    with gate.passed() if gate else nullcontext():
        session.info.update(writing=True, after_commit=[])
        try:
            session.connection()
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False
    for call in session.info.pop("after_commit"):
        call()


def delete_if_unused(row: Base) -> bool:
    """Delete a row unless another one refers to it; return whether it is gone."""
    session = db.session()
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        return False
    return True


def after_commit(call: Callable[[], None]) -> None:
    """Run `call` when the open transaction is safe; never if it is rolled back. A lost call must be harmless."""
    db.session().info["after_commit"].append(call)


def init_app(app: Flask, config: Config) -> None:
    """Open the database that the settings name: one engine that writes, one that only reads."""
    url = make_url(config.database)
    is_sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"json_serializer": lambda value: json.dumps(value, ensure_ascii=False)}
    reading = dict(options)
    if not is_sqlite:
        options |= {"pool_size": config.web_threads, "pool_pre_ping": True}
        reading |= options | {"execution_options": {"postgresql_readonly": True}}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_BINDS"] = {READER: {"url": url, **reading}}
    db.init_app(app)
    app.extensions["revisit.gate"] = Gate(Path(url.database or "")) if is_sqlite else None
    if is_sqlite:
        with app.app_context():
            _prepare_sqlite(db.engines)


def _prepare_sqlite(engines: Mapping[str | None, Engine]) -> None:
    for name, engine in engines.items():
        prepare(engine, writes=name != READER)

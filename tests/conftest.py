"""What every test stands on: the real application on a real database, emptied after each test.

TEST_DATABASE_URL chooses the database (default: SQLite); each parallel worker has one of its own.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from app import create_app
from app.identity import service as identity
from app.identity.models import Staff
from app.identity.rules import Role
from app.kit import site
from app.kit.db import db, transaction
from config import Config
from tests import factories
from tests.database import Database
from tests.pages import CheckingClient

pytest_plugins = ["tests.browser", "tests.receiver"]

# No test is timed, and a function-scoped application context is meant: it holds nothing that examples could share.
settings.register_profile(
    "revisit", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
settings.load_profile("revisit")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    chosen = Database(os.environ.get("TEST_DATABASE_URL", ""), worker, tmp_path_factory.mktemp("data"))
    yield chosen
    chosen.drop()


@pytest.fixture(scope="session")
def config(database: Database) -> Config:
    return Config(
        data_dir=database.data_dir,
        database_url=database.url,
        secret_key="test" * 10,
        rate_limit=False,
        outbound_allow=("127.0.0.1/32",),
        testing=True,
    )


@pytest.fixture(scope="session")
def app(config: Config, database: Database) -> Iterator[Flask]:
    application = create_app(config)
    application.config["WTF_CSRF_ENABLED"] = False  # tests of CSRF switch it on again
    application.test_client_class = CheckingClient
    database.prepare(application)
    yield application
    with application.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(autouse=True)
def emptied(app: Flask, database: Database, request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the test an application context, and empty the database after it."""
    if request.node.get_closest_marker("no_database"):
        yield
        return
    with app.app_context():
        yield
        db.session.rollback()
        db.session.remove()
    site.forget_in(app)
    database.clean()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., FlaskClient]:
    """Return a function that makes a browser in which a colleague with this role, or this customer, is signed in."""

    def make(who: Role | int) -> FlaskClient:
        browser = app.test_client()
        with transaction():
            if isinstance(who, Role):
                staff = factories.staff(role=who)
                secret = identity.start_session(staff_id=staff.id, how="test", browser="test")
            else:
                secret = identity.start_session(customer_id=who, how="test", browser="test")
        with browser.session_transaction() as kept:
            kept["sid"] = secret
        return browser

    return make


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Return a context manager that lists the SQL statements of its block, without BEGIN and SAVEPOINT."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
                seen.append(statement)

        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", note)
        yield seen
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def make_staff() -> Callable[..., Staff]:
    def make(**values: object) -> Staff:
        with transaction():
            return factories.staff(**values)

    return make


@pytest.fixture
def inside() -> Callable[..., object]:
    """Return a function that runs a call in one transaction: `inside(factories.purchase, quantity=2)`."""

    def run(call: Callable[..., object], *args: object, **values: object) -> object:
        with transaction():
            return call(*args, **values)

    return run


@pytest.fixture(scope="session")
def data_dir(config: Config) -> Path:
    return config.data_dir

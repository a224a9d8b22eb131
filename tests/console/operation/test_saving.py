"""Backup and restore, on the database of this test and on a machine of its own."""

import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, select

from app import create_app
from app.console.operation import backup, readiness
from app.customers.models import Customer
from app.kit.db import db, transaction
from config import Config
from tests import factories, servers


@pytest.fixture
def own(tmp_path: Path) -> Flask:
    """Return a product of its own on SQLite, migrated."""
    from flask_migrate import upgrade

    (tmp_path / "var").mkdir()
    app = create_app(Config(data_dir=tmp_path / "var", secret_key="s" * 40, rate_limit=False))
    with app.app_context():
        upgrade()
    return app


def names(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(Customer.name).order_by(Customer.id)))
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
        return found


def add(app: Flask, name: str) -> None:
    with app.app_context():
        with transaction():
            factories.customer(name=name)
        db.session.remove()


def test_what_was_saved_comes_back_and_what_came_later_goes(own: Flask, tmp_path: Path):
    config: Config = own.extensions["revisit.config"]
    (config.data_dir / "secret_key").write_text("the key")
    add(own, "顾以宁")
    size = backup.save(config, tmp_path / "kept" / "one.tar.gz")
    add(own, "too late")
    (config.data_dir / "secret_key").unlink()

    backup.restore(config, tmp_path / "kept" / "one.tar.gz")

    assert size > 1000
    assert names(own) == ["顾以宁"]
    assert (config.data_dir / "secret_key").read_text() == "the key"
    assert (tmp_path / "kept" / "one.tar.gz").stat().st_mode & 0o077 == 0


def test_a_backup_moves_to_another_machine(own: Flask, tmp_path: Path):
    add(own, "沈知夏")
    backup.save(own.extensions["revisit.config"], tmp_path / "one.tar.gz")
    other = Config(data_dir=tmp_path / "elsewhere", secret_key="s" * 40, rate_limit=False)

    backup.restore(other, tmp_path / "one.tar.gz")

    assert names(create_app(other)) == ["沈知夏"]


def test_half_a_backup_is_refused_and_changes_nothing(own: Flask, tmp_path: Path):
    add(own, "顾以宁")
    config: Config = own.extensions["revisit.config"]
    backup.save(config, tmp_path / "one.tar.gz")
    whole = (tmp_path / "one.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(backup.CannotBackUp):
        backup.restore(config, tmp_path / "half.tar.gz")

    assert names(own) == ["顾以宁"]


def test_a_file_that_wants_out_of_the_folder_is_refused(own: Flask, tmp_path: Path):
    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "evil", arcname="../../evil-outside")

    with pytest.raises(backup.CannotBackUp):
        backup.restore(own.extensions["revisit.config"], tmp_path / "evil.tar.gz")

    assert not (tmp_path.parent / "evil-outside").exists()


def test_an_upgrade_copies_the_database_first(own: Flask):
    add(own, "顾以宁")

    kept = backup.before_upgrade(own.extensions["revisit.config"])

    with sqlite3.connect(kept) as copy:
        assert copy.execute("SELECT name FROM customer").fetchall() == [("顾以宁",)]
    copy.close()


def test_postgresql_is_saved_and_restored_by_its_own_tools(app: Flask, tmp_path: Path, inside):
    config: Config = app.extensions["revisit.config"]
    if make_url(config.database).get_backend_name() != "postgresql":
        pytest.skip("this run is on SQLite")
    servers.need(condition=shutil.which("pg_dump") is not None, what="pg_dump")
    inside(factories.customer, name="顾以宁")
    db.session.remove()
    backup.save(config, tmp_path / "one.tar.gz")
    inside(factories.customer, name="too late")
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()

    backup.restore(config, tmp_path / "one.tar.gz")

    assert list(db.session.scalars(select(Customer.name))) == ["顾以宁"]
    assert readiness.current() == readiness.head()

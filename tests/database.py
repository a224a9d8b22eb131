"""One database for one test worker: made, migrated, and emptied again in a few milliseconds."""

import sqlite3
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url

from app.kit.db import db

_EMPTY_ALL = """
DO $$ DECLARE name text; BEGIN
  SET session_replication_role = replica;  -- append-only tables refuse DELETE otherwise
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
END $$
"""


class Database:
    """SQLite in a temporary folder, or a PostgreSQL database named after the worker."""

    def __init__(self, url: str, worker: str, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._template: bytes = b""
        self._is_sqlite = not url
        self.url = "" if not url else self._create(url, worker)

    def _create(self, url: str, worker: str) -> str:
        base = make_url(url)
        self._name = f"{base.database}_{worker}"
        self._server = base.set(drivername="postgresql").render_as_string(hide_password=False)
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._run("CREATE DATABASE {}")
        return base.set(database=self._name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))

    @property
    def path(self) -> Path:
        return self.data_dir / "revisit.db"

    def prepare(self, app: Flask) -> None:
        """Run every migration and remember the empty state."""
        with app.app_context():
            upgrade()
            db.session.remove()
        if self._is_sqlite:
            with sqlite3.connect(self.path) as source:
                image = bytearray(source.serialize())
            image[18:20] = b"\x01\x01"  # in memory there is no write-ahead log
            self._template = bytes(image)

    def clean(self) -> None:
        """Return to the state after the migrations; they add no rows."""
        if not self._is_sqlite:
            with psycopg.connect(
                make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
            ) as connection:
                connection.execute(_EMPTY_ALL)
            return
        empty, target = sqlite3.connect(":memory:"), sqlite3.connect(self.path)
        empty.deserialize(self._template)
        target.execute("PRAGMA synchronous=OFF")
        empty.backup(target)
        target.close()
        empty.close()

    def drop(self) -> None:
        """Remove the PostgreSQL database; the folder of SQLite goes with pytest's own cleaning."""
        if not self._is_sqlite:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)")

"""One file that holds everything, and the way back: the database, the key, the kept mails and the stored files.

SQLite is copied through its own backup interface while the product runs. PostgreSQL is written and read by pg_dump and
pg_restore, which must be of the server's version or newer.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from app.kit import clock
from config import Config

_DATABASE = "revisit.db"
_DUMP = "revisit.dump"
# Made again by themselves, or of no use on another machine.
_LEFT_OUT = ("queue.db", "worker.lock", "worker_tmp", ".gate", "-wal", "-shm", "backups")


class CannotBackUp(Exception):
    """It did not work; the text is one sentence for the operator."""


def save(config: Config, target: Path) -> int:
    """Write a backup to `target`, whole or not at all; return its size in bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch)
        copy = _copy_database(config, folder)
        archive = folder / "backup.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
            tar.add(copy, arcname=copy.name)
            for path in _files(config):
                tar.add(path, arcname=f"files/{path.relative_to(config.data_dir)}")
        archive.chmod(0o600)  # it holds the key and what customers wrote
        archive.replace(target)
    return target.stat().st_size


def restore(config: Config, source: Path) -> None:
    """Put a backup in the place of what is here. The product must not be running."""
    with tempfile.TemporaryDirectory(dir=_made(config.data_dir)) as scratch:
        folder = Path(scratch)
        try:
            with tarfile.open(source, "r:gz") as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as fault:
            raise CannotBackUp(f"{source} is not a whole backup: {fault}") from fault
        _put_database(config, folder)
        files = folder / "files"
        if files.is_dir():
            shutil.copytree(files, config.data_dir, dirs_exist_ok=True)


def before_upgrade(config: Config) -> Path | None:
    """Keep a copy of a SQLite database before its tables change; None when there is nothing to keep."""
    url = make_url(config.database)
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not path.exists():
        return None
    folder = _made(config.data_dir / "backups")
    target = folder / f"before-upgrade-{clock.now():%Y%m%dT%H%M%S}.db"
    _copy_sqlite(path, target)
    return target


def _copy_database(config: Config, folder: Path) -> Path:
    url = make_url(config.database)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), folder / _DATABASE)
        return folder / _DATABASE
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={folder / _DUMP}"], url)
    return folder / _DUMP


def _put_database(config: Config, folder: Path) -> None:
    url = make_url(config.database)
    if url.get_backend_name() == "sqlite":
        if not (folder / _DATABASE).exists():
            raise CannotBackUp("this backup holds a PostgreSQL database; set DATABASE_URL to one")
        target = Path(url.database or "")
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        (folder / _DATABASE).replace(target)
        return
    if not (folder / _DUMP).exists():
        raise CannotBackUp("this backup holds a SQLite database; leave DATABASE_URL empty")
    restoring = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"]
    _run([*restoring, f"--dbname={url.database}", str(folder / _DUMP)], url)


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CannotBackUp(f"there is no database at {source}")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
    target.chmod(0o600)


def _files(config: Config) -> list[Path]:
    return [
        path
        for path in sorted(config.data_dir.rglob("*"))
        if path.is_file()
        and path.name != _DATABASE
        and not any(part.endswith(_LEFT_OUT) for part in path.relative_to(config.data_dir).parts)
        and not path.relative_to(config.data_dir).parts[0].startswith("tmp")
    ]


def _run(command: list[str], url: URL) -> None:
    named = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    environment = {"PATH": os.defpath + ":/usr/local/bin", "LC_ALL": "C.UTF-8"}
    try:
        subprocess.run(  # noqa: S603  # our own command; names and passwords travel in its environment
            command,
            env=environment | {name: value for name, value in named.items() if value},
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as fault:
        raise CannotBackUp(f"{command[0]} is not installed; on Debian: apt install postgresql-client") from fault
    except subprocess.CalledProcessError as fault:
        raise CannotBackUp(fault.stderr.strip().splitlines()[-1] if fault.stderr else str(fault)) from fault


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder

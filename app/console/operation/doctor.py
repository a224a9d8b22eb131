"""Looks at everything the product depends on, and says for each what is wrong and the one line that mends it."""

import os
import smtplib
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis

from app.console.operation import readiness
from app.delivery.queue import queue
from config import Config

_SECONDS = 5.0
_PLENTY_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` is empty when it is well."""

    name: str
    is_well: bool
    seen: str
    mend: str = ""

    def row(self) -> dict[str, str]:
        """Return it as a row for the terminal."""
        return {"state": "ok" if self.is_well else "BAD", "name": self.name, "seen": self.seen, "mend": self.mend}


def look(config: Config) -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield _python()
    yield _tried("data folder", lambda: _folder(config.data_dir), f"make {config.data_dir} writable, or set DATA_DIR")
    yield from _database()
    yield _tried("queue", _queue, "look at QUEUE_URL; empty means SQLite in DATA_DIR")
    yield _mail(config)
    if config.redis_url:
        yield _tried("Redis", lambda: _redis(config.redis_url), "start Redis, or look at REDIS_URL")
    yield _limits(config)
    yield _address(config)


def _tried(name: str, check: Callable[[], str], mend: str) -> Finding:
    try:
        return Finding(name, True, check())
    except Exception as fault:  # noqa: BLE001  # whatever is wrong is what the doctor reports
        return Finding(name, False, f"{type(fault).__name__}: {fault}".splitlines()[0], mend)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "use Python 3.11 or newer: make run PY=python3.12")


def _folder(folder: Path) -> str:
    probe = folder / ".doctor"
    probe.write_text("well", encoding="ascii")
    probe.unlink()
    space = os.statvfs(folder)
    free = space.f_bavail * space.f_frsize
    if free < _PLENTY_BYTES:
        raise OSError(f"only {free // 2**20} MB are free")
    return f"{folder}, {free // 2**30} GB free"


def _database() -> Iterator[Finding]:
    mends = {
        "database": "look at DATABASE_URL, and whether the server is up",
        "migrations": "flask --app wsgi up, or flask --app wsgi migrate",
        "queue age": "is the worker running? flask --app wsgi up starts it",
    }
    for check in readiness.look():
        yield Finding(check.name, check.is_well, check.seen, "" if check.is_well else mends[check.name])


def _queue() -> str:
    return f"{queue().open().pending_count()} jobs wait"


def _mail(config: Config) -> Finding:
    if not config.smtp_url:
        return Finding("mail", True, "kept in DATA_DIR and shown at /dev/mail; set SMTP_URL to send")
    return _tried("mail", lambda: _smtp(config.smtp_url), "look at SMTP_URL: smtp[s]://user:password@host:port")


def _smtp(url: str) -> str:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    port = parts.port or (465 if parts.scheme == "smtps" else 25)
    with kind(parts.hostname or "", port, timeout=_SECONDS) as line:
        return line.noop()[1].decode(errors="replace")


def _redis(url: str) -> str:
    with redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS) as line:
        line.ping()
    return "answers"


def _limits(config: Config) -> Finding:
    is_well = config.web_processes == 1 or bool(config.redis_url)
    seen = f"{config.web_processes} web process(es), {config.web_threads} threads each"
    mend = "" if is_well else "several web processes count limits apart: set REDIS_URL"
    return Finding("rate limits", is_well, seen, mend)


def _address(config: Config) -> Finding:
    host = urlsplit(config.public_url).hostname or ""
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return Finding("public address", False, f"{host} cannot be found", "set PUBLIC_URL to what customers open")
    return Finding("public address", True, config.public_url)

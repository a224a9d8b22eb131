"""The real product on a fresh database: invitations to answer, and its web server as a process of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.console.operation import start
from app.customers import service as customers
from app.kit import clock
from app.kit.db import db, transaction
from app.surveys.service import inviting
from config import Config

_ROOT = Path(__file__).parents[1]
_BATCH = 500
_START_SECONDS = 60.0


def settings(data_dir: Path, port: int, *, database_url: str = "", rate_limit: bool = False) -> Config:
    """Return the settings of a bench: as in production, behind one proxy, so that each visitor has an address."""
    return Config(
        data_dir=data_dir,
        database_url=database_url,
        secret_key="bench" * 10,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        rate_limit=rate_limit,
        trusted_proxies=1,
    )


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(config: Config) -> dict[str, str]:
    """Return the environment that gives a process these settings."""
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "HOST": config.host,
        "PORT": str(config.port),
        "PUBLIC_URL": config.public_url,
        "RATE_LIMIT": "on" if config.rate_limit else "off",
        "TRUSTED_PROXIES": str(config.trusted_proxies),
    }


def prepared(config: Config) -> Flask:
    """Return the application on a migrated database."""
    app = create_app(config)
    with app.app_context():
        upgrade(directory=str(_ROOT / "migrations"))
        db.session.remove()
    return app


def invite(app: Flask, count: int) -> list[str]:
    """Invite new customers, each with a purchase; return the tokens of their links."""
    tokens: list[str] = []
    with app.app_context():
        with transaction():
            product = customers.add_product(
                sku=f"B{time.time_ns()}", name_en="Water filter W2", name_zh="W2 净水器", ask_after_days=3650
            )
        for begin in range(0, count, _BATCH):
            with transaction():
                tokens += [_invite_one(product) for _ in range(min(_BATCH, count - begin))]
            db.session.expunge_all()
        db.session.remove()
    return tokens


def _invite_one(product: customers.Product) -> str:
    number = time.time_ns()
    buyer = customers.add_customer(name="沈知夏", email=f"b{number}@example.com", source="staff")
    bought, _ = customers.record_purchase(
        buyer,
        product,
        reference=f"B{number}",
        purchased_at=clock.now() - timedelta(days=1),
        amount_minor=259_900,
    )
    invitation = inviting.invite(buyer.id, purchase_id=bought.id)
    invitation.due_at = clock.now()
    return invitation.token


class Server:
    """A web server in a process group of its own."""

    def __init__(self, command: list[str], variables: Mapping[str, str], port: int, ready_path: str) -> None:
        self._command = command
        self._variables = dict(variables)
        self._port = port
        self._ready_path = ready_path
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            cwd=_ROOT,
            env=self._variables,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise TimeoutError("the server did not start")
            time.sleep(0.05)

    def workers(self) -> list[int]:
        """Return the process ids of the children that serve."""
        if self._process is None:
            return []
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        with suppress(OSError):
            return [int(pid) for pid in listed.read_text().split()]
        return []

    def cpu_seconds(self) -> float:
        """Return the processor time used so far by the server and its children."""
        pids = [self._process.pid, *self.workers()] if self._process else []
        return sum(map(_cpu_seconds, pids))

    def kill_worker(self) -> bool:
        """Kill a serving child with SIGKILL; the server starts another."""
        workers = self.workers()
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(workers)

    def kill(self) -> None:
        """Kill the whole server at once with SIGKILL, as a lost machine would."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let the server end by itself."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(40)
            self._process = None

    def _answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            line.request("GET", self._ready_path)
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


def server(config: Config) -> Server:
    """Return the product's own web server, started the way `up` starts it."""
    return Server(start.web_command(config), environment(config), config.port, "/healthz")


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

"""What `up` does before it serves: upgrade the database, say where everything is, then keep both processes alive."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask_migrate import upgrade

from app.console.operation import backup, readiness
from app.kit.db import db
from app.kit.supervisor import Child, supervise
from config import Config

_ADDRESSES = (
    ("Customers 客户", "/portal"),
    ("Support 客服", "/support"),
    ("Sales 销售", "/sales"),
    ("Administration 管理", "/admin"),
)


def bring_up_to_date(config: Config) -> None:
    """Run the migrations that are missing, after a copy of a SQLite database that holds something."""
    if readiness.current() == readiness.head():
        return
    if readiness.current() is not None:
        kept = backup.before_upgrade(config)
        if kept:
            click.echo(f"Database copied to {kept} before its upgrade")
    db.session.remove()
    upgrade()
    db.session.remove()


def addresses(config: Config) -> Iterator[str]:
    """Say where the pages are."""
    for label, path in _ADDRESSES:
        yield f"  {label:<24}{config.public_url}{path}"
    if config.is_embedded:
        yield f"  {'Mails 邮件':<24}{config.public_url}/dev/mail"


def serve(config: Config) -> None:
    """Keep the web server and the worker alive until SIGTERM."""
    if _is_taken(config.host, config.port):
        taken = f"Something listens on port {config.port} already; try PORT={config.port + 1}"
        raise click.ClickException(f"{taken} · 端口 {config.port} 已被占用，可换一个：PORT={config.port + 1}")
    if config.web_processes > 1 and not config.redis_url:
        click.echo(
            "Several web processes count rate limits apart: set REDIS_URL · 多个进程要共用限流计数，请设 REDIS_URL"
        )
    supervise([Child("web", web_command(config)), Child("worker", worker_command())])


def web_command(config: Config) -> list[str]:
    """Return what starts the web server. It is loaded before it forks, so a process that dies is back in no time."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return [
        _tool("gunicorn"),
        "wsgi:app",
        "--config=python:app.console.operation.web",
        "--preload",
        f"--bind={host}:{config.port}",
        "--worker-class=gthread",
        f"--workers={config.web_processes}",
        f"--threads={config.web_threads}",
        "--timeout=60",
        "--graceful-timeout=20",
        "--keep-alive=5",
        "--log-level=warning",
        "--no-control-socket",
    ]


def worker_command() -> list[str]:
    """Return what starts the worker."""
    return [_tool("flask"), "--app", "wsgi", "worker"]


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False

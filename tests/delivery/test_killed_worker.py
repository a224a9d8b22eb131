"""The worker as a process of its own: killed in the middle of its work, again and again."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.delivery.models import Parcel
from app.delivery.rules import State
from app.kit.db import db
from config import Config
from tests.delivery.inbox import Inbox

pytestmark = [pytest.mark.process, pytest.mark.slow, pytest.mark.timeout(240)]
KILLS = 10
MAILS = 120
THREADS = 2


def start_worker(config: Config, inbox: Inbox) -> subprocess.Popen[bytes]:
    """Start the product's own worker on the database of this test."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "SMTP_URL": f"smtp://127.0.0.1:{inbox.port}",
        "WORKERS": str(THREADS),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "waited for too long"
        time.sleep(0.02)


def delivered() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Parcel).where(Parcel.state == State.DONE)) or 0


def test_a_worker_killed_ten_times_loses_no_mail_and_changes_no_message_id(config: Config, inbox: Inbox, write):
    inbox.seconds_a_mail = 0.1
    written = {write(subject=f"mail {number}", customer_id=number % 40 + 1) for number in range(MAILS)}

    for _ in range(KILLS):
        worker = start_worker(config, inbox)
        seen = len(inbox.mails)
        wait_until(lambda seen=seen: len(inbox.mails) > seen + 2)
        worker.kill()
        worker.wait()
    worker = start_worker(config, inbox)
    try:
        wait_until(lambda: delivered() == MAILS)
    finally:
        worker.terminate()
        assert worker.wait(30) == 0

    assert set(inbox.ids) == written
    assert len(inbox.ids) - MAILS <= KILLS * THREADS  # only what was in the worker's hands can come twice

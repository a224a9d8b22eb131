"""Long files: memory stays flat, and a kill in the middle loses and doubles nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.customers import batches, queries
from app.customers.rules.imports import ImportState
from app.customers.takers import taker_for

ROOT = Path(__file__).parents[2]
MOST_GROWTH = 24 * 1024 * 1024


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
def test_a_file_of_fifty_thousand_rows_keeps_memory_flat(begin):
    rows = "".join(f"C-{n},人{n},c{n}@example.com,{13_800_000_000 + n}\n" for n in range(50_000))
    told = begin(f"客户编号,姓名,邮箱,手机\n{rows}", state=ImportState.CHECKING)
    del rows
    seen: list[int] = []

    batches.run(told.id, taker_for, progress=lambda _after: seen.append(resident()))

    done = queries.import_by_id(told.id)
    assert (done.total, done.added, done.refused) == (50_000, 50_000, 0)
    assert max(seen) - seen[len(seen) // 10] < MOST_GROWTH


@pytest.mark.process
@pytest.mark.timeout(240)
@pytest.mark.no_database
def test_a_command_that_is_killed_goes_on_where_it_was(tmp_path):
    count = 1500
    file = tmp_path / "customers.csv"
    file.write_text("客户编号,姓名\n" + "".join(f"C-{n},人{n}\n" for n in range(count)), "utf-8")
    world = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": ""}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=world, check=True, capture_output=True)
    database = tmp_path / "data" / "revisit.db"

    def rows() -> int:
        with sqlite3.connect(database) as connection:
            return connection.execute("SELECT count(*) FROM customer").fetchone()[0]

    running = subprocess.Popen([*flask, "import", "customers", str(file)], cwd=ROOT, env=world)
    until = time.monotonic() + 60
    while not rows() and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    halfway = rows()
    again = subprocess.run(
        [*flask, "import", "customers", str(file)], cwd=ROOT, env=world, capture_output=True, text=True, check=False
    )

    assert 0 < halfway < count
    assert again.returncode == 0
    assert "going on after line" in again.stderr
    assert rows() == count
    assert f"{count:,} rows: {count:,} added" in again.stdout

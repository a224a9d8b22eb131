"""A survey submission beside a bare insert of the same rows, round by round in one run.

A submission is a GET of the form and a POST of the answer. The product does it with everything switched on: CSRF,
validation, idempotency, rate limit, languages, the judgement of the comment, events and what follows from them.
"""

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from flask import Flask

from benchmarks import product
from benchmarks.product import Server
from benchmarks.visitor import COMMENTS, Given, Visitor

_WARM = 20
_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'
"""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of one side: submissions a second, server CPU for one, and the times of the POSTs."""

    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


def run(*, rounds: int = 5, submissions: int = 150, customers: int = 4) -> dict[str, Any]:
    """Measure both sides in turn and return the ratios; below 1 the product is slower."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = product.settings(folder, product.free_port(), rate_limit=True)
        app = product.prepared(config)
        tokens = product.invite(app, 1 + _WARM + rounds * submissions)
        rows = _rows_of_one_submission(app, folder / "revisit.db", tokens.pop())
        (folder / "rows.json").write_text(json.dumps(rows))
        sides = {"product": (product.server(config), config.port), "bare": _bare(folder)}
        try:
            for server, _ in sides.values():
                server.start()
            seen = _measure(sides, tokens, rounds, submissions, customers)
        finally:
            for server, _ in sides.values():
                server.stop()
    return _report(seen, rows, customers)


def _measure(
    sides: dict[str, tuple[Server, int]], tokens: list[str], rounds: int, submissions: int, customers: int
) -> dict[str, list[Round]]:
    seen: dict[str, list[Round]] = {name: [] for name in sides}
    for server, port in sides.values():
        _round(server, port, tokens[:_WARM], customers)
    for number in range(rounds):
        begin = _WARM + number * submissions
        for name, (server, port) in sides.items():
            seen[name].append(_round(server, port, tokens[begin : begin + submissions], customers))
    return seen


def _round(server: Server, port: int, tokens: list[str], customers: int) -> Round:
    todo: SimpleQueue[str] = SimpleQueue()
    for token in tokens:
        todo.put(token)
    times: list[float] = []
    threads = [threading.Thread(target=_answer, args=[port, todo, times]) for _ in range(customers)]
    cpu, began = server.cpu_seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    if len(times) != len(tokens):
        raise RuntimeError(f"{len(times)} of {len(tokens)} submissions were acknowledged")
    cut = statistics.quantiles(times, n=100, method="inclusive")
    return Round(
        per_second=len(times) / took,
        cpu_ms=cpu / len(times) * 1000,
        p50_ms=cut[49] * 1000,
        p99_ms=cut[98] * 1000,
    )


def _answer(port: int, todo: "SimpleQueue[str]", times: list[float]) -> None:
    visitor = Visitor(port)
    while True:
        try:
            token = todo.get_nowait()
        except Empty:
            visitor.hang_up()
            return
        visitor.become_another()
        path = f"/s/{token}"
        hidden = visitor.read(path)
        given = Given(token=token, score=len(times) % 11, comment=COMMENTS[len(times) % len(COMMENTS)])
        began = time.perf_counter()
        status = visitor.send(path, hidden | {"score": str(given.score), "comment": given.comment})
        if status == 303:
            times.append(time.perf_counter() - began)


def _bare(folder: Path) -> tuple[Server, int]:
    port = product.free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"),
        "benchmarks.bare:create_app()",
        "--preload",
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        "--workers=1",
        "--threads=8",
        "--log-level=warning",
        "--no-control-socket",
    ]
    return Server(command, {"PATH": os.environ["PATH"], "BENCH_FOLDER": str(folder)}, port, "/healthz"), port


def _rows_of_one_submission(app: Flask, path: Path, token: str) -> dict[str, list[dict[str, Any]]]:
    """Submit one answer in this process; return every row that it added, by table."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        tables = [row["name"] for row in database.execute(_TABLES)]
        before = {name: _last(database, name) for name in tables}
        app.config["WTF_CSRF_ENABLED"] = False
        with app.test_client() as client:
            answer = client.post(f"/s/{token}", data={"score": "3", "comment": COMMENTS[2]})
        if answer.status_code != 303:
            raise RuntimeError(f"the submission was answered with {answer.status_code}")
        added = {
            name: [dict(row) for row in database.execute(f"SELECT * FROM {name} WHERE rowid > ?", [before[name]])]  # noqa: S608  # names of our own tables
            for name in tables
        }
    return {name: rows for name, rows in added.items() if rows}


def _last(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])  # noqa: S608  # names of our own tables


def _report(seen: dict[str, list[Round]], rows: dict[str, Any], customers: int) -> dict[str, Any]:
    def middle(side: str, figure: str) -> float:
        return statistics.median(getattr(one, figure) for one in seen[side])

    def ratios(figure: str) -> list[float]:
        return [getattr(a, figure) / getattr(b, figure) for a, b in zip(seen["product"], seen["bare"], strict=True)]

    figures = ("per_second", "cpu_ms", "p50_ms", "p99_ms")
    return {
        "rows_of_one_submission": {name: len(some) for name, some in rows.items()},
        "connections": customers,
        "rounds": len(seen["product"]),
        **{side: {figure: round(middle(side, figure), 2) for figure in figures} for side in seen},
        "submissions_per_second_ratio": round(statistics.median(ratios("per_second")), 3),
        "of_each_round": [round(ratio, 3) for ratio in ratios("per_second")],
        "cpu_ratio": round(statistics.median(ratios("cpu_ms")), 3),
        "product_p99_over_p50": round(middle("product", "p99_ms") / middle("product", "p50_ms"), 2),
    }

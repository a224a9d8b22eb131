"""Kills the web server again and again while customers answer, then looks for every acknowledged answer: once each.

A customer whose browser lost the server sends the same form again, as people do; what was acknowledged must be there
exactly once, with its words, and nothing may be there that nobody sent.
"""

import random
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from benchmarks import product
from benchmarks.visitor import COMMENTS, Given, Unanswered, Visitor

_WHOLE_SERVER_EVERY = 5


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was seen. `lost`, `changed`, `doubled` and `invented` must be 0."""

    kills: int
    of_them_whole_server: int
    acknowledged: int
    broken_off: int
    lost: int
    changed: int
    doubled: int
    invented: int
    points_doubled: int
    seconds: float

    @property
    def is_exact(self) -> bool:
        """Tell whether every acknowledged answer is there exactly once, and nothing else."""
        return not (self.lost or self.changed or self.doubled or self.invented or self.points_doubled)


class Crowd:
    """Customers who answer, each until the answer is acknowledged."""

    def __init__(self, port: int, tokens: list[str], size: int) -> None:
        self.acknowledged: dict[str, Given] = {}
        self.tried: set[str] = set()
        self.broken_off = 0
        self._port = port
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._todo: SimpleQueue[str] = SimpleQueue()
        for token in tokens:
            self._todo.put(token)
        self._threads = [threading.Thread(target=self._answer_all, args=[seed]) for seed in range(size)]

    def begin(self) -> None:
        """Let them come."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish the answer in hand, and nobody begin another."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _answer_all(self, seed: int) -> None:
        chance = random.Random(seed)
        visitor = Visitor(self._port)
        while not self._stop.is_set():
            try:
                token = self._todo.get_nowait()
            except Empty:
                return
            given = Given(token=token, score=chance.randrange(11), comment=f"{chance.choice(COMMENTS)} {token[:8]}")
            self._until_acknowledged(visitor, given)
        visitor.hang_up()

    def _until_acknowledged(self, visitor: Visitor, given: Given) -> None:
        address = f"/s/{given.token}"
        fields: dict[str, str] = {}
        with self._lock:
            self.tried.add(given.token)
        while True:
            try:
                fields = fields or visitor.read(address)
                if visitor.send(address, fields | {"score": str(given.score), "comment": given.comment}) == 303:
                    break
                fields = {}
            except Unanswered:
                with self._lock:
                    self.broken_off += 1
                time.sleep(0.02)
        with self._lock:
            self.acknowledged[given.token] = given


def run(*, kills: int = 100, customers: int = 6, answers_between: int = 12) -> Result:
    """Run the loop and check; up to `answers_between` answers are acknowledged between two kills."""
    chance = random.Random(1)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        config = product.settings(Path(folder), product.free_port())
        app = product.prepared(config)
        tokens = product.invite(app, customers + kills * (answers_between + 8))
        server = product.server(config)
        server.start()
        crowd = Crowd(config.port, tokens, customers)
        crowd.begin()
        done = whole = 0
        while done < kills:
            _wait_for_answers(crowd, chance.randint(1, answers_between))
            time.sleep(chance.uniform(0, 0.1))  # anywhere in the course of an answer
            if done % _WHOLE_SERVER_EVERY == _WHOLE_SERVER_EVERY - 1:
                server.kill()
                whole += 1
                server.start()
            elif not server.kill_worker():
                continue
            done += 1
        crowd.end()
        server.stop()
        found = _check(Path(folder) / "revisit.db", crowd)
    return Result(
        kills=done,
        of_them_whole_server=whole,
        acknowledged=len(crowd.acknowledged),
        broken_off=crowd.broken_off,
        seconds=round(time.monotonic() - began, 1),
        **found,
    )


def _wait_for_answers(crowd: Crowd, more: int) -> None:
    wanted = len(crowd.acknowledged) + more
    ends = time.monotonic() + 60
    while len(crowd.acknowledged) < wanted:
        if time.monotonic() > ends:
            raise TimeoutError("the server did not come back")
        time.sleep(0.005)


def _check(path: Path, crowd: Crowd) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RuntimeError("the database is damaged")
        rows = database.execute(
            "SELECT i.token, r.score, r.comment FROM survey_response r"
            " JOIN survey_invitation i ON i.id = r.invitation_id"
        ).fetchall()
        points = database.execute(_POINTS_TWICE).fetchone()[0] if _has(database, "loyalty_entry") else 0
    times = Counter(token for token, _, _ in rows)
    kept = {token: (score, comment) for token, score, comment in rows}
    said = {token: (given.score, given.comment) for token, given in crowd.acknowledged.items()}
    return {
        "lost": sum(token not in kept for token in said),
        "changed": sum(token in kept and kept[token] != words for token, words in said.items()),
        "doubled": sum(number > 1 for number in times.values()),
        "invented": sum(token not in crowd.tried for token in kept),
        "points_doubled": points,
    }


_POINTS_TWICE = """
SELECT max(0, (SELECT count(*) FROM loyalty_entry WHERE reason = 'response') - (SELECT count(*) FROM survey_response))
"""


def _has(database: sqlite3.Connection, table: str) -> bool:
    return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone())


def report(result: Result) -> dict[str, Any]:
    """Return the figures with the verdict."""
    return asdict(result) | {"exact": result.is_exact}

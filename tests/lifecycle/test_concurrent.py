"""Eight writers that hold their transactions open, some that fail, one reader: nothing missed, nothing seen twice."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask

from app.kit.db import db, transaction
from app.lifecycle import jobs, queries, service
from tests import factories
from tests.lifecycle import happenings

WRITERS, EACH = 8, 12


class Stumbled(Exception):
    """A writer's own fault: what it wrote is gone."""


class Traffic:
    """Writers, two rival sequencers and a reader on one log."""

    def __init__(self, customers: list[int]) -> None:
        self.customers = customers
        self.kept: list[int] = []
        self.seen: list[tuple[int, str]] = []
        self.done = threading.Event()

    def write(self, place: int) -> None:
        chance = random.Random(place)
        for _ in range(EACH):
            event = happenings.bought(chance.choice(self.customers))
            try:
                with transaction():
                    service.note(event)
                    time.sleep(chance.random() * 0.02)
                    if chance.random() < 0.2:
                        raise Stumbled
                self.kept.append(event.purchase_id)
            except Stumbled:
                continue

    def number(self) -> None:
        while not self.done.is_set():
            jobs.sequence_events()
            db.session.rollback()
            time.sleep(0.002)

    def read(self) -> None:
        after, is_last = 0, False
        while True:
            rows = queries.feed(after=after, limit=7)
            db.session.rollback()
            self.seen += [(row.sequence, row.body) for row in rows]
            after = self.seen[-1][0] if self.seen else 0
            if is_last and not rows:
                return
            is_last = self.done.is_set()
            time.sleep(0.001)


def _in_thread(app: Flask, work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        with app.app_context():
            try:
                work()
            finally:
                db.session.remove()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.slow
def test_a_reader_beside_eight_writers_misses_nothing_and_sees_nothing_twice(app, inside):
    traffic = Traffic([inside(factories.customer).id for _ in range(WRITERS)])
    writers = [_in_thread(app, lambda place=place: traffic.write(place)) for place in range(WRITERS)]
    others = [_in_thread(app, work) for work in (traffic.number, traffic.number, traffic.read)]
    for thread in writers:
        thread.join()
    while queries.has_pending():
        db.session.rollback()
        time.sleep(0.01)
    traffic.done.set()
    for thread in others:
        thread.join()

    assert [sequence for sequence, _ in traffic.seen] == list(range(1, len(traffic.seen) + 1))
    purchases = [body for _, body in traffic.seen if '"app.revisit.purchase.recorded.v1"' in body]
    assert len(purchases) == len(traffic.kept)
    assert all(sum(f'"purchase_id":"{number}"' in body for body in purchases) == 1 for number in traffic.kept)

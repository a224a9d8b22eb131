"""The worker's clock and its schedule: each turn once, and again if the worker died in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.delivery import ticks
from app.delivery.worker import Worker, turn_at
from app.kit import clock
from app.kit.db import transaction


@pytest.fixture
def queued(app: Flask, monkeypatch) -> list[tuple[object, ...]]:
    """Return what was put into the queue, in order."""
    seen: list[tuple[object, ...]] = []
    monkeypatch.setattr(app.extensions["revisit.queue"], "put", lambda *job: seen.append(job))
    return seen


@pytest.fixture
def make_worker(app: Flask) -> Iterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(*schedule: tuple[str, timedelta, Callable[[], object]]) -> Worker:
        made.append(Worker(app, schedule))
        return made[-1]

    yield make
    for worker in made:
        worker.close()


@given(
    st.integers(1_600_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from([60, 3600, 86400]),
)
def test_a_turn_begins_at_the_same_moment_for_everybody(now, seconds):
    every = timedelta(seconds=seconds)
    begun = turn_at(now, every)

    assert timedelta(0) <= now - begun < every
    assert turn_at(begun, every) == begun
    assert turn_at(begun + every - timedelta(microseconds=1), every) == begun


def test_two_workers_run_a_turn_once(make_worker, queued):
    schedule = ("count", timedelta(hours=1), lambda: None)
    with time_machine.travel(datetime(2026, 11, 21, 10, 30, tzinfo=UTC), tick=False):
        first, second = make_worker(schedule), make_worker(schedule)
        for worker in (first, second, first):
            worker.tick()

    assert queued == [("turn", "count", datetime(2026, 11, 21, 10, tzinfo=UTC))]


def test_the_next_hour_is_another_turn(make_worker, queued):
    worker = make_worker(("count", timedelta(hours=1), lambda: None))
    with time_machine.travel(datetime(2026, 11, 21, 10, 30, tzinfo=UTC), tick=False) as travel:
        worker.tick()
        with transaction():
            ticks.done(*queued[0][1:])
        travel.shift(timedelta(hours=1))
        worker.tick()

    assert [due_at.hour for _, _, due_at in queued] == [10, 11]


def test_a_turn_that_broke_off_is_run_again(make_worker, queued):
    worker = make_worker(("count", timedelta(days=1), lambda: None))
    with time_machine.travel(datetime(2026, 11, 21, 10, tzinfo=UTC), tick=False) as travel:
        worker.tick()  # the queue loses it here
        travel.shift(timedelta(minutes=11))
        worker.tick()
        with transaction():
            ticks.done(*queued[0][1:])
        travel.shift(timedelta(minutes=11))
        worker.tick()

    assert len(queued) == 2


def test_what_runs_every_few_seconds_runs_without_a_turn(make_worker, queued):
    runs: list[datetime] = []
    worker = make_worker(("often", timedelta(seconds=10), lambda: runs.append(clock.now())))
    with time_machine.travel(datetime(2026, 11, 21, 10, tzinfo=UTC), tick=False) as travel:
        for _ in range(6):
            worker.tick()
            travel.shift(timedelta(seconds=5))

    assert len(runs) == 3
    assert queued == []


def test_a_lost_parcel_is_asked_for_once_a_minute(make_worker, queued, write):
    write()
    queued.clear()
    worker = make_worker()
    with time_machine.travel(clock.now(), tick=False) as travel:
        for _ in range(4):
            worker.tick()
            travel.shift(timedelta(seconds=25))

    assert [job[0] for job in queued] == ["deliver", "deliver"]


def test_the_first_worker_of_a_folder_keeps_its_name_and_the_second_gets_another(make_worker):
    first = make_worker()
    second = make_worker()
    name = first.name
    first.close()
    third = make_worker()

    assert second.name != name
    assert third.name == name

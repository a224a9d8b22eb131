"""The three kinds of queue: a job put in by the web server comes out at the worker."""

import os
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.delivery.queue import Queue
from config import Config
from tests import servers

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
POSTGRES = os.environ.get("TEST_DATABASE_URL", "")


def _needs(url: str, what: str, port: int) -> str:
    parts = urlsplit(url)
    servers.need(condition=servers.is_open(parts.hostname or "127.0.0.1", parts.port or port), what=what)
    return url


_KINDS = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgres),
    pytest.param("redis", marks=pytest.mark.redis),
]


@pytest.fixture(params=_KINDS)
def queue_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'queue.db'}"
    if request.param == "redis":
        return _needs(REDIS, "Redis", 6379)
    if not POSTGRES:
        pytest.skip("this run is on SQLite")
    return POSTGRES


@pytest.fixture
def make_queue(app: Flask, config: Config, queue_url, monkeypatch):
    monkeypatch.setitem(app.extensions, "revisit.config", config.but(queue_url=queue_url))
    made: list[Queue] = []

    def make(secret: str = config.secret_key) -> Queue:
        app.extensions["revisit.config"] = config.but(queue_url=queue_url, secret_key=secret)
        made.append(Queue(app))
        return made[-1]

    yield make
    for queue in made:
        queue.open().flush()
        queue.open().storage.close()


def test_a_job_comes_out_where_it_is_worked_on(make_queue):
    seen: list[int] = []
    web, worker = make_queue(), make_queue()
    web.job("deliver", lambda parcel_id: None)
    worker.job("deliver", seen.append)

    web.put("deliver", 7)
    huey = worker.open()
    assert huey.pending_count() == 1
    huey.execute(huey.dequeue())

    assert seen == [7]
    assert huey.pending_count() == 0


def test_a_job_that_others_put_into_the_queue_is_not_run(make_queue):
    seen: list[int] = []
    stranger, worker = make_queue(secret="of somebody else, who reached the queue"), make_queue()
    stranger.job("deliver", lambda parcel_id: None)
    worker.job("deliver", seen.append)
    stranger.put("deliver", 7)

    with pytest.raises(Exception, match=r"[Ss]ignature"):
        worker.open().dequeue()

    assert seen == []

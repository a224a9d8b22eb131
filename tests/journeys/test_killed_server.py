"""The web server killed while customers answer; `make bench` does the same a hundred times."""

import os

import pytest

from benchmarks import kills

pytestmark = [pytest.mark.no_database, pytest.mark.process, pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="the loop reads SQLite's own file")
def test_every_acknowledged_answer_survives_kill_9_exactly_once():
    result = kills.run(kills=5, customers=3, answers_between=4)

    assert result.kills == 5
    assert result.of_them_whole_server == 1
    assert result.acknowledged >= 5
    assert result.is_exact, result

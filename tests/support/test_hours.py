"""The firm says when it works, and promises follow."""

from collections.abc import Iterator

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from app.support.queries.hours import forget_calendar
from app.support.workdays import read_windows, windows_as_text


@pytest.fixture(autouse=True)
def forgotten(app: Flask) -> Iterator[None]:
    """Leave no calendar of this test to the next."""
    forget_calendar(app)
    yield
    forget_calendar(app)


def _run(runner: FlaskCliRunner, *words: str) -> Result:
    return runner.invoke(args=["hours", *words])


def test_a_day_that_the_firm_closes_is_not_counted(runner, make_request, watch):
    assert _run(runner, "day", "2026-11-18", "closed", "--why", "stocktaking").exit_code == 0

    assert make_request().due_at == watch.set("11-19 14:30")


def test_a_longer_week_promises_earlier(runner, make_request, watch):
    week = ["00:00-24:00"] * 7

    assert _run(runner, "week", *week, "--country", "").exit_code == 0

    assert make_request().due_at == watch.set("11-18 14:00")


def test_the_coming_days_are_printed_with_their_hours(runner, watch):
    shown = _run(runner, "show", "--days", "4").output

    assert "2026-11-18 Wed  09:00-12:00,13:30-18:00" in shown
    assert "2026-11-21 Sat  closed" in shown


@pytest.mark.parametrize("words", ["9-12", "12:00-09:00", "09:00-12:00,11:00-13:00", "09:00-25:00", "09:70-10:00", "x"])
def test_hours_that_make_no_sense_are_refused(runner, words):
    answer = _run(runner, "day", "2026-11-18", words)

    assert answer.exit_code == 2
    assert words in answer.output


def test_a_firm_that_never_opens_is_refused(runner):
    assert _run(runner, "week", *["closed"] * 7).exit_code == 1


@pytest.mark.no_database
def test_hours_are_written_as_they_are_read():
    assert windows_as_text(read_windows("09:00-12:00,13:30-18:00")) == "09:00-12:00,13:30-18:00"

"""Pauses, verdicts and wishes, from values alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delivery.rules import TRIES, is_secret, judge_answer, pause_after, wants

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("failures", "pause"),
    [
        (1, timedelta(seconds=5)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(hours=5)),
        (6, timedelta(hours=10)),
        (7, timedelta(hours=14)),
        (8, timedelta(hours=20)),
        (9, timedelta(hours=24)),
        (10, None),
    ],
)
def test_the_pauses_are_those_that_standard_webhooks_advises(failures, pause):
    assert pause_after(failures, chance=0.5) == pause


@given(failures=st.integers(1, TRIES - 1), chance=st.floats(0, 1))
def test_chance_moves_a_pause_by_a_fifth_at_most(failures, chance):
    middle = pause_after(failures, chance=0.5)

    assert middle * 0.8 <= pause_after(failures, chance=chance) <= middle * 1.2


@given(failures=st.integers(1, TRIES - 1), chance=st.floats(0, 1), wish=st.integers(1, 48 * 3600))
def test_a_receiver_is_never_asked_before_the_time_it_named(failures, chance, wish):
    assert pause_after(failures, chance=chance, retry_after=timedelta(seconds=wish)) >= timedelta(seconds=wish)


def test_a_wish_of_a_month_is_cut_to_two_days():
    assert pause_after(1, chance=0.5, retry_after=timedelta(days=30)) == timedelta(days=2)


@pytest.mark.parametrize(
    ("status", "is_delivered", "is_final"),
    [
        (200, True, False),
        (204, True, False),
        (299, True, False),
        (302, False, False),
        (400, False, False),
        (410, False, True),
        (429, False, False),
        (500, False, False),
    ],
)
def test_only_2xx_is_delivered_and_only_410_is_final(status, is_delivered, is_final):
    outcome = judge_answer(status)

    assert (outcome.is_delivered, outcome.is_final, outcome.is_gone) == (is_delivered, is_final, is_final)


@pytest.mark.parametrize(
    ("types", "gets_it"),
    [
        ([], True),
        (["revisit.stage.changed.v1"], True),
        (["revisit.stage.*"], True),
        (["revisit.*", "other"], True),
        (["revisit.stage"], False),
        (["revisit.stages.*"], False),
        (["other"], False),
    ],
)
def test_an_endpoint_gets_what_it_asked_for(types, gets_it):
    assert wants(types, "revisit.stage.changed.v1") is gets_it


@pytest.mark.parametrize(
    "text", ["", "w", "whsec_%", "whsec_wronglength", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="]
)
def test_what_is_no_secret_is_refused(text):
    assert not is_secret(text)


def test_a_secret_of_24_bytes_is_one():
    assert is_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

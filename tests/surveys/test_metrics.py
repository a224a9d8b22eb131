"""The figures against published values and against properties that must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys import metrics, rules
from app.surveys.rules import Metric

pytestmark = pytest.mark.no_database

COUNTS = st.integers(min_value=0, max_value=10_000)


def nps_of(*scores: int | None) -> float | None:
    counted = [metrics.groups(Metric.NPS, score) for score in scores]
    promoters, passives, detractors, _ = (sum(column) for column in zip(*counted, strict=True))
    figure = metrics.nps(promoters, passives, detractors)
    return figure and figure.value


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((1, 10, 8, 7, 9, 9), 33.33),
        ((1, 8, 8, 10, 5, None, 9), 0.0),
        ((10, None, None), 100.0),
        ((9,) * 30 + (8,) * 50 + (3,) * 20, 10.0),
    ],
)
def test_nps_of_published_examples(scores, expected):
    assert nps_of(*scores) == pytest.approx(expected, abs=0.005)


def test_nps_of_counts():
    assert metrics.nps(100, 30, 80).value == pytest.approx(9.52, abs=0.005)


def test_the_interval_of_nps_is_the_closed_form():
    figure = metrics.nps(162, 108, 54)

    assert figure.value == pytest.approx(33.33, abs=0.005)
    assert figure.high - figure.value == pytest.approx(8.12, abs=0.005)
    assert figure.value - figure.low == pytest.approx(8.12, abs=0.005)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_of_newcombe_1998(hits, n, low, high):
    assert metrics.wilson(hits, n) == pytest.approx((low, high), abs=0.00005)


def test_ces_after_delighted():
    assert metrics.share(10, 20).value == 50


def test_without_answers_there_is_no_figure():
    assert metrics.nps(0, 0, 0) is None
    assert metrics.share(0, 0) is None
    assert metrics.groups(Metric.NPS, None) == (0, 0, 0, 0)


@pytest.mark.parametrize(("metric", "tops"), [(Metric.NPS, {9, 10}), (Metric.CSAT, {4, 5}), (Metric.CES, {5, 6, 7})])
def test_the_satisfied_set_is_declared_for_each_metric(metric, tops):
    most = {Metric.NPS: 10, Metric.CSAT: 5, Metric.CES: 7}[metric]

    assert {score for score in range(most + 1) if metrics.is_top(metric, score)} == tops


@given(COUNTS, COUNTS, COUNTS)
def test_nps_lies_in_its_interval_and_on_its_scale(promoters, passives, detractors):
    figure = metrics.nps(promoters, passives, detractors)

    if figure is not None:
        assert -100 <= figure.low <= figure.value + 1e-9
        assert figure.value - 1e-9 <= figure.high <= 100
        assert figure.is_few == (figure.n < 30)


@given(COUNTS, COUNTS)
def test_a_share_lies_in_its_interval(hits, rest):
    figure = metrics.share(hits, hits + rest)

    if figure is not None:
        assert 0 <= figure.low <= figure.value + 1e-9
        assert figure.value - 1e-9 <= figure.high <= 100


@given(st.text(max_size=4))
def test_only_plain_digits_of_the_scale_are_a_score(text):
    score = rules.read_score(text, low=0, high=10)

    assert score == (int(text) if text in {str(n) for n in range(11)} else None)


@given(st.integers(min_value=0, max_value=10))
def test_every_nps_score_belongs_to_exactly_one_group(score):
    assert sum(metrics.groups(Metric.NPS, score)[:3]) == 1
    band = {"high": 0, "middle": 1, "low": 2}[rules.band(Metric.NPS, score)]
    assert metrics.groups(Metric.NPS, score)[band] == 1

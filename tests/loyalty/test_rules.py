"""How much a fact is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.loyalty.rules import MOST_FOR_A_PURCHASE, fingerprint, points_for_purchase, restocked

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("amount", "currency", "points"),
    [
        (0, "CNY", 0),
        (999, "CNY", 0),
        (1_000, "CNY", 1),
        (259_900, "CNY", 259),
        (259_900, "cny", 259),
        (2_599, "USD", 25),
        (20_000, "JPY", 100),
        (10**15, "CNY", MOST_FOR_A_PURCHASE),
    ],
)
def test_money_gives_whole_points(amount, currency, points):
    assert points_for_purchase(amount_minor=amount, currency=currency) == points


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_more_money_never_gives_fewer_points(one, other):
    less, more = sorted((one, other))

    assert points_for_purchase(amount_minor=less, currency="CNY") <= points_for_purchase(
        amount_minor=more, currency="CNY"
    )


@pytest.mark.parametrize(
    ("now", "seen", "wanted", "after"),
    [
        (10, 10, 15, 15),
        (8, 10, 15, 13),
        (2, 10, 5, 0),
        (None, None, 5, 5),
        (10, 10, None, None),
        (10, None, 5, 5),
    ],
)
def test_an_edit_of_the_stock_keeps_what_went_meanwhile(now, seen, wanted, after):
    assert restocked(now=now, seen=seen, wanted=wanted) == after


def test_another_movement_has_another_fingerprint():
    assert fingerprint(50, "response") == fingerprint(50, "response")
    assert fingerprint(50, "response") != fingerprint(51, "response")

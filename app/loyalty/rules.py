"""What loyalty decides, from values alone: how many points a fact is worth, and what makes two movements the same."""

import hashlib
from enum import StrEnum

FOR_A_RESPONSE = 50  # whatever the score: points must not buy praise
MOST_FOR_A_PURCHASE = 20_000  # a slip of the pen in an import must not make somebody rich

# Minor units of money for one point, about ten yuan each.
_MONEY_FOR_A_POINT = {"CNY": 1_000, "HKD": 1_000, "TWD": 4_000, "JPY": 200, "KRW": 2_000}
_ELSEWHERE = 100


class Reason(StrEnum):
    """Why points moved."""

    RESPONSE = "response"
    PURCHASE = "purchase"
    REFERRAL = "referral"
    WELCOME = "welcome"
    REDEMPTION = "redemption"
    CANCELLATION = "cancellation"


class Counter(StrEnum):
    """The firm's account on the other side of an entry."""

    ISSUED = "issued"
    REDEEMED = "redeemed"


class VoucherState(StrEnum):
    """What has become of a voucher."""

    ISSUED = "issued"
    USED = "used"
    CANCELLED = "cancelled"


def points_for_purchase(*, amount_minor: int, currency: str) -> int:
    """Return the points for money in minor units: whole points only, none for less than one, and a highest number."""
    points = amount_minor // _MONEY_FOR_A_POINT.get(currency.upper(), _ELSEWHERE)
    return min(points, MOST_FOR_A_PURCHASE)


def fingerprint(*parts: object) -> str:
    """Return what tells whether a repeated key still means the same movement: SHA-256 over its parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def restocked(*, now: int | None, seen: int | None, wanted: int | None) -> int | None:
    """Return the stock after an edit, when some may have gone since the page was read; None is without limit.

    Only the difference to what was seen is applied, and it never falls below zero.
    """
    if wanted is None or now is None or seen is None:
        return wanted
    return max(now + wanted - seen, 0)

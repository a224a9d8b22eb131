"""Referral codes for load tests: one for each customer, many at once."""

from collections.abc import Iterable

from app.kit import clock
from app.kit.bulk import add_rows
from app.referrals.models import Code
from app.referrals.service import new_code


def plant_codes(customer_ids: Iterable[int]) -> None:
    """Give new customers their codes."""
    now = clock.now()
    add_rows(Code, [{"customer_id": one, "code": new_code(), "created_at": now} for one in customer_ids])

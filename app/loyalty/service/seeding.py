"""Points for load tests: many movements at once, each balance still the sum of its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.kit import clock
from app.kit.bulk import add_named_rows, add_rows
from app.loyalty.models import Account, Entry
from app.loyalty.rules import Counter, Reason, fingerprint


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Points for a purchase; `key` is unlike that of any other movement, `about` is the line in both languages."""

    customer_id: int
    points: int
    key: str
    about: tuple[str, str]
    at: datetime


def plant(credits_: Sequence[Credit]) -> list[int]:
    """Insert movements of customers who had none, in the order given; return the ids of the entries."""
    now, balances, rows = clock.now(), dict[int, int](), []
    for credit in credits_:
        balance = balances[credit.customer_id] = balances.get(credit.customer_id, 0) + credit.points
        rows.append(
            {
                "customer_id": credit.customer_id,
                "points": credit.points,
                "balance_after": balance,
                "counter": Counter.ISSUED,
                "reason": Reason.PURCHASE,
                "about_en": credit.about[0],
                "about_zh": credit.about[1],
                "key": credit.key,
                "input_hash": fingerprint(credit.points, Counter.ISSUED.value, Reason.PURCHASE.value, None),
                "reverses_id": None,
                "is_demo": False,
                "occurred_at": credit.at,
                "recorded_at": now,
            }
        )
    add_rows(Account, [{"customer_id": customer, "balance": balance} for customer, balance in balances.items()])
    return add_named_rows(Entry, rows, "key")

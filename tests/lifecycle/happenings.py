"""Facts of other domains, ready to be heard."""

import itertools
from datetime import datetime
from typing import Any

from app import events
from app.kit import clock

_number = itertools.count(1)


def bought(customer_id: int = 1, **values: Any) -> events.PurchaseRecorded:
    number = next(_number)
    return events.PurchaseRecorded(
        **{
            "customer_id": customer_id,
            "purchase_id": number,
            "product_id": 1,
            "purchased_at": clock.now(),
            "amount_minor": 100,
            "currency": "CNY",
            "is_first": True,
        }
        | values
    )


def answered(customer_id: int = 1, **values: Any) -> events.ResponseSubmitted:
    number = next(_number)
    at: datetime = clock.now()
    return events.ResponseSubmitted(
        **{
            "customer_id": customer_id,
            "response_id": number,
            "purchase_id": None,
            "product_id": None,
            "score": 9,
            "score_max": 10,
            "comment": "",
            "label": "",
            "polarity": 0.0,
            "is_urgent": False,
            "language": "zh",
            "submitted_at": at,
        }
        | values
    )


def opened(customer_id: int = 1, **values: Any) -> events.RequestOpened:
    number = next(_number)
    return events.RequestOpened(
        **{
            "customer_id": customer_id,
            "request_id": number,
            "number": f"R-{number}",
            "subject": "漏水",
            "mood": "neutral",
            "is_urgent": False,
            "origin": "survey",
            "due_at": clock.now(),
        }
        | values
    )


def resolved(customer_id: int = 1, **values: Any) -> events.RequestResolved:
    return events.RequestResolved(
        **{"customer_id": customer_id, "request_id": 1, "number": "R-1", "within_promise": True, "open_requests": 0}
        | values
    )


def reopened(customer_id: int = 1, **values: Any) -> events.RequestReopened:
    return events.RequestReopened(**{"customer_id": customer_id, "request_id": 1, "number": "R-1"} | values)


def brought(friend_id: int, referrer_id: int) -> events.FriendRegistered:
    return events.FriendRegistered(customer_id=friend_id, referral_id=next(_number), referrer_id=referrer_id)


def friend_bought(friend_id: int, referrer_id: int) -> events.ReferralQualified:
    return events.ReferralQualified(
        customer_id=friend_id, referral_id=next(_number), referrer_id=referrer_id, purchase_id=1
    )


def earned(customer_id: int = 1) -> events.PointsEarned:
    return events.PointsEarned(
        customer_id=customer_id, entry_id=next(_number), points=50, reason="response", balance=50
    )


def redeemed(customer_id: int = 1) -> events.PointsRedeemed:
    return events.PointsRedeemed(
        customer_id=customer_id, entry_id=next(_number), points=50, reward="Filter set", voucher_id=1, balance=0
    )

"""What loyalty does when something happens elsewhere."""

from app.customers import queries as customers
from app.events import PurchaseRecorded, ReferralQualified, ResponseSubmitted
from app.loyalty import rules, service
from app.loyalty.rules import Reason


def reward_response(event: ResponseSubmitted) -> None:
    """Thank for an answer, once, whatever it says."""
    if not event.is_history:
        service.earn(
            event.customer_id,
            points=rules.FOR_A_RESPONSE,
            reason=Reason.RESPONSE,
            key=f"response:{event.response_id}",
            at=event.submitted_at,
        )


def reward_purchase(event: PurchaseRecorded) -> None:
    """Give points for the money spent."""
    points = rules.points_for_purchase(amount_minor=event.amount_minor, currency=event.currency)
    if points and not event.is_history:
        bought = customers.product(event.product_id)
        service.earn(
            event.customer_id,
            points=points,
            reason=Reason.PURCHASE,
            key=f"purchase:{event.purchase_id}",
            about=(bought.name_en, bought.name_zh),
            at=event.purchased_at,
        )


def reward_referral(event: ReferralQualified) -> None:
    """Thank both sides of a referral; the two accounts are locked in the order of their numbers."""
    sides = (
        (event.referrer_id, event.referrer_points, Reason.REFERRAL),
        (event.customer_id, event.friend_points, Reason.WELCOME),
    )
    for customer_id, points, reason in sorted(sides):
        if points:
            service.earn(customer_id, points=points, reason=reason, key=f"referral:{event.referral_id}")

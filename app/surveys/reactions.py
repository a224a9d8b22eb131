"""What surveys does when something happened elsewhere."""

from app.events import PurchaseRecorded
from app.surveys.service import inviting


def invite_buyer(event: PurchaseRecorded) -> None:
    """Ask after a purchase, unless it lies in the past that came with an import."""
    if event.is_history:
        return
    inviting.invite_after_purchase(
        customer_id=event.customer_id,
        purchase_id=event.purchase_id,
        product_id=event.product_id,
        purchased_at=event.purchased_at,
    )

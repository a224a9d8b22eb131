"""What referrals does when something happens elsewhere."""

from app.events import CustomerAdded, PurchaseRecorded
from app.referrals import service


def give_code(event: CustomerAdded) -> None:
    """Give every new customer a code, so that no page has to make one while it is read."""
    service.make_code(event.customer_id)


def qualify(event: PurchaseRecorded) -> None:
    """A friend's first purchase is what a referral waits for; one of the past is not."""
    if event.is_first and not event.is_history:
        service.qualify(event.customer_id, purchase_id=event.purchase_id, at=event.purchased_at)

"""The demo data goes again: each domain forgets its own, the ones that others stand on last."""

from app.customers import queries as customers
from app.customers import service as people
from app.delivery import service as delivery
from app.identity import service as identity
from app.kit import site
from app.kit.db import transaction
from app.lifecycle import service as lifecycle
from app.loyalty import service as loyalty
from app.referrals import service as referrals
from app.support import service as support
from app.surveys import service as surveys


def remove() -> int:
    """Remove everything that is marked as demo; return how many customers that were."""
    with transaction():
        ids = customers.demo_ids()
        lifecycle.forget_demo(ids)
        referrals.forget_demo()
        loyalty.forget_demo()
        support.forget_demo(ids)
        surveys.forget_demo(ids)
        delivery.forget_customers(ids)
        identity.forget_demo(ids)
        people.forget_demo()
        site.change(has_demo=False)
    return len(ids)

"""What the tests of sales need: customers with a past."""

from app.customers.models import Customer
from app.kit.db import transaction
from app.lifecycle import jobs, service
from tests import factories
from tests.lifecycle import happenings


def upset_customer() -> Customer:
    """Make a customer who bought, was upset, asked for help, and brought a friend."""
    with transaction():
        customer = factories.customer(name="沈知夏", company="云岫设计工作室")
        friend = factories.customer(name="程一诺", source="referral")
        service.note(happenings.bought(customer.id))
        service.note(happenings.answered(customer.id, score=3, label="negative"))
        service.note(happenings.opened(customer.id, number="#1042", mood="negative"))
        registered = happenings.brought(friend.id, customer.id)
        service.note(registered)
        service.note(registered, customer_id=customer.id)
    jobs.sequence_events()
    return customer

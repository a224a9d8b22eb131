"""Things that tests need, made through the domains' own services; call them inside a transaction."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from app.customers import service as customers
from app.customers.models import Customer, Product, Purchase
from app.identity import service as identity
from app.identity.models import Staff
from app.identity.rules import Role
from app.kit import clock

_number = itertools.count(1)


def customer(**values: Any) -> Customer:
    """Make a customer; Chinese unless said otherwise."""
    number = next(_number)
    return customers.add_customer(
        **{
            "name": f"沈知夏{number}",
            "email": f"zhixia{number}@example.com",
            "external_id": f"C-{number}",
            "source": "staff",
        }
        | values
    )


def product(**values: Any) -> Product:
    """Make a product that asks at once."""
    number = next(_number)
    return customers.add_product(
        **{"sku": f"W{number}", "name_en": "Water filter W2", "name_zh": "W2 净水器", "ask_after_days": 0} | values
    )


def purchase(buyer: Customer | None = None, bought: Product | None = None, **values: Any) -> Purchase:
    """Make a purchase of yesterday."""
    yesterday: datetime = clock.now() - timedelta(days=1)
    made, _ = customers.record_purchase(
        buyer or customer(),
        bought or product(),
        **{"reference": f"SO-{next(_number)}", "purchased_at": yesterday, "amount_minor": 259_900} | values,
    )
    return made


def staff(**values: Any) -> Staff:
    """Make a colleague; an agent unless said otherwise."""
    number = next(_number)
    return identity.add_staff(**{"name": "林小满", "email": f"staff{number}@example.com", "role": Role.AGENT} | values)

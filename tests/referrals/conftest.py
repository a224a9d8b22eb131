"""One customer with a link, and one friend."""

import pytest

from app.customers.models import Customer
from app.referrals import queries
from tests import factories


@pytest.fixture
def ada(inside) -> Customer:
    return inside(factories.customer, name="沈知夏", email="zhixia@example.com", phone="13800001111")


@pytest.fixture
def code(ada) -> str:
    return queries.standing(ada.id).code or ""


@pytest.fixture
def friend() -> dict[str, str]:
    return {"name": "顾以宁", "email": "yining@example.com", "agrees": "y"}

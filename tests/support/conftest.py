"""Requests for tests, made through support's own service."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.customers.models import Customer
from app.events import ResponseSubmitted
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import transaction
from app.support import service
from app.support.models import Request
from tests import factories

WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai, in the middle of an ordinary week."""


class Watch:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = WEDNESDAY

    def __call__(self) -> datetime:
        return self.time

    def set(self, text: str) -> datetime:
        """Set the clock to a time of the firm: "11-18 15:00"."""
        local = datetime.strptime(f"2026-{text} +0800", "%Y-%m-%d %H:%M %z")
        self.time = local.astimezone(UTC)
        return self.time


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Stop the clock on a Wednesday morning."""
    stopped = Watch()
    monkeypatch.setattr(clock, "now", stopped)
    return stopped


@pytest.fixture
def answer() -> Callable[..., ResponseSubmitted]:
    """Return a function that lets a customer answer a survey; it returns the event."""

    def submit(response_id: int = 1, customer: Customer | None = None, **values: Any) -> ResponseSubmitted:
        with transaction():
            customer = customer or factories.customer()
            event = ResponseSubmitted(
                **{
                    "customer_id": customer.id,
                    "response_id": response_id,
                    "purchase_id": None,
                    "product_id": None,
                    "score": 3,
                    "score_max": 10,
                    "comment": "报修等了九天没人回电话，太失望了",
                    "label": "negative",
                    "polarity": -0.8,
                    "is_urgent": False,
                    "language": "zh",
                    "submitted_at": clock.now(),
                }
                | values
            )
            publish(event)
        return event

    return submit


@pytest.fixture
def make_request() -> Callable[..., Request]:
    """Return a function that lets a customer open a request."""

    def make(customer: Customer | None = None, **values: Any) -> Request:
        with transaction():
            return service.open_request(
                customer or factories.customer(),
                **{"subject": "净水器漏水", "text": "接头一直漏水，没有人管。"} | values,
            )

    return make

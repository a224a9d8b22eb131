"""A real mail server on this machine, a subscribed receiver, and parcels to send there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from app.delivery import endpoints, service
from app.delivery.letters import Letter
from app.delivery.models import Endpoint
from app.events import StageEventSequenced
from app.kit.db import transaction
from app.kit.ids import uuid7
from tests import servers
from tests.delivery.inbox import Inbox
from tests.receiver import Receiver


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    kept = Inbox(servers.free_port())
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port, ready_timeout=10)
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture
def subscribed(receiver: Receiver) -> Endpoint:
    with transaction():
        return endpoints.add(receiver.url)


@pytest.fixture
def happen() -> Callable[..., StageEventSequenced]:
    """Return a function that lets a stage event happen to a customer."""

    def make(body: str = "{}", customer_id: int = 1, **values: Any) -> StageEventSequenced:
        event = StageEventSequenced(
            **{
                "customer_id": customer_id,
                "event_id": uuid7(),
                "type": "revisit.stage.changed.v1",
                "sequence": 1,
                "cloud_event": body,
            }
            | values
        )
        with transaction():
            service.post_event(event)
        return event

    return make


@pytest.fixture
def write() -> Callable[..., str]:
    """Return a function that posts a mail and gives its Message-ID back."""

    def make(subject: str = "收到了", customer_id: int | None = 1, **values: Any) -> str:
        letter = Letter(**{"to": "zhixia@example.com", "subject": subject, "text": "最晚今天 15:25。"} | values)
        with transaction():
            return service.post_letter(letter, customer_id=customer_id)

    return make

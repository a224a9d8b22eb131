"""A receiver of webhooks and a mail server, both real, on this machine; and parcels to send there."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


@dataclass
class Receiver:
    """What somebody's server got, and what it is to answer."""

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)

    @property
    def bodies(self) -> list[str]:
        return [body for _, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(kept.status)
            for name, value in kept.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


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

"""What the journeys share: a program that sells and reads, and purchases to begin with."""

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.kit import clock

ZHIXIA = {"external_id": "C-1", "email": "zhixia@example.com", "name": "沈知夏", "language": "zh-Hans"}
ADA = {"external_id": "C-2", "email": "ada@example.com", "name": "Ada Park", "language": "en"}
FILTER = {"sku": "W2", "name_en": "Water filter W2", "name_zh": "W2 净水器"}
UPSET = "滤芯一直漏水，等了九天没人回电话，太失望了"
MONTH = timedelta(days=30)


def sale(customer: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Return a purchase of a month ago, as a shop's program tells it."""
    return {
        "reference": f"SO-{customer.get('external_id', customer['email'])}",
        "customer": deepcopy(customer),
        "product": FILTER,
        "purchased_at": (clock.now() - MONTH).isoformat(),
        "amount_minor": 259_900,
    } | changes


@dataclass(frozen=True)
class Program:
    """Somebody's program with its key: tells of purchases, reads the stage events."""

    client: FlaskClient
    secret: str

    def tells(self, purchase: dict[str, Any], status: int = 201) -> dict[str, Any]:
        """Tell of a purchase; return the answer."""
        answer = self.client.post("/api/v1/purchases", json=purchase, headers=self._headers())
        assert answer.status_code == status, answer.text
        return dict(answer.json)

    def reads(self, page_size: int = 4) -> list[dict[str, Any]]:
        """Read all stage events, a few at a time, and see that they are in order and none is missing."""
        events: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": page_size}
        while True:
            answer = self._feed(query).json
            events += answer["events"]
            if not answer["has_more"]:
                break
            query["cursor"] = answer["next"]
        assert [int(event["sequence"]) for event in events] == list(range(1, len(events) + 1))
        return events

    def _feed(self, query: dict[str, Any]) -> TestResponse:
        answer = self.client.get("/api/v1/stage-events", query_string=query, headers=self._headers())
        assert answer.status_code == 200, answer.text
        return answer

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def of_customer(events: list[dict[str, Any]], public_id: str) -> list[dict[str, Any]]:
    """Return the events of one customer, and see that their revisions count up from 1 without a gap."""
    own = [event for event in events if event["partitionkey"] == public_id]
    assert [event["data"]["revision"] for event in own] == list(range(1, len(own) + 1))
    return own


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """Return the short names of the events' types."""
    return [event["type"].removeprefix("app.revisit.").removesuffix(".v1") for event in events]


def stages(events: list[dict[str, Any]]) -> list[str]:
    """Return the stages that were reached, in their order."""
    changes = [event["data"] for event in events if kinds([event]) == ["stage.changed"]]
    return [data["to"] for data in changes if data["to"] != data["from"]]


def sides(events: list[dict[str, Any]]) -> list[tuple[str | None, str | None]]:
    """Return the side states that were left and entered, in their order."""
    changes = [event["data"]["side"] for event in events if kinds([event]) == ["stage.changed"]]
    return [(side["from"], side["to"]) for side in changes if side["from"] != side["to"]]


def plain(event: dict[str, Any]) -> str:
    """Return an event in one form, to compare."""
    return json.dumps(event, sort_keys=True)

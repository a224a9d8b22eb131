"""CloudEvents 1.0 in structured JSON, written by hand: the same bytes in feed, webhook and file."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from app.lifecycle.catalogue import EventType, schema_address

SINGLE, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
_DIGITS = 20  # fits every number of the database; texts then sort as numbers do


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything about an event but its sequence number."""

    id: str
    kind: EventType
    public_url: str
    subject: str
    key: str
    cause: str | None
    occurred_at: datetime
    recorded_at: datetime
    data: dict[str, Any]

    def text(self) -> str:
        """Return the CloudEvent without its sequence as JSON text, in Chinese as itself."""
        attributes = {
            "specversion": "1.0",
            "id": self.id,
            "source": source(self.public_url),
            "type": self.kind.full_name,
            "subject": f"customer/{self.subject}",
            "time": rfc3339(self.occurred_at),
            "recordedtime": rfc3339(self.recorded_at),
            "datacontenttype": "application/json",
            "dataschema": schema_address(self.kind, self.public_url),
            "partitionkey": self.key,
        }
        if self.cause:
            attributes["causationid"] = self.cause
        return json.dumps(attributes | {"data": self.data}, ensure_ascii=False, separators=(",", ":"))


def complete(draft: str, sequence: int) -> str:
    """Return the whole CloudEvent: the draft with its sequence number in front of its other attributes."""
    return f'{{"sequence":"{padded(sequence)}",{draft[1:]}'


def padded(sequence: int) -> str:
    """Return the number as text that sorts like the number."""
    return str(sequence).zfill(_DIGITS)


def source(public_url: str) -> str:
    """Return who speaks: this installation."""
    return f"/revisit/{urlsplit(public_url).hostname or 'localhost'}"


def name_of(*parts: str | int) -> str:
    """Return an id that the same event always gets: a second attempt to write it is recognised."""
    return str(uuid5(NAMESPACE_URL, "revisit:" + ":".join(map(str, parts))))


def rfc3339(moment: datetime) -> str:
    """Return the moment in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

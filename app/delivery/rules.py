"""What delivery decides from values alone: states, pauses, verdicts on an answer, which endpoint wants which event."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus


class Kind(StrEnum):
    """How a parcel travels."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class State(StrEnum):
    """Where a parcel is. `sending` says that a worker may be talking to the receiver at this moment."""

    WAITING = "waiting"
    SENDING = "sending"
    DONE = "done"
    DEAD = "dead"


PENDING = (State.WAITING, State.SENDING)

# Longer than any transport may take, so that no second worker takes a parcel that is still on its way.
LEASE = timedelta(minutes=4)

# The pauses that Standard Webhooks 1.0.0 advises, from 5 seconds to a day; the tenth failure is the last.
_PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
TRIES = len(_PAUSES) + 1
_JITTER = 0.2
_LONGEST_WISH = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one try: `is_final` means that another try cannot help, `is_gone` that the receiver said 410."""

    is_delivered: bool
    fault: str = ""
    is_final: bool = False
    is_gone: bool = False
    retry_after: timedelta | None = None


DELIVERED = Outcome(is_delivered=True)


def pause_after(failures: int, *, chance: float, retry_after: timedelta | None = None) -> timedelta | None:
    """Return how long to wait after the n-th failure, or None when that was the last try.

    `chance` from 0 to 1 spreads the tries by 20 % to either side. A receiver that names its own time is never asked
    earlier (the CloudEvents web hook binding demands it), up to two days.
    """
    if failures > len(_PAUSES):
        return None
    pause = _PAUSES[failures - 1] * (1 - _JITTER + 2 * _JITTER * chance)
    return max(pause, min(retry_after, _LONGEST_WISH)) if retry_after else pause


def judge_answer(status: int, retry_after: timedelta | None = None) -> Outcome:
    """Judge a receiver's HTTP status: 2xx is delivered, 410 ends the subscription, all else is tried again."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return DELIVERED
    is_gone = status == HTTPStatus.GONE
    return Outcome(
        is_delivered=False, fault=f"HTTP {status}", is_final=is_gone, is_gone=is_gone, retry_after=retry_after
    )


def wants(types: Iterable[str], event_type: str) -> bool:
    """Tell whether an endpoint with these `types` gets the event: none means all, `a.b.*` means all below a.b."""
    wanted = list(types)
    if not wanted:
        return True
    return any(event_type == one or (one.endswith(".*") and event_type.startswith(one[:-1])) for one in wanted)


def is_secret(text: str) -> bool:
    """Tell whether `text` is a signing secret by Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes."""
    if not text.startswith("whsec_"):
        return False
    try:
        raw = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return False
    return 24 <= len(raw) <= 64

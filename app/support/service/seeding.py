"""Requests for load tests: many at once, with the numbers, promises and facts that the verbs of support would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.kit.bulk import add_named_rows, add_rows
from app.support import clocks, moods, queries
from app.support.models import Change, Message, Request
from app.support.rules import RANK, Mood, Origin, State, What, mood_of, strength, target_for
from app.support.service.opening import QUOTE, next_numbers

_verdict_on = lru_cache(maxsize=1024)(moods.verdict_on)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request and what became of it: `staff_id` took it or replied `at`, and it stands in `state` since."""

    opened_at: datetime
    subject: str
    text: str
    locale: str
    product_id: int
    origin: Origin
    state: State
    reply: str = ""
    staff_id: int | None = None
    touched_at: datetime | None = None


@dataclass(frozen=True)
class Planned:
    """The rows of a case, without its number and its customer: made once for however many copies."""

    case: Case
    row: dict[str, Any]
    messages: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]

    @property
    def mood(self) -> Mood:
        """How the customer sounds."""
        return Mood(self.row["mood"])

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait."""
        return bool(self.row["is_urgent"])

    @property
    def due_at(self) -> datetime:
        """The promise."""
        due_at: datetime = self.row["due_at"]
        return due_at

    @property
    def solved_at(self) -> datetime | None:
        """When it was solved, if it was."""
        return self.case.touched_at if self.case.state == State.RESOLVED else None


def plan(case: Case, *, now: datetime) -> Planned:
    """Return what the verbs of support would have written about a case by now."""
    verdict = _verdict_on(case.text, case.locale)
    mood = mood_of(label=verdict["label"], comment=case.text, is_low_score=False)
    target = target_for(mood=mood, is_urgent=verdict["urgent"])
    due_at = clocks.add(queries.calendar(), case.opened_at, target)
    row = _row(case, mood, verdict) | {
        "target_minutes": int(target.total_seconds() // 60),
        "due_at": due_at,
        "late_at": due_at if due_at <= _held_at(case, now) else None,
    }
    return Planned(case, row, tuple(_messages(case, verdict)), tuple(_changes(case, due_at, row["late_at"])))


def plant(planned: Sequence[tuple[int, Planned]]) -> list[int]:
    """Insert requests of customers; return their numbers in the same order."""
    if not planned:
        return []
    numbers = next_numbers(len(planned))
    rows = [
        one.row | {"customer_id": customer_id, "number": number}
        for number, (customer_id, one) in zip(numbers, planned, strict=True)
    ]
    ids = add_named_rows(Request, rows, "number")
    pairs = list(zip(ids, (one for _, one in planned), strict=True))
    add_rows(Message, [message | {"request_id": key} for key, one in pairs for message in one.messages])
    add_rows(Change, [change | {"request_id": key} for key, one in pairs for change in one.changes])
    return list(numbers)


def _held_at(case: Case, now: datetime) -> datetime:
    """Return until when the clock ran: a request that waits or is solved cannot become late any more."""
    return now if case.state == State.OPEN else case.touched_at or now


def _row(case: Case, mood: Mood, verdict: dict[str, Any]) -> dict[str, Any]:
    replied_at = case.touched_at if case.reply else None
    return {
        "product_id": case.product_id,
        "response_id": None,
        "origin": case.origin,
        "state": case.state,
        "subject": case.subject,
        "score": None,
        "score_max": 10,
        "mood": mood,
        "rank": RANK[mood],
        "strength": strength(verdict["polarity"]),
        "is_urgent": verdict["urgent"],
        "quote": case.text[:QUOTE],
        "spans": [span for span in verdict["spans"] if span[1] <= QUOTE],
        "confidence": verdict["confidence"],
        "owner_id": case.staff_id,
        "version": 2 if case.touched_at else 1,
        "opened_at": case.opened_at,
        "clock_from": case.opened_at,
        "waiting_since": replied_at if case.state == State.WAITING else None,
        "first_reply_at": replied_at,
        "resolved_at": replied_at if case.state == State.RESOLVED else None,
        "confirmed_at": None,
        "mail_ids": [],
        "is_demo": False,
    }


def _messages(case: Case, verdict: dict[str, Any]) -> list[dict[str, Any]]:
    said: list[tuple[int | None, str, dict[str, Any], datetime | None]] = [(None, case.text, verdict, case.opened_at)]
    if case.reply:
        said += [(case.staff_id, case.reply, {}, case.touched_at)]
    return [
        {"staff_id": staff_id, "text": text, "verdict": judged, "message_id": "", "at": at}
        for staff_id, text, judged, at in said
    ]


def _changes(case: Case, due_at: datetime, late_at: datetime | None) -> list[dict[str, Any]]:
    facts: list[tuple[datetime, What, State, int | None]] = [(case.opened_at, What.OPENED, State.OPEN, None)]
    if case.touched_at:
        what = What.STATE if case.reply else What.TAKEN
        facts.append((case.touched_at, what, case.state, case.staff_id))
    if late_at:
        facts.append((late_at, What.LATE, State.OPEN, None))
    return [
        {"what": what, "state": state, "due_at": due_at, "staff_id": staff_id, "at": at}
        for at, what, state, staff_id in sorted(facts, key=lambda fact: fact[0])
    ]

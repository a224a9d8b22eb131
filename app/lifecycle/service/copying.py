"""A story heard once by the real rules, as a pattern of which each customer gets a copy with names of their own."""

import json
import re
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.customers.models import Customer
from app.events import Event
from app.lifecycle.catalogue import BY_FULL_NAME
from app.lifecycle.cloudevents import name_of
from app.lifecycle.models import Standing
from app.lifecycle.service import counting
from app.lifecycle.service.noting import grow_older, hear

STAND_IN = 731_094_625_011_000_000
"""What stands for an id that differs from copy to copy: `STAND_IN`, `STAND_IN + 1` and so on."""

_PUBLIC, _EXTERNAL = "00000000-0000-7000-8000-5eed5eed5eed", "SEED-STAND-IN-5eed5eed"
Told = tuple[datetime, Event]


@dataclass(frozen=True)
class Pattern:
    """A text in which `%(i0)s` stands for the first id, `%(public)s` for the customer, `%(e0)s` for the first event."""

    text: str

    def filled(self, names: Mapping[str, str]) -> str:
        """Return the text of one copy."""
        return self.text % names


@dataclass(frozen=True)
class Scene(Pattern):
    """One event of the story: `name` gives its id, `columns` are the same in every copy."""

    name: Pattern
    columns: Mapping[str, Any]

    def event_id(self, names: Mapping[str, str]) -> str:
        """Return the id that this event has in one copy, as `name_of` gives it to every event."""
        return name_of(self.name.filled(names))


@dataclass(frozen=True)
class Story:
    """Everything that a life writes: its events, where the customer stands now, what the counters gain."""

    events: tuple[Scene, ...]
    standing: Mapping[str, Any]
    texts: Mapping[str, Pattern]
    moves: Mapping[tuple[str, str], int]


def heard(told: Sequence[Told], *, now: datetime) -> Story:
    """Hear facts in their order, each at its moment, and what time has changed since."""
    customer = Customer(name="", public_id=_PUBLIC, external_id=_EXTERNAL)
    standing = Standing(customer_id=0, changed_at=now)
    rows = [row for at, event in told for row in hear(event, standing, customer, now=at).rows]
    rows += grow_older(standing, customer, now=now).rows
    moves: Tally[tuple[str, str]] = Tally()
    for row in rows:
        moves.update(counting.moves(row["type"], row["draft"]))
    stand_ins = _StandIns([row["event_id"] for row in rows])
    columns = {one.key: getattr(standing, one.key) for one in Standing.__mapper__.column_attrs}
    texts = {name: stand_ins.pattern(json.dumps(columns[name], ensure_ascii=False)) for name in ("facts", "step_why")}
    return Story(tuple(_scene(row, stand_ins) for row in rows), columns, texts, moves)


def names_of(story: Story, public_id: str, external_id: str, ids: Sequence[object]) -> dict[str, str]:
    """Return what the patterns of a story are filled with for one customer."""
    names = {"public": public_id, "external": external_id} | {f"i{place}": str(one) for place, one in enumerate(ids)}
    for place, event in enumerate(story.events):
        names[f"e{place}"] = event.event_id(names)
    return names


class _StandIns:
    """Everything in the texts of one story that differs from copy to copy."""

    def __init__(self, event_ids: Sequence[str]) -> None:
        self._places = {one: f"%(e{place})s" for place, one in enumerate(event_ids)}
        self._places |= {_PUBLIC: "%(public)s", _EXTERNAL: "%(external)s"}
        self._known = re.compile("|".join([*self._places, rf"{STAND_IN // 1_000_000}\d{{6}}"]))

    def pattern(self, text: str) -> Pattern:
        """Return the text as a pattern."""
        return Pattern(self._known.sub(self._place, text.replace("%", "%%")))

    def _place(self, found: re.Match[str]) -> str:
        return self._places.get(found[0]) or f"%(i{int(found[0]) - STAND_IN})s"


def _scene(row: Mapping[str, Any], stand_ins: _StandIns) -> Scene:
    parts = _parts(row)
    if name_of(*parts) != row["event_id"]:
        raise RuntimeError(f"an event of {row['type']} is named otherwise")
    columns = {name: row[name] for name in ("type", "revision", "occurred_at", "recorded_at")}
    name = stand_ins.pattern(":".join(map(str, parts)))
    return Scene(stand_ins.pattern(row["draft"]).text, name, columns)


def _parts(row: Mapping[str, Any]) -> tuple[str | int, ...]:
    entry = BY_FULL_NAME[row["type"]]
    if not (entry.of and entry.happens_once):
        return entry.name, _PUBLIC, row["revision"]
    evidence = json.loads(row["draft"])["data"]["evidence"][0]
    return entry.name, _PUBLIC, evidence["kind"], evidence["id"]

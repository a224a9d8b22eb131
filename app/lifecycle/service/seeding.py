"""Where customers stand, for load tests: many at once, with numbered events, as the real rules decide."""

import json
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.kit import clock
from app.kit.bulk import add_rows
from app.lifecycle.cloudevents import complete
from app.lifecycle.models import StageEvent, Standing
from app.lifecycle.service import counting
from app.lifecycle.service.copying import Story, names_of
from app.lifecycle.service.sequencing import my_turn


@dataclass(frozen=True)
class Copy:
    """A customer who has lived a story; `ids` are what its stand-ins stand for."""

    customer_id: int
    public_id: str
    external_id: str
    story: Story
    ids: Sequence[object]


def plant(copies: Sequence[Copy]) -> int:
    """Write down where customers stand and their events, numbered and counted; return how many events.

    The events are told to nobody: a load of test data is no news for receivers.
    """
    named = [(copy, names_of(copy.story, copy.public_id, copy.external_id, copy.ids)) for copy in copies]
    add_rows(Standing, [_standing(*one) for one in named])
    rows = list(_numbered(named, my_turn()))
    add_rows(StageEvent, rows)
    moves: Tally[tuple[str, str]] = Tally()
    for copy in copies:
        moves.update(copy.story.moves)
    counting.add(moves)
    return len(rows)


def _standing(copy: Copy, names: dict[str, str]) -> dict[str, Any]:
    texts = {name: json.loads(pattern.filled(names)) for name, pattern in copy.story.texts.items()}
    return {**copy.story.standing, **texts, "customer_id": copy.customer_id, "changed_at": clock.now()}


def _numbered(named: Sequence[tuple[Copy, dict[str, str]]], number: int) -> Iterator[dict[str, Any]]:
    now = clock.now()
    for copy, names in named:
        for place, event in enumerate(copy.story.events):
            yield {
                **event.columns,
                "sequence": number,
                "event_id": names[f"e{place}"],
                "customer_id": copy.customer_id,
                "sequenced_at": now,
                "body": complete(event.filled(names), number),
                "is_demo": False,
            }
            number += 1

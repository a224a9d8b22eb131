"""Lives for load tests: what somebody bought, said, asked and earned, drawn by chance from a seed."""

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.kit.i18n import CHINESE
from app.support.rules import Origin, State

TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
_LONGEST = timedelta(days=180)
_QUARTER = timedelta(minutes=15)
_FEELINGS = (("happy", 9, 10, 9), ("content", 7, 8, 5), ("unhappy", 0, 6, 6))
"""How they feel, with the lowest and the highest score and how many feel so."""

_SILENT = 0.15
_ENDS = ((State.RESOLVED, 10), (State.OPEN, 8), (State.WAITING, 2))


@dataclass(frozen=True)
class Said:
    """An answer."""

    at: datetime
    score: int
    comment: str


@dataclass(frozen=True)
class Asked:
    """A request: opened `at`, `touched_at` by colleague number `staff`, if at all, and now in `state`."""

    at: datetime
    subject: str
    text: str
    origin: Origin
    state: State
    staff: int
    touched_at: datetime | None


@dataclass(frozen=True)
class Earned:
    """Points."""

    at: datetime
    points: int


@dataclass(frozen=True)
class Life:
    """What happened to somebody since they bought."""

    locale: str
    bought_at: datetime
    product: int
    amount_minor: int
    said: tuple[Said, ...]
    asked: tuple[Asked, ...]
    earned: tuple[Earned, ...]


@dataclass(frozen=True)
class Shape:
    """How much happened to somebody."""

    responses: int
    tickets: int
    points: int


def drawn(chance: random.Random, shape: Shape, now: datetime) -> Life:
    """Return a life of the last half year."""
    locale = CHINESE if chance.random() < 0.7 else "en"
    begin = now.replace(second=0, microsecond=0) - timedelta(hours=2)
    bought_at = begin - chance.random() * _LONGEST

    def moments(count: int) -> list[datetime]:
        return sorted(bought_at + chance.random() * (begin - bought_at) for _ in range(count))

    return Life(
        locale=locale,
        bought_at=bought_at,
        product=chance.randrange(1_000_000),
        amount_minor=chance.randrange(99, 9_999) * 100,
        said=tuple(_said(chance, at, locale) for at in moments(shape.responses)),
        asked=tuple(_asked(chance, at, locale, begin) for at in moments(shape.tickets)),
        earned=tuple(Earned(at, chance.randrange(5, 500)) for at in moments(shape.points)),
    )


def _said(chance: random.Random, at: datetime, locale: str) -> Said:
    feeling, low, high, _ = chance.choices(_FEELINGS, [share for *_, share in _FEELINGS])[0]
    comment = "" if chance.random() < _SILENT else chance.choice(TEXTS[locale][feeling]["said"])
    return Said(at, chance.randint(low, high), comment)


def _asked(chance: random.Random, at: datetime, locale: str, begin: datetime) -> Asked:
    at -= (at - datetime(2020, 1, 1, tzinfo=at.tzinfo)) % _QUARTER  # few moments, because promises take long to count
    words = chance.choice(TEXTS[locale]["asked"])
    state = chance.choices([state for state, _ in _ENDS], [share for _, share in _ENDS])[0]
    is_touched = state != State.OPEN or chance.random() < 0.4
    touched_at = min(at + chance.uniform(0.2, 60) * timedelta(hours=1), begin) if is_touched else None
    origin = Origin.STAFF if chance.random() < 0.1 else Origin.PORTAL
    return Asked(at, words["subject"], words["text"], origin, state, chance.randrange(1_000_000), touched_at)

"""The stories as data: read from TOML, in the order in which they happened."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.kit.i18n import CHINESE

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Step:
    """One thing that one customer (known by address) or somebody for them did at a moment."""

    at: datetime
    email: str
    verb: str
    details: tuple[Any, ...]


def goods() -> dict[str, list[dict[str, Any]]]:
    """Return the products and rewards."""
    return tomllib.loads((_HERE / "products.toml").read_text("utf-8"))


def stories() -> list[dict[str, Any]]:
    """Return the customers and what they went through."""
    told: list[dict[str, Any]] = tomllib.loads((_HERE / "stories.toml").read_text("utf-8"))["story"]
    return told


def steps(now: datetime) -> list[Step]:
    """Return everything that happened, oldest first, as seen from `now`."""
    return sorted((step for story in stories() for step in _of(story, now)), key=lambda step: step.at)


def _of(story: dict[str, Any], now: datetime) -> Iterator[Step]:
    told = [(now - timedelta(days=days), verb, tuple(details)) for days, verb, *details in story["steps"]]
    if "came_by" not in story:
        first = min((at for at, *_ in told), default=now) - timedelta(days=1)
        locale = story.get("locale", CHINESE)
        yield Step(first, story["email"], "is known", (story["name"], story.get("company", ""), locale))
    for at, verb, details in told:
        yield Step(at, story["email"], verb, details)

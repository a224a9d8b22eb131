"""A sentence in both languages at once: an event is read by people of either."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Words:
    """The same sentence in English and in Chinese."""

    en: str
    zh: str

    def __getitem__(self, locale: str) -> str:
        """Return the sentence in the reader's language."""
        return self.zh if locale.startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a change rests on: what kind of thing, its number, and how a person would call it."""

    kind: str
    id: str
    text: str = ""


def days_between(earlier: datetime, later: datetime) -> int:
    """Return how many whole days lie between, never below zero."""
    return max((later - earlier).days, 0)


def scored(score: int, score_max: int) -> Words:
    """Say what somebody scored."""
    return Words(f"{score} of {score_max}", f"{score} 分（满分 {score_max}）")

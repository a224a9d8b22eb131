"""What a judgement of a text says: the vocabulary of this package."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """The mood of a text in one word; UNREAD is a text that nobody here can read, never "neutral"."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    MIXED = "mixed"
    UNREAD = "unread"


class Language(StrEnum):
    """The language a text is written in, as far as this package reads it."""

    ENGLISH = "en"
    CHINESE = "zh"
    MIXED = "mixed"
    OTHER = "other"


class Span(NamedTuple):
    """A part of the original text (character offsets, end excluded) and how much it weighed: below 0 is negative."""

    start: int
    end: int
    weight: float


class ThemeMood(NamedTuple):
    """A theme the text speaks about, and the mood [-1, 1] of the clauses that do."""

    key: str
    polarity: float


class UrgencyCue(NamedTuple):
    """Why a text cannot wait: the kind of cue and where it stands in the original text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one text."""

    polarity: float
    subjectivity: float
    label: Label
    confidence: float
    language: Language
    urgency: tuple[UrgencyCue, ...] = ()
    themes: tuple[ThemeMood, ...] = ()
    evidence: tuple[Span, ...] = ()
    doubtful: bool = False
    """Sarcasm is suspected: a person should look before anybody acts on the label."""
    model_version: str

    @property
    def urgent(self) -> bool:
        """Tell whether the text holds at least one cue that cannot wait."""
        return bool(self.urgency)

"""What support decides, from values alone: who needs care, how soon, in which order."""

from datetime import timedelta
from enum import StrEnum

NPS_MAX = 10
LOW_NPS = 6
LOW_SHARE = 0.4
"""On any other scale a score in its lower 40 % is low: 1 and 2 of 5, 1 and 2 of 7."""

URGENT_TARGET = timedelta(hours=4)
CALM_TARGET = timedelta(hours=8)
SOON = timedelta(hours=1)
"""A promise with less than this left is due soon."""

WORKING_WEEK = (((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)),) * 5 + ((), ())
"""Monday to Friday, 9 to 12 and 13:30 to 18 o'clock, until the firm says otherwise."""


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"


class Origin(StrEnum):
    """Where a request came from."""

    SURVEY = "survey"
    PORTAL = "portal"
    STAFF = "staff"


class Mood(StrEnum):
    """How the customer feels; a text that nobody here can read is `unread`, never `neutral`."""

    NEGATIVE = "negative"
    UNREAD = "unread"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class What(StrEnum):
    """What changed in a request."""

    OPENED = "opened"
    TAKEN = "taken"
    STATE = "state"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    LATE = "late"


class Then(StrEnum):
    """What shall happen after a reply."""

    WAIT = "wait"
    KEEP = "keep"
    RESOLVE = "resolve"


RANK = {mood: rank for rank, mood in enumerate(Mood)}
"""The order of the triage desk: the most upset first, then what nobody could read."""


def is_low(score: int | None, score_max: int) -> bool:
    """Return True for a score that says: something went wrong."""
    if score is None:
        return False
    return score <= LOW_NPS if score_max == NPS_MAX else score <= LOW_SHARE * score_max


def needs_follow_up(*, score: int | None, score_max: int, comment: str, label: str, is_urgent: bool) -> bool:
    """Return True when a person must look: a low score, angry or urgent words, or words nobody can read."""
    if is_low(score, score_max) or label == Mood.NEGATIVE or is_urgent:
        return True
    return label == Mood.UNREAD and bool(comment.strip()) and score is None


def mood_of(*, label: str, comment: str, is_low_score: bool) -> Mood:
    """Return the mood of an answer: its words decide, a low score pulls them down, silence leaves the score alone."""
    if not comment.strip():
        return Mood.NEGATIVE if is_low_score else Mood.NEUTRAL
    if not is_low_score or label in {Mood.UNREAD, Mood.NEGATIVE}:
        return Mood(label)
    return Mood.MIXED if label in {Mood.POSITIVE, Mood.MIXED} else Mood.NEGATIVE


def target_for(*, mood: Mood, is_urgent: bool) -> timedelta:
    """Return the working time within which it shall be put right."""
    return URGENT_TARGET if is_urgent or mood == Mood.NEGATIVE else CALM_TARGET


def strength(polarity: float) -> int:
    """Return how strongly a text feels, 1 to 3, from its polarity between -1 and 1."""
    return 1 + (abs(polarity) >= 1 / 3) + (abs(polarity) >= 2 / 3)

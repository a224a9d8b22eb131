"""What surveys decides, from values alone: who is asked when, which link is open, what counts as a score."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ASK_AGAIN_AFTER = timedelta(days=30)
LINK_LIVES = timedelta(days=30)
LONGEST_COMMENT = 2000
SLOTS = 8


class Metric(StrEnum):
    """How the score of a survey is to be read; declared on the survey, never guessed from numbers."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    NO_ADDRESS = "no_address"
    NOT_ASKED = "not_asked"


class WhyNot(StrEnum):
    """Why somebody was not asked."""

    ASKED_LATELY = "asked_lately"
    NO_MAILS = "no_mails"


class Channel(StrEnum):
    """The way on which an answer came."""

    MAIL = "mail"
    LINK = "link"
    IMPORT = "import"


class Missing(StrEnum):
    """Why a question has no answer."""

    SKIPPED = "skipped"
    NOT_SHOWN = "not_shown"


CLOSED = frozenset({InvitationState.ANSWERED, InvitationState.EXPIRED})


def is_open(*, state: InvitationState, expires_at: datetime, now: datetime) -> bool:
    """Return True while an invitation may be answered. Who was not mailed may still answer by a copied link."""
    return state not in CLOSED and now < expires_at


def due_at(*, purchased_at: datetime, ask_after_days: int, now: datetime) -> datetime:
    """Return when to ask: the product's pause after the purchase, but never in the past."""
    return max(purchased_at + timedelta(days=ask_after_days), now)


@dataclass(frozen=True)
class Verdict:
    """Whether an invitation that is due goes out, and why not."""

    state: InvitationState
    why_not: WhyNot | None = None


def may_ask(*, has_address: bool, may_mail: bool, last_asked_at: datetime | None, now: datetime) -> Verdict:
    """Decide about an invitation that is due. The customer's own wish comes first, then our restraint."""
    if not may_mail:
        return Verdict(InvitationState.NOT_ASKED, WhyNot.NO_MAILS)
    if last_asked_at and now - last_asked_at < ASK_AGAIN_AFTER:
        return Verdict(InvitationState.NOT_ASKED, WhyNot.ASKED_LATELY)
    return Verdict(InvitationState.SENT if has_address else InvitationState.NO_ADDRESS)


def read_score(text: str, *, low: int, high: int) -> int | None:
    """Return the score that a form or file says, or None: only plain digits count, no spaces, signs or fractions."""
    if not (text.isascii() and text.isdigit()) or len(text) > 2 or (len(text) == 2 and text[0] == "0"):
        return None
    score = int(text)
    return score if low <= score <= high else None


def band(metric: Metric, score: int | None) -> str:
    """Return low, middle or high: for NPS detractor, passive, promoter; for the others by their middle."""
    if score is None:
        return ""
    middle, high = {Metric.NPS: (7, 9), Metric.CSAT: (3, 4), Metric.CES: (4, 5)}[metric]
    if score >= high:
        return "high"
    return "middle" if score >= middle else "low"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a customer sent: a score, what it is about (option ids), words, and whether we may ask back."""

    score: int | None
    about: tuple[str, ...] = ()
    comment: str = ""
    may_contact: bool = False

    @property
    def content_hash(self) -> str:
        """The fingerprint of this answer: the same form sent twice has the same one, in whichever language."""
        parts = [self.score, sorted(set(self.about)), self.comment, self.may_contact]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def theme_side(polarity: float) -> tuple[str, ...]:
    """Return the side on which a theme was spoken of: negative, positive, or neither near zero."""
    if abs(polarity) < 0.1:
        return ()
    return ("negative",) if polarity < 0 else ("positive",)

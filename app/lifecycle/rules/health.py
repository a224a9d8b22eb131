"""Health: a weighted score that explains itself.

Each part has a weight that halves with the age of what it rests on, so an old word fades and never falls off an edge.
What is unknown counts for nothing. One hard signal overrules a good average ("needs care"), because an average hides
the worst part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lifecycle.rules.facts import Facts
from app.lifecycle.rules.kinds import Band, Part, Satisfaction
from app.lifecycle.rules.stages import is_unhappy, last_word
from app.lifecycle.rules.words import Words

GOOD_FROM, FAIR_FROM = 70, 40
RECHECK_AFTER = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class PartScore:
    """One part: `score` is 0 to 100 or None for unknown; `counts` is the share of the weight that is left with age."""

    part: Part
    weight: float
    score: int | None
    why: Words
    seen_at: datetime | None = None
    counts: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Health:
    """The score with its parts. `known` is the share of the weights that rests on something; `cap` the hard signal."""

    score: int | None
    band: Band
    known: float
    parts: tuple[PartScore, ...]
    cap: Words | None = None


def health(facts: Facts, now: datetime) -> Health:
    """Return the health at this moment."""
    parts = tuple(_weighed(part, now) for part in (look(facts) for look in _LOOKS))
    heard = [part for part in parts if part.score is not None]
    total = sum(part.counts for part in heard)
    score = round(sum((part.score or 0) * part.counts for part in heard) / total) if total else None
    cap = hard_signal(facts, now)
    return Health(
        score=score, band=_band(score, cap), known=round(sum(part.weight for part in heard), 2), parts=parts, cap=cap
    )


def hard_signal(facts: Facts, now: datetime) -> Words | None:
    """Return the signal that overrules every average, or None."""
    if facts.open_requests and facts.is_back:
        number = facts.request_number
        return Words(f"Request {number} was solved and came back.", f"请求 {number} 解决过，又回来了。")
    if facts.open_requests and facts.is_grave:
        number = facts.request_number
        return Words(
            f"Request {number} is open, and urgent or upset.", f"请求 {number} 还没有解决，事情急，或者客户不满。"
        )
    return last_word(facts) if is_unhappy(facts, now) else None


def _band(score: int | None, cap: Words | None) -> Band:
    if cap:
        return Band.NEEDS_CARE
    if score is None:
        return Band.UNKNOWN
    if score >= GOOD_FROM:
        return Band.GOOD
    return Band.FAIR if score >= FAIR_FROM else Band.NEEDS_CARE


_HALF_LIFE = {
    Part.VOICE: timedelta(days=120),
    Part.SUPPORT: timedelta(days=90),
    Part.LOYALTY: timedelta(days=180),
    Part.FRIENDS: timedelta(days=365),
}


def _weighed(part: PartScore, now: datetime) -> PartScore:
    if part.score is None or part.seen_at is None:
        return part
    age = max(now - part.seen_at, timedelta(0))
    faded: float = part.weight * 0.5 ** (age / _HALF_LIFE[part.part])
    return PartScore(
        part=part.part, weight=part.weight, score=part.score, why=part.why, seen_at=part.seen_at, counts=faded
    )


def _voice(facts: Facts) -> PartScore:
    if facts.satisfaction is None:
        nothing = Words("No answer that could be read yet.", "还没有读得懂的回答。")
        return PartScore(part=Part.VOICE, weight=0.35, score=None, why=nothing)
    if facts.score is not None:
        score = round(facts.score * 100 / facts.score_max)
    else:
        score = {Satisfaction.UNHAPPY: 20, Satisfaction.CONTENT: 60, Satisfaction.HAPPY: 85}[facts.satisfaction]
    return PartScore(part=Part.VOICE, weight=0.35, score=score, why=last_word(facts), seen_at=facts.said_at)


def _support(facts: Facts) -> PartScore:
    number = facts.request_number
    if facts.asked_at is None:
        nothing = Words("Has never asked for help.", "还没有来找过我们帮忙。")
        return PartScore(part=Part.SUPPORT, weight=0.25, score=None, why=nothing)
    if facts.open_requests:
        score = 10 if facts.is_back else 20 if facts.is_grave else 45
        why = Words(f"Requests open now: {facts.open_requests}.", f"眼下有 {facts.open_requests} 个请求没有解决。")
        return PartScore(part=Part.SUPPORT, weight=0.25, score=score, why=why, seen_at=facts.asked_at)
    why = (
        Words(f"Request {number} was solved in time.", f"请求 {number} 按时解决了。")
        if facts.was_in_time
        else Words(f"Request {number} was solved later than promised.", f"请求 {number} 解决了，比说好的晚。")
    )
    score = 85 if facts.was_in_time else 55
    return PartScore(part=Part.SUPPORT, weight=0.25, score=score, why=why, seen_at=facts.solved_at)


def _loyalty(facts: Facts) -> PartScore:
    seen = facts.points_at or facts.first_bought_at
    if facts.purchases > 1:
        why = Words(f"Bought {facts.purchases} times.", f"买过 {facts.purchases} 次。")
        return PartScore(part=Part.LOYALTY, weight=0.2, score=90, why=why, seen_at=seen)
    if facts.has_redeemed:
        why = Words("Exchanged points for a reward.", "用积分换过奖励。")
        return PartScore(part=Part.LOYALTY, weight=0.2, score=80, why=why, seen_at=seen)
    if facts.points_at:
        why = Words("Collects points, has not used any yet.", "在攒积分，还没有用过。")
        return PartScore(part=Part.LOYALTY, weight=0.2, score=60, why=why, seen_at=seen)
    nothing = Words("One purchase and no points yet: too little to say.", "只买过一次，也没有积分，还说不准。")
    return PartScore(part=Part.LOYALTY, weight=0.2, score=None, why=nothing)


def _friends(facts: Facts) -> PartScore:
    if facts.friends_bought:
        why = Words(f"Friends who bought: {facts.friends_bought}.", f"介绍来的朋友，{facts.friends_bought} 位买了。")
        return PartScore(part=Part.FRIENDS, weight=0.2, score=100, why=why, seen_at=facts.friend_at)
    if facts.friends:
        why = Words(f"Friends who came: {facts.friends}.", f"介绍来 {facts.friends} 位朋友。")
        return PartScore(part=Part.FRIENDS, weight=0.2, score=80, why=why, seen_at=facts.friend_at)
    nothing = Words("Has not recommended us yet; that says nothing.", "还没有推荐过朋友，这不说明什么。")
    return PartScore(part=Part.FRIENDS, weight=0.2, score=None, why=nothing)


_LOOKS: tuple[Callable[[Facts], PartScore], ...] = (_voice, _support, _loyalty, _friends)

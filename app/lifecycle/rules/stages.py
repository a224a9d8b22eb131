"""Which stage and which side state follow from the facts: two tables, read from the top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lifecycle.rules.facts import Facts
from app.lifecycle.rules.kinds import Satisfaction, Side, Stage
from app.lifecycle.rules.words import Words, days_between, scored

STARTS_AFTER = timedelta(days=1)
IN_USE_AFTER = timedelta(days=14)
RISK_LASTS = timedelta(days=90)


@dataclass(frozen=True)
class Rule:
    """When it holds, the customer has reached the stage."""

    id: str
    stage: Stage
    holds: Callable[[Facts, datetime], bool]
    reason: Callable[[Facts, datetime], Words]


@dataclass(frozen=True)
class SideRule:
    """While it holds, the customer is in the side state."""

    id: str
    side: Side
    holds: Callable[[Facts, datetime], bool]
    reason: Callable[[Facts], Words]


def is_unhappy(facts: Facts, now: datetime) -> bool:
    """Tell whether the last word was bad and is not yet forgotten."""
    return facts.satisfaction == Satisfaction.UNHAPPY and facts.said_at is not None and now - facts.said_at < RISK_LASTS


def last_word(facts: Facts) -> Words:
    """Say what the last answer was."""
    if facts.score is None:
        if facts.satisfaction == Satisfaction.UNHAPPY:
            return Words("The last comment sounds upset.", "最近一次留言听起来不满意。")
        if facts.satisfaction == Satisfaction.HAPPY:
            return Words("The last comment sounds happy.", "最近一次留言听起来满意。")
        return Words("The last comment sounds so-so.", "最近一次留言不好也不坏。")
    words = scored(facts.score, facts.score_max)
    return Words(f"The last answer was {words.en}.", f"最近一次打了 {words.zh}。")


def _bought_before(facts: Facts, moment: datetime) -> bool:
    return facts.first_bought_at is not None and facts.first_bought_at <= moment


def _since(facts: Facts, now: datetime) -> Words:
    days = days_between(facts.first_bought_at or now, now)
    return Words(f"Days since the first purchase: {days}.", f"第一次购买到现在 {days} 天了。")


def _score(score: int, score_max: int) -> Words:
    words = scored(score, score_max)
    return Words(f"Answered {words.en}.", f"打了 {words.zh}。")


RULES = (
    Rule(
        "friend_bought",
        Stage.ADVOCATE,
        lambda facts, _: facts.friends_bought > 0,
        lambda *_: Words("A friend they recommended has bought.", "推荐的朋友买了。"),
    ),
    Rule(
        "bought_again",
        Stage.REPEAT,
        lambda facts, _: facts.purchases > 1,
        lambda facts, _: Words(
            f"Bought again: {facts.purchases} purchases so far.", f"又买了一次，一共 {facts.purchases} 次。"
        ),
    ),
    Rule(
        "delighted",
        Stage.SATISFIED,
        lambda facts, _: facts.delighted_score is not None,
        lambda facts, _: _score(facts.delighted_score or 0, facts.delighted_max),
    ),
    Rule(
        "told_us",
        Stage.USING,
        lambda facts, _: facts.answers > 0,
        lambda *_: Words("Told us how it is going.", "说了用下来怎么样。"),
    ),
    Rule("in_use", Stage.USING, lambda facts, now: _bought_before(facts, now - IN_USE_AFTER), _since),
    Rule(
        "unpacked",
        Stage.ONBOARDING,
        lambda facts, now: _bought_before(facts, now - STARTS_AFTER),
        _since,
    ),
    Rule(
        "bought",
        Stage.PURCHASED,
        lambda facts, _: facts.purchases > 0,
        lambda *_: Words("Bought for the first time.", "第一次购买。"),
    ),
    Rule(
        "brought",
        Stage.AWARENESS,
        lambda facts, _: facts.was_brought,
        lambda *_: Words("A friend brought them; nothing bought yet.", "朋友介绍来的，还没有买过。"),
    ),
)

SIDE_RULES = (
    SideRule(
        "request_open",
        Side.ISSUE_OPEN,
        lambda facts, _: facts.open_requests > 0,
        lambda facts: Words(f"Request {facts.request_number} is open.", f"请求 {facts.request_number} 还没有解决。"),
    ),
    SideRule(
        "last_word_bad",
        Side.AT_RISK,
        is_unhappy,
        last_word,
    ),
)


def reached(facts: Facts, before: Stage | None, now: datetime) -> Rule | None:
    """Return the rule that lifts the customer beyond `before`, the highest that holds; None when none does."""
    highest = next((rule for rule in RULES if rule.holds(facts, now)), None)
    if highest is None or (before and highest.stage.position <= before.position):
        return None
    return highest


def side_of(facts: Facts, now: datetime) -> SideRule | None:
    """Return why the customer is in a side state now; None when nothing is wrong. The worst comes first."""
    return next((rule for rule in SIDE_RULES if rule.holds(facts, now)), None)


def why_left(side: Side, facts: Facts) -> Words:
    """Say why the customer is no longer in the side state."""
    if side == Side.ISSUE_OPEN:
        return Words(f"Request {facts.request_number} is solved.", f"请求 {facts.request_number} 解决了。")
    if facts.satisfaction == Satisfaction.UNHAPPY:
        days = RISK_LASTS.days
        return Words(f"{days} days without another bad word.", f"{days} 天没有再说不好。")
    return Words("The last word was better.", "最近一次说的好多了。")


def next_change(facts: Facts, now: datetime) -> datetime | None:
    """Return when time alone may change a stage or a side state; None when it will not."""
    moments = []
    if facts.first_bought_at:
        moments += [facts.first_bought_at + STARTS_AFTER, facts.first_bought_at + IN_USE_AFTER]
    if facts.said_at and facts.satisfaction == Satisfaction.UNHAPPY:
        moments.append(facts.said_at + RISK_LASTS)
    return min((moment for moment in moments if moment > now), default=None)

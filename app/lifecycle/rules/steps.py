"""The next best step for a customer, and why: a table read from the top, the most pressing first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lifecycle.rules.facts import Facts
from app.lifecycle.rules.health import Health
from app.lifecycle.rules.kinds import Band, Satisfaction, Side, Stage, Step
from app.lifecycle.rules.stages import last_word
from app.lifecycle.rules.words import Words

TODAY = 3  # up to this urgency a call belongs to today
_GOOD_NEWS_LASTS = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a customer stands at a moment: what the steps are chosen from."""

    facts: Facts
    stage: Stage | None
    side: Side | None
    health: Health
    now: datetime


@dataclass(frozen=True)
class Advice:
    """What to do, why, and how pressing it is: 1 is now, up to `TODAY` today, 9 can wait."""

    step: Step
    urgency: int
    why: Words


def _trouble(standing: Standing) -> Words:
    """Say what is wrong: the open request, else the hard signal, else the low score."""
    facts = standing.facts
    if facts.open_requests:
        number = facts.request_number
        told = last_word(facts) if facts.satisfaction == Satisfaction.UNHAPPY else Words("", "")
        return Words(f"Request {number} is open. {told.en}".strip(), f"请求 {number} 还没有解决。{told.zh}")
    return standing.health.cap or Words(f"Health is {standing.health.score}.", f"健康度只有 {standing.health.score}。")


def _last_word(standing: Standing) -> Words:
    return last_word(standing.facts)


def _friends(standing: Standing) -> Words:
    bought = standing.facts.friends_bought
    return Words(f"Friends who bought: {bought}.", f"介绍来的朋友，{bought} 位买了。")


def _is_fresh(standing: Standing) -> bool:
    last = max((at for at in (standing.facts.said_at, standing.facts.friend_at) if at), default=None)
    return last is not None and standing.now - last < _GOOD_NEWS_LASTS


_Choice = tuple[Step, int, Callable[[Standing], bool], Callable[[Standing], Words]]

_TABLE: tuple[_Choice, ...] = (
    (Step.LISTEN, 1, lambda s: s.side == Side.ISSUE_OPEN and s.health.cap is not None, _trouble),
    (Step.WIN_BACK, 2, lambda s: s.side == Side.AT_RISK, _last_word),
    (Step.CARE, 3, lambda s: s.side == Side.ISSUE_OPEN or s.health.band == Band.NEEDS_CARE, _trouble),
    (
        Step.WELCOME,
        3,
        lambda s: s.stage == Stage.AWARENESS,
        lambda _: Words("A friend brought them; nothing bought yet.", "朋友介绍来的，还没有买过。"),
    ),
    (
        Step.THANK,
        4,
        lambda s: s.stage == Stage.ADVOCATE and _is_fresh(s),
        _friends,
    ),
    (
        Step.ASK_FRIEND,
        5,
        lambda s: s.facts.satisfaction == Satisfaction.HAPPY and not s.facts.friends and _is_fresh(s),
        _last_word,
    ),
    (
        Step.HELP_START,
        6,
        lambda s: s.stage in {Stage.PURCHASED, Stage.ONBOARDING},
        lambda _: Words("The first two weeks decide whether it gets used.", "头两个星期，决定用不用得起来。"),
    ),
    (
        Step.OFFER,
        7,
        lambda s: s.stage in {Stage.SATISFIED, Stage.REPEAT, Stage.ADVOCATE} and s.health.band == Band.GOOD,
        lambda s: Words(f"Going well, health {s.health.score}.", f"一切顺利，健康度 {s.health.score}。"),
    ),
    (
        Step.ASK,
        8,
        lambda s: s.facts.satisfaction is None,
        lambda _: Words("They have not told us how it is going.", "还没有听他们说过用得怎么样。"),
    ),
    (
        Step.LET_BE,
        9,
        lambda _: True,
        lambda _: Words("Nothing presses.", "没有急事。"),
    ),
)


def advise(standing: Standing) -> Advice:
    """Return the most pressing step."""
    step, urgency, _, why = next(choice for choice in _TABLE if choice[2](standing))
    return Advice(step, urgency, why(standing))

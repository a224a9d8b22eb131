"""What a customer could do next: a few lines, the most useful first."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.referrals.queries import Standing


@dataclass(frozen=True)
class Step:
    """One line of the list: a drawing, what to do, why or how long, and where."""

    icon: str
    title: str
    note: str
    url: str


def next_steps(*, balance: int, reward: str, price: int, standing: Standing) -> list[Step]:
    """Return the steps that fit this customer; `reward` at `price` is the one to save for (0: there is none)."""
    return [step for step in (_reward(balance, reward, price), _help(), _friend(standing)) if step]


def _reward(balance: int, reward: str, price: int) -> Step | None:
    if not price:
        return None
    if balance < price:
        return Step(
            "gift",
            _("See what points can become"),
            _("Answers, purchases and friends get you there."),
            url_for("loyalty.rewards"),
        )
    return Step(
        "gift",
        _("Choose a reward"),
        _("You have enough points for “%(reward)s” (%(price)s).", reward=reward, price=f"{price:,}"),
        url_for("loyalty.rewards"),
    )


def _help() -> Step:
    return Step(
        "life-preserver",
        _("Ask for help"),
        _("You get a clock time by which we answer."),
        url_for("support.ask"),
    )


def _friend(standing: Standing) -> Step | None:
    if standing.came:
        return None
    return Step(
        "people",
        _("Bring a friend"),
        _("A link or a picture to pass on. Points for both of you."),
        url_for("referrals.friends"),
    )

"""The rewards on offer: added and changed by staff."""

from typing import Any

from app.kit.db import db
from app.loyalty.models import Reward
from app.loyalty.queries import reward_for_update
from app.loyalty.rules import restocked


def add_reward(
    *,
    name_en: str,
    name_zh: str,
    price: int,
    note_en: str = "",
    note_zh: str = "",
    stock: int | None = None,
    is_active: bool = True,
    is_demo: bool = False,
) -> Reward:
    """Offer a reward; `price` in points, `stock` None without limit."""
    reward = Reward(
        name_en=name_en,
        name_zh=name_zh,
        note_en=note_en,
        note_zh=note_zh,
        price=price,
        stock=stock,
        is_active=is_active,
        is_demo=is_demo,
    )
    db.session.add(reward)
    db.session.flush()
    return reward


def change_reward(public_id: str, *, stock: int | None, stock_seen: int | None, **values: Any) -> Reward:
    """Change a reward. Of the stock only the difference counts, because some may have gone since the page was read."""
    reward = reward_for_update(public_id)
    reward.stock = restocked(now=reward.stock, seen=stock_seen, wanted=stock)
    for name, value in values.items():
        setattr(reward, name, value)
    db.session.flush()
    return reward

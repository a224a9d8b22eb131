"""The stage of customers beside their requests: lifecycle tells, the desk shows."""

from collections.abc import Iterable

from app.lifecycle import names as wording
from app.lifecycle import queries
from app.lifecycle.rules.kinds import Side, Stage


def names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the name of each customer's stage in the reader's language, in one statement."""
    found = queries.standings(set(customer_ids))
    return {customer_id: _name(stage, side) for customer_id, (stage, side) in found.items()}


def _name(stage: Stage | None, side: Side | None) -> str:
    words = [
        wording.STAGES[stage] if stage else "",
        wording.SIDES[side] if side and side != Side.ISSUE_OPEN else "",
    ]
    return " · ".join(str(word) for word in words if word)

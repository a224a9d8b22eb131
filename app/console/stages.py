"""Where customers stand, beside their requests: lifecycle tells, the desk shows."""

from collections.abc import Iterable

from app.lifecycle import queries as lifecycle
from app.lifecycle.names import SIDES, STAGES
from app.lifecycle.rules.kinds import Side, Stage


def names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the stage of each customer in the reader's words, in one statement."""
    found = lifecycle.standings(set(customer_ids))
    return {customer_id: name(stage, side) for customer_id, (stage, side) in found.items()}


def name(stage: Stage | None, side: Side | None) -> str:
    """Return stage and side state in words; that something is open needs no saying beside a request."""
    words = [STAGES[stage] if stage else "", SIDES[side] if side and side != Side.ISSUE_OPEN else ""]
    return " · ".join(str(word) for word in words if word)

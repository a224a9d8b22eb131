"""What support does when something happened elsewhere."""

from app.events import ResponseSubmitted
from app.support import service
from app.support.rules import needs_follow_up


def follow_up(event: ResponseSubmitted) -> None:
    """Open a follow-up for an unhappy answer; answers of the past ask nobody."""
    if event.is_history:
        return
    if needs_follow_up(
        score=event.score,
        score_max=event.score_max,
        comment=event.comment,
        label=event.label,
        is_urgent=event.is_urgent,
    ):
        service.open_follow_up(event)

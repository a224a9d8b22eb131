"""What lifecycle does when something happened elsewhere."""

from app import events
from app.lifecycle import service


def meet(event: events.CustomerAdded) -> None:
    """Keep a place for somebody who became known; many without a name have no stage."""
    if not event.is_collective:
        service.meet(event.customer_id)


def note(event: events.Event) -> None:
    """Hear a fact about its customer."""
    service.note(event)


def note_of_both(event: events.FriendRegistered | events.ReferralQualified) -> None:
    """Hear a fact about a friend, and about the one who recommended."""
    service.note(event)
    service.note(event, customer_id=event.referrer_id)

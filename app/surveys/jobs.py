"""What surveys does when time has passed."""

from app.kit import clock
from app.kit.db import transaction
from app.surveys import queries
from app.surveys.service import inviting


def send_due_invitations(limit: int = 200) -> int:
    """Send what is due, each in a transaction of its own; return how many mails that made."""
    sent = 0
    for invitation_id in queries.due_invitations(clock.now(), limit):
        with transaction():
            sent += inviting.send_invitation(invitation_id) == "sent"
    return sent


def expire_invitations() -> None:
    """Close the links whose time is over."""
    with transaction():
        inviting.expire_invitations()

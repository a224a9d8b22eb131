"""What delivery does when something happened."""

from app.delivery import service
from app.events import StageEventSequenced


def forward(event: StageEventSequenced) -> None:
    """Let the event travel to every receiver that wants it."""
    service.post_event(event)

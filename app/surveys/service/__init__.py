"""What surveys does: publish, invite, take answers, record older feedback, and count."""

from app.surveys.service.demo import forget_demo

__all__ = ["forget_demo"]

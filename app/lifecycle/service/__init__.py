"""What lifecycle does: hears facts, lets time pass, numbers events; the only writer of its tables; never commits."""

from app.lifecycle.service.counting import recount
from app.lifecycle.service.forgetting import forget_demo
from app.lifecycle.service.noting import meet, note, pass_time
from app.lifecycle.service.sequencing import sequence

__all__ = ["forget_demo", "meet", "note", "pass_time", "recount", "sequence"]

"""Why support refuses."""

from flask_babel import lazy_gettext as _l

from app.kit.errors import Refused


class TakenAlready(Refused):
    """A colleague was faster; `winner` names who, and `number` which request."""

    status = 409

    def __init__(self, *, winner: str, number: int) -> None:
        self.winner, self.number = winner, number
        super().__init__(_l("%(name)s was faster: #%(number)s is in their hands.", name=winner, number=number))


class Stale(Refused):
    """The request changed while somebody wrote. Nothing has been sent."""

    status = 409
    message = _l("Something new came in while you wrote. Nothing has been sent yet.")


class SolvedAlready(Refused):
    """There is nothing left to do in this request."""

    status = 409
    message = _l("This request is solved already. Open it again if something is left.")


class NotSolved(Refused):
    """Only what was solved can be opened again or confirmed."""

    status = 409
    message = _l("We are still working on this; there is nothing to confirm yet.")

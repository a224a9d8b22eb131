"""What every verb of support shares: the row under lock, and the fact that is written beside each change."""

from datetime import datetime

from sqlalchemy import select

from app.kit.db import db
from app.kit.errors import NotThere
from app.support.errors import Stale
from app.support.models import Change, Request
from app.support.rules import What


def locked(request_id: int, *, version: int | None = None) -> Request:
    """Return the newest state of a request and keep others from changing it until the transaction ends.

    With `version`, raise `Stale` if the request has changed since the writer read it.
    """
    newest = select(Request).where(Request.id == request_id).with_for_update()
    found = db.session.scalars(newest.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotThere
    if version is not None and version != found.version:
        raise Stale
    return found


def write_down(request: Request, what: What, *, at: datetime, staff_id: int | None = None) -> None:
    """Append the fact that the request changed, in the state and with the promise that it now has."""
    db.session.add(
        Change(request_id=request.id, what=what, state=request.state, due_at=request.due_at, staff_id=staff_id, at=at)
    )
    db.session.flush()

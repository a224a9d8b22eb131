"""A request passes into somebody's hands."""

from collections.abc import Sequence

from sqlalchemy import select, update

from app.identity.models import Staff
from app.kit import clock
from app.kit.db import db
from app.support.errors import SolvedAlready, TakenAlready
from app.support.models import Request, is_unsolved
from app.support.rules import What
from app.support.service.record import write_down


def take(request: Request, *, staff_id: int) -> None:
    """Put a request that is in nobody's hands into mine, by one conditional statement.

    When two colleagues take it at once one wins; the other gets `TakenAlready`, which names the winner.
    """
    if _claim(request.id, staff_id):
        return
    found = db.session.execute(
        select(Request.owner_id, Staff.name)
        .outerjoin(Staff, Staff.id == Request.owner_id)
        .where(Request.id == request.id)
    ).one()
    if found.owner_id is None:
        raise SolvedAlready
    if found.owner_id != staff_id:
        raise TakenAlready(winner=found.name, number=request.number)


def take_all(numbers: Sequence[int], *, staff_id: int) -> tuple[int, int]:
    """Take several; return how many are now mine and how many others had already."""
    rows = db.session.execute(select(Request.id, Request.owner_id).where(Request.number.in_(numbers))).all()
    taken = sum(_claim(row.id, staff_id) for row in rows if row.owner_id is None)
    mine = sum(row.owner_id == staff_id for row in rows)
    return taken, len(rows) - taken - mine


def _claim(request_id: int, staff_id: int) -> bool:
    claimed = db.session.scalars(
        update(Request)
        .where(Request.id == request_id, Request.owner_id.is_(None), is_unsolved(Request.state))
        .values(owner_id=staff_id, version=Request.version + 1)
        .returning(Request)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).first()
    if claimed is None:
        return False
    write_down(claimed, What.TAKEN, at=clock.now(), staff_id=staff_id)
    return True

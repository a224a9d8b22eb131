"""A part of ours is broken while a customer answers: the word is kept, staff see what waits, all is made good once."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.events import ResponseSubmitted
from app.identity.rules import Role
from app.kit import clock
from app.kit.bus import Bus, ParkedEvent, Reaction
from app.kit.db import db, transaction
from app.lifecycle.models import StageEvent
from app.loyalty.models import Entry
from app.support.models import Request
from app.surveys.models import Response
from tests.journeys.stories import UPSET, ZHIXIA, kinds, of_customer, sale
from tests.journeys.visitor import link_in


def _breaks(_event: ResponseSubmitted) -> None:
    raise RuntimeError("the disk of our wits is full")


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Return a function that breaks the reaction at a place among those to an answer, and one that mends it."""
    whole: Bus = app.extensions["revisit.bus"]

    def break_at(place: int) -> None:
        good: list[Reaction] = list(whole.reactions[ResponseSubmitted])
        good.insert(place, _breaks)
        monkeypatch.setitem(
            app.extensions, "revisit.bus", replace(whole, reactions={**whole.reactions, ResponseSubmitted: good})
        )

    return break_at, lambda: monkeypatch.setitem(app.extensions, "revisit.bus", whole)


def _all(model):
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(*model.__table__.primary_key)))


def _time_for_another_try() -> None:
    with transaction() as session:
        session.execute(update(ParkedEvent).where(ParkedEvent.done_at.is_(None)).values(next_at=clock.now()))


@pytest.mark.parametrize("place", [0, 1, 2, 3], ids=["first", "second", "third", "last"])
def test_an_answer_is_kept_and_all_that_follows_is_made_good_once(place, broken, visit, program, work, mails):
    break_at, mend = broken
    public_id = program.tells(sale(ZHIXIA))["customer_id"]
    work()
    link, customer = link_in(mails(ZHIXIA["email"])[-1], "/s/"), visit()
    before = len(_all(Entry))

    break_at(place)
    customer.opens(link)
    thanks = customer.sends(link, score="3", comment=UPSET)
    work()

    assert UPSET in thanks, "the customer is thanked as if nothing had happened"
    assert [kept.comment for kept in _all(Response)] == [UPSET]
    assert (_all(Request), len(_all(Entry)), len(mails(ZHIXIA["email"]))) == ([], before, 1), "nothing by halves"
    admin = visit(Role.ADMIN)
    assert "Some reactions failed" in admin.opens("/admin/deliveries")
    assert "the disk of our wits is full" in admin.opens("/admin/deliveries/parked")

    [parked] = _all(ParkedEvent)
    admin.sends(f"/admin/deliveries/parked/{parked.id}/now")
    work()
    assert [(one.attempts, one.done_at) for one in _all(ParkedEvent)] == [(2, None)], "still broken, still waiting"

    mend()
    _time_for_another_try()
    work()
    _time_for_another_try()
    work()

    assert "Nothing waits" in admin.opens("/admin/deliveries/parked")
    assert "Some reactions failed" not in admin.opens("/admin/deliveries")
    assert [request.number for request in _all(Request)] == [1001]
    assert [entry.points for entry in _all(Entry)[before:]] == [50]
    assert len(mails(ZHIXIA["email"])) == 2, "the question and one promise"
    own = kinds(of_customer(program.reads(), public_id))
    assert [own.count(kind) for kind in ("survey.response.submitted", "ticket.opened")] == [1, 1]
    assert own.count("points.earned") == 2, "for the purchase, and for the answer"
    assert len(_all(StageEvent)) == len(own)
    assert customer.opens(f"{link}/thanks").count(str(1001)), "and the customer's page now names the request"

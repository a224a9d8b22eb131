"""Reactions: at once and together; a fault parks the event and keeps the word that caused it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.customers.models import Customer
from app.events import CustomerAdded, Event
from app.kit import bus, clock
from app.kit.bus import Bus, ParkedEvent, pause_after, retry_parked
from app.kit.db import db, transaction
from tests import factories


@dataclass
class Faulty:
    """A reaction that fails for its first calls."""

    faults: int
    calls: int = 0

    def __call__(self, event: Event) -> None:
        self.calls += 1
        db.session.add(Customer(name=f"written by call {self.calls}"))
        db.session.flush()
        if self.calls <= self.faults:
            raise ValueError("out of order")


@pytest.fixture
def reacting(app: Flask) -> Iterator[Callable[..., None]]:
    before = app.extensions["revisit.bus"]

    def react(*reactions: Callable[[Event], None]) -> None:
        app.extensions["revisit.bus"] = Bus({CustomerAdded: reactions})

    yield react
    app.extensions["revisit.bus"] = before


def _names() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Customer.name)))


def test_a_fault_in_a_reaction_keeps_the_word_and_undoes_all_reactions(reacting, inside):
    good, bad = Faulty(faults=0), Faulty(faults=1)
    reacting(good, bad)

    inside(factories.customer, name="沈知夏")

    assert _names() == {"沈知夏"}
    parked = db.session.scalars(select(ParkedEvent)).one()
    assert (parked.name, parked.done_at, parked.fault) == ("CustomerAdded", None, "ValueError: out of order")


def test_a_parked_event_is_reacted_to_later_once(reacting, inside):
    bad = Faulty(faults=2)
    reacting(bad)
    inside(factories.customer, name="沈知夏")
    assert retry_parked() == 0, "it is not due yet"

    with time_machine.travel(clock.now().timestamp() + 11, tick=False):
        assert retry_parked() == 0, "the second try fails too"
    with time_machine.travel(clock.now().timestamp() + 40, tick=False):
        assert retry_parked() == 1
        assert retry_parked() == 0

    assert _names() == {"沈知夏", "written by call 3"}


def test_reactions_of_reactions_have_savepoints_of_their_own(reacting, app: Flask):
    inner = Faulty(faults=9)

    @dataclass(frozen=True, kw_only=True)
    class Second(Event):
        pass

    def outer(event: CustomerAdded) -> None:
        db.session.add(Customer(name="by the outer reaction"))
        bus.publish(Second(customer_id=event.customer_id))

    app.extensions["revisit.bus"] = Bus({CustomerAdded: (outer,), Second: (inner,)})
    with transaction():
        factories.customer(name="沈知夏")

    assert _names() == {"沈知夏", "by the outer reaction"}
    assert db.session.scalars(select(ParkedEvent.name)).all() == ["Second"]


def test_nobody_reacts_to_what_was_rolled_back(reacting):
    counting = Faulty(faults=0)
    reacting(counting)
    with pytest.raises(ZeroDivisionError), transaction():
        factories.customer()
        raise ZeroDivisionError

    assert _names() == set()


@pytest.mark.no_database
@given(st.integers(min_value=1, max_value=10_000))
def test_the_pause_grows_and_ends_at_an_hour(attempts):
    assert 10 <= pause_after(attempts).total_seconds() <= 3600
    assert pause_after(attempts) <= pause_after(attempts + 1)

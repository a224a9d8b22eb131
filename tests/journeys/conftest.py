"""The people, programs and machines of a story, all through the doors that they have in real life."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import wiring
from app.delivery import jobs as delivery_jobs
from app.delivery.models import Parcel
from app.delivery.rules import Kind
from app.identity.rules import Role
from app.kit.db import db
from tests.journeys.stories import Program
from tests.journeys.visitor import Visitor, link_in


@pytest.fixture(autouse=True)
def _forms_need_their_token(app: Flask) -> Iterator[None]:
    """Check CSRF as in real life; other tests do without."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def visit(signed_in: Callable[..., FlaskClient], app: Flask) -> Callable[..., Visitor]:
    """Return a function that makes a browser: of a colleague with a role, of a customer, or of nobody known."""
    return lambda who=None: Visitor(app.test_client() if who is None else signed_in(who))


@pytest.fixture
def program(visit: Callable[..., Visitor], client: FlaskClient) -> Program:
    """Return a program with a key that sales made on its page."""
    sales = visit(Role.SALES)
    sales.opens("/sales/data")
    page = sales.sends("/sales/data", name="shop", scopes=["purchases:write", "events:read"], days="90")
    secrets = set(re.findall(r"rv_[\w-]{30,}", page))
    assert len(secrets) == 1, "the key is shown once, and whole"
    return Program(client, secrets.pop())


@pytest.fixture
def work() -> Callable[[], None]:
    """Return a function that does what the worker does in its next turns: every job, then every parcel that is due."""

    def turn() -> None:
        for _name, _every, act in wiring.SCHEDULE:
            act()
        delivery_jobs.deliver_due()
        db.session.rollback()

    return turn


@pytest.fixture
def mails() -> Callable[[str], list[dict[str, Any]]]:
    """Return a function that tells which mails went to an address, the oldest first."""

    def to(address: str) -> list[dict[str, Any]]:
        db.session.rollback()
        sent = db.session.scalars(select(Parcel.payload).filter_by(kind=Kind.MAIL).order_by(Parcel.id))
        return [mail for mail in sent if mail["to"] == address]

    return to


@pytest.fixture
def enter(visit: Callable[..., Visitor], mails: Callable[[str], list[dict[str, Any]]]) -> Callable[[str], Visitor]:
    """Return a function with which a customer asks for a link at the door and comes in by it."""

    def come(address: str) -> Visitor:
        visitor = visit()
        visitor.opens("/sign-in")
        visitor.sends("/sign-in", email=address)
        link = link_in(mails(address)[-1], "/sign-in/link/")
        visitor.opens(link)
        visitor.sends(link)
        return visitor

    return come

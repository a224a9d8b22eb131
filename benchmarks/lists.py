"""The lists of staff and the feed of events with few rows and with many, case by case in turn: a ratio of 1 is flat.

What is compared is the processor time of this process, in which SQLite works too: whatever else the machine does leaves
it alone.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from app.console.seeding import planting
from app.customers.models import Customer, Product
from app.identity import service as identity
from app.identity.rules import Role, Scope
from app.kit.db import db, transaction
from app.kit.paging import seal
from app.lifecycle.models import StageEvent, Standing
from app.support.models import Request, is_unsolved
from app.surveys.models import Response
from benchmarks import product

_DEPTH = 0.8
Ask = Callable[[], int]


@dataclass(frozen=True)
class Browser:
    """Somebody, or a program, that asks for pages of one application."""

    app: Flask
    client: FlaskClient
    headers: Mapping[str, str]

    def ask(self, path: str) -> int:
        """Ask for a page; return the length of the answer."""
        answer = self.client.get(path, headers=dict(self.headers))
        if answer.status_code != 200:
            raise RuntimeError(f"{path} was answered with {answer.status_code}")
        return len(answer.data)


def run(*, few: int = 1_000, many: int = 100_000, rounds: int = 15) -> dict[str, Any]:
    """Plant both sizes, measure and return the middle processor times in ms, their ratios and the statements."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (planted(Path(name, str(size)), size) for size in (few, many))
        return {"rows": [few, many], "cases": compare(small, large, rounds=rounds)}


def planted(folder: Path, size: int) -> Flask:
    """Return the application on a database with so many customers and answers, and half as many requests."""
    folder.mkdir(parents=True, exist_ok=True)
    app = product.prepared(product.settings(folder, product.free_port()))
    with app.app_context():
        wanted = planting.Wanted(customers=size, responses=size, tickets=size // 2, points=size, seed=1)
        if not planting.is_planted(wanted):
            planting.plant(wanted, lambda _: None)
        db.session.remove()
    return app


def compare(small: Flask, large: Flask, *, rounds: int) -> dict[str, Any]:
    """Measure each page on both, in turn."""
    sides = [dict(cases(app)) for app in (small, large)]
    return {name: _measured([side[name] for side in sides], [small, large], rounds) for name in sides[0]}


def cases(app: Flask) -> Iterator[tuple[str, Ask]]:
    """Yield the pages by name."""
    with app.app_context():
        agent, seller, lead = (_signed_in(app, role) for role in (Role.AGENT, Role.SALES, Role.LEAD))
        program = _program(app)
        paths = {**_support(agent), **_sales(seller), **_answers(lead), **_feed(program)}
        db.session.remove()
    for name, (browser, path) in paths.items():
        yield name, partial(browser.ask, path)


Paths = dict[str, tuple[Browser, str]]


def _support(agent: Browser) -> Paths:
    row = _deep(
        select(Request.rank, Request.due_at, Request.id).where(is_unsolved(Request.state)),
        Request.rank,
        Request.due_at,
        Request.id,
    )
    deep = seal("support:all", [row.rank, row.due_at.isoformat(), row.id])
    return {
        "support, first": (agent, "/support?view=all"),
        "support, deep": (agent, f"/support?view=all&after={deep}"),
        "support, mine": (agent, "/support"),
        "support, mood": (agent, "/support?view=all&mood=neutral"),
        "support, soon": (agent, "/support?view=soon"),
        "support, waiting": (agent, "/support?view=waiting"),
        "support, solved": (agent, "/support?view=resolved"),
    }


def _sales(seller: Browser) -> Paths:
    row = _deep(
        select(Standing.changed_at, Standing.customer_id), Standing.changed_at.desc(), Standing.customer_id.desc()
    )
    deep = seal("customers", [row.changed_at.isoformat(), row.customer_id])
    owner_id = db.session.scalar(select(Customer.owner_id).limit(1))
    filters = {
        "stage": "stage=satisfied",
        "side": "side=issue_open",
        "health": "band=good",
        "owner": f"owner={owner_id}",
        "owner of none": "owner=me",
    }
    searches = {"name": "name=沈", "rare name": "name=SEED-1-7", "nobody": "name=zzzz"}
    base = "/sales/customers"
    return {
        "customers, first": (seller, base),
        "customers, deep": (seller, f"{base}?after={deep}"),
        **{f"customers, {name}": (seller, f"{base}?{query}") for name, query in (filters | searches).items()},
        "sales, overview": (seller, "/sales"),
    }


def _answers(lead: Browser) -> Paths:
    row = _deep(select(Response.submitted_at, Response.id), Response.submitted_at.desc(), Response.id.desc())
    deep = seal("answers", [row.submitted_at.isoformat(), row.id])
    product_id = db.session.scalar(select(func.min(Product.id)))
    return {
        "answers, first": (lead, "/surveys"),
        "answers, deep": (lead, f"/surveys?period=all&cursor={deep}"),
        "answers, label": (lead, "/surveys?label=negative"),
        "answers, product": (lead, f"/surveys?product={product_id}"),
        "answers, label and product": (lead, f"/surveys?label=positive&product={product_id}"),
    }


def _feed(program: Browser) -> Paths:
    last = db.session.scalar(select(func.max(StageEvent.sequence))) or 0
    at = {"first": 0, "middle": last // 2, "last": last - 100}
    return {
        f"stage events, {name}": (program, f"/api/v1/stage-events?cursor={seal('stage-events', [place])}")
        for name, place in at.items()
    }


def _deep(rows: Any, *order: Any) -> Any:
    count = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    return db.session.execute(rows.order_by(*order).offset(int(count * _DEPTH)).limit(1)).one()


def _signed_in(app: Flask, role: Role) -> Browser:
    client = app.test_client()
    with transaction():
        staff = identity.add_staff(name="林小满", email=f"{role}-{time.time_ns()}@example.com", role=role)
        secret = identity.start_session(staff_id=staff.id, how="bench", browser="bench")
    with client.session_transaction() as kept:
        kept["sid"] = secret
    return Browser(app, client, {})


def _program(app: Flask) -> Browser:
    with transaction():
        token = identity.make_token(name="bench", scopes=[Scope.EVENTS_READ])
    return Browser(app, app.test_client(), {"Authorization": f"Bearer {token}"})


def _measured(asks: list[Ask], apps: list[Flask], rounds: int) -> dict[str, Any]:
    statements = []
    for ask, app in zip(asks, apps, strict=True):
        with _counted(app) as seen:
            ask()
        statements.append(len(seen))
    times: list[list[float]] = [[], []]
    for _ in range(rounds):
        for ask, kept in zip(asks, times, strict=True):
            began = time.process_time()
            ask()
            kept.append(time.process_time() - began)
    few, many = (statistics.median(kept) * 1000 for kept in times)
    return {"few_ms": round(few, 2), "many_ms": round(many, 2), "ratio": round(many / few, 2), "statements": statements}


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)

"""`flask --app wsgi seed`: bulk data for load tests."""

import sys
import time

import click
from flask.cli import with_appcontext

from app.console.seeding import planting
from app.console.seeding.planting import Wanted
from app.kit.commands import as_json, show

_MOST_EACH = 2000
_COUNT = click.IntRange(0, 10_000_000)


@click.command("seed")
@click.option("--customers", type=click.IntRange(1, 10_000_000), default=1000, show_default=True)
@click.option("--responses", type=_COUNT, default=1000, show_default=True)
@click.option("--tickets", type=_COUNT, default=500, show_default=True, help="Requests to support.")
@click.option("--points", type=_COUNT, default=1000, show_default=True, help="Movements of points.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same names and scores.")
@as_json
@with_appcontext
def seed(customers: int, responses: int, tickets: int, points: int, seed: int, json_output: bool) -> None:
    """Plant many made-up customers with answers, requests and points, for load tests.

    They are no demo data: ledger and event log keep them for good, so use a database of its own. No mail is sent.
    Colleagues to sign in with: seed-agent-1@example.com, seed-sales-1@example.com.
    """
    wanted = Wanted(customers=customers, responses=responses, tickets=tickets, points=points, seed=seed)
    if max(responses, tickets, points) > _MOST_EACH * customers:
        raise click.UsageError(f"a customer has at most {_MOST_EACH:,} rows of a kind: ask for more customers")
    if planting.is_planted(wanted):
        raise click.ClickException(f"seed {seed} is planted in this database already; choose another --seed")
    began = time.monotonic()
    with click.progressbar(
        length=customers, label="Seed 测试数据", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        written = planting.plant(wanted, bar.update)
    seconds = time.monotonic() - began
    rows = sum(written.values())
    if json_output:
        show([{**written, "seconds": round(seconds, 3), "rows_per_second": round(rows / seconds)}], json_output=True)
        return
    told = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in written.items())
    click.echo(f"{told}; {seconds:.1f} s, {customers / seconds:,.0f} customers/s, {rows / seconds:,.0f} rows/s")

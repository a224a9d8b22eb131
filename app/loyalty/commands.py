"""The commands of loyalty: the proof of the ledger."""

import click
from flask.cli import with_appcontext

from app.kit.commands import as_json, show
from app.loyalty import proof


@click.group("ledger")
def ledger() -> None:
    """Prove the points."""


@ledger.command("verify")
@as_json
@with_appcontext
def verify(json_output: bool) -> None:
    """Derive every balance anew from the entries and compare; a difference ends with status 1."""
    wrong = list(proof.differences())
    totals = proof.totals()
    is_whole = not wrong and totals["issued"] - totals["redeemed"] == totals["owed"]
    if json_output:
        show([{"is_true": is_whole, **totals, "differences": wrong}], json_output=True)
    else:
        show([{"figure": name, "value": value} for name, value in totals.items()] + wrong, json_output=False)
        click.echo("every balance is the sum of its entries" if is_whole else "the ledger does not add up")
    if not is_whole:
        raise click.exceptions.Exit(1)

"""The commands an operator types after `flask --app wsgi`. Each one parses, calls and prints; all take --json."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app import wiring
from app.console.demo.commands import demo
from app.console.import_commands import imports
from app.console.operation import commands as operation
from app.console.seeding.commands import seed
from app.delivery.worker import Worker
from app.identity import access, commands
from app.kit.bus import Bus
from app.kit.commands import as_json, show
from app.loyalty import commands as loyalty
from app.sales import commands as sales
from app.sentiment.commands import sentiment
from app.support import commands as support


@click.command("config")
@as_json
@with_appcontext
def config_command(json_output: bool) -> None:
    """Print every setting: its value, its default, its meaning."""
    show(current_app.extensions["revisit.config"].table(), json_output=json_output)


@click.command("access")
@as_json
@with_appcontext
def access_command(json_output: bool) -> None:
    """Print the URL map: each route, its methods, who may use it."""
    show(access.table(), json_output=json_output)


@click.command("reactions")
@as_json
@with_appcontext
def reactions_command(json_output: bool) -> None:
    """Print what happens on which event."""
    bus: Bus = current_app.extensions["revisit.bus"]
    show(
        [
            {"event": event.__name__, "reaction": f"{reaction.__module__}.{reaction.__qualname__}"}
            for event, reactions in bus.reactions.items()
            for reaction in reactions
        ],
        json_output=json_output,
    )


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Deliver what is due and run the schedule until SIGTERM; `up` keeps one running."""
    Worker(current_app._get_current_object(), wiring.SCHEDULE).run()  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's proxy


COMMANDS = (
    demo,
    seed,
    *operation.COMMANDS,
    worker_command,
    config_command,
    access_command,
    reactions_command,
    commands.sign_in,
    commands.token,
    sentiment,
    loyalty.ledger,
    support.hours,
    sales.export,
    sales.dump,
    imports,
)

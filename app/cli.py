"""The commands an operator types after `flask --app wsgi`. Each one parses, calls and prints; all take --json."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.identity import access, commands
from app.kit.bus import Bus
from app.kit.commands import as_json, show


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


COMMANDS = (config_command, access_command, reactions_command, commands.sign_in, commands.token)

"""The commands an operator types after `flask --app wsgi`. Each one parses, calls and prints; all take --json."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app.identity import access
from app.kit.bus import Bus


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --json."""
    return click.option("--json", "json_output", is_flag=True, help="Print JSON, for programs.")(command)


def show(rows: Iterable[Mapping[str, Any]], *, json_output: bool) -> None:
    """Print rows as a table for people or as JSON for programs."""
    table = [dict(row) for row in rows]
    if json_output:
        click.echo(json.dumps(table, ensure_ascii=False, indent=2, default=str))
        return
    for row in table:
        click.echo("  ".join(str(value) for value in row.values()))


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


COMMANDS = (config_command, access_command, reactions_command)

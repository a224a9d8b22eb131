"""What every command shares: rows as a table for people, or as JSON for programs."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click


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

"""Files on the command line: `export` for people, `dump` for programs. Long work shows its progress on a terminal."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import structlog
from flask.cli import with_appcontext
from sqlalchemy import Table, select

from app.kit import i18n
from app.kit.db import db
from app.sales import satisfaction

log = structlog.get_logger(__name__)
_BATCH = 1000
_TABLES = {"responses": "survey_response", "tickets": "support_request", "events": "lifecycle_event"}
_LANGUAGES = {"zh": i18n.CHINESE, "en": i18n.ENGLISH}


@click.command("export")
@click.argument("kind", type=click.Choice(["satisfaction"]))
@click.option("--format", "form", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--language", type=click.Choice(list(_LANGUAGES)), default="zh", show_default=True, help="Of the heads.")
@click.option("--json", "json_output", is_flag=True, help="Print JSON, for programs.")
@with_appcontext
def export(kind: str, form: str, out: Path, language: str, json_output: bool) -> None:
    """Write what customers said into a file that people open; one line for each answer."""
    count, part = -1, out.with_name(out.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        for line in _watched(satisfaction.csv(_LANGUAGES[language])):
            file.write(line)
            count += 1
    part.replace(out)  # whole or not at all
    log.info("audit", who="command line", what=f"{kind} export", rows=count)
    told = {"kind": kind, "format": form, "file": str(out), "rows": count}
    click.echo(json.dumps(told, ensure_ascii=False) if json_output else f"{count} rows written to {out}")


@click.command("dump")
@click.argument("kind", type=click.Choice(list(_TABLES)))
@click.option("--json", "json_output", is_flag=True, help="JSON lines, as always.")
@with_appcontext
def dump(kind: str, json_output: bool) -> None:
    """Print every stored row as JSON lines."""
    del json_output
    for row in _rows(db.metadatas[None].tables[_TABLES[kind]]):
        click.echo(json.dumps(row, ensure_ascii=False, default=_plain))
    log.info("audit", who="command line", what=f"dump {kind}")


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    """Yield every row in the order of its key, in batches; a stored CloudEvent becomes what it says."""
    key = next(iter(table.primary_key.columns))
    after = None
    while True:
        statement = select(table).order_by(key).limit(_BATCH)
        batch = db.session.execute(statement.where(key > after) if after is not None else statement).mappings().all()
        for row in batch:
            yield {name: json.loads(value) if name == "body" else value for name, value in row.items()}
        if len(batch) < _BATCH:
            return
        after = batch[-1][key.name]


def _watched(lines: Iterator[str]) -> Iterator[str]:
    if not sys.stderr.isatty():
        yield from lines
        return
    with click.progressbar(lines, label="Writing", show_pos=True, file=sys.stderr) as watched:
        yield from watched


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

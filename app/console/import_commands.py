"""`import customers|purchases|feedback FILE`: the engine of the pages, with a progress bar on a terminal."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.console import feedback_rows, import_words
from app.console.feedback_import import FeedbackTaker, follow_up_most_upset
from app.console.refused_rows import table_of_refused
from app.customers import batches, importing, queries
from app.customers.importing import HeaderReader, Received
from app.customers.rules import columns
from app.customers.rules.imports import ImportState
from app.customers.takers import Taker, taker_for
from app.kit.commands import as_json
from app.kit.db import transaction
from app.kit.errors import Refused
from app.surveys import queries as surveys

_SHOWN = 20
_LEAST = 250  # an operator waits for the whole file, not for one page
_MOST_IN_JSON = 10_000
Options = Mapping[str, Any]


@click.group("import")
def imports() -> None:
    """Bring customers, purchases or feedback in from a CSV or TSV file."""


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing."),
        click.option("--refused", type=click.Path(path_type=Path), help="Write the refused rows to this CSV."),
    ):
        command = option(command)
    return with_appcontext(as_json(command))


@imports.command("customers")
@_common
def customers(file: Path, dry_run: bool, refused: Path | None, json_output: bool) -> None:
    """Bring in customers: number or e-mail address, name, and what else is known."""
    _bring_in("customers", file, _header("customers"), {}, taker_for, dry_run, refused, json_output)


@imports.command("purchases")
@click.option(
    "--history/--no-history",
    "is_history",
    default=None,
    help="Purchases of the past: nobody is asked, nothing is earned. Without this, those older than 90 days are.",
)
@_common
def purchases(file: Path, is_history: bool | None, dry_run: bool, refused: Path | None, json_output: bool) -> None:
    """Bring in purchases; new customers and products come along."""
    options = {"is_history": is_history}
    _bring_in("purchases", file, _header("purchases"), options, taker_for, dry_run, refused, json_output)


@imports.command("feedback")
@click.option("--columns", "mapping", default="", help="Which column is which: text=4,language=2 or text=Comment.")
@click.option("--source", help="Name of the source; the same row of the same source comes in once. [file name]")
@click.option("--product", default="", help="What all rows are about, when no column says so.")
@click.option("--follow-up", default=0, type=click.IntRange(0, 1000), help="Open at most so many follow-ups, and mail.")
@_common
def feedback(
    file: Path,
    mapping: str,
    source: str | None,
    product: str,
    follow_up: int,
    dry_run: bool,
    refused: Path | None,
    json_output: bool,
) -> None:
    """Bring in what customers said elsewhere: history that earns no points, sends no mail and opens no follow-up."""
    options = {"source": source or file.name, "product": product, "after_id": surveys.last_response_id()}
    chosen = _chosen(mapping)

    def taker(told: Any) -> Taker:
        return FeedbackTaker(source=told.options["source"], product=told.options["product"], at=told.created_at)

    def call(told: Any) -> dict[str, int]:
        opened = follow_up_most_upset(after_id=told.options["after_id"], limit=follow_up) if follow_up else 0
        return {"follow_ups": opened}

    reader = _with_chosen(feedback_rows.header, chosen)
    _bring_in("feedback", file, reader, options, taker, dry_run, refused, json_output, chosen=chosen, then=call)


def _bring_in(
    kind: str,
    file: Path,
    header: HeaderReader,
    options: Options,
    taker: Callable[[Any], Taker],
    dry_run: bool,
    refused: Path | None,
    json_output: bool,
    *,
    chosen: Mapping[str, str] | None = None,
    then: Callable[[Any], dict[str, int]] = lambda _told: {},
) -> None:
    began = time.monotonic()
    told = _begun(kind, _received(file, header, chosen or {}), options, dry_run=dry_run)
    with click.progressbar(length=told.size, label=file.name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        bar.update(told.after)
        is_ours = batches.run(told.id, taker, least=_LEAST, progress=lambda after: bar.update(after - bar.pos))
    if not is_ours:
        raise click.ClickException("another process is bringing this file in")
    done = queries.import_by_id(told.id)
    report = _report(done, began, dry_run=dry_run) | ({} if dry_run else then(done))
    if refused:
        refused.write_bytes(b"".join(table_of_refused(done)))
    _say(done, report, json_output=json_output)
    if dry_run:
        with transaction():
            importing.discard(done)
    sys.exit(1 if report["refused"] else 0)


def _header(kind: str) -> HeaderReader:
    return lambda names: columns.read_header(names, columns.TABLES[kind], columns.NEEDED[kind])


def _received(file: Path, header: HeaderReader, chosen: Mapping[str, str]) -> Received:
    try:
        received = importing.receive(file, file.name, header, may_be_packed=True)
    except Refused as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    if chosen and all(where.isdigit() for where in chosen.values()) and _is_headless(received):
        received = replace(received, shape=replace(received.shape, after=0, line=1))
    if received.columns.missing:
        importing.file_of(received.public_id).unlink()
        lacking = import_words.missing(received.columns.missing)
        raise click.ClickException(f"the file lacks columns that are needed: {lacking}")
    if received.columns.unknown:
        click.echo(f"columns without a meaning here: {', '.join(received.columns.unknown)}", err=True)
    return received


def _begun(kind: str, received: Received, options: Options, *, dry_run: bool) -> Any:
    """Begin an import, or find the one of the same file that was broken off."""
    found = queries.find_unfinished_import(received.sha256, kind, is_for_worker=False)
    told_again = {name: value for name, value in options.items() if name != "after_id"}
    if found and not dry_run and found.state == ImportState.RUNNING and told_again.items() <= found.options.items():
        importing.file_of(received.public_id).unlink()
        click.echo(f"going on after line {found.line - 1}", err=True)
        return found
    state = ImportState.CHECKING if dry_run else ImportState.RUNNING
    with transaction():
        return importing.add_import(received, kind=kind, state=state, options=options, is_for_worker=False)


def _report(done: Any, began: float, *, dry_run: bool) -> dict[str, Any]:
    seconds = time.monotonic() - began
    return {
        "kind": done.kind,
        "file": done.name,
        "dry_run": dry_run,
        "rows": done.rows,
        "added": done.added,
        "known": done.known,
        "refused": done.refused,
        "seconds": round(seconds, 3),
    }


def _say(done: Any, report: dict[str, Any], *, json_output: bool) -> None:
    rows = queries.refusals(done.id, limit=_MOST_IN_JSON if json_output else _SHOWN)
    if json_output:
        refusals = [{"line": row.line, "reason": import_words.faults(row.faults)} for row in rows]
        click.echo(json.dumps(report | {"refusals": refusals}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"line {row.line}: {import_words.faults(row.faults)}", err=True)
    if done.refused > len(rows):
        click.echo(f"… and {done.refused - len(rows)} more; --refused FILE writes them all", err=True)
    speed = f"{done.rows / max(report['seconds'], 0.001):,.0f} rows/s"
    would = "would be " if report["dry_run"] else ""
    more = f", {report['follow_ups']} follow-ups opened" if report.get("follow_ups") else ""
    click.echo(
        f"{done.rows:,} rows: {done.added:,} {would}added, {done.known:,} known already, {done.refused:,} refused"
        f"{more}; {report['seconds']:.1f} s, {speed}"
    )


def _chosen(mapping: str) -> dict[str, str]:
    """Read text=4,language=2; raise a usage error for a field that is none."""
    pairs = [part.partition("=") for part in mapping.split(",") if part.strip()]
    chosen = {field.strip(): where.strip() for field, _, where in pairs}
    wrong = [field for field, where in chosen.items() if field not in feedback_rows.NAMES or not where or where == "0"]
    if wrong:
        raise click.BadParameter(f"{', '.join(wrong)}: say field=column, fields are {', '.join(feedback_rows.NAMES)}")
    return chosen


def _with_chosen(header: HeaderReader, chosen: Mapping[str, str]) -> HeaderReader:
    def read(names: Any) -> columns.Columns:
        found = header(names)
        fields = [None if field in chosen else field for field in found.fields]
        for field, where in chosen.items():
            place = int(where) - 1 if where.isdigit() else next(_places(names, where), -1)
            if 0 <= place < len(fields):
                fields[place] = field
        unknown = tuple(name for name, field in zip(names, fields, strict=True) if field is None and name.strip())
        missing = tuple(group for group in feedback_rows.NEEDED if not set(group) & set(fields))
        return columns.Columns(tuple(fields), unknown, missing)

    return read


def _places(names: Any, where: str) -> Iterator[int]:
    return (place for place, name in enumerate(names) if columns.key_of(name) == columns.key_of(where))


def _is_headless(received: Received) -> bool:
    """Return True when no cell of the first line is the name of a column."""
    return not any(feedback_rows.header([cell]).fields[0] for cell in received.shape.header)

"""The commands that run the product: start it, upgrade it, look after it, save it and bring it back."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.console.operation import backup, doctor, readiness, start, welcome
from app.kit.commands import as_json, show
from config import Config


def _config() -> Config:
    config: Config = current_app.extensions["revisit.config"]
    return config


@click.command("up")
@with_appcontext
def up() -> None:
    """Set the database up, say where everything is, and serve until SIGTERM."""
    config = _config()
    start.bring_up_to_date(config)
    click.echo("\nRevisit 回访\n")
    for line in start.addresses(config):
        click.echo(line)
    for line in welcome.ways_in(config):
        click.echo(line)
    click.echo("\nCtrl+C ends it. 按 Ctrl+C 结束。\n")
    start.serve(config)


@click.command("migrate")
@as_json
@with_appcontext
def migrate(json_output: bool) -> None:
    """Bring the database's tables up to date, after a copy of a SQLite database."""
    start.bring_up_to_date(_config())
    show([{"migration": readiness.head()}], json_output=json_output)


@click.command("doctor")
@as_json
@with_appcontext
def doctor_command(json_output: bool) -> None:
    """Look at every dependency; what is wrong comes with the line that mends it."""
    findings = list(doctor.look(_config()))
    show([finding.row() for finding in findings], json_output=json_output)
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
@with_appcontext
def backup_command(file: Path, json_output: bool) -> None:
    """Save everything into one FILE while the product runs."""
    try:
        size = backup.save(_config(), file)
    except backup.CannotBackUp as fault:
        raise click.ClickException(str(fault)) from fault
    show([{"file": str(file), "bytes": size}], json_output=json_output)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@with_appcontext
def restore_command(file: Path, yes: bool, json_output: bool) -> None:
    """Put the backup FILE in the place of what is here; the product must not be running."""
    config = _config()
    if not yes:
        click.confirm(f"Replace everything in {config.data_dir} and the database?", abort=True)
    try:
        backup.restore(config, file)
    except backup.CannotBackUp as fault:
        raise click.ClickException(str(fault)) from fault
    show([{"restored": str(file)}], json_output=json_output)


COMMANDS = (up, migrate, doctor_command, backup_command, restore_command)

"""`flask --app wsgi demo load|remove`."""

import click
from flask.cli import with_appcontext

from app.console.demo import removing, telling
from app.console.demo.script import steps
from app.customers import queries as customers
from app.kit import clock
from app.kit.commands import as_json, show


@click.group("demo")
def demo() -> None:
    """Load or remove the demo data."""


def load() -> int:
    """Tell every story, with a progress bar on a terminal; return how many steps were told."""
    telling.prepare()
    told = steps(clock.now())
    with click.progressbar(told, label="Demo data 演示数据") as bar:
        for step in bar:
            telling.tell(step)
    telling.finish()
    return len(told)


@demo.command("load")
@as_json
@with_appcontext
def load_command(json_output: bool) -> None:
    """Load customers, purchases, answers, requests and points of three industries."""
    if customers.has_demo():
        raise click.ClickException("the demo data is loaded already; `demo remove` takes it out")
    show([{"steps": load()}], json_output=json_output)


@demo.command("remove")
@as_json
@with_appcontext
def remove_command(json_output: bool) -> None:
    """Remove everything that is marked as demo; what is real stays."""
    show([{"customers": removing.remove()}], json_output=json_output)

"""The commands of support: when the firm works, and so by when it promises."""

from datetime import datetime, timedelta

import click
from flask.cli import with_appcontext

from app.kit.commands import as_json, show
from app.kit.db import transaction
from app.kit.site import today
from app.support import queries, service
from app.support.clocks import Window
from app.support.workdays import read_windows, windows_as_text

CLOSED = "closed"


class Windows(click.ParamType[tuple[Window, ...]]):
    """Hours of one day as people write them: 09:00-12:00,13:30-18:00, or `closed`."""

    name = "hours"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Window, ...]:
        """Return the windows in minutes after midnight."""
        try:
            return () if value == CLOSED else read_windows(str(value))
        except ValueError:
            self.fail(f"{value} is neither like 09:00-12:00,13:30-18:00 nor `{CLOSED}`", param, ctx)


@click.group("hours")
def hours() -> None:
    """Say when the firm works: promises count only these hours."""


@hours.command("show")
@click.option("--days", type=click.IntRange(1, 400), default=14, show_default=True)
@as_json
@with_appcontext
def show_hours(days: int, json_output: bool) -> None:
    """Print the hours of the coming days, holidays and make-up days included."""
    calendar, first = queries.calendar(), today().date()
    dates = [first + timedelta(days=number) for number in range(days)]
    rows = [(date, calendar.windows(date)) for date in dates]
    show(
        [{"date": f"{date:%Y-%m-%d %a}", "hours": windows_as_text(windows) or CLOSED} for date, windows in rows],
        json_output=json_output,
    )


@hours.command("day")
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("windows", type=Windows())
@click.option("--why", default="", help="A word for colleagues.")
@with_appcontext
def set_day(date: datetime, windows: tuple[tuple[int, int], ...], why: str) -> None:
    """Set the hours of one DATE, whatever the week and the country say: 09:00-12:00,13:30-18:00 or closed."""
    with transaction():
        service.set_day(date.date(), windows, why=why)


@hours.command("week")
@click.argument("windows", nargs=7, type=Windows())
@click.option("--country", default="CN", show_default=True, help="Whose public holidays are closed; '' for none.")
@with_appcontext
def set_week(windows: tuple[tuple[tuple[int, int], ...], ...], country: str) -> None:
    """Set the hours of Monday to Sunday, seven times 09:00-12:00,13:30-18:00 or closed."""
    if not any(windows):
        raise click.ClickException("a firm that never opens can promise nothing")
    with transaction():
        service.set_week(windows, country=country)

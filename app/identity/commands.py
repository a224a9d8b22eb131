"""The commands of identity: a one-time sign-in link, a new token."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from app.customers import queries as customers
from app.identity import queries, service
from app.identity.rules import Scope
from app.kit import clock
from app.kit.commands import as_json, show
from app.kit.db import transaction
from app.kit.pages import public_url


@click.command("sign-in")
@click.argument("email")
@as_json
@with_appcontext
def sign_in(email: str, json_output: bool) -> None:
    """Print a link that signs EMAIL in once within 30 minutes."""
    staff = queries.find_staff_by_email(email)
    customer = None if staff else customers.find_customer_by_email(email)
    if not staff and not customer:
        raise click.ClickException(f"nobody has the address {email}")
    with transaction():
        secret = service.make_link(staff_id=staff.id if staff else None, customer_id=customer.id if customer else None)
    show([{"link": public_url("identity.enter", secret=secret)}], json_output=json_output)


@click.group("token")
def token() -> None:
    """Make and revoke tokens for programs."""


@token.command("create")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice([*Scope]), help="May be repeated.")
@click.option("--name", default="command line", show_default=True)
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Until it expires.")
@as_json
@with_appcontext
def create_token(scopes: tuple[str, ...], name: str, days: int, json_output: bool) -> None:
    """Print a new token; it cannot be shown again."""
    with transaction():
        secret = service.make_token(
            name=name, scopes=[Scope(scope) for scope in scopes], expires_at=clock.now() + timedelta(days=days)
        )
    show([{"token": secret}], json_output=json_output)

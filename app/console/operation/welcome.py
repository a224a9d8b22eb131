"""The ways in that `up` prints: a one-time link for each role of the demo, or the first page of an empty product."""

from collections.abc import Iterator

from app.console import setup
from app.console.demo import commands as demo
from app.console.demo import telling
from app.customers import queries as customers
from app.identity import queries as identity
from app.identity import service
from app.kit.db import transaction
from app.kit.pages import public_url
from config import Config

_WHO = {
    "support@example.com": "support 客服",
    "sales@example.com": "sales 销售",
    "admin@example.com": "administrator 管理员",
}


def ways_in(config: Config) -> Iterator[str]:
    """Load the demo into an empty database, and say how each role comes in."""
    if config.demo and not customers.has_customers() and not identity.has_staff():
        demo.load()
    if customers.has_demo():
        yield "\n  Sign in once as 用这些链接登录（一次有效，30 分钟）"
        yield from _demo_links()
    elif not identity.has_staff():
        yield f"\n  Set it up 首次设置       {setup.link()}"
    else:
        yield "\n  Sign in 登录            flask --app wsgi sign-in EMAIL"


def _demo_links() -> Iterator[str]:
    with transaction():
        first = customers.find_customer_by_email(telling.FIRST_CUSTOMER)
        links = [("customer 客户", service.make_link(customer_id=first.id, next_path="/portal"))] if first else []
        for email, who in _WHO.items():
            staff = identity.find_staff_by_email(email)
            if staff:
                links.append((who, service.make_link(staff_id=staff.id, next_path="")))
    for who, secret in links:
        yield f"  {who:<22}{public_url('identity.enter', secret=secret)}"

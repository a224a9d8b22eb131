"""The signed link that opens exactly one request without an account."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.kit.errors import NotThere
from app.support import queries
from app.support.models import Request


def token_of(request: Request) -> str:
    """Return the token for the request's link: its number and customer, signed."""
    return str(_serializer().dumps([request.number, request.customer_id]))


def request_of(token: str) -> Request:
    """Return the request that the token opens; raise `NotThere` for a changed or foreign one."""
    try:
        number, customer_id = _serializer().loads(token)
    except (BadData, TypeError, ValueError) as fault:
        raise NotThere from fault
    return queries.request_of_customer(int(number), int(customer_id))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="support request")

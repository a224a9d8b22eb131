"""The link that ends mails: signed for this purpose alone, so that a forwarded survey link cannot do it."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.surveys.errors import UnknownUnsubscribe


def sign(public_id: str) -> str:
    """Return the token that ends the mails to this customer. It does not expire: a wish like this is always in time."""
    return str(_serializer().dumps(public_id))


def read(token: str) -> str:
    """Return the customer's public id; raise `UnknownUnsubscribe` for a token that was not made here."""
    try:
        return str(_serializer().loads(token))
    except BadData as fault:
        raise UnknownUnsubscribe from fault


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="surveys:unsubscribe")

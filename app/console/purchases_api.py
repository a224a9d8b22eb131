"""The API for programs that sell: a purchase comes in, once."""

from datetime import UTC, timedelta

from flask import Response, jsonify, request
from flask_openapi import APIBlueprint, Tag
from sqlalchemy.exc import IntegrityError

from app.customers import queries
from app.customers.api_models import PurchaseIn, PurchaseOut, RequestHeaders
from app.customers.errors import DoesNotFit
from app.customers.intake import Writing, look_up, take_sale
from app.customers.rules.reasons import Reason, Wrong
from app.customers.rules.rows import Bought, Buyer, Sale
from app.identity.access import programs
from app.identity.rules import Scope
from app.kit import api, clock
from app.kit.i18n import nearest
from app.kit.limits import limiter
from app.kit.once import once
from app.kit.tokens import digest

bp = APIBlueprint(
    "purchases_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="Purchases", description="What customers bought; from here on they are asked and cared for.")],
    abp_security=[{"token": []}],
)
bp.before_request(api.json_only)
limiter.limit("600/minute", key_func=lambda: digest(request.headers.get("Authorization", "")))(bp)
_FIELDS = {"external_id": "customer.external_id", "email": "customer.email", "sku": "product.sku"}


@bp.post(
    "/purchases",
    summary="Tell us of a purchase",
    description="201 for a new purchase; 200 with the first one when reference and product are known already.",
    responses={201: PurchaseOut, 200: PurchaseOut, **api.problems(400, 401, 403, 409, 415, 422, 429)},
)
@programs(Scope.PURCHASES_WRITE)
def add(header: RequestHeaders, body: PurchaseIn) -> Response:
    """Record a purchase, its customer and its product."""
    del header  # described here, read by `once`
    sale = _sale(body)
    try:
        return once(lambda: _recorded(sale, is_history=body.is_history))
    except IntegrityError:  # somebody told us of the same purchase in the same instant; now it is known
        return once(lambda: _recorded(sale, is_history=body.is_history))


def _recorded(sale: Sale, *, is_history: bool) -> Response:
    books = look_up([sale.buyer], [sale])
    try:
        purchase, is_new = take_sale(books, sale, Writing("api", is_history))
    except Wrong as wrong:
        raise DoesNotFit(_FIELDS[wrong.field], wrong.reason) from wrong
    told = PurchaseOut(
        reference=purchase.reference,
        sku=sale.bought.sku,
        customer_id=queries.customer(purchase.customer_id).public_id,
        purchased_at=purchase.purchased_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        quantity=purchase.quantity,
        amount_minor=purchase.amount_minor,
        currency=purchase.currency,
        is_new=is_new,
    )
    answer = jsonify(told.model_dump())
    answer.status_code = 201 if is_new else 200
    return answer


def _sale(body: PurchaseIn) -> Sale:
    told = body.customer
    if not 1970 < body.purchased_at.year < 9000 or body.purchased_at > clock.now() + timedelta(days=1):
        raise DoesNotFit("purchased_at", Reason.NOT_YET)
    email = told.email.lower()
    return Sale(
        buyer=Buyer(
            external_id=told.external_id or None,
            email=email or None,
            # A program that has no name still has a customer; a colleague can write the name later.
            name=told.name or email.partition("@")[0] or told.external_id,
            phone=told.phone if told.phone.startswith("+") else (f"+86{told.phone}" if told.phone else None),
            company=told.company,
            locale=nearest(told.language) or "en",
        ),
        bought=Bought(sku=body.product.sku, name_en=body.product.name_en, name_zh=body.product.name_zh),
        reference=body.reference,
        purchased_at=body.purchased_at,
        quantity=body.quantity,
        amount_minor=body.amount_minor,
        currency=body.currency,
    )

"""How people, products and sales that others tell us of are matched with those we know. Import and API share it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import or_, select

from app.customers import service
from app.customers.models import Customer, Product, Purchase
from app.customers.rules.reasons import Reason, Wrong
from app.customers.rules.rows import Bought, Buyer, Sale, is_history
from app.kit import clock
from app.kit.db import db


class Hand(Protocol):
    """Makes what is new: really, or only as a promise while a file is checked."""

    def customer(self, buyer: Buyer) -> Any:
        """Make a customer."""

    def product(self, bought: Bought) -> Any:
        """Make a product."""

    def sale(self, sale: Sale, customer: Any, product: Any) -> Any:
        """Make a purchase."""


@dataclass(frozen=True)
class Books:
    """Who and what of some rows is known: people by number and address, products by sku, sales by order and sku."""

    by_number: dict[str, Any] = field(default_factory=dict)
    by_email: dict[str, Any] = field(default_factory=dict)
    products: dict[str, Any] = field(default_factory=dict)
    sales: dict[tuple[str, str], Any] = field(default_factory=dict)

    def who(self, buyer: Buyer) -> Any:
        """Return the customer who is meant or None; number and address of two customers raise `Wrong`."""
        numbered = self.by_number.get(buyer.external_id or "")
        if numbered is not None:
            addressed = self.by_email.get(buyer.email or "")
            if addressed is not None and addressed != numbered:
                raise Wrong(Reason.TWO_PEOPLE, "email")
            return numbered
        addressed = self.by_email.get(buyer.email or "")
        if addressed is not None and buyer.external_id and addressed.external_id:
            raise Wrong(Reason.TWO_PEOPLE, "email")
        return addressed

    def know(self, buyer: Buyer, customer: Any) -> None:
        """Remember somebody who was just made."""
        if buyer.external_id:
            self.by_number[buyer.external_id] = customer
        if buyer.email:
            self.by_email[buyer.email] = customer


def look_up(buyers: Iterable[Buyer], sales: Iterable[Sale] = ()) -> Books:
    """Read what is known of some rows, in three statements at most."""
    buyers, sales = list(buyers), list(sales)
    books = Books()
    numbers = {buyer.external_id for buyer in buyers if buyer.external_id}
    emails = {buyer.email for buyer in buyers if buyer.email}
    people = select(Customer).where(or_(Customer.external_id.in_(numbers), Customer.email.in_(emails)))
    for customer in db.session.scalars(people):
        if customer.external_id:
            books.by_number[customer.external_id] = customer
        if customer.email:
            books.by_email[customer.email] = customer
    if sales:
        _look_up_sales(books, sales)
    return books


def take_customer(books: Books, buyer: Buyer, hand: Hand) -> tuple[Any, bool]:
    """Return the customer who is meant and whether they are new; a stranger without a name raises `Wrong`."""
    known = books.who(buyer)
    if known is not None:
        return known, False
    if not buyer.name:
        raise Wrong(Reason.STRANGER, "external_id" if buyer.external_id else "email")
    made = hand.customer(buyer)
    books.know(buyer, made)
    return made, True


def take_sale(books: Books, sale: Sale, hand: Hand) -> tuple[Any, bool]:
    """Return the purchase and whether it is new; what it needs is made, what cannot be made raises `Wrong`."""
    key = (sale.reference, sale.bought.sku)
    if key in books.sales:
        return books.sales[key], False
    product = books.products.get(sale.bought.sku)
    if product is None and not (sale.bought.name_en and sale.bought.name_zh):
        raise Wrong(Reason.NO_PRODUCT, "sku")
    customer, _ = take_customer(books, sale.buyer, hand)
    if product is None:
        product = books.products[sale.bought.sku] = hand.product(sale.bought)
    books.sales[key] = hand.sale(sale, customer, product)
    return books.sales[key], True


@dataclass(frozen=True)
class Writing:
    """Makes what is new in the database; `source` says where it came from."""

    source: str
    is_history: bool | None = None

    def customer(self, buyer: Buyer) -> Customer:
        """Make a customer."""
        return service.add_customer(
            name=buyer.name,
            source=self.source,
            email=buyer.email,
            external_id=buyer.external_id,
            company=buyer.company,
            phone=buyer.phone,
            locale=buyer.locale,
            may_mail=buyer.may_mail,
        )

    def product(self, bought: Bought) -> Product:
        """Make a product."""
        return service.add_product(sku=bought.sku, name_en=bought.name_en, name_zh=bought.name_zh)

    def sale(self, sale: Sale, customer: Customer, product: Product) -> Purchase:
        """Make a purchase; one of long ago is history unless told otherwise."""
        made, _ = service.record_purchase(
            customer,
            product,
            reference=sale.reference,
            purchased_at=sale.purchased_at,
            quantity=sale.quantity,
            amount_minor=sale.amount_minor,
            currency=sale.currency,
            is_history=is_history(sale.purchased_at, clock.now()) if self.is_history is None else self.is_history,
        )
        return made


def _look_up_sales(books: Books, sales: list[Sale]) -> None:
    skus = {sale.bought.sku for sale in sales}
    by_id: dict[Hashable, Product] = {}
    for product in db.session.scalars(select(Product).where(Product.sku.in_(skus))):
        books.products[product.sku] = by_id[product.id] = product
    references = {sale.reference for sale in sales}
    known = select(Purchase).where(Purchase.reference.in_(references), Purchase.product_id.in_(list(by_id)))
    for purchase in db.session.scalars(known):
        books.sales[purchase.reference, by_id[purchase.product_id].sku] = purchase

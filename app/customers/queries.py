"""What customers can tell; nothing here changes anything."""

from sqlalchemy import select

from app.customers.models import Customer, Product, Purchase
from app.kit.db import db
from app.kit.errors import NotThere


def customer(customer_id: int) -> Customer:
    """Return the customer; raise `NotThere`."""
    found = db.session.get(Customer, customer_id)
    if found is None:
        raise NotThere
    return found


def customer_by_public_id(public_id: str) -> Customer:
    """Return the customer with the number that leaves the building; raise `NotThere`."""
    found = db.session.scalars(select(Customer).filter_by(public_id=public_id)).first()
    if found is None:
        raise NotThere
    return found


def find_customer_by_email(email: str) -> Customer | None:
    """Return the customer with this address, in any case of letters, or None."""
    return db.session.scalars(select(Customer).filter_by(email=email.strip().lower())).first()


def find_customer_by_external_id(external_id: str) -> Customer | None:
    """Return the customer with this number in the firm's books, or None."""
    return db.session.scalars(select(Customer).filter_by(external_id=external_id)).first()


def product(product_id: int) -> Product:
    """Return the product; raise `NotThere`."""
    found = db.session.get(Product, product_id)
    if found is None:
        raise NotThere
    return found


def find_product_by_sku(sku: str) -> Product | None:
    """Return the product with this article number, or None."""
    return db.session.scalars(select(Product).filter_by(sku=sku)).first()


def find_purchase(reference: str, product_id: int) -> Purchase | None:
    """Return the purchase of this product under this order number, or None."""
    return db.session.scalars(select(Purchase).filter_by(reference=reference, product_id=product_id)).first()

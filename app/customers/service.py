"""What customers does: makes people, products and purchases known, each once."""

from datetime import datetime

from sqlalchemy import delete, select

from app.customers import queries
from app.customers.models import Customer, Product, Purchase
from app.events import CustomerAdded, PurchaseRecorded
from app.kit.bus import publish
from app.kit.db import db, delete_if_unused
from app.kit.i18n import CHINESE


def add_customer(
    *,
    name: str,
    source: str,
    email: str | None = None,
    external_id: str | None = None,
    company: str = "",
    phone: str | None = None,
    locale: str = CHINESE,
    owner_id: int | None = None,
    may_mail: bool = True,
    is_collective: bool = False,
    is_demo: bool = False,
) -> Customer:
    """Make somebody known. The caller has looked whether they are known already; the database refuses a second one."""
    customer = Customer(
        name=name,
        source=source,
        email=email.strip().lower() if email else None,
        external_id=external_id or None,
        company=company,
        phone=phone,
        locale=locale,
        owner_id=owner_id,
        may_mail=may_mail and not is_collective,
        is_collective=is_collective,
        is_demo=is_demo,
    )
    db.session.add(customer)
    db.session.flush()
    publish(CustomerAdded(customer_id=customer.id, source=source, is_collective=is_collective))
    return customer


def let_mail(customer: Customer, *, may_mail: bool) -> None:
    """Keep the customer's wish: mails that nobody asked for go to those who let them."""
    customer.may_mail = may_mail


def add_product(
    *,
    sku: str,
    name_en: str,
    name_zh: str,
    industry: str = "",
    ask_after_days: int = 14,
    is_demo: bool = False,
) -> Product:
    """Make a product known; its survey follows a purchase after `ask_after_days`."""
    product = Product(
        sku=sku,
        name_en=name_en,
        name_zh=name_zh,
        industry=industry,
        ask_after_days=ask_after_days,
        is_demo=is_demo,
    )
    db.session.add(product)
    db.session.flush()
    return product


def change_product(product: Product, *, name_en: str, name_zh: str, industry: str, ask_after_days: int) -> None:
    """Change a product's names and its pause; its article number stays for ever."""
    product.name_en, product.name_zh, product.industry = name_en, name_zh, industry
    product.ask_after_days = ask_after_days
    db.session.flush()


def record_purchase(
    customer: Customer,
    product: Product,
    *,
    reference: str,
    purchased_at: datetime,
    quantity: int = 1,
    amount_minor: int = 0,
    currency: str = "CNY",
    is_history: bool = False,
    is_demo: bool = False,
) -> tuple[Purchase, bool]:
    """Record a purchase once: the same order number and product again returns the first one and False."""
    known = queries.find_purchase(reference, product.id)
    if known:
        return known, False
    is_first = db.session.scalar(select(Purchase.id).filter_by(customer_id=customer.id).limit(1)) is None
    purchase = Purchase(
        reference=reference,
        customer_id=customer.id,
        product_id=product.id,
        quantity=quantity,
        amount_minor=amount_minor,
        currency=currency,
        purchased_at=purchased_at,
        is_demo=is_demo,
    )
    db.session.add(purchase)
    db.session.flush()
    publish(
        PurchaseRecorded(
            customer_id=customer.id,
            purchase_id=purchase.id,
            product_id=product.id,
            purchased_at=purchased_at,
            amount_minor=amount_minor,
            currency=currency,
            is_first=is_first,
            is_history=is_history,
        )
    )
    return purchase, True


def forget_demo() -> None:
    """Remove demo customers with their purchases, and demo products that nobody real used."""
    demo = select(Customer.id).where(Customer.is_demo)
    db.session.execute(delete(Purchase).where(Purchase.customer_id.in_(demo)))
    db.session.execute(delete(Customer).where(Customer.is_demo))
    for product in db.session.scalars(select(Product).where(Product.is_demo)).all():
        delete_if_unused(product)

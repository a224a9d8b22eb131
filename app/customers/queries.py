"""What customers can tell; nothing here changes anything."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.customers.models import Customer, Import, ImportRefusal, Product, Purchase
from app.customers.rules.imports import ImportState
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


def customer_by_email(email: str) -> Customer:
    """Return the customer with this address; raise `NotThere`."""
    found = find_customer_by_email(email)
    if found is None:
        raise NotThere
    return found


def find_customer_by_external_id(external_id: str) -> Customer | None:
    """Return the customer with this number in the firm's books, or None."""
    return db.session.scalars(select(Customer).filter_by(external_id=external_id)).first()


def product(product_id: int) -> Product:
    """Return the product; raise `NotThere`."""
    found = db.session.get(Product, product_id)
    if found is None:
        raise NotThere
    return found


def product_by_sku(sku: str) -> Product:
    """Return the product with this article number; raise `NotThere`."""
    found = find_product_by_sku(sku)
    if found is None:
        raise NotThere
    return found


def find_product_by_sku(sku: str) -> Product | None:
    """Return the product with this article number, or None."""
    return db.session.scalars(select(Product).filter_by(sku=sku)).first()


def find_purchase(reference: str, product_id: int) -> Purchase | None:
    """Return the purchase of this product under this order number, or None."""
    return db.session.scalars(select(Purchase).filter_by(reference=reference, product_id=product_id)).first()


def import_by_id(import_id: int) -> Import:
    """Return the import as it stands now; raise `NotThere`."""
    found = db.session.scalars(select(Import).filter_by(id=import_id).execution_options(populate_existing=True)).first()
    if found is None:
        raise NotThere
    return found


def import_by_public_id(public_id: str) -> Import:
    """Return the import; raise `NotThere`."""
    found = db.session.scalars(select(Import).filter_by(public_id=public_id)).first()
    if found is None:
        raise NotThere
    return found


def find_unfinished_import(sha256: str, kind: str, *, is_for_worker: bool) -> Import | None:
    """Return an import of the same content that is not done yet, or None."""
    same = select(Import).filter_by(sha256=sha256, kind=kind, is_for_worker=is_for_worker)
    return db.session.scalars(same.where(Import.state != ImportState.DONE).order_by(Import.id.desc())).first()


def find_finished_import(sha256: str, kind: str) -> Import | None:
    """Return the last import of the same content that is done, or None."""
    same = select(Import).filter_by(sha256=sha256, kind=kind, state=ImportState.DONE)
    return db.session.scalars(same.order_by(Import.id.desc())).first()


def imports_to_do() -> Sequence[int]:
    """Return the imports that wait for the worker, oldest first."""
    waiting = Import.state.in_([ImportState.CHECKING, ImportState.RUNNING])
    return db.session.scalars(
        select(Import.id).where(waiting, Import.is_for_worker).order_by(Import.id).limit(20)
    ).all()


def last_imports(limit: int = 20) -> Sequence[Import]:
    """Return the newest imports of people."""
    return db.session.scalars(select(Import).order_by(Import.id.desc()).limit(limit)).all()


def left_over_imports(now: datetime) -> Sequence[Import]:
    """Return the imports that nobody confirmed for a week."""
    waiting = Import.state.in_([ImportState.CHECKING, ImportState.READY])
    old = Import.created_at < now - timedelta(days=7)
    return db.session.scalars(select(Import).where(waiting, old).limit(100)).all()


def refusals(import_id: int, *, after_line: int = 0, limit: int = 50) -> Sequence[ImportRefusal]:
    """Return the refused rows of an import in the order of the file, from a line on."""
    of_this = select(ImportRefusal).where(ImportRefusal.import_id == import_id, ImportRefusal.line > after_line)
    return db.session.scalars(of_this.order_by(ImportRefusal.line).limit(limit)).all()


def products(*, after_sku: str = "", limit: int = 50) -> Sequence[Product]:
    """Return products in the order of their article numbers."""
    return db.session.scalars(select(Product).where(Product.sku > after_sku).order_by(Product.sku).limit(limit)).all()


def demo_ids() -> list[int]:
    """Return the customers that are marked as demo."""
    return list(db.session.scalars(select(Customer.id).where(Customer.is_demo)))


def has_demo() -> bool:
    """Return True while demo data is loaded."""
    return db.session.scalar(select(Customer.id).where(Customer.is_demo).limit(1)) is not None


def has_customers() -> bool:
    """Return True when anybody is known here."""
    return db.session.scalar(select(Customer.id).limit(1)) is not None


def product_names(product_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the English and the Chinese name of some products, in one statement."""
    named = select(Product.id, Product.name_en, Product.name_zh).where(Product.id.in_(product_ids))
    return {row.id: (row.name_en, row.name_zh) for row in db.session.execute(named)} if product_ids else {}


def order_numbers(purchase_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the order number and the article number of some purchases, in one statement."""
    named = (
        select(Purchase.id, Purchase.reference, Product.sku)
        .join(Product, Product.id == Purchase.product_id)
        .where(Purchase.id.in_(purchase_ids))
    )
    return {row.id: (row.reference, row.sku) for row in db.session.execute(named)} if purchase_ids else {}


def external_ids(customer_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of some customers in the firm's own books, in one statement; empty for one without."""
    named = select(Customer.id, Customer.external_id).where(Customer.id.in_(customer_ids))
    return {row.id: row.external_id or "" for row in db.session.execute(named)}


def products_called(names: Iterable[str]) -> Sequence[Product]:
    """Return the products with one of these article numbers or names."""
    wanted = list(names)
    called = or_(Product.sku.in_(wanted), Product.name_zh.in_(wanted), Product.name_en.in_(wanted))
    return db.session.scalars(select(Product).where(called).order_by(Product.id)).all()

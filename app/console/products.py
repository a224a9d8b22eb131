"""What is sold, and how long the product waits before it asks how it is going."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from app.customers import queries, service
from app.customers.errors import SkuTaken
from app.identity.access import people
from app.identity.rules import Role
from app.kit import paging
from app.kit.forms import Form, one_line, strip
from app.kit.once import once

bp = Blueprint("products", __name__, url_prefix="/admin/products")
_SIZE = 50


class ProductForm(Form):
    """A product's names and its pause."""

    name_zh = StringField(
        _l("Name in Chinese"), [InputRequired(_l("A name is needed.")), Length(max=200), one_line], [strip]
    )
    name_en = StringField(
        _l("Name in English"), [InputRequired(_l("A name is needed.")), Length(max=200), one_line], [strip]
    )
    industry = StringField(_l("Industry"), [Length(max=40), one_line], [strip])
    ask_after_days = IntegerField(
        _l("Ask after so many days"),
        [InputRequired(_l("Say a number of days.")), NumberRange(0, 3650, _l("From 0 to 3650 days."))],
        default=14,
    )

    def values(self) -> dict[str, Any]:
        """Return the fields under the names that the service takes."""
        return {
            "name_zh": self.name_zh.data,
            "name_en": self.name_en.data,
            "industry": self.industry.data or "",
            "ask_after_days": self.ask_after_days.data,
        }


class NewProductForm(ProductForm):
    """A product that is not known yet."""

    sku = StringField(
        _l("Article number"), [InputRequired(_l("An article number is needed.")), Length(max=100), one_line], [strip]
    )


@bp.route("", methods=["GET", "POST"])
@people(Role.ADMIN)
def overview() -> ResponseReturnValue:
    """List the products in the order of their article numbers, and add one."""
    form = NewProductForm()
    if form.validate_on_submit():
        try:
            return once(lambda: _added(form))
        except SkuTaken as refusal:
            form.sku.errors = [str(refusal.message)]
    cursor = request.args.get("after")
    found = queries.products(after_sku=paging.unseal("products", cursor)[0] if cursor else "", limit=_SIZE + 1)
    page = paging.page(found, _SIZE, lambda product: [product.sku], "products")
    return render_template("console/products.html", form=form, page=page), 422 if form.errors else 200


@bp.route("/<int:product_id>", methods=["GET", "POST"])
@people(Role.ADMIN)
def one(product_id: int) -> ResponseReturnValue:
    """Change a product's names and its pause."""
    product = queries.product(product_id)
    form = ProductForm(obj=product)
    if form.validate_on_submit():
        return once(lambda: _changed(product_id, form))
    return render_template("console/product.html", form=form, product=product), 422 if form.errors else 200


def _added(form: NewProductForm) -> ResponseReturnValue:
    if queries.find_product_by_sku(str(form.sku.data)):
        raise SkuTaken
    service.add_product(sku=form.sku.data, **form.values())
    flash(_("Added. Purchases of it are asked about from now on."))
    return redirect(url_for(".overview"), 303)


def _changed(product_id: int, form: ProductForm) -> ResponseReturnValue:
    service.change_product(queries.product(product_id), **form.values())
    flash(_("Kept. Questions that are on their way already keep their date."))
    return redirect(url_for(".overview"), 303)

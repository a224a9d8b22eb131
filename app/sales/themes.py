"""How people call the themes that customers write about."""

from flask_babel import lazy_gettext as _l

THEMES = {
    "delivery": _l("Delivery"),
    "packaging": _l("Packaging"),
    "quality": _l("Quality"),
    "price": _l("Price"),
    "service": _l("Service"),
    "claim": _l("Claims and refunds"),
    "usability": _l("Ease of use"),
    "product": _l("The product itself"),
    "staff": _l("The people"),
}

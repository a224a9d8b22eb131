"""The mail that asks: personal, short, one link, in the customer's language."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.delivery.letters import Letter
from app.kit.pages import public_url
from app.kit.site import site
from app.surveys import unsubscribing
from app.surveys.queries import Asked


def invitation(asked: Asked) -> Letter:
    """Return the mail that asks one customer about one purchase."""
    with force_locale(asked.locale):
        product, firm = asked.product(asked.locale), site().name(asked.locale)
        subject = _("%(product)s: how is it going?", product=product) if product else _("How is it going with us?")
        unsubscribe = public_url("surveys.unsubscribe", token=unsubscribing.sign(asked.public_id))
        values = {
            "asked": asked,
            "product": product,
            "firm": firm,
            "link": public_url("surveys.answer", token=asked.token),
            "unsubscribe": unsubscribe,
        }
        return Letter(
            to=asked.email or "",
            to_name=asked.customer_name,
            subject=subject,
            text=render_template("mail/surveys/invitation.txt", **values),
            unsubscribe=unsubscribe,
        )

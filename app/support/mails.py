"""The mails of support, as data, in the customer's language."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.customers.models import Customer, Product
from app.delivery.letters import Letter
from app.kit.pages import public_url
from app.kit.site import site
from app.support import wording
from app.support.links import token_of
from app.support.models import Request


def follow_up_subject(product: Product | None, score: int | None, score_max: int, locale: str) -> str:
    """Return what a follow-up is called, in the customer's language."""
    with force_locale(locale):
        return wording.scored(wording.product_name(product), score, score_max)


def opened(request: Request, customer: Customer) -> Letter:
    """Say that the words have arrived and by when the customer hears of us."""
    return _letter("opened", request, customer)


def replied(request: Request, customer: Customer, *, text: str, by: str) -> Letter:
    """Bring a colleague's reply."""
    return _letter("replied", request, customer, text=text, by=by)


def resolved(request: Request, customer: Customer, *, text: str, by: str) -> Letter:
    """Say what was done, and ask whether it is truly solved."""
    return _letter("resolved", request, customer, text=text, by=by)


def _letter(name: str, request: Request, customer: Customer, **values: str) -> Letter:
    with force_locale(customer.locale):
        subject = f"[#{request.number}] {request.subject}"
        body = render_template(
            f"mail/support/{name}.txt",
            request=request,
            customer=customer,
            due=wording.dated(request.due_at),
            link=public_url("support.by_link", token=token_of(request)),
            firm=site().name(customer.locale),
            **values,
        )
        return Letter(
            to=customer.email or "",
            to_name=customer.name,
            subject=subject if len(request.mail_ids) == 0 else _("Re: %(subject)s", subject=subject),
            text=body,
            in_reply_to=request.mail_ids[-1] if request.mail_ids else "",
            references=tuple(request.mail_ids[:-1]),
        )

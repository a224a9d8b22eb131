"""The mails of identity, as data."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.delivery.letters import Letter
from app.kit.pages import public_url
from app.kit.site import site


def sign_in_link(*, to: str, name: str, locale: str, secret: str) -> Letter:
    """Return the mail with a link that signs in once."""
    with force_locale(locale):
        link = public_url("identity.enter", secret=secret)
        return Letter(
            to=to,
            to_name=name,
            subject=_("Your sign-in link for %(site)s", site=site().name(locale)),
            text=render_template("mail/identity/sign_in_link.txt", name=name, link=link, firm=site().name(locale)),
        )

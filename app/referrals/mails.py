"""The mails of referrals, as data."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from app.delivery.letters import Letter
from app.kit.pages import public_url
from app.kit.site import site


def welcome(*, to: str, name: str, inviter: str, locale: str, secret: str, points: int) -> Letter:
    """Return the first mail to a friend: who brought them, and a link that signs them in once."""
    with force_locale(locale):
        firm = site().name(locale)
        return Letter(
            to=to,
            to_name=name,
            subject=_("%(inviter)s brought you to %(site)s", inviter=inviter, site=firm),
            text=render_template(
                "mail/referrals/welcome.txt",
                name=name,
                inviter=inviter,
                firm=firm,
                points=points,
                link=public_url("identity.enter", secret=secret),
                sign_in=public_url("identity.sign_in"),
            ),
        )

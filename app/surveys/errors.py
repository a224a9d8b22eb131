"""Why a survey link refuses, each with a page of its own."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.kit.errors import Refused


class Closed(Refused):
    """A link that takes no answer: `head` is the page's heading, `message` says why, `advice` what to do now.

    `leads_home`: the page offers the way to the customer's own pages.
    """

    head: Any = ""
    advice: Any = ""
    leads_home = False


class UnknownLink(Closed):
    """No invitation has this token."""

    status = 404
    head = _l("We do not know this link")
    message = _l("It may have been cut in half on its way, or a letter was changed.")
    advice = _l("Open it again from our mail, or copy the whole of it into the address line.")


class LinkExpired(Closed):
    """The time to answer has passed."""

    status = 410
    head = _l("This survey has closed")
    message = _l("The link was open for a limited time, and that time is over.")
    advice = _l("Something still on your mind? Tell us on your own pages; you sign in by a link in a mail.")
    leads_home = True


class AlreadyAnswered(Closed):
    """Another answer was given before; the first one counts."""

    status = 409
    head = _l("You have answered this already")
    message = _l("Your first answer has arrived and counts. This one was not added.")
    advice = _l("Something to add or to put right? Tell us on your own pages; you sign in by a link in a mail.")
    leads_home = True


class AnsweredBefore(AlreadyAnswered):
    """The link is opened again after its answer was given."""

    status = 410
    message = _l("Your answer has arrived. Each link takes one answer, so there is nothing more to do here.")


class UnknownUnsubscribe(UnknownLink):
    """The link that ends mails was not made here."""

    advice = _l("Open it again from our mail, or copy the whole of it. Every mail of ours has this link at its end.")

"""The two conversations of a passkey: making one, and signing in with one. The browser's part is js/passkey.js."""

import base64

from flask import Blueprint, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.identity import passkeys, queries, service
from app.identity.access import anyone, people
from app.identity.errors import PasskeyRefused
from app.identity.rules import STAFF
from app.identity.views import browser_name, welcome
from app.kit.db import transaction
from app.kit.i18n import reader_locale
from app.kit.limits import limiter
from app.kit.once import once
from app.kit.pages import local_path
from app.kit.site import site

bp = Blueprint("passkeys", __name__)
_CHALLENGE = "challenge"


@bp.post("/account/passkeys/options")
@people(*STAFF)
@limiter.limit("20/minute")
def registration_options() -> ResponseReturnValue:
    """Give the browser what it needs to make a passkey."""
    options, challenge = passkeys.registration_options(
        queries.staff(g.person.staff_id), site_name=site().name(reader_locale())
    )
    _remember(challenge)
    return jsonify(options)


@bp.post("/account/passkeys")
@people(*STAFF)
@limiter.limit("20/minute")
def register() -> ResponseReturnValue:
    """Keep the new passkey."""
    answer, challenge = request.get_json(), _challenge()
    with transaction():
        passkeys.register(g.person.staff_id, answer=answer, challenge=challenge, name=browser_name())
    return jsonify({"next": url_for("account.overview")})


@bp.post("/account/passkeys/<int:passkey_id>/remove")
@people(*STAFF)
def remove(passkey_id: int) -> ResponseReturnValue:
    """Remove one of the reader's own passkeys."""
    return once(lambda: _remove(passkey_id))


@bp.post("/sign-in/passkey/options")
@anyone("the way in")
@limiter.limit("20/minute")
def sign_in_options() -> ResponseReturnValue:
    """Give the browser a challenge to answer."""
    options, challenge = passkeys.sign_in_options()
    _remember(challenge)
    return jsonify(options)


@bp.post("/sign-in/passkey")
@anyone("the way in")
@limiter.limit("10/minute")
def sign_in() -> ResponseReturnValue:
    """Sign in with the answered challenge; a passkey is both factors at once."""
    answer, challenge = request.get_json(), _challenge()
    with transaction():
        staff_id = passkeys.verify(answer, challenge)
        secret = service.start_session(staff_id=staff_id, how="passkey", browser=browser_name())
    welcome(secret, "/")
    return jsonify({"next": local_path(request.args.get("next"))})


def _remember(challenge: bytes) -> None:
    session[_CHALLENGE] = base64.b64encode(challenge).decode()


def _challenge() -> bytes:
    """Return the challenge and forget it: it is answered once."""
    challenge = session.pop(_CHALLENGE, None)
    if not challenge:
        raise PasskeyRefused
    return base64.b64decode(challenge)


def _remove(passkey_id: int) -> ResponseReturnValue:
    passkeys.remove(passkey_id, staff_id=g.person.staff_id)
    return redirect(url_for("account.overview"))

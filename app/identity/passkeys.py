"""Passkeys (WebAuthn level 2): a colleague's device answers a challenge; no password travels."""

import json
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete, update
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.identity import queries
from app.identity.errors import PasskeyRefused
from app.identity.models import Passkey, Staff
from app.kit.db import db
from app.kit.errors import NotThere


def registration_options(staff: Staff, *, site_name: str) -> tuple[dict[str, Any], bytes]:
    """Return what the browser needs to make a passkey, and the challenge to remember."""
    options = generate_registration_options(
        rp_id=_rp_id(),
        rp_name=site_name,
        user_id=f"staff:{staff.id}".encode(),
        user_name=staff.email,
        user_display_name=staff.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,  # without it, signing in without a name is not allowed
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in queries.passkeys(staff.id)],
    )
    return json.loads(options_to_json(options)), options.challenge


def register(staff_id: int, *, answer: dict[str, Any], challenge: bytes, name: str) -> None:
    """Keep a passkey that answered the challenge; raise `PasskeyRefused`."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    db.session.add(
        Passkey(
            staff_id=staff_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name[:120],
        )
    )


def remove(passkey_id: int, *, staff_id: int) -> None:
    """Forget one passkey of this colleague; raise `NotThere` for one that is not theirs."""
    forgetting = delete(Passkey).where(Passkey.id == passkey_id, Passkey.staff_id == staff_id)
    if db.session.scalar(forgetting.returning(Passkey.id)) is None:
        raise NotThere


def sign_in_options() -> tuple[dict[str, Any], bytes]:
    """Return what the browser needs to answer with any passkey of this site, and the challenge to remember."""
    options = generate_authentication_options(rp_id=_rp_id(), user_verification=UserVerificationRequirement.REQUIRED)
    return json.loads(options_to_json(options)), options.challenge


def verify(answer: dict[str, Any], challenge: bytes) -> int:
    """Return the id of the colleague whose passkey answered; raise `PasskeyRefused`."""
    try:
        passkey = queries.find_passkey(base64url_to_bytes(str(answer.get("id", ""))))
        if passkey is None or not queries.staff(passkey.staff_id).is_active:
            raise PasskeyRefused
        checked = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=_origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as fault:
        raise PasskeyRefused from fault
    db.session.execute(update(Passkey).where(Passkey.id == passkey.id).values(sign_count=checked.new_sign_count))
    return passkey.staff_id


def _origin() -> str:
    parts = urlsplit(current_app.extensions["revisit.config"].public_url)
    return f"{parts.scheme}://{parts.netloc}"


def _rp_id() -> str:
    return urlsplit(_origin()).hostname or ""

"""Standard Webhooks 1.0.0: three headers that let a receiver trust a body and recognise it again."""

import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime

from standardwebhooks import Webhook


def new_secret() -> str:
    """Return a fresh signing secret of 32 random bytes."""
    return f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"


def headers(key: str, body: str, signing_secrets: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Return the headers of one try at the moment `at` (UTC: the library drops any other zone).

    One signature for each secret, so that a receiver can change its secret without losing an event.
    """
    signatures = [Webhook(secret).sign(msg_id=key, timestamp=at, data=body) for secret in signing_secrets]
    return {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }

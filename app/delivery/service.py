"""What delivery does: puts parcels into the outbox of the open transaction."""

from dataclasses import asdict

from app.delivery.models import Parcel
from app.delivery.rules import Mail
from app.kit import clock
from app.kit.db import db, upsert
from app.kit.ids import uuid7


def post_mail(mail: Mail) -> None:
    """Put a mail into the outbox; the same `key` again is the same mail and changes nothing."""
    customer = f"customer:{mail.customer_id}" if mail.customer_id else mail.to
    parcel = upsert(Parcel).values(
        id=uuid7(),
        kind="mail",
        lane=f"mail:{customer}"[:100],
        key=mail.key,
        customer_id=mail.customer_id,
        payload=asdict(mail),
        state="waiting",
        attempts=0,
        next_at=clock.now(),
        fault="",
        created_at=clock.now(),
    )
    db.session.execute(parcel.on_conflict_do_nothing())

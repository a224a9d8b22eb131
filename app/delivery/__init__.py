"""What leaves the building: mails and webhooks.

Whatever has to go out is written as a parcel in the transaction of its cause, and delivered after commit by the
worker: at least once, in order for each customer and receiver, with the same idempotency key on every try. The outbox
table is the truth; the job queue behind it only says "now". A crash at any instant needs no repair: a parcel whose
worker died is taken up again when it restarts, or when its lease ends. A receiver that stays away gets nine more tries
over three days; then the parcel is dead, visible to staff, and may be sent once more by hand.
"""

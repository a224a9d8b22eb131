"""What leaves the building: mails and webhooks, written in the same transaction as their cause, delivered after it.

A domain calls `service.post_mail(Mail(...))`; the parcel lies in the outbox when the transaction is safe, and the worker
delivers it at least once, in order for each customer, with the parcel's id as the idempotency key.
"""

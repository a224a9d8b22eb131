"""People, companies, products and purchases: what every other domain refers to.

A customer is known by a number of ours (`public_id`), by the number in the firm's own books (`external_id`) and often
by an e-mail address. Purchases come in by CSV and by `POST /api/v1/purchases`; the same purchase twice is one purchase.
"""

"""Points: earned by answering, buying and bringing friends, spent on rewards, and provable to the last one.

The ledger is append-only: an entry moves points between a customer and one of the firm's own accounts (issued,
redeemed, adjusted), so all accounts together are always zero, and the database refuses to change or remove an entry.
A customer's balance is changed by one conditional statement and never falls below zero. Every movement has a key, so
the same fact told twice moves points once. A reward costs points and gives one voucher, which works once.
`flask --app wsgi ledger verify` derives every balance anew and compares.
"""

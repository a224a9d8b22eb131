"""Asking customers how it went, and keeping what they say.

A purchase makes an invitation, which leaves by mail when the product's pause is over: at most one for each customer in
30 days, and the reason is kept when somebody is not asked. The link of an invitation opens one survey version, which
never changes; the answer is pinned to it and counts once, however often the form is sent. What was said before this
product came is recorded through the same door as history. Day totals are kept in the same transaction as each answer,
so that no overview ever reads the answers themselves.
"""

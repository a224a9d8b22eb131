"""What is wrong for a customer, in whose hands it is, and by when it will be put right.

An unhappy answer opens one follow-up; a customer may also open a request. Each gets a promised time, counted in the
firm's own working hours, and the customer, the mail and the desk all show that same time. A colleague takes it,
replies, waits for the customer (the clock stands still) and resolves it; the customer says whether it truly is. What
is public (`Message`) and what only colleagues see (`Note`, `Change`) are different things in different tables.
"""

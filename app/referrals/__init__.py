"""Friends: each customer has one link, a friend who comes through it is theirs, and the first purchase thanks both.

A friend belongs to whoever brought them first and to nobody else. The landing page never tells whether an address is
known. The first purchase qualifies a referral by one conditional statement, so both sides are thanked once, however
many purchases arrive at the same moment.
"""

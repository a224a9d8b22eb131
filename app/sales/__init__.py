"""What sales sees and takes along: who to call today and why, every customer's portrait, and the way out for data.

The pages compose what the domains tell; they keep nothing of their own. Where a customer stands comes from lifecycle,
what they said from surveys, so a figure here is the figure there.
"""

"""Demo data: stories of customers of three industries, told through the product's own services at past times.

Nothing is written around a rule, so every page, event and balance is what a real customer would have left. All of it is
marked as demo and goes again by one command.
"""

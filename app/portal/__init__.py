"""The customer's home: what is open, what could be done next, points and friends, from several domains on one page."""

"""Makes the n-gram model from labelled texts; the only part that needs NumPy, and never part of a request."""

"""The staff side of the product: it composes domains into pages for colleagues and owns no data."""

"""The product beside its bare baseline: ratios of one run, because a machine's own speed means nothing elsewhere."""

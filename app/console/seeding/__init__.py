"""Fast bulk data for load tests: real rows of every domain, the same names and scores for the same seed."""

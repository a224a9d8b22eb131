"""Tests: each one a sentence about behaviour, on a real database."""

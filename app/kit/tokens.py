"""Secrets that are handed out once and kept only as a hash."""

import hashlib
import secrets


def new_secret() -> str:
    """Return 32 random bytes as text that fits into a link."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is stored instead of the secret: its SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()

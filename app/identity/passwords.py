"""Passwords: Argon2id, one hash at a time for each core, and the same work for an address that nobody has."""

import os
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

# OWASP's second recommendation: 19 MiB, two passes. A sign-in then costs some fifty survey answers.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turn = threading.BoundedSemaphore(max(1, os.cpu_count() or 1))
_of_nobody = _hasher.hash("nobody has this password")

SHORTEST, LONGEST = 10, 200  # a password of ten million letters must not stall the server


def hashed(password: str) -> str:
    """Return what is stored instead of the password."""
    with _turn:
        return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Return True when the password is the one that was hashed; takes as long when there is none."""
    if len(password) > LONGEST:
        return False
    with _turn:
        try:
            _hasher.verify(password_hash or _of_nobody, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return password_hash is not None

"""Names for things that leave the building: time-ordered, unguessable enough, never a counter."""

import secrets
import time
from uuid import UUID


def uuid7() -> str:
    """Return a UUID version 7 as text: 48 bits of milliseconds, then 74 random bits (RFC 9562, section 5.7)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return str(UUID(int=value))


_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O or U


def short_code(length: int) -> str:
    """Return a code that people can read aloud and type: five random bits for each sign."""
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


def typed_code(text: str) -> str:
    """Return what somebody typed as `short_code` made it: case, spaces, dashes and look-alikes do not matter."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return signs.translate(str.maketrans("OIL", "011"))

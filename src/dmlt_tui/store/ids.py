"""Ids for new records."""

from __future__ import annotations

import os

# Crockford's alphabet in lower case: no i, l, o or u, so that an id read aloud or from paper is not mistaken.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8


def new_id() -> str:
    """Make an id nobody has: 8 random signs, 40 bits, so that two terminals never pick the same one."""
    return "".join(ALPHABET[byte % 32] for byte in os.urandom(LENGTH))

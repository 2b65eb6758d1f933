"""Names for words in notes that hold while the words do, wherever in their item they move."""

from __future__ import annotations

from hashlib import blake2s

_BYTES = 4


def fingerprint(item_id: str, words: str) -> str:
    """Give the item's id and 8 signs of the words; case, blanks and everything around them don't matter."""
    folded = " ".join(words.casefold().split())
    return f"{item_id}:{blake2s(folded.encode('utf-8', 'replace'), digest_size=_BYTES).hexdigest()}"

"""Bytes from the terminal that are no UTF-8: a terminal set to another encoding, a line with noise.

Textual (8.2) reads keys with a decoder that ends the program at the first of them. Here each is the sign for what can't
be read (U+FFFD), typed where it came.
"""

from __future__ import annotations

import codecs
from functools import partial

from textual.drivers import linux_driver


def read_stray_bytes_as_signs() -> None:
    """Have Textual's driver go on after bytes that are no text."""

    def forgiving(encoding: str) -> partial[codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(encoding), "replace")

    vars(linux_driver)["getincrementaldecoder"] = forgiving

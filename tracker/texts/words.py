"""The words of a text as kin are compared by them."""

from __future__ import annotations

import re
import unicodedata

from tracker.records.bill_text import normalised

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def split(text: str) -> tuple[str, ...]:
    """The words of a text, lower case and without accents, which one printing has and another has not.

    >>> split("Whereas, the Senate’s  duty to Nicolás—")
    ('whereas', 'the', "senate's", 'duty', 'to', 'nicolas')
    """
    plain = normalised(text).lower()
    if not plain.isascii():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
        )
    return tuple(_WORD.findall(plain))

"""The words that a reader searched for, marked in what is shown."""

from __future__ import annotations

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

_WORD = re.compile(r"[\w'’.&-]*\w\*?")
_ENDINGS = re.compile(r"(?:ies|es|s|ing|ed)$")
_SHORTEST_STEM = 4


def mark_found(text: str, query: str) -> SafeString:
    """`text` escaped, with `<mark>` around each word that the search counts as one of `query`'s.

    The search knows stems ("resolution" finds "resolutions"), so a word is marked from its beginning on, the ending aside.
    """
    stems = [_stem(word) for word in _WORD.findall(query)]
    if not stems:
        return SafeString(conditional_escape(text))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE)
    pieces, end = [], 0
    for found in pattern.finditer(text):
        pieces += [(text[end : found.start()],), (format_html("<mark>{}</mark>", found[0]),)]
        end = found.end()
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def _stem(word: str) -> str:
    bare = word.rstrip("*")
    stem = _ENDINGS.sub("", bare)
    return stem if len(stem) >= _SHORTEST_STEM else bare

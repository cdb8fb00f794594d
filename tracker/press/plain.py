"""An article as the readers of this room see it: plain signs, with the way back to every place in the original.

Typographic quotes, dashes and spaces become the plain ones; soft hyphens, signs without width and the tags of a pasted page, which may
stand within any word, are taken out; a line broken within a sentence goes on. Every place in the plain text leads back to the place in the text that was given.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from html import unescape
from itertools import islice

_SAME_LENGTH = str.maketrans(
    dict.fromkeys("\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " ")
    | dict.fromkeys("\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u2028\u2029\u0085\r", "\n")
    | dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2012\u2013\u2014\u2015\ufe58", "–")
    | dict.fromkeys("\u2018\u2019\u02bc\uff07\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u2033", '"')
    | {"\uff0e": ".", "\u2116": "#"}
)
_WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


_HIDDEN = "\u00ad"
# A page pasted with its tags: what stands in them is hidden, and those that part paragraphs are a gap.
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,11})(?:\s[^<>]{0,1000})?/?>|<!--[^<>]{0,1000}-->"
)
_BLOCK_TEXT = """p br div h1 h2 h3 h4 h5 h6 li ul ol tr td th table section article blockquote header footer figure
    figcaption"""
_BLOCK = frozenset(_BLOCK_TEXT.split())
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
# A line that is broken within a sentence, as mails and old pages are: the next goes on in small letters, or this one is long and has no stop.
_WRAP = re.compile(r"(?<!\n)\n(?=[a-z(])|(?<=[^\n]{45})(?<![.!?:\n\"')\]])\n(?=[A-Z0-9\"'])")
# A day, or who wrote it, on a short line of its own at the head: it and the lines around it are paragraphs, though no empty line parts them.
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
_OF_HEAD = re.compile(
    rf"\n?[ \t]*(?:(?:By|Published|Updated|Posted)\b[^\n]{{0,80}}|[^\n]{{0,20}}\b(?:{_MONTH})\.? [0-9]{{1,2}}, (?:19|20)[0-9]{{2}}\b[^\n]{{0,30}})(?:\n|$)"
)
_HEAD_LINES = 6
PART = "\x1e"  # stands for a line's end that ends a paragraph


def _gap(tag: re.Match[str]) -> str:
    """As many signs as the tag has: hidden ones, and first a gap where it parts paragraphs."""
    length = tag.end() - tag.start()
    gap = "\n\n" if (tag["name"] or "").lower() in _BLOCK else ""
    return gap + _HIDDEN * (length - len(gap))


def _sign(entity: re.Match[str]) -> str:
    """The sign that an entity means, in as many signs as it has."""
    sign = unescape(entity.group())
    sign = sign.translate(_SAME_LENGTH) if len(sign) == 1 else entity.group()
    return sign + _HIDDEN * (len(entity.group()) - len(sign))


def _parted(text: str) -> str:
    """The text with the lines of its head parted, in as many signs as before."""
    ends = [found.start() for found in islice(re.finditer(r"\n", text), _HEAD_LINES)]
    starts = [0, *(end + 1 for end in ends)]
    parted = list(text[: ends[-1] + 1]) if ends else []
    for start, end in zip(starts, ends, strict=False):
        if _OF_HEAD.fullmatch(text, start, end + 1):
            for place in (start - 1, end):
                if place >= 0:
                    parted[place] = PART
    return "".join(parted) + text[len(parted) :]


class Plain:
    """A text in plain signs: `text` is what rules read, `span` leads back."""

    def __init__(self, original: str) -> None:
        self.original = original
        same = original.replace("\r\n", f"{_HIDDEN}\n").translate(_SAME_LENGTH)
        if "<" in same or "&" in same:
            same = _ENTITY.sub(_sign, _TAG.sub(_gap, same))
        same = _parted(same)
        same = _WRAP.sub(" ", same)
        pieces: list[str] = []
        self._starts = array("l", [0])  # where each piece begins in the plain text
        self._shifts = array("l", [0])  # and how many signs had been taken out before it
        place = length = 0
        for hidden in _WITHOUT_WIDTH.finditer(same):
            pieces.append(same[place : hidden.start()])
            length += hidden.start() - place
            place = hidden.end()
            self._starts.append(length)
            self._shifts.append(place - length)
        pieces.append(same[place:])
        self.text = "".join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of what stands from `start` to `end` here; `end` must be beyond `start`."""
        return start + self._shift(start), end - 1 + self._shift(end - 1) + 1

    def _shift(self, place: int) -> int:
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            if self._starts[middle] <= place:
                low = middle
            else:
                high = middle
        return self._shifts[low]


def folded(words: str) -> str:
    """Words without case and accents, for comparing names: "García" and "GARCIA" are the same."""
    if words.isascii():
        return words.casefold()
    apart = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()

"""Two wordings compared word by word, and three merged: what the desk shows when an entry was changed. Pure.

A word carries the space after it, so that "the " is one thing and a text is the sum of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from tracker.texts.wording import compare_words

_WORD = re.compile(r"\s+|(?:\w+(?:['’\-–]\w+)*|[^\w\s])\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both texts (`sign` is empty), only in the later ("+") or only in the earlier ("-")."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one wording that two people changed. `both`: both changed the same words, and both stand in `text`."""

    text: str
    both: bool = False


def words(text: str) -> list[str]:
    """The words and signs of a text, each with the space after it. Joined they are the text again."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words a reader counts: signs and spaces are none."""
    return sum(1 for word in words(text) if word[0].isalnum())


def compare(before: str, after: str) -> list[Stretch]:
    """The later text with what went and what came. Marks of another shape (’ for ') are no change."""
    signs = {"same": "", "gone": "-", "come": "+"}
    return [
        Stretch(signs[edit.kind], edit.after if len(edit.after) >= len(edit.before) else edit.before)
        for edit in compare_words(before, after)
    ]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Both people's changes to `base` in one text. Where they changed the same words, mine stand before theirs.

    Nothing that either of them added is left out; where only one of them changed something, it is as they left it.
    """
    if mine in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    parts: list[str] = []
    both = False
    for was, one, other in _chunks(words(base), words(mine), words(theirs)):
        if one in (was, other):
            parts.append(other)
        elif other == was:
            parts.append(one)
        else:
            gap = " " if one and other and not one[-1].isspace() else ""
            parts.append(f"{one}{gap}{other}")
            both = True
    return Merged("".join(parts), both)


def _kept(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs of words that stand in both, in order: (start before, start after, length).

    Words are compared as words, whatever space follows them. Bounded on any input.
    """
    old, new = ([word.rstrip() for word in side] for side in (before, after))
    edits = Levenshtein.opcodes(old, new)
    return [(e.src_start, e.dest_start, e.src_end - e.src_start) for e in edits if e.tag == "equal"]


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[str, str, str]]:
    """The three texts cut at what stands unchanged in all of them: (base, mine, theirs) of each piece, in order."""
    at = at_mine = at_theirs = 0
    for start, length, in_mine, in_theirs in [
        *_unchanged(base, mine, theirs),
        (len(base), 0, len(mine), len(theirs)),
    ]:
        changed = (
            "".join(base[at:start]),
            "".join(mine[at_mine:in_mine]),
            "".join(theirs[at_theirs:in_theirs]),
        )
        if any(changed):
            yield changed
        at, at_mine, at_theirs = start + length, in_mine + length, in_theirs + length
        for was, one, other in zip(
            base[start:at], mine[in_mine:at_mine], theirs[in_theirs:at_theirs], strict=True
        ):
            same = other if one == was else one  # the same word: the space after it may have changed
            yield same, same, same


def _unchanged(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of `base` that both others kept: (start, length, start in mine, start in theirs)."""
    ones, others = _kept(base, mine), _kept(base, theirs)
    one = other = 0
    while one < len(ones) and other < len(others):
        (a, in_mine, length), (b, in_theirs, size) = ones[one], others[other]
        start, end = max(a, b), min(a + length, b + size)
        if start < end:
            yield start, end - start, in_mine + start - a, in_theirs + start - b
        if a + length < b + size:
            one += 1
        else:
            other += 1

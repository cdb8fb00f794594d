"""Two pieces of text, word by word: what stayed, what went, what came. Pure, and bounded on any input.

Words are compared without regard to white space and to the shapes of quotation marks, apostrophes and dashes, in which
printings of one text differ; what is shown keeps each side's own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from rapidfuzz.distance import Levenshtein

from tracker.records.text_model import plain_marks

MOST_WORDS = (
    100_000  # of both sides together that are compared singly: half a second at worst; above it, by sentences
)
MOST_SENTENCES = 100_000  # above it, only what both sides begin and end with is the same

# A word with the marks inside it ("U.S.", "5,000", "women’s", "1988-89"), or one other sign; white space after it is part
# of it, so that the pieces put together are the text again.
_TOKEN = re.compile(r"(?:\w+(?:[’'.,:/\-‑–]\w+)*|[^\w\s])\s*")
_SENTENCE = re.compile(r".+?(?:[.;:!?]\s+|$)", re.DOTALL)
_WEAK = 2  # words: so short a run between two longer changes is shown as part of them


class Edit(msgspec.Struct, frozen=True):
    """A run of words. "same" has both sides, "gone" only `before`, "come" only `after`; the other is ""."""

    kind: Literal["same", "gone", "come"]
    before: str
    after: str


def compare_words(before: str, after: str, *, singly: bool = True) -> list[Edit]:
    """The edits that make `after` of `before`, in order.

    Put together, every `before` is the first text and every `after` the second, to the letter. What went stands in front
    of what came in its place. Equal texts give one "same"; two empty ones give none. Never raises; texts beyond
    `MOST_WORDS`, and those that are not to be compared `singly`, are compared by sentences.

    >>> compare_words("it is sense that", "it is the sense that")
    [Edit(kind='same', before='it is ', after='it is '), Edit(kind='come', before='', after='the '), \
Edit(kind='same', before='sense that', after='sense that')]
    """
    if before == after:
        return [Edit("same", before, after)] if before else []
    old, new = tokens(before), tokens(after)
    if not singly or len(old) + len(new) > MOST_WORDS:
        old, new = _sentences(before), _sentences(after)
    return _edits(old, new)


def tokens(text: str) -> list[str]:
    """The text in words and signs, each with the white space that follows it; the first also with what stands before."""
    found = _TOKEN.findall(text)
    if not found:
        return [text] if text else []
    lead = text[: len(text) - len(text.lstrip())]
    if lead:
        found[0] = lead + found[0]
    return found


def changed_share(edits: Iterable[Edit]) -> float:
    """How much of both texts changed, from 0 (nothing) to 1 (everything), by characters."""
    same = changed = 0
    for edit in edits:
        if edit.kind == "same":
            same += len(edit.before) + len(edit.after)
        else:
            changed += len(edit.before) + len(edit.after)
    return changed / (same + changed) if changed else 0.0


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text) or ([text] if text else [])


def _edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(plain_marks(word).strip(), len(numbers)) for word in old]
    b = [numbers.setdefault(plain_marks(word).strip(), len(numbers)) for word in new]
    head, tail = _shared_ends(a, b)
    runs: list[tuple[bool, int, int, int, int]] = []  # the same?, and the two spans
    if head:
        runs.append((True, 0, head, 0, head))
    runs += _middle(a, b, head, tail)
    if tail:
        runs.append((True, len(a) - tail, len(a), len(b) - tail, len(b)))
    edits = []
    for same, i, j, k, m in _joined(runs):
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if same:
            edits.append(Edit("same", gone, come))
            continue
        if gone:
            edits.append(Edit("gone", gone, ""))
        if come:
            edits.append(Edit("come", "", come))
    return edits


def _shared_ends(a: Sequence[int], b: Sequence[int]) -> tuple[int, int]:
    """How many words both begin with, and how many of the rest both end with."""
    most = min(len(a), len(b))
    head = next((at for at in range(most) if a[at] != b[at]), most)
    rest = most - head
    return head, next((at for at in range(rest) if a[-1 - at] != b[-1 - at]), rest)


def _middle(a: list[int], b: list[int], head: int, tail: int) -> list[tuple[bool, int, int, int, int]]:
    i, j, k, m = head, len(a) - tail, head, len(b) - tail
    if i == j and k == m:
        return []
    if i == j or k == m or (j - i) + (m - k) > MOST_SENTENCES:
        return [(False, i, j, k, m)]
    codes = Levenshtein.opcodes(a[i:j], b[k:m])
    runs = [
        (o.tag == "equal", i + o.src_start, i + o.src_end, k + o.dest_start, k + o.dest_end) for o in codes
    ]
    return _without_islands(_joined(runs))


def _without_islands(
    runs: list[tuple[bool, int, int, int, int]],
) -> list[tuple[bool, int, int, int, int]]:
    """A word or two that happen to be equal between two longer changes are no help to a reader: they change along."""
    kept = []
    for place, run in enumerate(runs):
        same, i, j, k, m = run
        if same and j - i <= _WEAK and 0 < place < len(runs) - 1:
            sizes = [max(r[2] - r[1], r[4] - r[3]) for r in (runs[place - 1], runs[place + 1])]
            if min(sizes) >= 2 * (j - i) and not runs[place - 1][0] and not runs[place + 1][0]:
                run = (False, i, j, k, m)
        kept.append(run)
    return kept


def _joined(runs: Iterable[tuple[bool, int, int, int, int]]) -> list[tuple[bool, int, int, int, int]]:
    """Neighbours of one kind as one run."""
    joined: list[tuple[bool, int, int, int, int]] = []
    for run in runs:
        if joined and joined[-1][0] == run[0]:
            last = joined.pop()
            run = (run[0], last[1], run[2], last[3], run[4])
        joined.append(run)
    return joined

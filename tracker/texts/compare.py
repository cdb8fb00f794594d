"""Two texts, clause by clause: which stayed, which were edited, moved, taken out, put in. Pure, and bounded on any input.

Clauses with the same words are the same clause, wherever they stand; of the others, those most alike are paired (half of
their words at least). Of all pairs the longest run that stands in one order in both texts stayed in place; the rest moved.
Within a pair words are compared one by one (`tracker.texts.wording`). A mark that changed alone is no edit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from rapidfuzz.distance import Levenshtein

from tracker.records.bill_text import Clause, normalised
from tracker.texts.wording import Edit, compare_words, tokens

ALIKE = 0.5  # of the words: from here on two clauses are one that was edited
CANDIDATES = 6  # clauses that one is weighed against: those that share most of its rarer words
RARE_WORDS = 40  # of a clause by which candidates are found
MOST_WORK = 3_000_000_000  # products of lengths in words that are compared singly, above it by sentences: about a second
MOST_POSTINGS = 200  # clauses that a word may stand in and still say something

Kind = Literal["same", "edited", "new", "gone"]


class Row(msgspec.Struct, frozen=True):
    """One clause of either text, or the pair that is one clause in both.

    `heading` and `edits` are its words, compared; of a new or gone clause all are "come" or "gone". `moved` says that
    it stands elsewhere among the clauses that both have; `renumbered`, that its mark is another.
    """

    kind: Kind
    before: Clause | None
    after: Clause | None
    heading: tuple[Edit, ...] = ()
    edits: tuple[Edit, ...] = ()
    moved: bool = False

    @property
    def clause(self) -> Clause:
        """As it stands in the later text, or stood in the earlier one."""
        found = self.after or self.before
        assert found is not None, "a row is of one text at least"
        return found

    @property
    def renumbered(self) -> bool:
        return self.before is not None and self.after is not None and self.before.mark != self.after.mark


class Comparison(msgspec.Struct, frozen=True):
    """All clauses of both texts, in the order of the second; one that is gone stands where it stood."""

    rows: tuple[Row, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many are new, gone, moved, edited, same. A clause that moved and was edited counts as both."""
        counts: Counter[str] = Counter(row.kind for row in self.rows)
        counts["moved"] = sum(row.moved for row in self.rows)
        counts["same"] -= sum(row.moved and row.kind == "same" for row in self.rows)
        return counts

    @property
    def is_same(self) -> bool:
        """Whether both say the same in the same order."""
        return all(row.kind == "same" and not row.moved for row in self.rows)


def compare_clauses(before: Sequence[Clause], after: Sequence[Clause]) -> Comparison:
    """What became of each clause from one text to the other.

    Every clause of both is in one row; the rows' words put together are both texts, to the letter. Never raises, and
    costs about a second at most: beyond `MOST_WORK` the longest clauses are compared by sentences.
    """
    pairs = _equal(before, after)
    pairs |= _alike(before, after, pairs)
    stayed = _in_order(pairs)
    work = MOST_WORK
    rows: list[Row] = []
    gone = _gone(before, pairs)
    rows += gone.get(-1, [])
    for place, clause in enumerate(after):
        origin = pairs.get(place)
        if origin is None:
            rows.append(Row("new", None, clause, _all("come", clause.heading), _all("come", clause.text)))
            continue
        row, work = _pair(before[origin], clause, origin not in stayed, work)
        rows.append(row)
        rows += gone.get(origin, [])
    return Comparison(tuple(rows))


def _equal(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """Place after → place before of clauses with the same words; where several are equal, those under one anchor first."""
    places: dict[str, list[int]] = {}
    for place, clause in enumerate(before):
        places.setdefault(clause.digest, []).append(place)
    pairs: dict[int, int] = {}
    late = []
    for place, clause in enumerate(after):
        same = [p for p in places.get(clause.digest, [])[:MOST_POSTINGS] if before[p].anchor == clause.anchor]
        if same:
            pairs[place] = same[0]
            places[clause.digest].remove(same[0])
        else:
            late.append(place)
    for place in late:
        if left := places.get(after[place].digest):
            pairs[place] = left.pop(0)
    return pairs


def _alike(before: Sequence[Clause], after: Sequence[Clause], pairs: dict[int, int]) -> dict[int, int]:
    """Pairs among the rest, the most alike first."""
    taken = set(pairs.values())
    old = {p: _numbers(c) for p, c in enumerate(before) if p not in taken}
    new = {p: _numbers(c) for p, c in enumerate(after) if p not in pairs}
    frequency = Counter(word for words in old.values() for word in set(words))
    postings: dict[int, list[int]] = {}
    for place, words in old.items():
        for word in set(words):
            if frequency[word] <= MOST_POSTINGS:
                postings.setdefault(word, []).append(place)
    scored = []
    work = MOST_WORK
    for place, words in new.items():
        for origin in _candidates(words, postings, frequency):
            work -= len(words) * len(old[origin])
            if before[origin].is_recital != after[place].is_recital or work < 0:
                continue
            score = Levenshtein.normalized_similarity(old[origin], words, score_cutoff=ALIKE)
            if score >= ALIKE:
                near = before[origin].anchor == after[place].anchor
                scored.append((-score, not near, abs(origin - place), origin, place))
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, _, _, origin, place in sorted(scored):
        if origin not in used and place not in found:
            found[place] = origin
            used.add(origin)
    return found


def _candidates(words: Sequence[int], postings: dict[int, list[int]], frequency: Counter[int]) -> list[int]:
    rare = sorted({word for word in words if word in postings}, key=lambda word: frequency[word])[:RARE_WORDS]
    shared: Counter[int] = Counter()
    for word in rare:
        shared.update(postings[word])
    return [place for place, _ in shared.most_common(CANDIDATES)]


def _numbers(clause: Clause) -> list[int]:
    return [hash(word) for word in normalised(clause.words).split()]


def _in_order(pairs: dict[int, int]) -> set[int]:
    """The places before of the longest run of pairs that stands in one order in both texts."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for place in sorted(pairs):
        origin = pairs[place]
        at = bisect_left(tails, origin)
        previous[origin] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(origin)
            ends.append(origin)
        else:
            tails[at] = ends[at] = origin
    kept: set[int] = set()
    walk = ends[-1] if ends else None
    while walk is not None:
        kept.add(walk)
        walk = previous[walk]
    return kept


def _gone(before: Sequence[Clause], pairs: dict[int, int]) -> dict[int, list[Row]]:
    """By the place of the clause that it followed and that is still there (-1: none): what is gone."""
    kept = set(pairs.values())
    found: dict[int, list[Row]] = {}
    last = -1
    for place, clause in enumerate(before):
        if place in kept:
            last = place
        else:
            row = Row("gone", clause, None, _all("gone", clause.heading), _all("gone", clause.text))
            found.setdefault(last, []).append(row)
    return found


def _pair(before: Clause, after: Clause, moved: bool, work: int) -> tuple[Row, int]:
    cost = len(before.text) * len(after.text) // 36  # words are about six letters
    singly = cost <= work
    heading = tuple(compare_words(before.heading or "", after.heading or "", singly=singly))
    edits = tuple(compare_words(before.text, after.text, singly=singly))
    same = before.digest == after.digest
    return Row("same" if same else "edited", before, after, heading, edits, moved), work - (
        cost if singly else 0
    )


def _all(kind: Literal["come", "gone"], text: str | None) -> tuple[Edit, ...]:
    if not text:
        return ()
    return (Edit("gone", text, "") if kind == "gone" else Edit("come", "", text),)


def edited_word_count(rows: Iterable[Row]) -> int:
    """How many words came or went in clauses that both texts have."""
    return sum(
        len(tokens(edit.before or edit.after))
        for row in rows
        if row.kind == "edited"
        for edit in (*row.heading, *row.edits)
        if edit.kind != "same"
    )

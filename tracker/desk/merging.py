"""An entry that two people changed at once: what either did, put together field by field. Pure.

Nothing is dropped without a word: what only one of them changed is taken as it is, what both changed keeps both wordings,
and where a field can have one value only (a date, an address) mine is proposed and theirs stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from tracker.desk.wordings import Merged, merge

LIKE = 0.5  # share of signs in common from which two points are one point in two wordings

Point = Mapping[str, Any]
"""One point of an entry: its `text`, and what it is `tied` to."""


@dataclass(frozen=True, slots=True)
class MergedPoint:
    """One point of the merged list, with what each had of it; None: they had it not."""

    text: str
    tied: Any
    base: str | None
    mine: str | None
    theirs: str | None
    both: bool = False

    @property
    def said(self) -> str:
        """What the writer should know of it; empty where nobody touched it."""
        if self.both:
            return "Both of you changed it. Both wordings stand here, yours first: keep one, or make one of them."
        if self.base is None and self.theirs is None:
            return "New from you."
        if self.base is None:
            return "New from them." if self.mine is None else "New from both of you."
        if self.mine is None:
            return "You took it out; they changed it, so it is back. Empty it to leave it out."
        if self.theirs is None:
            return "They took it out; you changed it, so it is back. Empty it to leave it out."
        if self.mine != self.base:
            return "You both changed it." if self.theirs != self.base else "You changed it."
        return "They changed it." if self.theirs != self.base else ""


def merge_value(base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """One value of a field that can hold only one, and whether both changed it, each to another value. Then it is mine."""
    if mine in (base, theirs):
        return theirs, False
    return mine, theirs != base


def merge_text(base: str, mine: str, theirs: str) -> Merged:
    """One text of a field. See `wordings.merge`."""
    return merge(base, mine, theirs)


def merge_points(base: Sequence[Point], mine: Sequence[Point], theirs: Sequence[Point]) -> list[MergedPoint]:
    """The points of both, in the order of whoever changed it (theirs, if both did); what is new stands after its neighbour.

    A point that one of them took out is gone, unless the other changed it meanwhile.
    """
    in_mine, in_theirs = _pairs(base, mine), _pairs(base, theirs)
    of_mine = {there: here for here, there in in_mine.items()}
    of_theirs = {there: here for here, there in in_theirs.items()}
    new_mine = [place for place in range(len(mine)) if place not in of_mine]
    new_theirs = [place for place in range(len(theirs)) if place not in of_theirs]
    same_new = _pairs([theirs[place] for place in new_theirs], [mine[place] for place in new_mine])
    new_pairs = {new_theirs[here]: new_mine[there] for here, there in same_new.items()}

    # Every point of either list under one key: ("old", place in base), ("theirs", place), ("mine", place).
    known: dict[tuple[str, int], MergedPoint | None] = {}
    for place, point in enumerate(base):
        known["old", place] = _merged(
            point,
            mine[in_mine[place]] if place in in_mine else None,
            theirs[in_theirs[place]] if place in in_theirs else None,
        )
    for place in new_theirs:
        known["theirs", place] = _merged(
            None, mine[new_pairs[place]] if place in new_pairs else None, theirs[place]
        )
    paired = {there: here for here, there in new_pairs.items()}
    for place in new_mine:
        if place not in paired:
            known["mine", place] = _merged(None, mine[place], None)

    my_keys = [
        ("old", of_mine[place])
        if place in of_mine
        else ("theirs", paired[place])
        if place in paired
        else ("mine", place)
        for place in range(len(mine))
    ]
    their_keys = [
        ("old", of_theirs[place]) if place in of_theirs else ("theirs", place) for place in range(len(theirs))
    ]
    order = _woven(my_keys, their_keys) if _in_order(their_keys) else _woven(their_keys, my_keys)
    order = _woven(
        order, [("old", place) for place in range(len(base))]
    )  # what one took out and the other changed
    return [merged for key in order if (merged := known[key]) is not None]


def _in_order(keys: Sequence[tuple[str, int]]) -> bool:
    places = [place for name, place in keys if name == "old"]
    return places == sorted(places)


def _woven(first: Sequence[tuple[str, int]], second: Collection[tuple[str, int]]) -> list[tuple[str, int]]:
    """The first list, with what only the second has put in after its neighbour there."""
    woven = list(first)
    held = set(woven)
    before: tuple[str, int] | None = None
    for key in second:
        if key not in held:
            woven.insert(0 if before is None else woven.index(before) + 1, key)
            held.add(key)
        before = key
    return woven


def _merged(was: Point | None, my: Point | None, their: Point | None) -> MergedPoint | None:
    base, mine, theirs = _text(was), _text(my), _text(their)
    if was is not None and (my is None or their is None):
        kept = my if their is None else their
        if kept is None or kept == was:
            return None  # taken out by one, and left alone by the other
        return MergedPoint(_text(kept) or "", kept["tied"], base, mine, theirs)
    if my is None or their is None:
        new = my or their
        return None if new is None else MergedPoint(_text(new) or "", new["tied"], base, mine, theirs)
    text = merge(base or "", mine or "", theirs or "")
    tied, both_tied = merge_value(was["tied"] if was is not None else None, my["tied"], their["tied"])
    return MergedPoint(text.text, tied, base, mine, theirs, text.both or both_tied)


def _text(point: Point | None) -> str | None:
    return None if point is None else str(point["text"])


def _pairs(before: Sequence[Point], after: Sequence[Point]) -> dict[int, int]:
    """Which point of `before` is which of `after`: the same words, else the same tie, else the most alike."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(here: int, there: int) -> None:
        pairs[here] = there
        taken.add(there)

    for alike in (_same, _same_words, _same_tie):
        for here, old in enumerate(before):
            if here not in pairs:
                found = next(
                    (there for there, new in enumerate(after) if there not in taken and alike(old, new)), None
                )
                if found is not None:
                    pair(here, found)
    left = [
        (-likeness, here, there)
        for here, old in enumerate(before)
        if here not in pairs
        for there, new in enumerate(after)
        if there not in taken and (likeness := _likeness(old, new)) >= LIKE
    ]
    for _, here, there in sorted(left):
        if here not in pairs and there not in taken:
            pair(here, there)
    return pairs


def _same(old: Point, new: Point) -> bool:
    return bool(old == new)


def _same_words(old: Point, new: Point) -> bool:
    return bool(old["text"] == new["text"])


def _same_tie(old: Point, new: Point) -> bool:
    return old["tied"] is not None and bool(old["tied"] == new["tied"])


def _likeness(old: Point, new: Point) -> float:
    return fuzz.ratio(str(old["text"]), str(new["text"])) / 100

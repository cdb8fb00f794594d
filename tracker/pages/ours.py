"""What staff wrote about a measure, a member or a topic, grouped as its page shows it: beside the record, marked as ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.desk import kinds, published
from tracker.desk.models import Kind
from tracker.desk.published import Shown

_HEADINGS = {
    Kind.STATUS_UPDATE: "What we learned beside the record",
    Kind.NOTE: "Notes",
    Kind.PRESS_COVERAGE: "In the press, beside the record",
    Kind.CORRECTION: "Corrections",
    Kind.POSITION: "Where others stand",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind under one heading, each with the corrections that are of it."""

    heading: str
    entries: tuple[tuple[Shown, tuple[Shown, ...]], ...]

    @property
    def anchor(self) -> str:
        return f"ours-{self.entries[0][0].number}"


@dataclass(frozen=True, slots=True)
class Ours:
    """All of it: key points, what was learned before the record shows it, and the rest by kind; what is withdrawn apart."""

    key_points: tuple[Shown, ...]
    learned: Group | None
    others: tuple[Group, ...]
    withdrawn: tuple[Shown, ...]


def ours(shown: Sequence[Shown]) -> Ours:
    """Entries, in the order of `tracker.desk.published`, grouped. A correction stands with what it corrects, where that stands.

    One query where key points are among them: which texts can be read here. It is in a measure's stamp.
    """
    standing = published.led_to_clauses(each for each in shown if each.withdrawn is None)
    here = {each.number for each in standing}
    corrections: dict[int, list[Shown]] = {}
    for each in standing:
        if (of := _corrects(each)) in here and of is not None and of != each.number:
            corrections.setdefault(of, []).append(each)
    beneath = {each.number for several in corrections.values() for each in several}
    groups = {
        kind: Group(
            heading,
            tuple(
                (each, tuple(corrections.get(each.number, ())))
                for each in standing
                if each.kind == kind and each.number not in beneath
            ),
        )
        for kind, heading in _HEADINGS.items()
    }
    filled = {kind: group for kind, group in groups.items() if group.entries}
    return Ours(
        key_points=tuple(each for each in standing if each.kind == Kind.KEY_POINTS),
        learned=filled.pop(Kind.STATUS_UPDATE, None),
        others=tuple(filled.values()),
        withdrawn=tuple(each for each in shown if each.withdrawn is not None),
    )


def _corrects(shown: Shown) -> int | None:
    words = shown.words
    return words.of if isinstance(words, kinds.Correction) else None

"""Two texts side by side in one column: what the page of a comparison is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tracker.congress.citations import parse_citation
from tracker.congress.measures import TYPES
from tracker.congress.versions import version_name
from tracker.ledger.filters import BadFilter, ordinal
from tracker.ledger.models import Measure, measure_key, measure_pk
from tracker.pages.sight import Sight
from tracker.pages.text_drawn import Line, compare_address, label_of, line_of
from tracker.texts.clauses import Text, held_texts, text_of
from tracker.texts.compare import Comparison, Row, compare_clauses
from tracker.texts.models import MeasureText
from tracker.texts.wording import Edit

_NAMED = re.compile(r"(?:(\d{1,3})/([a-z]{1,7})/(\d{1,6}))?/?([a-z][a-z0-9]{1,15})?", re.ASCII)
_ACCEPTED = 'a version of this text, as "is", or another measure\'s, as "118/sres/599/is" (without the last part, its furthest one)'


@dataclass(frozen=True, slots=True)
class Named:
    """A text as an address names it: of which measure, and which version (None: the furthest one held)."""

    pk: int
    version: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    row: MeasureText
    measure: Measure
    here: bool  # a text of the measure whose page this is

    @property
    def name(self) -> str:
        """ "Introduced in Senate", or "S.Res. 599 of the 118th Congress, Introduced in Senate"."""
        version = version_name(self.row.version)
        if self.here:
            return version
        return f"{self.measure.citation} of the {ordinal(self.measure.congress)} Congress, {version}"

    @property
    def path(self) -> str:
        return f"{self.measure.get_absolute_url()}text/?version={self.row.version}"

    @property
    def value(self) -> str:
        """As the address names it."""
        return self.row.version if self.here else f"{self.measure.key}/{self.row.version}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; the white space after it stands apart, so that no line is drawn under or through it."""

    kind: str  # same, gone, come
    words: str
    space: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of a comparison as it is drawn."""

    kind: str  # same, edited, new, gone
    line: Line
    what: str  # "New", "Moved, and edited; it was (3)"; "" for what only stayed
    changed: bool
    heading: Sequence[Piece]
    edits: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring rows: either all changed, or all the same and folded into one line."""

    rows: Sequence[Drawn]
    folded: str  # "11 clauses the same: recitals 3 to 13"; "" for changed ones
    part: str  # the heading that begins here; "" where it goes on


def named(text: str | None, name: str, own: int) -> Named | None:
    """The text that a parameter names; None for none. Raises BadFilter for what names no text.

    A citation ("S.Res. 599 (118th Congress)") names the measure's furthest text; without a Congress it is that of `own`.
    """
    if not text:
        return None
    found = _NAMED.fullmatch(text.strip().lower())
    if found is None:
        cited = parse_citation(text, default_congress=own // 10_000_000)
        if cited is not None and cited.congress is not None:
            return Named(measure_pk(cited.congress, cited.type, cited.number), None)
    if found is None or (found[2] is not None and found[2] not in TYPES) or not any(found.groups()):
        raise BadFilter(name, text, "names no text", _ACCEPTED)
    congress, type, number, version = found.groups()
    if type is None:
        return Named(own, version)
    if not int(congress) or not int(number):
        raise BadFilter(name, text, "names no text", _ACCEPTED)
    return Named(measure_pk(int(congress), type, int(number)), version)


def compared(
    sight: Sight, before: Named | None, after: Named | None, given: dict[str, str]
) -> dict[str, Any]:
    """What the page shows: the two texts asked for, else this measure's last two versions, else how to choose.

    `given` is what the address says of each side, for the errors. Raises BadFilter for a text that is not held.
    """
    own = sight.measure.pk
    pks = {own, *(side.pk for side in (before, after) if side)}
    kin = {each.measure.pk for each in sight.kin if each.measure is not None}
    measures = Measure.objects.in_bulk(pks | kin)  # those that readers may see
    rows = held_texts(measures, as_of=sight.clock.as_of)
    mine = rows.get(own, [])
    sides = _sides(mine, before, after, rows, given)
    context: dict[str, Any] = {
        "choices": [
            Side(row, measures[pk], pk == own)
            for pk in [own, *sorted(kin - {own})]
            for row in rows.get(pk, [])
        ],
        "given": given,
        "comparison": None,
        "heading": "Compare its text with another",
        "none_held": not mine,
    }
    if sides is None:
        return context
    old, new = (Side(row, measures[row.measure_id], row.measure_id == own) for row in sides)
    texts: tuple[Text, Text] = text_of(old.row), text_of(new.row)
    comparison = compare_clauses(texts[0].clauses, texts[1].clauses)
    return context | {
        "comparison": comparison,
        "heading": summary(comparison),
        "old": old,
        "new": new,
        "given": {"from": old.value, "to": new.value},
        "stretches": list(stretches(comparison)),
        "turned": compare_address(sight, new.value, old.value),
    }


def _sides(
    mine: Sequence[MeasureText],
    before: Named | None,
    after: Named | None,
    rows: dict[int, list[MeasureText]],
    given: dict[str, str],
) -> tuple[MeasureText, MeasureText] | None:
    """The two rows to compare: `to` is the furthest version where it is not named, `from` the one before `to`."""
    new = _found(after, "to", rows, given) if after else next(iter(mine), None)
    if new is None:
        return None
    if before is not None:
        return _found(before, "from", rows, given), new
    place = next((place for place, row in enumerate(mine) if row.pk == new.pk), len(mine))
    return (mine[place + 1], new) if place + 1 < len(mine) else None


def _found(side: Named, name: str, rows: dict[int, list[MeasureText]], given: dict[str, str]) -> MeasureText:
    held = rows.get(side.pk, [])
    row = next((row for row in held if side.version in (None, row.version)), None)
    if row is None:
        key = measure_key(side.pk)
        codes = ", ".join(f"{key}/{each.version}" for each in held)
        raise BadFilter(
            name, given[name], "a text that is not held here", codes or f"{_ACCEPTED}; of {key} none is held"
        )
    return row


def summary(comparison: Comparison) -> str:
    """ "2 clauses new, 1 moved, 3 edited, 18 the same"."""
    counts = comparison.counts
    if comparison.is_same:
        return f"Word for word the same, in {_clauses(len(comparison.rows))}"
    said = [
        (counts["new"], "new"),
        (counts["gone"], "taken out"),
        (counts["moved"], "moved"),
        (counts["edited"], "edited"),
        (counts["same"], "the same"),
    ]
    parts = [(number, word) for number, word in said if number]
    first, *rest = parts
    return ", ".join([f"{_clauses(first[0])} {first[1]}", *(f"{number:,} {word}" for number, word in rest)])


def stretches(comparison: Comparison) -> Iterator[Stretch]:
    """The rows for drawing: what is the same folded together, what changed in full; recitals, then what is resolved."""
    begun = ""
    for (part, same), group in groupby(comparison.rows, key=lambda row: (_part(row), _is_quiet(row))):
        rows = list(group)
        yield Stretch(
            [_drawn(row) for row in rows], _folded(rows) if same else "", "" if part == begun else part
        )
        begun = part


def _part(row: Row) -> str:
    return "Recitals" if row.clause.is_recital else "What it resolves"


def _is_quiet(row: Row) -> bool:
    return row.kind == "same" and not row.moved


def _drawn(row: Row) -> Drawn:
    changed = not _is_quiet(row)
    return Drawn(row.kind, line_of(row.clause), _what(row), changed, _pieces(row.heading), _pieces(row.edits))


def _pieces(edits: Iterable[Edit]) -> list[Piece]:
    found = []
    for edit in edits:
        text = edit.before if edit.kind == "gone" else edit.after
        words = text.rstrip()
        found.append(Piece(edit.kind, words, text[len(words) :]))
    return found


def _what(row: Row) -> str:
    was = (
        f"was {_short(row.before)}"
        if row.before is not None and _short(row.before) != _short(row.clause)
        else ""
    )
    if row.kind == "new":
        return "New"
    if row.kind == "gone":
        return "Taken out"
    if row.moved and row.before is not None:
        edited = ", and edited" if row.kind == "edited" else ""
        return f"Moved{edited}; it {was or 'stood elsewhere'}"
    if row.kind == "edited":
        return f"Edited; it {was}" if was else "Edited"
    return f"The same; it {was}" if was else ""


def _short(clause: Any) -> str:
    """ "recital 3", "(1)", "section 2"; for a sentence."""
    mark = (clause.mark or "").strip("“ ")
    if clause.kind in ("recital", "section") or not mark:
        label = label_of(clause)
        return label[0].lower() + label[1:]
    return mark


def _folded(rows: Sequence[Row]) -> str:
    first, last = label_of(rows[0].clause), label_of(rows[-1].clause)
    if len(rows) == 1:
        return f"The same: {first[0].lower() + first[1:]}"
    one, other = first.partition(" "), last.partition(" ")
    if one[0] == other[0] and one[2] and other[2]:  # "recitals 3 to 5"
        return f"{_clauses(len(rows))} the same: {one[0].lower()}s {one[2]} to {other[2]}"
    return f"{_clauses(len(rows))} the same: {first[0].lower() + first[1:]} to {last[0].lower() + last[1:]}"


def _clauses(number: int) -> str:
    return "1 clause" if number == 1 else f"{number:,} clauses"

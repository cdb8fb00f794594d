"""A measure's text, clause by clause: what the desk ties its key points to, and what pages draw.

    text = clauses_of(measure.pk)                 # the furthest version held; None: none is held
    text.clauses                                  # recitals and clauses in order: .anchor "p1", .mark "(1)", .text, .digest
    text.clause("p1")                             # one of them, or None
    clause(measure.pk, "is", "p1")                # the same of a certain version
    again(old, text)                              # where that clause stands in another version, or None

An anchor never changes within a version, and mostly not between versions (marks make it; recitals are counted). What a
key point is tied to is therefore (version, anchor, digest): where `clauses_of` gives a newer version, `again` finds the
clause by its words, and a digest that differs says that the words changed. docs/TEXTS.md has the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from tracker.congress.versions import version_name, version_order
from tracker.ledger.models import Document, measure_key
from tracker.records.bill_text import BillText, Clause, read_bill_text
from tracker.texts.models import MeasureText, MeasureTextQuerySet

ALIKE = 75  # of 100: from here on two clauses are one that was edited

__all__ = ["BillText", "Clause", "Text", "again", "clause", "clauses_of", "held_texts", "rows_of", "text_of"]


@dataclass(frozen=True)
class Text:
    """One held version of a measure's text, with where and when it was got."""

    measure_pk: int
    version: str  # "is"
    package: str  # "BILLS-119sres145is"
    on: date | None  # as the record dates it
    sha256: str  # of the document
    url: str
    held_at: datetime
    said: BillText

    @property
    def name(self) -> str:
        """ "Introduced in Senate"."""
        return version_name(self.version)

    @property
    def measure(self) -> str:
        """ "119/sres/145"."""
        return measure_key(self.measure_pk)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All of it, in the text's order: recitals, then what is resolved."""
        return self.said.clauses

    @property
    def recitals(self) -> tuple[Clause, ...]:
        return self.said.recitals

    @property
    def operative(self) -> tuple[Clause, ...]:
        """What is resolved: sections and paragraphs without the recitals."""
        return self.said.operative

    @cached_property
    def by_anchor(self) -> Mapping[str, Clause]:
        return {each.anchor: each for each in self.said.clauses}

    def clause(self, anchor: str) -> Clause | None:
        """The clause of this anchor; None where the text has none such."""
        return self.by_anchor.get(anchor)


def clauses_of(measure_pk: int, version: str | None = None, *, as_of: datetime | None = None) -> Text | None:
    """The measure's text in this version ("is"), or in the furthest one held; None where it is not held.

    With `as_of`, only what was held by that moment. Two queries; the parsed text is kept in memory by its digest, so a
    second call in this process costs one.
    """
    rows = list(rows_of([measure_pk]).held(as_of))
    if version is not None:
        rows = [row for row in rows if row.version == version]
    return text_of(rows[0] if len(rows) == 1 else furthest(rows)) if rows else None


def clause(measure_pk: int, version: str | None, anchor: str) -> Clause | None:
    """One clause; None where that version is not held or has no such anchor."""
    text = clauses_of(measure_pk, version)
    return None if text is None else text.clause(anchor)


def rows_of(measure_pks: Iterable[int]) -> MeasureTextQuerySet:
    """The rows of all versions listed of these measures, held or not, without the words of their documents."""
    found = MeasureText.objects.filter(measure_id__in=list(measure_pks))
    return found.select_related("document").defer("document__packed")


def held_texts(measure_pks: Iterable[int], *, as_of: datetime | None = None) -> dict[int, list[MeasureText]]:
    """The rows of the versions held of each of these measures, the furthest first. One query, and no words are read."""
    found: dict[int, list[MeasureText]] = {}
    for row in rows_of(measure_pks).held(as_of):
        found.setdefault(row.measure_id, []).append(row)
    for rows in found.values():
        rows.sort(key=_stage, reverse=True)
    return found


def furthest(rows: Iterable[MeasureText]) -> MeasureText:
    """The version that comes last on a measure's way. Raises ValueError for none."""
    return max(rows, key=_stage)


def text_of(row: MeasureText) -> Text:
    """The text that a held row of `rows_of` stands for. One query, the first time in this process."""
    assert row.document is not None and row.held_at is not None, "only a held text has words"
    return Text(
        row.measure_id,
        row.version,
        row.package,
        row.on,
        row.document.sha256,
        row.document.url,
        row.held_at,
        _read(row.document.sha256),
    )


def again(old: Clause, text: Text) -> Clause | None:
    """Where a clause of another text stands in this one: the same words, else the most alike; None for neither.

    Of several equal ones, that with the same anchor, else the first.
    """
    same = [each for each in text.clauses if each.digest == old.digest]
    if same:
        return next((each for each in same if each.anchor == old.anchor), same[0])
    kind = [each for each in text.clauses if each.is_recital == old.is_recital and each.words]
    scored = [(fuzz.ratio(old.words, each.words), each.anchor == old.anchor, each) for each in kind]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best is not None and best[0] >= ALIKE else None


def _stage(row: MeasureText) -> tuple[int, date, str]:
    type = measure_key(row.measure_id).split("/")[1]
    return version_order(row.version, type), row.on or date.min, row.version


@lru_cache(maxsize=128)
def _read(sha256: str) -> BillText:
    """The parsed document: it never changes, so neither does this."""
    return read_bill_text(Document.objects.get(pk=sha256).body)

"""Measures that the official record relates to one another, in either direction, each with the reason it is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.congress.calendar import valid_day
from tracker.congress.measures import measure_type
from tracker.ledger.filters import either
from tracker.ledger.models import Measure, Relation, measure_pk
from tracker.records.model import MeasureRecord

_BY = {"CRS": "the Congressional Research Service", "House": "the House", "Senate": "the Senate"}


@dataclass(slots=True)
class Kin:
    """One related measure. `measure` is its row here, None where it is not held; `title` and `latest` as last listed."""

    id: str
    citation: str
    congress: int
    title: str | None = None
    latest_on: str | None = None
    latest_text: str | None = None
    measure: Measure | None = None
    reasons: list[tuple[str, str | None, str | None]] = field(
        default_factory=list
    )  # kind, by whom, in whose record

    def add(self, kind: str | None, by: str | None, elsewhere: str | None = None) -> None:
        """Note a reason once; what both records say is said of this one alone."""
        words = (kind or "Related").replace(
            "-", " "
        )  # two spellings are in use: Procedurally related, -related
        if (words, by, None) not in self.reasons and (words, by, elsewhere) not in self.reasons:
            self.reasons.append((words, by, elsewhere))

    @property
    def why(self) -> str:
        """ "Related bill and procedurally related, says the House; identical bill, says … in the record of H.R. 5"."""
        said: dict[tuple[str | None, str | None], list[str]] = {}
        for kind, by, elsewhere in self.reasons:
            said.setdefault((by, elsewhere), []).append(kind[0].lower() + kind[1:])
        parts = [
            either(kinds, word="and")
            + (f", says {_BY.get(by, by)}" if by else "")
            + (f", in the record of {elsewhere}" if elsewhere else "")
            for (by, elsewhere), kinds in said.items()
        ]
        words = "; ".join(parts) or "related, for a reason that the record does not give"
        return words[0].upper() + words[1:]


def kin(
    record: MeasureRecord, held: Mapping[int, Measure], naming: Iterable[tuple[Measure, Relation]] = ()
) -> list[Kin]:
    """All measures that this record relates it to, in the record's order, then those whose records name this one.

    `held` are rows by id of whatever of them is held here; `naming` the relations that point to this measure.
    """
    found: dict[str, Kin] = {}
    for relation in record.related:
        relative = _opened(found, relation.measure)
        relative.title = relative.title or relation.title
        relative.latest_on, relative.latest_text = relation.latest_on, relation.latest_text
        relative.measure = held.get(related_pk(relation.measure) or -1)
        for detail in relation.details:
            relative.add(detail.type, detail.by)
    for other, named in naming:
        relative = _opened(found, other.key)
        relative.measure, relative.title = other, other.title
        relative.add(named.type, named.by, other.citation)
    return list(found.values())


def related_pk(id: str) -> int | None:
    """The row id of a related measure's id ("119/hres/166"); None for what is no measure."""
    congress, type, number = id.split("/") if id.count("/") == 2 else ("", "", "")
    try:
        return measure_pk(int(congress), type, int(number))
    except (KeyError, ValueError):
        return None


def _opened(found: dict[str, Kin], id: str) -> Kin:
    if id not in found:
        congress, type, number = id.split("/")
        citation = f"{measure_type(type).abbreviation} {number}"
        found[id] = Kin(id=id, citation=citation, congress=int(congress))
    return found[id]


def kin_of(measure: Measure, record: MeasureRecord, *, as_of: datetime | None, on: date | None) -> list[Kin]:
    """The relatives of a measure at a moment, from two queries at most.

    At an earlier `as_of` those that its own record names, and of these as held whatever was first seen by then: what
    other measures' records said is kept for today alone. With `on`, what became of a relative later is left out.
    """
    ids = [pk for relation in record.related if (pk := related_pk(relation.measure)) is not None]
    known = Measure.objects.filter(seen_at__lte=as_of) if as_of else Measure.objects.all()
    held = known.in_bulk(ids) if ids else {}
    naming = Relation.objects.filter(other_id=measure.pk).select_related("measure") if as_of is None else ()
    found = kin(record, held, [(relation.measure, relation) for relation in naming])
    for relative in found if on else ():
        latest = valid_day(relative.latest_on)
        if on and latest is not None and latest > on:
            relative.latest_on = relative.latest_text = None
    return found

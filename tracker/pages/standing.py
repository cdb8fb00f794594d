"""Where the measures of one Congress stand, by type and stage: the table of the first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from tracker.congress.measures import TYPES
from tracker.ledger.models import Measure

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("In committee", ("introduced", "referred")),
    ("Reported or on calendar", ("reported", "on_calendar")),
    (
        "Passed a chamber",
        ("passed_house", "passed_senate", "resolving_differences", "passed_both", "to_president"),
    ),
    ("Agreed to, or law", ("agreed_to", "enacted", "veto_overridden", "to_archivist")),
    ("Failed, or died", ("failed", "vetoed", "withdrawn", "died")),
    ("Number reserved", ("reserved",)),
)
_ORDER = ("sres", "hres", "sjres", "hjres", "sconres", "hconres", "s", "hr")


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    query: str  # of the list that holds these


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    held: Cell


@dataclass(frozen=True, slots=True)
class Standing:
    """Measures of one Congress by type and stage, those of the record alone: what staff entered by hand is not counted.

    `only_starter`: no official record is held yet.
    """

    congress: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    only_starter: bool
    measures: int  # of all Congresses

    @property
    def only_resolutions(self) -> bool:
        return not any(row.name.endswith("bills") for row in self.rows)


def standing() -> Standing | None:
    """Of the newest Congress of which anything is held; None where nothing of the record is. Costs one query."""
    found = list(
        Measure.objects.of_record()
        .values_list("congress", "type", "status", "origin")
        .annotate(number=Count("pk"))
        .order_by()
    )
    if not found:
        return None
    congress = max(number for number, *_ in found)
    counts: Counter[tuple[str, str]] = Counter()
    for number, type_, status, _, count in found:
        if number == congress:
            counts[type_, status] += count
    stages = [
        (name, codes) for name, codes in STAGES if name != "Number reserved" or _sum(counts, _ORDER, codes)
    ]
    types = [code for code in _ORDER if _sum(counts, [code], None)]
    return Standing(
        congress=congress,
        columns=tuple(name for name, _ in stages),
        rows=tuple(_row(f"{TYPES[code].name}s", [code], congress, stages, counts) for code in types),
        total=_row("All", types, congress, stages, counts),
        only_starter=all(origin != Measure.Origin.OFFICIAL for _, _, _, origin, _ in found),
        measures=sum(count for *_, count in found),
    )


def _row(
    name: str,
    types: Sequence[str],
    congress: int,
    stages: Iterable[tuple[str, tuple[str, ...]]],
    counts: Counter[tuple[str, str]],
) -> Row:
    chosen = types if name != "All" else ()
    cells = (Cell(_sum(counts, types, codes), _query(congress, chosen, codes)) for _, codes in stages)
    return Row(name, tuple(cells), Cell(_sum(counts, types, None), _query(congress, chosen, ())))


def _sum(counts: Counter[tuple[str, str]], types: Iterable[str], codes: Sequence[str] | None) -> int:
    wanted = set(types)
    return sum(
        n for (type_, status), n in counts.items() if type_ in wanted and (codes is None or status in codes)
    )


def _query(congress: int, types: Iterable[str], codes: Iterable[str]) -> str:
    return urlencode(
        [("congress", congress), *(("type", t) for t in types), *(("status", code) for code in codes)]
    )

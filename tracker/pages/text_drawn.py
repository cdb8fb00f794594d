"""A measure's text as its reading page draws it: the versions to choose from, the clauses, and why one is not held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from tracker.congress.versions import version_name, version_order
from tracker.ledger.filters import BadFilter
from tracker.pages.sight import Sight
from tracker.pages.templatetags.record import plain_instant
from tracker.pages.texts import Version, version_of
from tracker.records.bill_text import BillText, Clause
from tracker.records.model import TextVersionRecord
from tracker.texts import bringing
from tracker.texts.clauses import Text, rows_of, text_of
from tracker.texts.due import RESOLUTIONS
from tracker.texts.models import MeasureText

CONTENTS_FROM = 6  # sections, from which their headings are listed beside the text

CLAUSES_AT_A_GLANCE = 12
SIGNS_AT_A_GLANCE = 2_400

_LEAD = re.compile(r"^(Whereas)\b(.*)$", re.DOTALL)
_SOURCE_WORDS = {
    "bill-dtd": "read from GovInfo’s XML",
    "uslm": "read from GPO’s USLM XML",
    "plain": "read from GovInfo’s plain text, since there is no XML of it: what stands under what is told by its marks",
}
_BROUGHT = "read from a file that whoever runs this site brought in, and not sent by GovInfo to it"


@dataclass(frozen=True, slots=True)
class Line:
    """One clause as it is drawn: under its own address, its mark in the margin or before its heading."""

    anchor: str
    label: str  # for whoever does not see the mark: "Recital 3", "Paragraph (1)"
    mark: str
    heading: str | None
    lead: str  # "Whereas"
    text: str
    level: int  # 0 to 6
    is_section: bool
    is_recital: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A version that the record lists, and whether its words are held here."""

    version: Version
    code: str
    row: MeasureText | None  # None: not held, or not by the moment asked for
    why_not: str
    path: str
    here: bool = False
    compare: str | None = None  # where it is compared with the version before it


def read_text(sight: Sight, asked: str | None) -> dict[str, Any]:
    """What the reading page shows: the version asked for, else the furthest one held; a list where none is.

    Raises BadFilter for a version that the record does not list, unless it is held from when it did: what once led to a
    text leads there still. One query, two where the text was not read lately.
    """
    rows = {row.version: row for row in rows_of([sight.measure.pk])}
    listed = _listed(sight, _dropped(sight, rows))
    codes = [record.code or "" for record in listed]
    if asked is not None and asked not in codes:
        raise BadFilter(
            "version",
            asked,
            "no version of this text",
            ", ".join(filter(None, codes)) or "none, since the record lists no text",
        )
    printed = _printed(sight, listed, rows)
    held = [each for each in printed if each.row is not None]
    chosen = next((each for each in printed if each.code == asked), None) or next(iter(held), None)
    shown = chosen if chosen is not None and chosen.row is not None else None
    context: dict[str, Any] = {
        "printed": [_with(each, here=each is shown) for each in printed],
        "chosen": chosen,
        "held": held,
        "text": None,
    }
    if shown is None or shown.row is None:
        return context
    text = text_of(shown.row)
    document = shown.row.document
    how = {"how_read": _BROUGHT} if document is not None and document.source == bringing.SOURCE else {}
    return context | {"text": text, "shown": shown, **drawn(text.said), **how} | _around(held, shown, text)


def drawn(said: BillText) -> dict[str, Any]:
    """The head, recitals and clauses of a text as templates draw them."""
    operative = [line_of(clause) for clause in said.operative]
    sections = [line for line in operative if line.is_section and line.heading]
    return {
        "said": said,
        "recitals": [line_of(clause) for clause in said.recitals],
        "operative": operative,
        "struck": [line_of(clause) for clause in said.struck],
        "contents": sections if len(sections) >= CONTENTS_FROM else [],
        "how_read": _SOURCE_WORDS[said.format],
    }


def line_of(clause: Clause) -> Line:
    """A clause as it is drawn."""
    lead, text = "", clause.text
    recital = clause.anchor.removeprefix("x-").startswith("w")
    if recital and (found := _LEAD.match(text)) is not None:
        lead, text = found[1], found[2]
    place = clause.anchor.removeprefix("x-")[1:]
    is_section = clause.kind in ("section", "title", "subtitle", "division", "part", "article") and bool(
        clause.mark
    )
    mark = clause.mark or (place if clause.kind == "recital" else "")
    return Line(
        clause.anchor,
        label_of(clause),
        mark,
        clause.heading,
        lead,
        text,
        min(clause.level, 6),
        is_section,
        recital,
    )


def label_of(clause: Clause) -> str:
    """What a clause is called in a sentence: "Recital 3", "Paragraph (1)", "SEC. 2."."""
    if clause.kind == "recital":
        return f"Recital {clause.anchor.removeprefix('x-')[1:]}"
    mark = (clause.mark or "").strip("“ ")
    if clause.kind == "section" and mark:
        return f"Section {mark.split()[-1].rstrip('.')}"
    return f"{clause.kind.capitalize()} {mark}" if mark else "Unmarked clause"


def counted_clauses(said: BillText) -> str:
    """ "23 recitals, then 6 clauses of what is resolved"."""
    recitals = sum(clause.kind == "recital" for clause in said.clauses)
    operative = len(said.operative)
    what = "1 clause" if operative == 1 else f"{operative:,} clauses"
    if not recitals:
        return what
    return f"{'1 recital' if recitals == 1 else f'{recitals:,} recitals'}, then {what} of what is resolved"


def _dropped(sight: Sight, rows: dict[str, MeasureText]) -> list[TextVersionRecord]:
    """The versions held that the record lists no longer. Of an official day nothing is said but what the record dates."""
    if sight.clock.on is not None:
        return []
    codes = {record.code for record in sight.record.text_versions}
    return [
        TextVersionRecord(
            row.version, version_name(row.version), row.on.isoformat() if row.on else None, row.package
        )
        for row in rows.values()
        if row.version not in codes and _is_held(row, sight.clock.as_of)
    ]


def _listed(sight: Sight, dropped: Sequence[TextVersionRecord] = ()) -> list[TextVersionRecord]:
    """The versions that the record lists at the moment shown, and those it dropped, the furthest first."""
    return sorted(
        [*sight.record.text_versions, *dropped],
        key=lambda version: (version_order(version.code, sight.measure.type), version.on or ""),
        reverse=True,
    )


def _printed(
    sight: Sight, listed: Sequence[TextVersionRecord], rows: dict[str, MeasureText]
) -> list[Printed]:
    printed = []
    for record in listed:
        row = rows.get(record.code or "")
        held = row if row is not None and _is_held(row, sight.clock.as_of) else None
        printed.append(
            Printed(
                version_of(record),
                record.code or "",
                held,
                "" if held else why_not_held(sight.measure.type, record, row, sight.clock.as_of),
                address(sight, record.code or ""),
            )
        )
    for place, each in enumerate(printed):
        before = next((other for other in printed[place + 1 :] if other.row is not None), None)
        if each.row is not None and before is not None:
            printed[place] = _with(each, compare=compare_address(sight, before.code, each.code))
    return printed


def _with(printed: Printed, *, here: bool | None = None, compare: str | None = None) -> Printed:
    return Printed(
        printed.version,
        printed.code,
        printed.row,
        printed.why_not,
        printed.path,
        printed.here if here is None else here,
        compare or printed.compare,
    )


def _is_held(row: MeasureText, as_of: datetime | None) -> bool:
    return row.held_at is not None and (as_of is None or row.held_at <= as_of)


def address(sight: Sight, code: str) -> str:
    """Where a version is read."""
    return f"{sight.base}text/?{_and(sight, f'version={quote(code)}')}"


def compare_address(sight: Sight, before: str, after: str) -> str:
    """Where two texts are compared; each is a version of this measure ("is"), or of another ("118/sres/599/is")."""
    return f"{sight.base}text/compare/?{_and(sight, f'from={quote(before)}&to={quote(after)}')}"


def _and(sight: Sight, query: str) -> str:
    return f"{query}&{sight.clock.suffix[1:]}" if sight.clock.suffix else query


def why_not_held(
    type: str, record: TextVersionRecord, row: MeasureText | None, as_of: datetime | None
) -> str:
    """Why the words of a listed version are not here, since when, and what comes next."""
    if type not in RESOLUTIONS:
        return "Texts of bills are not fetched; the links lead to GovInfo."
    if not record.package:
        return "The record lists it without an address from which it could be fetched."
    if row is None:
        return "It is fetched from GovInfo when the sources are next asked."
    if row.state == MeasureText.State.HELD:
        return f"It was not held yet at that moment; it is since {plain_instant(row.held_at)}."
    since = f"Listed here since {plain_instant(row.seen_at)}, and not held"
    if row.state == MeasureText.State.ABSENT and as_of is None:
        return (
            f"{since}: GovInfo did not have it as text when last asked, on {plain_instant(row.asked_at)}. "
            f"It is asked again after {plain_instant(row.due_at)}."
        )
    if row.state == MeasureText.State.UNREADABLE and as_of is None:
        return f"{since}: what GovInfo sent could not be read ({row.error}). It is asked again after {plain_instant(row.due_at)}."
    if row.error and as_of is None:
        return f"{since}: GovInfo did not answer when last asked. It is asked again at the next poll."
    return f"{since} yet: it waits its turn to be fetched."


def _around(held: Sequence[Printed], shown: Printed, text: Text) -> dict[str, Any]:
    """The versions before and after the one shown, whose differences can be looked at."""
    place = held.index(shown)
    return {
        "later": held[place - 1] if place else None,
        "earlier": held[place + 1] if place + 1 < len(held) else None,
        "counted": counted_clauses(text.said),
    }


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a text resolves, as far as an overview shows it."""

    name: str
    on: str | None
    path: str
    counted: str
    resolving: str | None
    lines: Sequence[Line]
    cut: int  # how many clauses more


def beginning(sight: Sight) -> Beginning | None:
    """The furthest text held at the moment shown, its recitals left out, long ones cut; None where none is held."""
    rows = {row.version: row for row in rows_of([sight.measure.pk]).held(sight.clock.as_of)}
    record = next((each for each in _listed(sight) if each.code in rows), None)
    if record is None:
        return None
    said = text_of(rows[record.code or ""]).said
    shown: list[Line] = []
    signs = 0
    for clause in said.operative:
        if shown and (len(shown) == CLAUSES_AT_A_GLANCE or signs > SIGNS_AT_A_GLANCE):
            break
        shown.append(line_of(clause))
        signs += len(clause.text)
    version = version_of(record)
    return Beginning(
        version.name,
        version.on,
        f"{sight.base}text/{sight.clock.suffix}",
        counted_clauses(said),
        said.resolving,
        shown,
        len(said.operative) - len(shown),
    )

"""Clauses that key points are tied to, and that a text got since then words otherwise or lacks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.ledger.models import Document
from tracker.records.bill_text import BillText, Clause, read_bill_text
from tracker.texts.clauses import Text, again, held_texts
from tracker.texts.models import MeasureText

_LONGEST = 240  # characters of a clause that are quoted

Tied = tuple[int, dict[str, Any]]  # the place of a point, and its tie


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a clause: what the newest text says in its place, and when that text was got."""

    words: str
    since: datetime


def clauses_moved(
    asked: Mapping[int, tuple[int, datetime, Sequence[Tied]]],
) -> dict[int, list[tuple[int, Moved]]]:
    """For each key of `asked` (a measure, when its ties were read, and these) the ties whose clause moved since. Two queries.

    A clause moved where the furthest text held was got later, and has its words nowhere.
    """
    texts = held_texts([measure for measure, _, _ in asked.values()])
    wanted: dict[int, list[MeasureText]] = {}
    for key, (measure, read_at, ties) in asked.items():
        rows = texts.get(measure, [])
        if rows and rows[0].held_at is not None and rows[0].held_at > read_at:
            versions = {tied["version"] for _, tied in ties}
            wanted[key] = [rows[0], *(row for row in rows[1:] if row.version in versions)]
    read = _read([row for rows in wanted.values() for row in rows])
    found: dict[int, list[tuple[int, Moved]]] = {}
    for key, rows in wanted.items():
        newest = read.get(rows[0].pk)
        if newest is None:
            continue
        by_version = {row.version: read[row.pk] for row in rows if row.pk in read}
        moved = [
            (place, _moved(newest, by_version.get(tied["version"]), tied))
            for place, tied in asked[key][2]
            if tied.get("digest") and not any(each.digest == tied["digest"] for each in newest.clauses)
        ]
        if moved:
            found[key] = moved
    return found


def _moved(newest: Text, old: Text | None, tied: Mapping[str, Any]) -> Moved:
    before = None if old is None else old.clause(tied["anchor"])
    if before is not None and before.digest == tied["digest"]:
        now = again(before, newest)
    else:  # the text that it was tied to is not held any more: what stands at its place is all there is to show
        now = newest.clause(tied["anchor"])
    if now is None:
        return Moved(f"The clause is gone from the text “{newest.name}”.", newest.held_at)
    return Moved(f"{now.mark + ' ' if now.mark else ''}{_cut(now)}", newest.held_at)


def _cut(clause: Clause) -> str:
    words = " ".join(clause.words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


_READ: OrderedDict[str, BillText] = OrderedDict()
_MOST_READ = (
    128  # parsed texts that this process keeps: a document never changes, so neither does what it says
)


def _read(rows: Sequence[MeasureText]) -> dict[int, Text]:
    """The texts of these rows, by row. One query for those that this process has not read lately, else none."""
    unread = {row.document_id for row in rows if row.document_id} - _READ.keys()
    for document in Document.objects.filter(pk__in=unread) if unread else ():
        _READ[document.pk] = read_bill_text(document.body)
    found = {}
    for row in rows:
        if row.document_id is not None and row.document_id in _READ and row.held_at is not None:
            said = _READ[row.document_id]
            _READ.move_to_end(row.document_id)
            found[row.pk] = Text(
                row.measure_id, row.version, row.package, row.on, row.document_id, "", row.held_at, said
            )
    while len(_READ) > _MOST_READ:
        _READ.popitem(last=False)
    return found

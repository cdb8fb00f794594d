"""The entries that ship with Whereas, on measures of its starter record: so that a first page shows what an entry is.

They come once, into a database without any entry, beside measures that are still the starter record's. Whatever staff make of
them afterwards, they are never written again. Nobody here wrote or read them, and the pages say so.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from tracker.desk import entries, kinds, publishing
from tracker.desk.models import Entry, Kind, Revision
from tracker.ledger import chain
from tracker.ledger.models import Measure, measure_pk

_FILE = Path(__file__).with_name("starter.json")


class _Written(msgspec.Struct, frozen=True):
    """One entry of the file. `of` names the entry of the file that a correction corrects."""

    name: str
    measure: str
    kind: str
    title: str
    fields: dict[str, Any]
    of: str | None = None


def load_starter_entries(now: datetime | None = None) -> int:
    """Publish the entries of the starter record where there is no entry yet; answers how many, all of them or 0.

    In one transaction: killed anywhere, all of them are there or none, and the next start tries again.
    """
    if Entry.objects.exists():
        return 0
    written = msgspec.json.decode(_FILE.read_bytes(), type=list[_Written])
    with transaction.atomic():
        chain.lock()
        starters = Measure.objects.filter(origin=Measure.Origin.STARTER)
        held = {measure.key: measure for measure in starters.filter(pk__in={_pk(each) for each in written})}
        if Entry.objects.exists() or not all(each.measure in held for each in written):
            return 0
        numbers: dict[str, int] = {}
        for each in written:
            numbers[each.name] = _publish(each, held[each.measure], numbers, now or timezone.now())
    return len(written)


def _publish(written: _Written, measure: Measure, numbers: dict[str, int], now: datetime) -> int:
    of = {} if written.of is None else {"of": numbers[written.of]}
    fields = kinds.stored(kinds.read(written.kind, written.fields | of))
    entry = Entry.objects.create(
        kind=Kind(written.kind), measure=measure, version=1, created_at=now, changed_at=now
    )
    revision = Revision.objects.create(
        entry=entry,
        number=1,
        based_on=0,
        title=kinds.read_title(written.title),
        fields=fields,
        why="Came with Whereas",
        at=now,
    )
    publishing.publish_starter(entries.locked(entry), revision, now=now)
    return entry.pk


def _pk(written: _Written) -> int:
    congress, type, number = written.measure.split("/")
    return measure_pk(int(congress), type, int(number))

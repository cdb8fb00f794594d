"""The one writer of official rows and events: a document comes in, and has either happened or not.

Under the ledger's lock it is compared with the document in force. The same bytes end there; an older one is kept and ends
there; one that lost half of a list, or a part beside an element that we do not know, is kept and waits for a second witness.
Any other comes into force: both are read by the same parser (so that a new parser makes no event), their differences become
events, events and rows are written, and all of it is committed at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import bulk, chain, doubt, due, people, rows, search
from tracker.ledger.chain import PendingEvent
from tracker.ledger.derived import Derived, derive, status_of
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import Document, Measure, UnknownPart, measure_pk
from tracker.ledger.readings import read
from tracker.records.diff import changes
from tracker.records.keys import action_keys
from tracker.records.model import DocumentRefused, MeasureRecord, Reading

_MEASURE_COLUMNS = bulk.columns_of(Measure)
_DOCUMENT_COLUMNS = bulk.columns_of(Document)
_PLACE = re.compile(r"\[\d+\]")


class Outcome(StrEnum):
    """What became of a document."""

    NEW = "new"  # the measure's first official one
    CHANGED = "changed"  # in force now, with events
    SAME = "same"  # says nothing that the one in force does not
    STALE = "stale"  # older than the one in force: kept, asked for again
    UNCONFIRMED = "unconfirmed"  # lost too much at once: kept, asked for again
    REFUSED = "refused"  # cannot be read: not kept, asked for again


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as a source sent it, for one measure. `mark`, `etag`, `last_modified` are stored once it is accepted."""

    congress: int
    type: str
    number: int
    body: bytes
    source: str
    format: str
    url: str
    fetched_at: datetime
    mark: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def identity(self) -> tuple[int, str, int]:
        return self.congress, self.type, self.number

    @property
    def pk(self) -> int:
        return measure_pk(self.congress, self.type, self.number)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one document: how many events it made, and one line where it was not taken."""

    measure: str
    outcome: Outcome
    events: int = 0
    reason: str = ""


@dataclass(slots=True)
class _Read:
    """A document that is not the one in force, parsed before the lock is taken."""

    incoming: Incoming
    sha256: str
    packed: bytes
    reading: Reading


def apply(
    documents: Sequence[Incoming],
    *,
    loading: bool = False,
    now: datetime | None = None,
    today: date | None = None,
) -> list[Applied]:
    """Work documents off, in their order, in one transaction; answers what became of each.

    `loading` marks a first load: measures not held before are `loaded`, which is announced to nobody, instead of
    `introduced`. No two documents may be of the same measure.
    """
    now = now or timezone.now()
    today = today or calendar.today()
    done: dict[int, Applied] = {}
    fresh: dict[int, _Read] = {}
    doubted: set[int] = set()
    in_force = _in_force([d.pk for d in documents])
    for incoming in documents:
        sha256 = Document.digest(incoming.body)
        held, in_doubt = in_force.get(incoming.pk, (None, False))
        if held == sha256:
            done[incoming.pk] = Applied(_key(incoming), Outcome.SAME)
            if in_doubt:
                doubted.add(incoming.pk)
            continue
        try:
            reading = read(incoming.format, incoming.body, incoming.identity)
        except DocumentRefused as refused:
            done[incoming.pk] = Applied(_key(incoming), Outcome.REFUSED, reason=str(refused))
            continue
        fresh[incoming.pk] = _Read(incoming, sha256, Document.pack(incoming.body), reading)
    failpoint("parsed")
    if not fresh and not doubted and not due.news([d for d in documents if done[d.pk].outcome in _SETTLED]):
        return [done[d.pk] for d in documents]
    with transaction.atomic():
        chain.lock()
        failpoint("in transaction")
        batch = _Batch(loading, now, today)
        measures = Measure.objects.select_related("document").in_bulk([*fresh, *doubted])
        for incoming in documents:
            if incoming.pk in fresh:
                done[incoming.pk] = batch.take(fresh[incoming.pk], measures.get(incoming.pk))
            elif incoming.pk in doubted:
                done[incoming.pk] = batch.same_bytes(incoming, measures[incoming.pk])
        batch.write()
        due.accepted([d for d in documents if done[d.pk].outcome in _SETTLED])
        failpoint("before commit")
    failpoint("committed")
    return [done[d.pk] for d in documents]


def _in_force(pks: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """By row id: the digest of the document in force, and whether anything is in doubt of the measure."""
    held = Measure.objects.filter(pk__in=pks)
    found = held.values_list("pk", "document_id", "unconfirmed_document", "vanished_at")
    return {pk: (sha256, bool(unconfirmed or vanished)) for pk, sha256, unconfirmed, vanished in found}


_SETTLED = {Outcome.NEW, Outcome.CHANGED, Outcome.SAME}


class _Batch:
    """What one transaction is going to write."""

    def __init__(self, loading: bool, now: datetime, today: date) -> None:
        self.loading, self.now, self.today = loading, now, today
        self.events: list[PendingEvent] = []
        self.documents: list[tuple[Any, ...]] = []
        self.new_rows: list[rows.Rows] = []
        self.new_measures: list[tuple[Incoming, _Read, Derived]] = []
        self.raised: list[tuple[Measure, dict[str, Any]]] = []
        self.entries: list[search.Entry] = []
        self.re_indexed: list[int] = []
        self.records: list[MeasureRecord] = []

    def same_bytes(self, incoming: Incoming, measure: Measure) -> Applied:
        """The very bytes that are in force: whatever was in doubt is settled, whoever was gone is back."""
        events = self._settle(measure, measure.document_id, incoming.source)
        return Applied(_key(incoming), Outcome.CHANGED if events else Outcome.SAME, events)

    def take(self, read_: _Read, measure: Measure | None) -> Applied:
        """Decide what one document does, and note what that writes."""
        incoming, record = read_.incoming, read_.reading.record
        if measure is None:
            self._first(read_)
            return Applied(_key(incoming), Outcome.NEW, 1)
        if measure.document_id == read_.sha256:  # another worker was first
            return self.same_bytes(incoming, measure)
        if measure.origin != Measure.Origin.OFFICIAL:
            self._take_over(read_, measure)
            return Applied(_key(incoming), Outcome.NEW, 1)
        self._keep(read_)
        if doubt.is_older(record, measure, self.now):
            reason = f"is of {record.updated_at}, older than the one held, of {measure.updated_at}"
            return Applied(_key(incoming), Outcome.STALE, reason=reason)
        before = read(measure.document.format, measure.document.body).record
        doubtful = doubt.reason(before, read_.reading, measure, incoming.fetched_at)
        if doubtful:
            self._doubt(measure, read_.sha256, doubtful)
            return Applied(_key(incoming), Outcome.UNCONFIRMED, reason=doubtful)
        events = self._compare(read_, measure, before)
        return Applied(_key(incoming), Outcome.CHANGED if events else Outcome.SAME, events)

    def _first(self, read_: _Read) -> None:
        incoming, record = read_.incoming, read_.reading.record
        keys = action_keys(record.actions)
        derived = derive(record, keys, self.today)
        self._keep(read_)
        self.new_measures.append((incoming, read_, derived))
        self.new_rows.append(rows.rows_of(incoming.pk, record, keys))
        self.entries.append(search.entry(incoming.pk, record))
        self.records.append(record)
        self._announce(read_, derived)

    def _take_over(self, read_: _Read, measure: Measure) -> None:
        """An official document comes over a starter one: it replaces it whole, as a first load does."""
        record = read_.reading.record
        keys = action_keys(record.actions)
        derived = derive(record, keys, self.today)
        self._keep(read_)
        rows.clear(measure.pk)
        self.new_rows.append(rows.rows_of(measure.pk, record, keys))
        self.entries.append(search.entry(measure.pk, record))
        self.re_indexed.append(measure.pk)
        self.records.append(record)
        self.raised.append((measure, self._official(read_) | derived.columns))
        self._announce(read_, derived, loaded=True)

    def _announce(self, read_: _Read, derived: Derived, *, loaded: bool | None = None) -> None:
        incoming, record = read_.incoming, read_.reading.record
        after = {
            "title": derived.columns["title"],
            "introduced_on": record.introduced_on,
            "sponsor": record.sponsors[0].name if record.sponsors else None,
            "status": derived.status.code,
        }
        kind = "loaded" if (self.loading if loaded is None else loaded) else "introduced"
        occurred_on = derived.columns["introduced_on"]
        self._event(incoming, kind, "measure", read_.sha256, after=after, occurred_on=occurred_on)

    def _compare(self, read_: _Read, measure: Measure, before: MeasureRecord) -> int:
        incoming, record = read_.incoming, read_.reading.record
        found = changes(before, record)
        was, now_is = status_of(before, self.today), status_of(record, self.today)
        events = self._settle(measure, read_.sha256, incoming.source)
        for change in found:
            self._event(
                incoming,
                change.kind,
                change.subject,
                read_.sha256,
                before=change.before,
                after=change.after,
                occurred_on=change.occurred_on,
            )
        if was.code != now_is.code:
            self._event(
                incoming,
                "status_changed",
                "status",
                read_.sha256,
                before={"code": was.code, "since": was.since},
                after={"code": now_is.code, "since": now_is.since},
                occurred_on=rows.day(now_is.since),
            )
            events += 1
        keys = action_keys(record.actions)
        derived = derive(record, keys, self.today)
        rows.replace(
            measure.pk,
            rows.rows_of(measure.pk, before, action_keys(before.actions)),
            rows.rows_of(measure.pk, record, keys),
        )
        entry = search.entry(measure.pk, record)
        if entry != search.entry(measure.pk, before):
            self.entries.append(entry)
            self.re_indexed.append(measure.pk)
        self.records.append(record)
        self.raised.append((measure, self._official(read_) | derived.columns))
        return events + len(found)

    def _settle(self, measure: Measure, sha256: str | None, source: str) -> int:
        """An accepted answer ends what was in doubt of a measure; answers how many events that makes."""
        if measure.unconfirmed_document:
            cleared = {"unconfirmed_document": None, "unconfirmed_since": None, "unconfirmed_reason": None}
            self.raised.append((measure, cleared))
        if measure.vanished_at is None:
            return 0
        self.raised.append((measure, {"vanished_at": None}))
        self.events.append(PendingEvent(measure.pk, "returned", "measure", source, sha256))
        return 1

    def _doubt(self, measure: Measure, sha256: str, reason: str) -> None:
        since = measure.unconfirmed_since or self.now
        held = {"unconfirmed_document": sha256, "unconfirmed_since": since, "unconfirmed_reason": reason}
        self.raised.append((measure, held))

    def _official(self, read_: _Read) -> dict[str, Any]:
        return {
            "origin": Measure.Origin.OFFICIAL,
            "document_id": read_.sha256,
            "updated_at": read_.reading.record.updated_at,
        }

    def _event(self, incoming: Incoming, kind: str, subject: str, sha256: str, **what: Any) -> None:
        self.events.append(PendingEvent(incoming.pk, kind, subject, incoming.source, sha256, **what))

    def _keep(self, read_: _Read) -> None:
        incoming = read_.incoming
        self.documents.append(
            (
                read_.sha256,
                incoming.source,
                incoming.format,
                incoming.url,
                incoming.pk,
                bulk.instant(incoming.fetched_at),
                read_.reading.record.updated_at,
                read_.packed,
            )
        )
        self._note_unknown(read_)

    def _note_unknown(self, read_: _Read) -> None:
        odd = {f"odd value: {_PLACE.sub('', line).partition(':')[0]}" for line in read_.reading.odd}
        for path in (*read_.reading.unknown, *odd):
            row, _ = UnknownPart.objects.get_or_create(
                path=path[:200], defaults={"first_seen_at": self.now, "last_measure": read_.reading.record.id}
            )
            row.documents += 1
            row.last_measure = read_.reading.record.id
            row.save(update_fields=["documents", "last_measure"])

    def write(self) -> None:
        """Everything noted, in as few statements as it takes; the events last but one, for rows carry their numbers."""
        known = set(
            Document.objects.filter(sha256__in=[d[0] for d in self.documents]).values_list(
                "sha256", flat=True
            )
        )
        bulk.insert(Document, _DOCUMENT_COLUMNS, [d for d in self.documents if d[0] not in known])
        failpoint("documents written")
        observed, last = chain.append(self.events, self.now)
        failpoint("events written")
        self._insert_measures(observed, last)
        rows.insert(self.new_rows)
        for measure, columns in self.raised:
            if measure.pk in last:
                columns = columns | {"changed_at": observed, "last_event": last[measure.pk]}
            Measure.objects.filter(pk=measure.pk).update(**columns)
        search.write(self.entries, self.re_indexed)
        people.note(self.records)

    def _insert_measures(self, observed: datetime, last: dict[int, int]) -> None:
        stamp = bulk.instant(observed)
        bulk.insert(
            Measure,
            _MEASURE_COLUMNS,
            [
                measure_row(
                    incoming.pk,
                    incoming.source,
                    read_.sha256,
                    read_.reading.record,
                    derived,
                    stamp,
                    last[incoming.pk],
                )
                for incoming, read_, derived in self.new_measures
            ],
        )


def origin_of(source: str) -> Measure.Origin:
    """What a measure is, by where its document in force came from."""
    return Measure.Origin.STARTER if source == "starter" else Measure.Origin.OFFICIAL


def measure_row(
    pk: int, source: str, sha256: str, record: MeasureRecord, derived: Derived, stamp: Any, event: int
) -> tuple[Any, ...]:
    """The row of a measure first seen at `stamp` (as columns take it), in the order of the table's columns."""
    columns = derived.columns | {
        "id": pk,
        "congress": record.congress,
        "type": record.type,
        "number": record.number,
        "origin": origin_of(source).value,
        "document_id": sha256,
        "updated_at": record.updated_at,
        "seen_at": stamp,
        "changed_at": stamp,
        "last_event": event,
        "cosponsors_by_party": json.dumps(derived.columns["cosponsors_by_party"]),
    }
    return tuple(columns.get(name) for name in _MEASURE_COLUMNS)


def _key(incoming: Incoming) -> str:
    return f"{incoming.congress}/{incoming.type}/{incoming.number}"

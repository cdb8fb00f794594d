"""What one transaction of documents is going to write: rows, events, and what is known of measures in doubt."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

from tracker.congress.stages import Status
from tracker.ledger import bulk, chain, doubt, people, rows, search
from tracker.ledger.chain import PendingEvent
from tracker.ledger.derived import Derived, derive, status_of
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Applied, Incoming, Outcome, Parsed
from tracker.ledger.models import Document, Measure, UnknownPart
from tracker.ledger.readings import read
from tracker.records.diff import changes
from tracker.records.keys import action_keys
from tracker.records.model import MeasureRecord

_MEASURE_COLUMNS = bulk.columns_of(Measure)
_DOCUMENT_COLUMNS = bulk.columns_of(Document)
_PLACE = re.compile(r"\[\d+\]")
STAFF = "staff"  # the source of what is entered by hand
_ORIGINS = {"starter": Measure.Origin.STARTER, STAFF: Measure.Origin.STAFF}


class Batch:
    """What one transaction is going to write."""

    def __init__(self, loading: bool, now: datetime, today: date) -> None:
        self.loading, self.now, self.today = loading, now, today
        self.events: list[PendingEvent] = []
        self.documents: list[tuple[Any, ...]] = []
        self.new_rows: list[rows.Rows] = []
        self.new_measures: list[tuple[Incoming, Parsed, Derived]] = []
        self.raised: list[tuple[Measure, dict[str, Any]]] = []
        self.entries: list[search.Entry] = []
        self.re_indexed: list[int] = []
        self.records: list[MeasureRecord] = []

    def same_bytes(self, incoming: Incoming, measure: Measure) -> Applied:
        """The very bytes that are in force: whatever was in doubt is settled, whoever was gone is back."""
        events = self._settle(measure, measure.document_id, incoming.source)
        return Applied(incoming.key, Outcome.CHANGED if events else Outcome.SAME, events)

    def take(self, read_: Parsed, measure: Measure | None) -> Applied:
        """Decide what one document does, and note what that writes."""
        incoming, record = read_.incoming, read_.reading.record
        if measure is None:
            self._first(read_)
            return Applied(incoming.key, Outcome.NEW, 1)
        if measure.document_id == read_.sha256:  # another worker was first
            return self.same_bytes(incoming, measure)
        if incoming.source == STAFF:
            return self._by_hand(read_, measure)
        if measure.origin != Measure.Origin.OFFICIAL:
            return Applied(incoming.key, Outcome.NEW, self._take_over(read_, measure))
        self._keep(read_)
        if doubt.is_older(record, measure, self.now):
            reason = f"is of {record.updated_at}, older than the one held, of {measure.updated_at}"
            return Applied(incoming.key, Outcome.STALE, reason=reason)
        before = read(measure.document.format, measure.document.body).record
        doubtful = doubt.reason(before, read_.reading, measure, incoming.fetched_at)
        if doubtful:
            self._doubt(measure, read_.sha256, doubtful)
            return Applied(incoming.key, Outcome.UNCONFIRMED, reason=doubtful)
        events = self._compare(read_, measure, before)
        return Applied(incoming.key, Outcome.CHANGED if events else Outcome.SAME, events)

    def _first(self, read_: Parsed) -> None:
        incoming, record = read_.incoming, read_.reading.record
        keys = action_keys(record.actions)
        derived = derive(record, keys, self.today)
        self._keep(read_)
        self.new_measures.append((incoming, read_, derived))
        self.new_rows.append(rows.rows_of(incoming.pk, record, keys))
        self.entries.append(search.entry(incoming.pk, record))
        self.records.append(record)
        self._announce(read_, derived)

    def _by_hand(self, read_: Parsed, measure: Measure) -> Applied:
        """What staff say of a measure that is held already: news of one that they entered, and of no other.

        Staff may take back what they wrote, so nothing is in doubt; what they had withdrawn comes back whole.
        """
        key = read_.incoming.key
        if measure.origin != Measure.Origin.STAFF:
            return Applied(key, Outcome.REFUSED, reason="is held from an official source already")
        if measure.vanished_at is not None:
            events = self._settle(measure, read_.sha256, read_.incoming.source)
            self._replace(read_, measure)
            return Applied(key, Outcome.CHANGED, events)
        self._keep(read_)
        events = self._compare(read_, measure, read(measure.document.format, measure.document.body).record)
        return Applied(key, Outcome.CHANGED if events else Outcome.SAME, events)

    def _take_over(self, read_: Parsed, measure: Measure) -> int:
        """An official document comes over a starter one, or one that staff entered: it replaces it whole.

        Nobody was told of a starter one, so its first document is `loaded`. One that staff entered was news, and whoever
        follows it hears that the record lists it now. Answers how many events that makes.
        """
        if measure.origin == Measure.Origin.STARTER:
            self._announce(read_, self._replace(read_, measure), loaded=True)
            return 1
        events = self._settle(measure, read_.sha256, read_.incoming.source)
        derived = self._replace(read_, measure)
        self._announce(read_, derived)
        became = {"before": Measure.Origin.STAFF.value, "after": Measure.Origin.OFFICIAL.value}
        self._event(read_.incoming, "field_changed", "origin", read_.sha256, **became)
        if derived.status.code == measure.status:
            return events + 2
        since = measure.status_since and measure.status_since.isoformat()
        self._status_changed(read_, {"code": measure.status, "since": since}, derived.status)
        return events + 3

    def _replace(self, read_: Parsed, measure: Measure) -> Derived:
        """The document comes into force, and its rows take the place of all that stood; without an event."""
        record = read_.reading.record
        keys = action_keys(record.actions)
        derived = derive(record, keys, self.today)
        self._keep(read_)
        rows.clear([measure.pk])
        self.new_rows.append(rows.rows_of(measure.pk, record, keys))
        self.entries.append(search.entry(measure.pk, record))
        self.re_indexed.append(measure.pk)
        self.records.append(record)
        self.raised.append((measure, self._in_force(read_) | derived.columns))
        return derived

    def _announce(self, read_: Parsed, derived: Derived, *, loaded: bool | None = None) -> None:
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

    def _compare(self, read_: Parsed, measure: Measure, before: MeasureRecord) -> int:
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
            self._status_changed(read_, {"code": was.code, "since": was.since}, now_is)
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
        self.raised.append((measure, self._in_force(read_) | derived.columns))
        return events + len(found)

    def _status_changed(self, read_: Parsed, was: dict[str, Any], now_is: Status) -> None:
        self._event(
            read_.incoming,
            "status_changed",
            "status",
            read_.sha256,
            before=was,
            after={"code": now_is.code, "since": now_is.since},
            occurred_on=rows.day(now_is.since),
        )

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

    def _in_force(self, read_: Parsed) -> dict[str, Any]:
        return {
            "origin": origin_of(read_.incoming.source),
            "document_id": read_.sha256,
            "updated_at": read_.reading.record.updated_at,
        }

    def _event(self, incoming: Incoming, kind: str, subject: str, sha256: str, **what: Any) -> None:
        self.events.append(PendingEvent(incoming.pk, kind, subject, incoming.source, sha256, **what))

    def _keep(self, read_: Parsed) -> None:
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

    def _note_unknown(self, read_: Parsed) -> None:
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
            Measure.every.filter(pk=measure.pk).update(**columns)
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
    return _ORIGINS.get(source, Measure.Origin.OFFICIAL)


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

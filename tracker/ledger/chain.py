"""The chain that makes the ledger provable: each event's hash covers the event before it and its own canonical bytes.

Canonical bytes of an event: JSON in UTF-8, keys sorted, no white space, only `"`, `\\` and control characters escaped, of
`after before document id kind measure observed_at occurred_on source subject`; `measure` is the id of the contract,
days are `YYYY-MM-DD`, `observed_at` is RFC 3339 in UTC with whole seconds and a Z. `hash` is the hexadecimal SHA-256 of the
hash before (its 64 ASCII digits; 64 zeros before the first event) followed by these bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import connection

from tracker.ledger import bulk
from tracker.ledger.models import ChangeEvent, Document, measure_key

GENESIS = "0" * 64
_LOCK = 0x77686572656173  # "whereas": the one advisory lock under which the ledger grows on PostgreSQL
_COLUMNS = (
    "id",
    "measure_id",
    "kind",
    "subject",
    "before",
    "after",
    "occurred_on",
    "observed_at",
    "source",
    "document_id",
    "hash",
)
_encode = msgspec.json.Encoder(order="sorted").encode


class Head(msgspec.Struct, frozen=True):
    """Where the ledger ends: how many events, the last one's hash, and when it was observed (None: no event yet)."""

    count: int
    hash: str
    at: datetime | None


class PendingEvent(msgspec.Struct, frozen=True):
    """An event that is to be appended. `before` and `after` are plain JSON values or None."""

    measure_id: int | None  # None: the desk's event about a member or a topic
    kind: str
    subject: str
    source: str
    document: str | None
    before: Any = None
    after: Any = None
    occurred_on: str | None = None


class BrokenLink(msgspec.Struct, frozen=True):
    """The first row that does not hold, in one line."""

    row: str
    reason: str


def head() -> Head:
    """The ledger's head now. Asked at every request, and so without a query that has to be built anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, hash, observed_at FROM ledger_changeevent ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
    if last is None:
        return Head(0, GENESIS, None)
    count, hash, at = last
    return Head(count, hash, at.replace(tzinfo=UTC))  # SQLite's driver gives it without its zone


def lock() -> None:
    """Keep every other writer of the ledger out until this transaction ends. On SQLite BEGIN IMMEDIATE has done so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(events: Iterable[PendingEvent], now: datetime) -> tuple[datetime, dict[int, int]]:
    """Append events in their order; the caller holds the lock. Answers when they were observed, and each measure's last id.

    `observed_at` is `now` in whole seconds, or the last event's where the clock was set back.
    """
    before = head()
    observed = now.astimezone(UTC).replace(microsecond=0)
    if before.at is not None and before.at > observed:
        observed = before.at
    stamp, stored = _instant(observed), bulk.instant(observed)
    number, previous = before.count, before.hash
    rows, last = [], {}
    for event in events:
        number += 1
        was = None if event.before is None else _encode(event.before).decode()
        became = None if event.after is None else _encode(event.after).decode()
        previous = _link(
            previous,
            number,
            _measure(event.measure_id),
            event.kind,
            event.subject,
            was,
            became,
            event.occurred_on,
            stamp,
            event.source,
            event.document,
        )
        rows.append(
            (
                number,
                event.measure_id,
                event.kind,
                event.subject,
                was,
                became,
                event.occurred_on,
                stored,
                event.source,
                event.document,
                previous,
            )
        )
        if event.measure_id is not None:
            last[event.measure_id] = number
    bulk.insert(ChangeEvent, _COLUMNS, rows)
    return observed, last


def verify() -> Iterator[BrokenLink]:
    """Walk the whole chain, then every kept document's digest; yields each row that does not hold, the first first."""
    previous, expected = GENESIS, 1
    for event in ChangeEvent.objects.order_by("id").iterator(2000):
        if event.id != expected:
            yield BrokenLink(f"event {expected}", f"is missing: the next one held is {event.id}")
            return
        found = _link(
            previous,
            event.id,
            _measure(event.measure_id),
            event.kind,
            event.subject,
            event.before,
            event.after,
            event.occurred_on.isoformat() if event.occurred_on else None,
            _instant(event.observed_at),
            event.source,
            event.document_id,
        )
        if found != event.hash:
            yield BrokenLink(
                f"event {event.id}", "its hash does not follow from its words and the event before it"
            )
            return
        previous, expected = event.hash, expected + 1
    for document in Document.objects.order_by("sha256").iterator(200):
        try:
            digest = Document.digest(document.body)
        except ValueError as error:  # zlib.error is one
            yield BrokenLink(f"document {document.sha256}", f"cannot be unpacked: {error}")
            continue
        if digest != document.sha256:
            yield BrokenLink(f"document {document.sha256}", f"its bytes have the digest {digest}")


def documents_kept() -> int:
    """How many documents are kept, in all."""
    return Document.objects.count()


def _link(
    previous: str,
    number: int,
    measure: str | None,
    kind: str,
    subject: str,
    before: str | None,
    after: str | None,
    occurred_on: str | None,
    observed_at: str,
    source: str,
    document: str | None,
) -> str:
    body = _encode(
        {
            "after": None if after is None else msgspec.Raw(after.encode()),
            "before": None if before is None else msgspec.Raw(before.encode()),
            "document": document,
            "id": number,
            "kind": kind,
            "measure": measure,
            "observed_at": observed_at,
            "occurred_on": occurred_on,
            "source": source,
            "subject": subject,
        }
    )
    return hashlib.sha256(previous.encode() + body).hexdigest()


def _measure(pk: int | None) -> str | None:
    return None if pk is None else measure_key(pk)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

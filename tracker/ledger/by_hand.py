"""The ledger's side of what staff enter by hand: their words come in as a document, as an official record does.

Each saying is a document of format `staff-json` and source `staff`. The first makes the measure, with an `introduced`; a later
one is compared with the one before. When an official document comes, `apply` lets it take over, and from then on the ledger
takes no more of the staff's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import chain, rows, search
from tracker.ledger.apply import apply
from tracker.ledger.batch import STAFF
from tracker.ledger.chain import PendingEvent
from tracker.ledger.derived import derive
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Incoming, Outcome
from tracker.ledger.models import ChangeEvent, Document, Measure, measure_pk
from tracker.records.model import MeasureRecord
from tracker.records.staff import StaffDocument, open_staff, write_staff


class HeldAlready(Exception):
    """An official source, or the starter record, has the measure: staff enter nothing beside it."""


def publish_by_hand(document: StaffDocument, *, now: datetime | None = None) -> str:
    """Bring into force what staff say of a measure; answers the digest of its document.

    The record is stamped with `now`, so that no two documents are the same and the newest is known. What had been withdrawn
    is listed again. Raises HeldAlready, and writes nothing, where another source has it.
    """
    now = now or timezone.now()
    incoming = _incoming(document, now)
    (applied,) = apply([incoming], now=now)
    if applied.outcome is Outcome.REFUSED:
        raise HeldAlready(applied.reason)
    return Document.digest(incoming.body)


def withdraw_by_hand(
    measure: Measure, why: str, *, now: datetime | None = None, today: date | None = None
) -> str:
    """Take out of every list what staff had entered by mistake: one `vanished`, with the reason; answers the digest.

    Of the measure stay its number and title, and why it was withdrawn; what it said stands in the ledger, and in `as_of`.
    Raises HeldAlready where an official document has taken over meanwhile.
    """
    now, today = now or timezone.now(), today or calendar.today()
    with transaction.atomic():
        chain.lock()
        held = Measure.every.select_related("document").get(pk=measure.pk)
        if held.origin != Measure.Origin.STAFF:
            raise HeldAlready("is held from an official source already")
        bare = MeasureRecord(held.congress, held.type, held.number, title=held.title)
        before = open_staff(held.document.body)
        incoming = _incoming(StaffDocument(bare, before.seen, withdrawn=why), now)
        record, sha256 = open_staff(incoming.body).measure, Document.digest(incoming.body)
        Document.objects.create(
            sha256=sha256,
            source=incoming.source,
            format=incoming.format,
            url=incoming.url,
            measure_id=held.pk,
            fetched_at=now,
            updated_at=record.updated_at,
            packed=Document.pack(incoming.body),
        )
        event = PendingEvent(held.pk, "vanished", "measure", STAFF, sha256, after={"withdrawn": why})
        observed, last = chain.append([event], now)
        failpoint("withdrawal told")
        rows.clear([held.pk])
        search.write([search.entry(held.pk, record)], [held.pk])
        columns = derive(record, [], today).columns | {"updated_at": record.updated_at, "document_id": sha256}
        columns |= {"vanished_at": observed, "changed_at": observed, "last_event": last[held.pk]}
        Measure.every.filter(pk=held.pk).update(**columns)
    return sha256


def held_elsewhere(congress: int, type: str, number: int) -> Measure | None:
    """The measure where a source other than the staff has it, which staff then do not enter; None where none has."""
    held = Measure.every.filter(pk=measure_pk(congress, type, number))
    return held.exclude(origin=Measure.Origin.STAFF).first()


def entered_by_hand(document: Document) -> StaffDocument | None:
    """What staff say in this document beside the record: where they saw it, whether they withdrew it; None for another's."""
    return open_staff(document.body) if document.format == Document.Format.STAFF else None


def last_by_hand(measure: Measure) -> Document | None:
    """The staff's last document of a measure that was not withdrawn; None where they never entered it."""
    theirs = Document.objects.filter(measure_id=measure.pk, source=STAFF).order_by(
        "-fetched_at", "-updated_at"
    )
    return next((each for each in theirs if not open_staff(each.body).withdrawn), None)


def taken_over_by(measure: Measure) -> ChangeEvent | None:
    """The event by which an official document took over what staff had entered; None where none has yet."""
    told = ChangeEvent.objects.filter(measure=measure, kind="field_changed", subject="origin")
    return told.order_by("-id").first()


def _incoming(document: StaffDocument, now: datetime) -> Incoming:
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record = msgspec.structs.replace(document.measure, updated_at=stamp)
    document = msgspec.structs.replace(document, measure=record)
    return Incoming(
        record.congress,
        record.type,
        record.number,
        write_staff(document),
        STAFF,
        Document.Format.STAFF,
        document.seen[0].url if document.seen else "",
        now,
    )

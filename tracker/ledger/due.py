"""What has to be fetched: rows that live until their document is applied, whoever is killed meanwhile."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tracker.ledger import bulk
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import DueFetch, SourceFile

if TYPE_CHECKING:
    from tracker.ledger.incoming import Incoming

FIRST_LOAD = "load"  # the reason of what a first load's zip lacked: it is loaded, which is news to nobody
MOST_LEASES = 5  # in a row without an answer of any kind: whoever takes it dies of it


def want(marks: Mapping[int, str | None], reason: str, now: datetime) -> int:
    """Have these measures' files fetched (row id → the listing's stamp that asks for it); answers how many are new to it.

    A newer stamp replaces the one waiting. What had been set aside is tried again under a new stamp. What a first load
    lacked stays part of it.
    """
    rows = DueFetch.objects.filter(measure_id__in=marks).values_list("measure_id", "mark", "reason")
    waiting = {pk: mark for pk, mark, _ in rows}
    loading = {pk for pk, _, reason_ in rows if reason_ == FIRST_LOAD}
    DueFetch.objects.bulk_create(
        [
            DueFetch(measure_id=pk, mark=mark, reason=FIRST_LOAD if pk in loading else reason, due_at=now)
            for pk, mark in marks.items()
            if pk not in waiting or waiting[pk] != mark
        ],
        batch_size=100,
        update_conflicts=True,
        unique_fields=["measure_id"],
        update_fields=["mark", "reason", "due_at", "set_aside", "attempts"],
    )
    return len(marks.keys() - waiting.keys())


def lease(now: datetime, *, limit: int = 100, take_over: bool = False) -> list[DueFetch]:
    """Up to `limit` files that are due, leased to the caller for five minutes, oldest first.

    `take_over` takes also what another worker holds: a lease spares work, and safety does not rest on it.
    """
    mine = secrets.token_hex(8)
    ready = DueFetch.objects.due(now) if take_over else DueFetch.objects.ready(now)
    with transaction.atomic():
        chosen = list(ready.order_by("due_at", "measure_id").values_list("pk", flat=True)[:limit])
        free = DueFetch.objects.filter(pk__in=chosen)
        if not take_over:
            free = free.unleased(now)
        free.update(leased_by=mine, leased_until=now + DueFetch.LEASE, attempts=F("attempts") + 1)
        DueFetch.objects.filter(pk__in=chosen, leased_by=mine, attempts__gt=MOST_LEASES).update(
            set_aside=True,
            leased_until=None,
            error="whoever took it ended without an answer, five times in a row",
        )
    failpoint("lease taken")
    return list(DueFetch.objects.filter(leased_by=mine, set_aside=False).order_by("due_at", "measure_id"))


def postpone(pk: int, mark: str | None, error: str | None, now: datetime) -> None:
    """Give a lease back with one line on why its file is still due; it is asked for again at the next poll."""
    DueFetch.objects.filter(pk=pk, mark=mark).update(
        leased_by=None, leased_until=None, attempts=0, error=error, due_at=now
    )


def set_aside(pk: int, mark: str | None, error: str) -> None:
    """No poll tries this file again until it is listed under a newer stamp, or staff ask for it."""
    DueFetch.objects.filter(pk=pk, mark=mark).update(
        set_aside=True, leased_by=None, leased_until=None, error=error
    )


def give_back(rows: Iterable[DueFetch]) -> None:
    """Give leases back untried, as when the source rests."""
    for row in rows:
        DueFetch.objects.filter(pk=row.pk, leased_by=row.leased_by).update(
            leased_by=None, leased_until=None, attempts=F("attempts") - 1
        )


def news(documents: Sequence[Incoming]) -> bool:
    """Whether accepting these documents would write anything: a stamp not stored yet, or a file that is still due."""
    return bool(documents) and any(_to_store(documents))


def accepted(documents: Sequence[Incoming]) -> None:
    """These documents are in force: their files are no longer due, and their validators may be sent from now on.

    Part of the transaction that applies them. A row that a newer stamp has replaced meanwhile stays due; a document that
    came without a stamp (from a batch, or an old zip) leaves the one that is stored.
    """
    new, known, done = _to_store(documents)
    bulk.insert(SourceFile, _FILE_COLUMNS, new)
    for row in known:
        row.save(update_fields=["mark", "etag", "last_modified"])
    if done:
        DueFetch.objects.filter(pk__in=done).delete()


_FILE_COLUMNS = ("measure_id", "mark", "etag", "last_modified", "missing_lists")


def _to_store(documents: Sequence[Incoming]) -> tuple[list[tuple[object, ...]], list[SourceFile], list[int]]:
    """What accepting documents writes: rows of files, files with new stamps or validators, row ids no longer due."""
    files = {d.pk: d for d in documents if d.source == "govinfo"}
    held = SourceFile.objects.in_bulk(files)
    waiting = dict(DueFetch.objects.filter(pk__in=files).values_list("pk", "mark"))
    new: list[tuple[object, ...]] = [
        (pk, d.mark, d.etag, d.last_modified, 0) for pk, d in files.items() if pk not in held
    ]
    changed = []
    for pk, row in held.items():
        d = files[pk]
        mark = d.mark or row.mark
        told = d.etag or d.last_modified
        if row.mark != mark or (told and (row.etag, row.last_modified) != (d.etag, d.last_modified)):
            row.mark, row.etag, row.last_modified = mark, d.etag, d.last_modified
            changed.append(row)
    return new, changed, [pk for pk, d in files.items() if pk in waiting and waiting[pk] == d.mark]


def unchanged(pk: int, mark: str | None) -> None:
    """The source answered that the file is the one held (304)."""
    with transaction.atomic():
        SourceFile.objects.filter(pk=pk).update(mark=mark)
        DueFetch.objects.filter(pk=pk, mark=mark).delete()


def waiting(now: datetime | None = None) -> int:
    """How many files are due and in nobody's hands."""
    return DueFetch.objects.ready(now or timezone.now()).count()


def abandoned(now: datetime) -> int:
    """How many files are due because their lease ran out, or were never leased for a minute: no poll is at them."""
    return DueFetch.objects.ready(now).filter(error=None, due_at__lte=now - timedelta(minutes=1)).count()
